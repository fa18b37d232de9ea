"""Two searches of one case, the second from the best plan of the first: what is known in all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deling.goals import GOALS
from deling.result import GoalOutcome

if TYPE_CHECKING:
    from deling.case import Case
    from deling.result import Result


def merged(first: Result, second: Result, seconds: float, case: Case) -> Result:
    """Return the second result with what the first one knew besides.

    A bound holds for the plans that keep the goals before it: that of the first search is of use
    as long as the plan of the second is as good in all of those.

    Parameters
    ----------
    seconds
        That the first search took.
    """
    second = replace(
        second,
        seconds=second.seconds + seconds,
        seconds_to_first_plan=first.seconds_to_first_plan
        if first.plan is not None
        else second.seconds_to_first_plan and second.seconds_to_first_plan + seconds,
        notes=(*first.notes, *(note for note in second.notes if note not in first.notes)),
    )
    if first.plan is None or second.plan is None:
        return second
    goals = dict(second.goals)
    for goal, outcome in second.goals.items():
        known = first.goals[goal]
        better = GOALS[goal].better
        if better(outcome.bound, known.bound) and not better(outcome.value, known.bound):
            gap = GOALS[goal].gap(outcome.value, known.bound, second.plan, case)
            proven = outcome.value == known.bound
            goals[goal] = GoalOutcome(outcome.value, known.bound, gap, proven)
        if better(known.value, outcome.value):
            break
    proven = all(outcome.proven for outcome in goals.values())
    return replace(second, goals=goals, status="optimal" if proven else second.status)
