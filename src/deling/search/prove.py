"""Bounds: what no plan can do better than, from the whole model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from deling.domain import Plan
from deling.model.build import Build
from deling.search.solve import Answer, Effort, solve

if TYPE_CHECKING:
    from deling.search.state import State

_BOUND_FIRST: dict[str, Literal["objective", "tree"]] = {
    "served": "objective",
    "fairness": "objective",
    "cost": "tree",
    "comfort": "tree",
}
"""What closed or nearly closed the gap fastest on the flagship with one thread."""


class Prover:
    """Solves the model of all needs, for its bound and, on small areas, for its plan.

    The model is built once and serves one goal after the other.

    Parameters
    ----------
    state
        The search.
    workers
        Threads of the solver.
    seed
        Of its random choices.
    """

    def __init__(self, state: State, workers: int, seed: int) -> None:
        self._state = state
        self._workers = workers
        self._seed = seed
        self._build: Build | None = None

    @property
    def build(self) -> Build:
        """The model of all needs, around the best plan at the time it is first asked for."""
        if self._build is None:
            self._build = Build(self._state.candidates, self._state.plan or Plan(events=()))
        return self._build

    def run(self, goal: str, until: float) -> Answer:
        """Work on one goal until it is proven, the stage is over or the clock shows ``until``."""
        state = self._state
        build = self.build
        if state.plan is not None:
            build.base = state.plan
        seconds = until - state.clock.seconds
        effort = Effort(seconds, self._workers, self._seed, _BOUND_FIRST.get(goal))

        def take(plan: Plan) -> None:
            if state.offer(plan) and state.reached(goal):
                state.end_stage()

        def note(bound: int) -> None:
            state.bound(goal, bound)
            state.tell(goal)
            if state.reached(goal):
                state.end_stage()

        answer = solve(state, build, goal, effort, on_plan=take, on_bound=note)
        if answer.plan is not None:
            state.offer(answer.plan)
        if answer.bound is not None:
            state.bound(goal, answer.bound)
        return answer
