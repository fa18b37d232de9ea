"""Goal ``served``: as many wishes as possible, by weight."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from deling.goals.base import Goal
from deling.language import N_

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build
    from deling.model.variables import Expression


class Served(Goal):
    """Weight of all sessions."""

    id = "served"
    sentence = N_("The weight of all sessions, bought ones too.")
    sense: ClassVar[Literal["max", "min"]] = "max"
    of_parts: ClassVar[Literal["sum", "max"]] = "sum"
    by_unmet: ClassVar[bool] = True

    def value(self, plan: Plan, case: Case) -> int:
        """Add up the weights of the needs served."""
        needs = case.scenario.needs
        return sum(needs[need].weight for event in plan.events for need in event.needs)

    def plain_bound(self, case: Case) -> int:
        """Serve every wish."""
        return sum(need.weight * need.sessions for need in case.scenario.needs.values())

    def term(self, build: Build) -> Expression:
        """Sum the weights of all sessions."""
        needs = build.case.scenario.needs.values()
        return sum(need.weight * build.count(need.id) for need in needs)
