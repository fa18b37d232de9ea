"""Bounds: what no plan can do better than, from the whole model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from deling.domain import Plan
from deling.model.build import Build
from deling.search.solve import Effort, solve

if TYPE_CHECKING:
    from deling.search.state import State

_BOUND_FIRST: dict[str, Literal["objective", "tree"]] = {
    "served": "objective",
    "fairness": "objective",
    "cost": "tree",
    "comfort": "tree",
}
"""What closed the gap fastest on the flagship with one thread."""

SHARES = {"served": 0.3, "fairness": 0.4, "cost": 0.9}
"""Share of its time at which the prover leaves an unproven goal for the next one."""


class Prover:
    """Solves the model of all needs goal by goal, for its bounds and, on small areas, its plans.

    The model is built once and serves one goal after the other.

    Parameters
    ----------
    state
        The search.
    workers
        Threads of the solver.
    seed
        Of its random choices.
    alone
        Whether nothing else looks for plans, so that the solver has to.
    """

    def __init__(self, state: State, workers: int, seed: int, *, alone: bool) -> None:
        self._state = state
        self._workers = workers
        self._seed = seed
        self._alone = alone
        self._build = Build(state.candidates, state.plan or Plan(events=()))

    def run(self) -> None:
        """Prove one goal after the other until all are, or the search is over."""
        for goal in self._state.order:
            self.prove(goal, self._state.time_for(goal, SHARES))

    def prove(self, goal: str, seconds: float) -> None:
        """Work on one goal for some seconds at most."""
        state, build = self._state, self._build
        if state.over or state.reached(goal):
            return
        if state.plan is not None:
            build.base = state.plan
        bound_first = None if self._alone else _BOUND_FIRST.get(goal)
        effort = Effort(seconds, self._workers, self._seed, bound_first)

        def note(bound: int) -> None:
            state.bound(goal, bound)
            state.tell(goal)

        answer = solve(
            state,
            build,
            goal,
            effort,
            enough=lambda: state.reached(goal),
            on_plan=state.offer,
            on_bound=note,
        )
        if answer.plan is not None:
            state.offer(answer.plan)
        if answer.bound is not None:
            note(answer.bound)
