"""Goal ``comfort``: short ways, preferred hours and few changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from deling.goals.base import Goal
from deling.language import N_
from deling.units import covering

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build

NOT_PREFERRED = 30
MOVED = 10


class Comfort(Goal):
    """Travel of groups, sessions outside preferred hours and changes from today, as minutes."""

    id = "comfort"
    sentence = N_(
        "Travel minutes of groups, 30 for each session outside preferred hours and 10 for each"
        " session of today that is moved or dropped."
    )
    sense: ClassVar[Literal["max", "min"]] = "min"

    def value(self, plan: Plan, case: Case) -> int:
        """Add up what is uncomfortable."""
        total = 0
        there = set()
        for event in plan.internal:
            site = case.site_of(event)
            for need_id in event.needs:
                there.add((need_id, event.start, event.room))
                total += 2 * case.group_travel(need_id, site)
                preferred = case.scenario.needs[need_id].preferred
                if preferred is not None and covering(preferred, event.start, event.end) is None:
                    total += NOT_PREFERRED
        return total + MOVED * sum(
            (need_id, event.start, event.room) not in there
            for event in case.scenario.today.internal
            for need_id in event.needs
        )

    def term(self, build: Build) -> Any:
        """Return the same number as a linear expression over the model."""
        raise RuntimeError("the model half is missing")
