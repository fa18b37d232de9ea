"""What all parts of a search share: the best plan, the bounds, the clock and the stop signal."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deling.check import check
from deling.evaluate import evaluate
from deling.goals import GOALS, compare_goals
from deling.model.options import Options
from deling.result import Update
from deling.search.bounds import Bounds
from deling.search.faults import Faults
from deling.search.pressed import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ortools.sat.python.cp_model import CpSolver

    from deling.candidates import Candidates
    from deling.case import Case
    from deling.domain import Plan
    from deling.result import Watcher
    from deling.search.clock import Clock


class State:
    """The best valid plan so far and what is proven, safe to use from several threads.

    Every plan that is offered is judged by the checker; one with a breach is never taken.

    Parameters
    ----------
    candidates
        What could serve each need.
    clock
        When to end.
    gap
        Relative gap at which a goal counts as reached.
    watch
        Called with the news.
    free
        Ids of the needs that may be planned anew; all by default.
    stop
        Whether a person asked for the end.
    enough
        Values of goals that are good enough: a better one counts as no better.
    """

    def __init__(
        self,
        candidates: Candidates,
        clock: Clock,
        gap: float,
        watch: Watcher | None,
        *,
        stop: Stop | None = None,
        careful: bool = False,
        free: Collection[str] | None = None,
        enough: Mapping[str, int] | None = None,
    ) -> None:
        self.candidates = candidates
        self.options = Options(candidates)
        self.case: Case = candidates.case
        self.clock = clock
        self.order = self.case.scenario.goals
        self.free = frozenset(self.case.scenario.needs if free is None else free)
        self.plan: Plan | None = None
        self.values: dict[str, int] = {}
        self.ahead = False
        """Whether the values are those of a plan that is handed in later."""
        self.better_at = 0.0
        """When the plan last got better, as the clock counts."""
        self.away: int | None = None
        """How many workers of a cluster are at it."""
        self.bounds = Bounds(self.case)
        self.seconds_to_first_plan: float | None = None
        self.faults = Faults()
        """Where solver and checker disagree."""
        self._gaps: dict[tuple[str, int, int], float] = {}
        self._enough = dict(enough or {})
        self._gap = gap
        self._watch = watch
        self.lock = threading.RLock()
        """Held to read what belongs together."""
        self.careful = careful
        """Whether the solver is set as for a second try at once."""
        self._solvers: dict[CpSolver, Callable[[], bool]] = {}
        self._over = threading.Event()
        self._asked = stop or Stop(None)

    # The best plan

    def offer(self, plan: Plan) -> bool:
        """Take a plan if it is valid and better than the best so far; tell whether it was."""
        values = self.judge(plan)
        return values is not None and self.take(plan, values)

    def judge(self, plan: Plan) -> dict[str, int] | None:
        """Return the goal values of a plan, or None where the checker finds a breach."""
        breaches = check(plan, self.case)
        if breaches:
            self.faults.add("breach", breaches[0].message)
            return None
        return self.worth(plan)

    def worth(self, plan: Plan) -> dict[str, int]:
        """Return the values of a valid plan for the goals that the scenario has."""
        values = evaluate(plan, self.case, self.order)
        for goal, enough in self._enough.items():
            if GOALS[goal].better(values[goal], enough):
                values[goal] = enough
        return values

    def take(self, plan: Plan, values: dict[str, int]) -> bool:
        """Take a judged plan if it is better than the best so far; tell whether it was."""
        with self.lock:
            if self.plan is not None and compare_goals(self.order, values, self.values) <= 0:
                return False
            self.plan, self.values, self.ahead = plan, values, False
            self.better_at = self.clock.spent
            self._gaps.clear()
            for _wrong in range(self.bounds.follow(values)):
                self.faults.add("bound")
            if self.seconds_to_first_plan is None:
                self.seconds_to_first_plan = self.clock.seconds
            return True

    def replace(self, plan: Plan) -> bool:
        """Take a valid plan with the same value of every goal in place of the best."""
        values = self.judge(plan)
        if values is None:
            return False
        with self.lock:
            same = all(values[key] == self.values[key] for key in self.order)
            if same:
                self.plan, self.values = plan, values
        if not same:
            self.faults.add("value")
        return same

    def note(self, values: Mapping[str, int]) -> None:
        """Note that there is a plan with better values, which is handed in later."""
        with self.lock:
            if values != self.values:
                self.better_at = self.clock.spent
            self.values, self.ahead = dict(values), True
            self._gaps.clear()
            for _wrong in range(self.bounds.follow(values)):
                self.faults.add("bound")

    def put(self, plan: Plan, values: Mapping[str, int]) -> None:
        """Take the plan whose values have been noted."""
        with self.lock:
            self.plan = plan
            self.note(values)
            self.ahead = False

    def best(self) -> tuple[Plan, dict[str, int]]:
        """Return the best plan and its values.

        Raises
        ------
        RuntimeError
            Before there is one.
        """
        with self.lock:
            if self.plan is None:
                raise RuntimeError("no plan has been taken yet")
            return self.plan, self.values

    # Bounds

    def bound(self, goal: str, value: int, held: Mapping[str, int] | None = None) -> bool:
        """Note that no plan that keeps the goals held does better than this.

        A bound that the best plan already beats is wrong, whatever the solver says: it is not
        used, and told. Returns whether it may be right.
        """
        with self.lock:
            values = self.values if self.plan is not None else None
            right = self.bounds.note(goal, value, held or {}, values)
        if not right:
            self.faults.add("bound")
        return right

    def gap(self, goal: str) -> float | None:
        """Return the relative distance of the best plan to the bound, None while unknown."""
        with self.lock:
            if self.plan is None:
                return None
            if self.values[goal] in (self.bounds[goal], self._enough.get(goal)):
                return 0.0
            key = goal, self.values[goal], self.bounds[goal]
            if key not in self._gaps:
                self._gaps[key] = GOALS[goal].gap(*key[1:], self.plan, self.case)
            return self._gaps[key]

    def reached(self, goal: str) -> bool:
        """Return whether the best plan is as close to the bound as was asked for."""
        gap = self.gap(goal)
        return gap is not None and gap <= self._gap

    def held_before(self, goal: str | None) -> dict[str, int]:
        """Return the best plan's values of the goals before one: what the next plan has to keep."""
        with self.lock:
            if goal is None:
                return {}
            return {key: self.values[key] for key in self.order[: self.order.index(goal)]}

    def time_for(self, goal: str, shares: dict[str, float]) -> float:
        """Return the seconds until a goal's share of the time limit is used up.

        The last goal has all that is left.
        """
        share = 1.0 if goal == self.order[-1] else shares.get(goal, 1.0)
        return self.clock.left(share)

    # The end

    def end(self) -> None:
        """Tell every part of the search to stop."""
        self._over.set()
        self.stop_solvers()

    @property
    def interrupted(self) -> bool:
        """Whether a person asked to stop."""
        return self._asked.is_set()

    @property
    def stopped(self) -> bool:
        """Whether the search was told to stop, or has no time left."""
        return self._over.is_set() or self.interrupted or self.clock.left() == 0

    @property
    def over(self) -> bool:
        """Whether the search has to end: told to, all goals reached, or no time left."""
        return self.stopped or (
            self.plan is not None and all(self.reached(goal) for goal in self.order)
        )

    def tell(self, goal: str) -> None:
        """Show where the search stands."""
        if self._watch is not None:
            with self.lock:
                update = Update(
                    self.case.sharing,
                    goal,
                    self.values.get(goal),
                    self.bounds[goal],
                    self.gap(goal),
                    self.clock.seconds,
                    self.clock.spent,
                    self.clock.limit,
                    self.clock.deterministic,
                    self.away,
                )
            self._watch(update)

    # Solvers at work

    @contextmanager
    def running(self, solver: CpSolver, enough: Callable[[], bool]) -> Iterator[None]:
        """Make a solver known while it works, so that it can be stopped from outside.

        Parameters
        ----------
        solver
            The solver.
        enough
            Whether it has done what it is there for; asked by `stop_those_done`.
        """
        with self.lock:
            self._solvers[solver] = enough
        try:
            yield
        finally:
            with self.lock:
                del self._solvers[solver]

    def stop_solvers(self) -> None:
        """Ask all solvers at work to stop; one that has not started yet is not reached."""
        with self.lock:
            for solver in self._solvers:
                solver.stop_search()

    def stop_those_done(self) -> None:
        """Ask solvers to stop whose goal has been reached by another part of the search."""
        with self.lock:
            for solver, enough in self._solvers.items():
                if enough():
                    solver.stop_search()
