"""Why a need has no more sessions, as far as that is known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deling.board import Board
from deling.candidates import Candidates
from deling.language import _
from deling.obstacles import MOST_TRIALS, nearest_miss
from deling.preflight import why_never
from deling.rules.scan import sessions_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.case import Case
    from deling.domain import Need
    from deling.result import Result


TRIALS_IN_ALL = 30_000
"""Ways that are judged for all unmet needs together: about a minute, however many these are."""
LEAST_TRIALS = 2


def reasons(case: Case, result: Result) -> Callable[[Need], list[str]]:
    """Return a function that says what stands in the way of a need that a plan leaves unmet."""
    candidates = Candidates(case)
    served = result.goals.get("served")
    if served is not None and served.proven:
        otherwise = _("What it needs exists, but its time, hours or money do more good elsewhere.")
    else:
        otherwise = _("What it needs exists, but the search found no plan that serves it as well.")

    board = None if result.plan is None else Board(case, result.plan)
    got = Counter[str]() if result.plan is None else sessions_of(result.plan)
    unmet = sum(got[need.id] < need.sessions for need in case.scenario.needs.values())
    trials = min(MOST_TRIALS, max(LEAST_TRIALS, TRIALS_IN_ALL // max(1, unmet)))
    known: dict[str, list[str]] = {}

    def of(need: Need) -> list[str]:
        # Several outputs ask for the same, and looking for it takes a while.
        if need.id not in known:
            known[need.id] = found(need)
        return known[need.id]

    def found(need: Need) -> list[str]:
        never = why_never(candidates, need)
        if never or board is None:
            return never or [otherwise]
        miss = nearest_miss(candidates, board, need, trials)
        return [otherwise] if miss is None else [otherwise, miss]

    return of
