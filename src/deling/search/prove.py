"""Bounds: what no plan can do better than, from the model of all needs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deling.domain import Plan
from deling.model.build import Build
from deling.search.improve import Improver
from deling.search.solve import Effort, solve

if TYPE_CHECKING:
    from deling.search.state import State

SHARES = {"served": 0.3, "fairness": 0.4, "cost": 0.9}
"""Share of the time limit at which the prover leaves an unproven goal for the next one."""

RELAXED_SHARE = 0.5
"""Share of a goal's time for the relaxation, which gives most of the bound in a tenth of it."""

MOST_PAIRS = 5_000
"""Pairs of stops up to which the exact model adds to the bound of the relaxed one.

With more, a second search for better plans closes more of the gap in the same time.
"""


class Prover:
    """Proves goal by goal how far the best plan can be from the best possible.

    First by the model with the ways of staff relaxed, which is small, then by the exact one where
    it is small too. Both are built once and serve one goal after the other.

    Parameters
    ----------
    state
        The search.
    workers
        Threads of the solver.
    seed
        Of its random choices.
    alone
        Whether nothing else looks for plans: then the exact model has to, and comes at once.
    """

    def __init__(self, state: State, workers: int, seed: int, *, alone: bool) -> None:
        self._state = state
        self._workers = workers
        self._seed = seed
        self._alone = alone

    @cached_property
    def _exact(self) -> Build:
        return Build(self._state.candidates, self._state.plan or Plan(events=()))

    @cached_property
    def _relaxed(self) -> Build:
        return Build(self._state.candidates, self._state.plan or Plan(events=()), relaxed=True)

    @cached_property
    def _improver(self) -> Improver:
        return Improver(self._state, self._seed - 1)

    def run(self) -> None:
        """Prove one goal after the other until all are, or the search is over."""
        for goal in self._state.order:
            self.prove(goal, self._state.time_for(goal, SHARES))

    def prove(self, goal: str, seconds: float) -> None:
        """Work on one goal for some seconds at most."""
        until = self._state.clock.seconds + seconds
        if not self._alone and not self._done(goal):
            self._bound(goal, RELAXED_SHARE * seconds)
        if self._done(goal):
            return
        if self._alone or self._exact_is_small():
            self._solve(goal, until - self._state.clock.seconds)
        else:
            self._improver.improve(goal, until - self._state.clock.seconds)

    def _exact_is_small(self) -> bool:
        """Return whether the exact model can be solved in the time of a search.

        It grows with the pairs of stops that may follow each other.
        """
        stops = (sum(stop.away for stop in tour.stops) for tour in self._relaxed.tours)
        return sum(count * count for count in stops) <= MOST_PAIRS

    def _done(self, goal: str) -> bool:
        return self._state.over or self._state.reached(goal)

    def _note(self, goal: str, bound: int) -> None:
        self._state.bound(goal, bound)
        self._state.tell(goal)

    def _bound(self, goal: str, seconds: float) -> None:
        """Bound a goal by the relaxed model, whose plans are worth nothing."""
        answer = solve(
            self._state,
            self._relaxed,
            goal,
            Effort(seconds, self._workers, self._seed, "objective"),
            hint=False,
            enough=lambda: self._state.reached(goal),
            on_bound=lambda bound: self._note(goal, bound),
        )
        if answer.bound is not None:
            self._note(goal, answer.bound)

    def _solve(self, goal: str, seconds: float) -> None:
        """Bound a goal by the exact model, and take its plans."""
        state = self._state
        if state.plan is not None:
            self._exact.base = state.plan
        answer = solve(
            state,
            self._exact,
            goal,
            Effort(seconds, self._workers, self._seed, None if self._alone else "tree"),
            enough=lambda: state.reached(goal),
            on_plan=state.offer,
            on_bound=lambda bound: self._note(goal, bound),
        )
        if answer.plan is not None:
            state.offer(answer.plan)
        if answer.bound is not None:
            self._note(goal, answer.bound)
