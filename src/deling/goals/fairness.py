"""Goal ``fairness``: the institution that goes shortest is as well off as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from deling.goals.base import Goal
from deling.language import N_
from deling.rules.scan import sessions_of

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build
    from deling.model.variables import Expression


class Fairness(Goal):
    """The largest unserved share of any institution, in thousandths."""

    id = "fairness"
    sentence = N_(
        "The largest share of its wanted weight that any institution does not get, in thousandths."
    )
    sense: ClassVar[Literal["max", "min"]] = "min"
    of_parts: ClassVar[Literal["sum", "max"]] = "max"
    by_unmet: ClassVar[bool] = True

    def value(self, plan: Plan, case: Case) -> int:
        """Find the institution with the largest unserved share."""
        return max(unserved_shares(plan, case).values(), default=0)

    def plain_bound(self, case: Case) -> int:
        """Leave nobody short."""
        return 0

    def term(self, build: Build) -> Expression:
        """Return a variable that is at least each institution's unserved share."""
        worst = build.model.new_int_var(0, 1000, "fairness")
        for needs in build.case.needs_of_institution.values():
            wanted = sum(need.weight * need.sessions for need in needs)
            if wanted:
                served = sum(need.weight * build.count(need.id) for need in needs)
                # worst >= floor(1000 * unserved / wanted), in whole numbers
                build.model.add(wanted * worst >= 1000 * (wanted - served) - wanted + 1)
        return worst


def unserved_shares(plan: Plan, case: Case) -> dict[str, int]:
    """Return each institution's unserved share of its wanted weight, in thousandths.

    Institutions that want nothing are left out.
    """
    got = sessions_of(plan)
    shares: dict[str, int] = {}
    for institution, needs in case.needs_of_institution.items():
        wanted = unserved = 0
        for need in needs:
            wanted += need.sessions * need.weight
            unserved += max(0, need.sessions - got[need.id]) * need.weight
        if wanted:
            shares[institution] = 1000 * unserved // wanted
    return shares
