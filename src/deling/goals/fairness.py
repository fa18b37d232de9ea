"""Goal ``fairness``: the institution that goes shortest is as well off as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from deling.goals.base import Goal
from deling.language import N_
from deling.rules.scan import sessions_of

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build


class Fairness(Goal):
    """The largest unserved share of any institution, in thousandths."""

    id = "fairness"
    sentence = N_(
        "The largest share of its wanted weight that any institution does not get, in thousandths."
    )
    sense: ClassVar[Literal["max", "min"]] = "min"

    def value(self, plan: Plan, case: Case) -> int:
        """Find the institution with the largest unserved share."""
        got = sessions_of(plan)
        worst = 0
        for needs in case.needs_of_institution.values():
            wanted = sum(need.sessions * need.weight for need in needs)
            if wanted:
                unserved = sum(max(0, need.sessions - got[need.id]) * need.weight for need in needs)
                worst = max(worst, 1000 * unserved // wanted)
        return worst

    def term(self, build: Build) -> Any:
        """Return the same number as a linear expression over the model."""
        raise RuntimeError("the model half is missing")
