"""Plans side by side, and what the step from one to another brings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from deling.check import check
from deling.errors import InvalidPlanError
from deling.evaluate import evaluate
from deling.language import _
from deling.measures import AREA, MEASURES, Measure, Measures, Scope, measure, scopes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan
    from deling.figures import Number
    from deling.result import Result
    from deling.rules import Breach

TODAY = "today"


@dataclass(frozen=True)
class Column:
    """One plan of a comparison.

    Attributes
    ----------
    label
        ``today``, a sharing level, or the name of a plan file.
    case
        The scenario at the sharing level that the plan is judged at.
    result
        What the search says of the plan, where it comes from one.
    """

    label: str
    plan: Plan
    case: Case
    result: Result | None = None

    @cached_property
    def measures(self) -> Measures:
        """All measures of the plan."""
        return measure(self.plan, self.case)

    @cached_property
    def goals(self) -> dict[str, int]:
        """The goal values, in the scenario's order of importance."""
        values = evaluate(self.plan, self.case)
        return {goal: values[goal] for goal in self.case.scenario.goals}

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """What the checker finds."""
        return tuple(check(self.plan, self.case))

    def require_valid(self) -> None:
        """Refuse a plan that breaks a rule.

        Raises
        ------
        InvalidPlanError
            With every breach.
        """
        if self.breaches:
            raise InvalidPlanError(
                _("The search returned a plan that breaks rules; it is not used:"),
                (f"{breach.rule}: {breach.message}" for breach in self.breaches),
            )


@dataclass(frozen=True)
class Row:
    """One measure of one scope in all plans; None where it has no value."""

    scope: Scope
    measure: Measure
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Comparison:
    """Plans of one scenario beside each other, today's use first."""

    columns: tuple[Column, ...]

    @property
    def case(self) -> Case:
        """The case of the last column."""
        return self.columns[-1].case

    def column(self, label: str) -> Column | None:
        """Return the plan with a label, if it is there."""
        return next((column for column in self.columns if column.label == label), None)

    def rows(self) -> Iterator[Row]:
        """Yield every measure of the area, its sectors, institutions, kinds of group and rooms."""
        rooms = [Scope("room", room) for room in self.case.scenario.rooms]
        for scope in [*scopes_of(self.case), *rooms]:
            for one in MEASURES:
                if scope.level in one.levels:
                    yield Row(scope, one, self.values(one.id, scope))

    def values(self, measure_id: str, scope: Scope = AREA) -> tuple[Number | None, ...]:
        """Return one measure of one scope, plan by plan."""
        return tuple(column.measures.value(measure_id, scope) for column in self.columns)


def today(case: Case) -> Column:
    """Return today's use as a column."""
    return Column(TODAY, case.scenario.today, case)


@dataclass(frozen=True)
class Gain:
    """What a step between two plans brings to one scope."""

    scope: Scope
    sessions: int
    participant_minutes: int
    net_cost: int
    """In sixtieths of an øre."""


@dataclass(frozen=True)
class Step:
    """The difference between two plans.

    Attributes
    ----------
    gains
        For the area, each sector, each institution and each kind of group.
    """

    before: Column
    after: Column

    @cached_property
    def gains(self) -> dict[Scope, Gain]:
        """What the step brings to whom."""
        found: dict[Scope, Gain] = {}
        for scope, now in self.before.measures.scopes.items():
            then = self.after.measures.scopes[scope]
            found[scope] = Gain(
                scope,
                then.served - now.served,
                then.participant_minutes - now.participant_minutes,
                then.net_cost - now.net_cost,
            )
        return found

    def difference(self, name: str) -> int:
        """Return how much a sum of the whole area grows, by its name in `Tally`."""
        after: int = getattr(self.after.measures.area, name)
        before: int = getattr(self.before.measures.area, name)
        return after - before
