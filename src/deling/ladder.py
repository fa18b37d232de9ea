"""The sharing ladder: today, each to itself, each sector, the whole area."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from deling.compare import Column, Comparison, today
from deling.domain import SHARING_LEVELS
from deling.goals import GOALS, compare_goals
from deling.language import _
from deling.result import GoalOutcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.case import Case
    from deling.domain import SharingLevel
    from deling.result import Result


@dataclass(frozen=True)
class Ladder:
    """The best plan found at each sharing level.

    Attributes
    ----------
    comparison
        Today's use and each level that has a plan.
    results
        What the search says of each level that was searched.
    """

    comparison: Comparison
    results: dict[SharingLevel, Result]

    @property
    def interrupted(self) -> bool:
        """Whether a person stopped it."""
        return any(result.interrupted for result in self.results.values())

    @property
    def has_plan(self) -> bool:
        """Whether any level has one."""
        return any(result.plan is not None for result in self.results.values())


def climb(
    case: Case,
    *,
    search: Callable[..., Result] | None = None,
    time_limit: float | None = None,
    deterministic_limit: float | None = None,
    **options: Any,
) -> Ladder:
    """Search each level, starting from the plan of the level before.

    What stands as today is allowed at every level, so every plan of one level is a plan of the
    next; a level at which the search finds nothing better keeps the plan of the level before.

    Parameters
    ----------
    search
        Finds the best plan of a level; `deling.optimise.optimise` by default.
    time_limit
        Seconds for the whole ladder; three times the scenario's limit by default. Levels share
        what is left equally, so that one that is proven early leaves its time to the next.
    deterministic_limit
        Units of work for the whole ladder in place of seconds, shared likewise.
    options
        For the search of each level.

    Raises
    ------
    InvalidPlanError
        If a plan breaks a rule at its level.
    """
    if search is None:
        # The solver is not loaded by who brings a search along.
        from deling.optimise import optimise

        search = optimise
    limit = 3 * case.scenario.solve.time_limit if time_limit is None else time_limit
    ends = time.monotonic() + limit
    columns = [today(case)]
    results: dict[SharingLevel, Result] = {}
    # Existing loans stay at every level: if today keeps the rules, it is the first step.
    best = None if columns[0].breaches else columns[0]
    for rung, level in enumerate(SHARING_LEVELS):
        here = case.at(level)
        levels_left = len(SHARING_LEVELS) - rung
        share = None
        if deterministic_limit is not None:
            work = sum(result.work or 0.0 for result in results.values())
            share = max(0.0, deterministic_limit - work) / levels_left
        result = search(
            here,
            start=None if best is None else best.plan,
            time_limit=max(0.0, ends - time.monotonic()) / levels_left,
            deterministic_limit=share,
            **options,
        )
        results[level] = result = _no_worse(result, best, here)
        if result.plan is not None:
            best = Column(level, result.plan, here, result)
            best.require_valid()
            columns.append(best)
        if result.interrupted:
            break
    return Ladder(Comparison(tuple(columns)), results)


def _no_worse(result: Result, before: Column | None, case: Case) -> Result:
    """Return the result, with the plan of the level before where the search has none as good."""
    if before is None:
        return result
    if result.plan is not None:
        found = Column(result.sharing, result.plan, case)
        if compare_goals(case.scenario.goals, found.goals, before.goals) >= 0:
            return result
    goals: dict[str, GoalOutcome] = {}
    proven = result.goals
    for goal in case.scenario.goals:
        value, outcome = before.goals[goal], proven.get(goal)
        bound = GOALS[goal].plain_bound(case) if outcome is None else outcome.bound
        gap = GOALS[goal].gap(value, bound, before.plan, case)
        goals[goal] = GoalOutcome(value, bound, gap, value == bound)
        if outcome is not None and value != outcome.value:
            proven = {}  # The bounds after it are those of plans that hold another value here.
    note = _("The search found no plan as good as that of the level before, which is kept.")
    return replace(
        result, status="feasible", plan=before.plan, goals=goals, notes=(*result.notes, note)
    )
