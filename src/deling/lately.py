"""What was computed for the plan in hand, kept for the next who asks."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.case import Case
    from deling.domain import Plan

T = TypeVar("T")


def of_last_plans(compute: Callable[[Plan, Case], T]) -> Callable[[Plan, Case], T]:
    """Let a function remember its answers for the last two plans of each case.

    Two, since a plan is judged beside today's use. An answer is kept with its plan, so that `is`
    cannot mistake a new plan for an old one that is gone; it is not kept beyond its case.
    """
    known: WeakKeyDictionary[Case, tuple[tuple[Plan, T], ...]] = WeakKeyDictionary()

    @wraps(compute)
    def remembering(plan: Plan, case: Case) -> T:
        before = known.get(case, ())
        for of, answer in before:
            if of is plan:
                return answer
        answer = compute(plan, case)
        known[case] = ((plan, answer), *before[:1])
        return answer

    return remembering
