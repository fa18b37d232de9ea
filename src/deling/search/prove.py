"""Bounds: what no plan can do better than, from the model of all needs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deling.domain import Plan
from deling.model.build import Build
from deling.search.bounds import keeps
from deling.search.improve import Improver
from deling.search.solve import Effort, solve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deling.search.state import State

SHARES = {"served": 0.3, "fairness": 0.4, "cost": 0.9}
"""Share of the time limit at which the prover leaves an unproven goal for the next one."""

RELAXED_SHARE = 0.5
"""Share of a goal's time for the relaxation, which gives most of the bound in a tenth of it."""

QUICK = ("served", "fairness")
"""Goals that the relaxation of the ways often proves at once."""
FEW = 6_000
"""Events below which a list of them all proves as fast."""

MOST_LISTED = 20_000
"""Events up to which the exact model is a list of all that there may be."""

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
        self._builds: dict[bool, Build] = {}

    def _model(self, goal: str, *, relaxed: bool) -> Build:
        """Return a model for a goal, a new one where the known one holds more than it should."""
        state = self._state
        build = self._builds.get(relaxed)
        before = state.held_before(goal)
        if build is None or not (build.held.keys() <= before.keys() and keeps(before, build.held)):
            base = state.plan or Plan(events=())
            build = self._builds[relaxed] = Build(
                state.candidates,
                base,
                state.free,
                relaxed=relaxed,
                options=None if relaxed else state.options.of(state.free, MOST_LISTED),
            )
        return build

    @cached_property
    def _improver(self) -> Improver:
        return Improver(self._state, self._seed - 1)

    def run(self) -> None:
        """Prove one goal after the other until all are, or the search is over."""
        for goal in self._state.order:
            self.prove(goal, self._state.time_for(goal, SHARES))
        for goal in self._state.order if self._alone else ():
            # What was left unproven for the sake of later goals.
            self.prove(goal, self._state.clock.left())

    def prove(self, goal: str, amount: float) -> None:
        """Work on one goal for some time at most."""
        until = self._state.clock.spent + amount
        options = self._state.options.of(self._state.free, MOST_LISTED)
        listed = options is not None
        at_once = options is not None and (goal not in QUICK or len(options) < FEW)
        if not (self._alone or self._done(goal) or at_once):
            self._bound(goal, RELAXED_SHARE * amount)
        if self._done(goal):
            return
        if self._alone or listed or self._exact_is_small(goal):
            self._solve(goal, until - self._state.clock.spent)
        else:
            self._improver.improve(goal, until - self._state.clock.spent)

    def _exact_is_small(self, goal: str) -> bool:
        """Return whether the exact model can be solved in the time of a search.

        It grows with the pairs of stops that may follow each other.
        """
        relaxed = self._model(goal, relaxed=True)
        stops = (sum(stop.away for stop in tour.stops) for tour in relaxed.tours)
        return sum(count * count for count in stops) <= MOST_PAIRS

    def _done(self, goal: str) -> bool:
        return self._state.over or self._state.reached(goal)

    def _note(self, goal: str, bound: int, held: Mapping[str, int]) -> bool:
        right = self._state.bound(goal, bound, held)
        self._state.tell(goal)
        return right

    def _bound(self, goal: str, amount: float) -> None:
        """Bound a goal by the relaxed model, whose plans are worth nothing."""
        solve(
            self._state,
            self._model(goal, relaxed=True),
            goal,
            Effort(amount, self._workers, self._seed, "objective"),
            hint=False,
            enough=lambda: self._state.reached(goal),
            on_bound=lambda bound, held: self._note(goal, bound, held),
        )

    def _solve(self, goal: str, amount: float) -> None:
        """Bound a goal by the exact model, and take its plans."""
        state = self._state
        build = self._model(goal, relaxed=False)
        listed = build.options is not None
        if state.plan is not None:
            build.base = state.plan
        answer = solve(
            state,
            build,
            goal,
            Effort(amount, self._workers, self._seed, None if self._alone or listed else "tree"),
            enough=lambda: state.reached(goal),
            take=True,
            on_bound=lambda bound, held: self._note(goal, bound, held),
        )
        if answer.plan is not None and answer.values is not None:
            state.take(answer.plan, answer.values)
