"""All goals, by id, and which of two plans is better by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.goals.base import Goal
from deling.goals.comfort import Comfort
from deling.goals.cost import Cost
from deling.goals.fairness import Fairness
from deling.goals.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["GOALS", "Goal", "compare_goals"]

GOALS: dict[str, Goal] = {goal.id: goal for goal in (Served(), Fairness(), Cost(), Comfort())}


def compare_goals(order: Iterable[str], first: Mapping[str, int], second: Mapping[str, int]) -> int:
    """Compare goal values: above 0 if the first plan is better, below if it is worse.

    Parameters
    ----------
    order
        Ids of the goals that count; the first one in which the plans differ decides.
    first, second
        Values by id.
    """
    for goal in order:
        if first[goal] != second[goal]:
            return 1 if GOALS[goal].better(first[goal], second[goal]) else -1
    return 0
