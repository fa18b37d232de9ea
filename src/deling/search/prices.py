"""What a plan's sessions cost of a goal, to share what it serves among the parts by a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.board import Board
from deling.domain import Plan
from deling.goals import GOALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deling.case import Case
    from deling.part import Cutter, Part


def price_of_weight(
    case: Case,
    cutter: Cutter,
    parts: Iterable[tuple[str, ...]],
    plan: Plan,
    goal: str,
    spare: int,
) -> int:
    """Return what the cheapest of the dearest sessions costs for each unit of weight.

    At that price parts that could serve more than the plan does leave out about as much.

    Parameters
    ----------
    case
        The whole scenario.
    cutter
        Cuts parts out of it.
    parts
        The needs of each part.
    plan
        A valid plan.
    goal
        Id of a goal that is to be small.
    spare
        Weight of the dearest sessions.
    """
    board = Board(case, plan)
    costs = [cost for needs in parts for cost in _costs(cutter.part(needs, board, 0), goal)]
    for price, weight in sorted(costs, reverse=True):
        spare -= weight
        if spare <= 0:
            return max(0, int(price))
    return 0


def _costs(part: Part, goal: str) -> Iterator[tuple[float, int]]:
    """Yield what each event would cost by itself for a unit of weight, and its weight."""
    needs = part.case.scenario.needs
    nothing = GOALS[goal].value(Plan(events=()), part.case)
    for event in part.free_events:
        weight = sum(needs[key].weight for key in event.needs)
        if weight:
            alone = GOALS[goal].value(Plan(events=(event,)), part.case)
            yield (alone - nothing) / weight, weight
