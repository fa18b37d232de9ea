"""Large neighbourhood search: plan some needs anew, keep the rest, repeat with what pays off.

After Shaw (1998) with the adaptive choice of Ropke and Pisinger (2006); the repair is an exact
solve of the same model over a plan that is mostly kept.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from deling.goals import GOALS
from deling.model.build import Build
from deling.search.neighbourhoods import NEIGHBOURHOODS, Rivals, View
from deling.search.solve import Effort, solve

if TYPE_CHECKING:
    from deling.search.neighbourhoods import Neighbourhood
    from deling.search.state import State

SMALLEST, LARGEST, FIRST_SIZE = 4, 60, 12
SECONDS_EACH = 3.0
FORGET = 0.9


class Improver:
    """Improves the best plan of a search, one small model after the other.

    Parameters
    ----------
    state
        The search.
    seed
        Of all random choices.
    """

    def __init__(self, state: State, seed: int) -> None:
        self._state = state
        self._rng = random.Random(seed)
        self._seed = seed
        self._rivals = Rivals(state.candidates)
        self._size: dict[str, float] = dict.fromkeys((n.name for n in NEIGHBOURHOODS), FIRST_SIZE)
        self._credit: dict[str, float] = dict.fromkeys((n.name for n in NEIGHBOURHOODS), 1.0)
        self.rounds = 0
        self.idle_rounds = 0

    def run(self, goal: str, until: float) -> None:
        """Improve one goal until the stage is over or the clock shows ``until`` seconds."""
        self.idle_rounds = 0
        while not self._state.stage_over and self._state.clock.seconds < until:
            if self._state.reached(goal):
                return
            self._round(goal, until)

    def _round(self, goal: str, until: float) -> None:
        state = self._state
        plan = state.plan
        if plan is None:
            raise RuntimeError("a search is improved only from a valid plan")
        neighbourhood = self._choose(goal)
        view = View(state.candidates, plan, self._rivals)
        free = neighbourhood.pick(view, round(self._size[neighbourhood.name]), self._rng)
        self.rounds += 1
        self.idle_rounds += 1
        if not free:
            self._credit[neighbourhood.name] *= FORGET
            return
        build = Build(state.candidates, plan, free)
        seconds = min(SECONDS_EACH, until - state.clock.seconds)
        effort = Effort(seconds, seed=self._seed + self.rounds)
        before = state.values[goal]
        answer = solve(state, build, goal, effort)
        if answer.plan is not None and state.offer(answer.plan):
            self.idle_rounds = 0
        gain = abs(state.values[goal] - before)
        self._learn(neighbourhood.name, gain / max(1, abs(before)), answer.seconds)
        self._resize(neighbourhood.name, answer.status == "optimal", answer.seconds)
        state.tell(goal)

    def _choose(self, goal: str) -> Neighbourhood:
        weights = [0.05 + self._credit[neighbourhood.name] for neighbourhood in NEIGHBOURHOODS]
        if GOALS[goal].sense == "max":
            weights = [
                weight * (3 if neighbourhood.name == "unmet" else 1)
                for weight, neighbourhood in zip(weights, NEIGHBOURHOODS, strict=True)
            ]
        return self._rng.choices(NEIGHBOURHOODS, weights)[0]

    def _learn(self, name: str, gain: float, seconds: float) -> None:
        """Credit a neighbourhood with its gain a second, relative to the value."""
        paid = min(1.0, 100 * gain / max(0.05, seconds))
        self._credit[name] = FORGET * self._credit[name] + (1 - FORGET) * paid

    def _resize(self, name: str, proven: bool, seconds: float) -> None:
        """Free more needs when the solver is done early, fewer when it runs out of time."""
        if not proven:
            self._size[name] = max(SMALLEST, self._size[name] * 0.85)
        elif seconds < SECONDS_EACH / 3:
            self._size[name] = min(LARGEST, self._size[name] * 1.05)
