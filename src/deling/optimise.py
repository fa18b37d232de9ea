"""The one entry to the optimiser: a case in, the best plan and what is proven of it out."""

from __future__ import annotations

import os
import threading
from functools import cached_property
from typing import TYPE_CHECKING

from deling.candidates import Candidates
from deling.goals import GOALS
from deling.result import GoalOutcome, Result
from deling.search.clash import find_clash
from deling.search.improve import Improver
from deling.search.prove import Prover
from deling.search.solve import Effort, solve
from deling.search.start import find_start
from deling.search.state import Clock, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.case import Case
    from deling.domain import Plan
    from deling.result import Status, Watcher

SMALL = 60
"""Places for sessions up to which the whole model alone is the faster way."""

SHARES = {"served": 0.3, "fairness": 0.4, "cost": 0.88}
"""Share of the time limit at which the search leaves an unproven goal for the next one."""


def optimise(
    case: Case,
    *,
    start: Plan | None = None,
    time_limit: float | None = None,
    gap: float | None = None,
    seed: int | None = None,
    workers: int | None = None,
    watch: Watcher | None = None,
) -> Result:
    """Find the best plan of a case, goal by goal.

    Parameters
    ----------
    case
        The scenario at one sharing level.
    start
        A plan to start from, such as that of a lower sharing level; today's use is tried too.
    time_limit, gap, seed, workers
        Seconds, relative gap, seed and threads; the scenario's own settings by default.
    watch
        Called with each news of the search, from any of its threads.

    Returns
    -------
    Result
        Always with the best valid plan found, if any was. Ctrl-C ends the search as a time limit
        does, and the result says so.
    """
    settings = case.scenario.solve
    run = _Run(
        case,
        settings.time_limit if time_limit is None else time_limit,
        settings.gap if gap is None else gap,
        settings.seed if seed is None else seed,
        (settings.workers if workers is None else workers) or os.cpu_count() or 1,
        watch,
    )
    return run.result(start)


class _Run:
    """One optimisation."""

    def __init__(
        self,
        case: Case,
        time_limit: float,
        gap: float,
        seed: int,
        workers: int,
        watch: Watcher | None,
    ) -> None:
        self._case = case
        self._seed = seed
        self._workers = workers
        self._clock = Clock(time_limit)
        self._state = State(Candidates(case), self._clock, gap, watch)
        self._prover = Prover(self._state, max(1, workers // 2), seed)
        self._clash: tuple[str, ...] = ()

    def result(self, start: Plan | None) -> Result:
        """Search, and sum up what is known."""
        status: Status = "feasible"
        if not find_start(self._state, start):
            status = self._find_any()
        if self._state.plan is not None:
            for goal in self._state.order:
                self._stage(goal)
            status = self._status()
        return Result(
            status=status,
            sharing=self._case.sharing,
            plan=self._state.plan,
            goals=self._outcomes(),
            seconds=self._clock.seconds,
            seconds_to_first_plan=self._state.seconds_to_first_plan,
            seed=self._seed,
            workers=self._workers,
            interrupted=self._state.interrupted,
            clash=self._clash,
            notes=tuple(dict.fromkeys(self._state.refused)),
        )

    def _find_any(self) -> Status:
        """Ask the model for any plan, since today's use gives none."""
        state, build = self._state, self._prover.build

        def ask() -> None:
            effort = Effort(self._clock.left(), self._workers, self._seed)
            answer = solve(state, build, None, effort, hint=False)
            if answer.plan is not None:
                state.offer(answer.plan)
            statuses.append(answer.status)

        statuses: list[str] = []
        self._together([ask])
        if state.plan is not None:
            return "feasible"
        if statuses == ["infeasible"]:
            self._clash = find_clash(state.candidates, build.base, self._clock.left())
            return "infeasible"
        return "no_plan_in_time"

    def _stage(self, goal: str) -> None:
        """Improve and prove one goal, then hold it."""
        state = self._state
        state.begin_stage()
        state.bound(goal, GOALS[goal].plain_bound(self._case))
        until = SHARES.get(goal, 1.0) * self._clock.limit
        if goal == state.order[-1]:
            until = self._clock.limit
        if not state.reached(goal) and not state.interrupted and self._clock.seconds < until:
            self._together(self._parts(goal, until))
        state.hold(goal)
        state.tell(goal)

    def _parts(self, goal: str, until: float) -> list[Callable[[], None]]:
        """Return what works on a goal side by side."""
        state = self._state

        def prove() -> None:
            self._prover.run(goal, until)
            if state.reached(goal):
                state.end_stage()

        def improve() -> None:
            improver.run(goal, until)
            if state.reached(goal):
                state.end_stage()

        if self._is_small():
            return [prove]
        improver = self._improver
        return [prove, improve]

    def _is_small(self) -> bool:
        return sum(activity.flexible for activity in self._prover.build.activities) <= SMALL

    @cached_property
    def _improver(self) -> Improver:
        return Improver(self._state, self._seed)

    def _status(self) -> Status:
        outcomes = self._outcomes().values()
        return "optimal" if all(outcome.proven for outcome in outcomes) else "feasible"

    def _outcomes(self) -> dict[str, GoalOutcome]:
        state = self._state
        if state.plan is None:
            return {}
        found: dict[str, GoalOutcome] = {}
        for goal in state.order:
            value, bound, gap = state.values[goal], state.bounds[goal], state.gap(goal)
            found[goal] = GoalOutcome(value, bound, gap or 0.0, value == bound)
        return found

    def _together(self, parts: list[Callable[[], None]]) -> None:
        """Run parts in threads; a person's Ctrl-C reaches the main thread and stops them."""
        failures: list[BaseException] = []

        def guarded(part: Callable[[], None]) -> None:
            try:
                part()
            except BaseException as error:  # handed to the main thread below
                failures.append(error)
                self._state.end_stage()

        threads = [threading.Thread(target=guarded, args=(part,)) for part in parts]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            try:
                for thread in threads:
                    thread.join(0.05)
                if self._state.stage_over:
                    # A solver that was about to start missed the first call.
                    self._state.stop_solvers()
            except KeyboardInterrupt:
                self._state.interrupt()
        if failures:
            raise failures[0]
