"""What there is to write after a run."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from deling.evaluate import session_costs
from deling.measures import Change, changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deling.case import Case
    from deling.compare import Column, Comparison
    from deling.domain import Need, Plan, Scenario
    from deling.result import Result


def today() -> dt.date:
    """Return the date that outputs are marked with: ``SOURCE_DATE_EPOCH`` where that is set."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return dt.datetime.fromtimestamp(int(given), dt.UTC).date()
    return dt.datetime.now().astimezone().date()


@dataclass(frozen=True)
class Outcome:
    """A plan with everything that the outputs tell about it.

    Attributes
    ----------
    chosen
        The column of the comparison that the schedules are made from.
    reasons
        Says why a need has no more sessions, as far as that is known.
    made
        The date that a person reads on the outputs.
    earlier
        The folder with the outputs that these replace, where there may be some.
    """

    comparison: Comparison
    chosen: Column
    result: Result
    reasons: Callable[[Need], Sequence[str]]
    made: dt.date = field(default_factory=today)
    earlier: Path | None = None

    @property
    def case(self) -> Case:
        """The case of the plan."""
        return self.chosen.case

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.chosen.case.scenario

    @property
    def plan(self) -> Plan:
        """The plan that is written."""
        return self.chosen.plan

    @cached_property
    def session_costs(self) -> dict[tuple[str, str], int]:
        """What each session costs, in øre, by event and need."""
        return session_costs(self.plan, self.case)

    @cached_property
    def changes(self) -> list[Change]:
        """What the plan changes of today."""
        return changes(self.plan, self.case)

    @cached_property
    def change_of(self) -> dict[tuple[str, str], Change]:
        """The change that each session of the plan is, by event and need."""
        return {
            (change.after.id, change.need): change
            for change in self.changes
            if change.after is not None
        }
