"""Large neighbourhood search: plan some needs anew, keep the rest, repeat with what pays off.

After Shaw (1998) with the adaptive choice of Ropke and Pisinger (2006); the repair is an exact
solve of the same model over a plan that is mostly kept.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from deling.model.build import Build
from deling.model.options import likely
from deling.search.cheaper import Cheaper
from deling.search.eject.chain import Chains
from deling.search.eject.times import Times
from deling.search.neighbourhoods import NEIGHBOURHOODS, Rivals, View
from deling.search.pools import around_pool, staff_pools
from deling.search.solve import Effort, solve

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Set

    from deling.domain import Event, EventKey, Plan
    from deling.search.neighbourhoods import Neighbourhood
    from deling.search.solve import Answer, Status
    from deling.search.state import State

SMALLEST, LARGEST, FIRST_SIZE = 4, 60, 10
SECONDS_EACH = 1.5
FILLED_AT_ONCE = 12
"""Unmet needs that are served together, all else kept."""
CHAINS_EACH = 4
"""Chains that are tried for each unmet need at first."""
MOST_LISTED = 6_000
"""Events up to which a neighbourhood is a list of what there may be."""
LEAST_FOR_POOLS = 2_000
"""Events from which on what draws on the same pool of staff is planned by itself before all is."""
POOL_SECONDS = 2.0
"""Most seconds for what draws on the same pool of staff."""
MOST_AT_ONCE = 12_000
"""Events up to which all is planned anew at once."""
FORGET = 0.9
HINTED = 0.8
"""Share of rounds in which the solver starts at the plan; without, it finds others as good."""
PATIENCE = 30
"""Rounds without a better plan after which a goal gives way to the next one."""
SHARES = {"served": 0.3, "fairness": 0.4, "cost": 0.75}
"""Share of the time limit at which an unproven goal is left for the next one."""

FAVOURED = {"served": ("unmet",), "fairness": ("worst", "unmet")}
"""Neighbourhoods that are made for a goal."""


class Improver:
    """Improves the best plan of a search, one small model after the other.

    Parameters
    ----------
    state
        The search.
    seed
        Of all random choices.
    patience
        Rounds without a better plan after which the next goal gets its turn.
    """

    def __init__(self, state: State, seed: int, patience: int = PATIENCE) -> None:
        self._state = state
        self._patience = patience
        self._rng = random.Random(seed)
        self._seed = seed
        self._rivals = Rivals(state.candidates, state.free)
        self._size: dict[str, float] = dict.fromkeys((n.name for n in NEIGHBOURHOODS), FIRST_SIZE)
        self._credit: dict[str, float] = dict.fromkeys((n.name for n in NEIGHBOURHOODS), 1.0)
        self._times = Times(state.candidates)
        self._rounds = 0
        self._current: tuple[Plan, dict[str, int]] | None = None
        self._idle: Counter[str] = Counter()

    def run(self) -> None:
        """Improve goal by goal until the search is over."""
        cheaper = Cheaper(self._state, self._times, self._seed)
        self.fill(cheaper.look)
        while not self._state.over:
            cheaper.look()
            self._round(self._next_goal())

    def fill(self, between: Callable[[], None] | None = None) -> None:
        """Serve wishes that are unmet, a few at a time and each once, all else kept.

        Most find a place beside what is there, and looking for it is quick.

        Parameters
        ----------
        between
            Called before each few.
        """
        state = self._state
        goal = "served"
        if goal not in state.order:
            return
        self._serve_by_chains(goal)
        view = View(state.candidates, state.best()[0], self._rivals, state.free)
        left = view.unmet
        self._rng.shuffle(left)
        while left and not state.over and not state.reached(goal):
            if between is not None:
                between()
            some, left = left[:FILLED_AT_ONCE], left[FILLED_AT_ONCE:]
            plan = state.best()[0]
            view = View(state.candidates, plan, self._rivals, state.free)
            self._solve(plan, view.together(some), goal, hint=True)
            state.tell(goal)

    def _serve_by_chains(self, goal: str) -> None:
        """Serve what is unmet one by one, whatever has to move for it."""
        state = self._state

        def stopped() -> bool:
            state.clock.step()
            return state.over or state.reached(goal)

        plan = state.best()[0]
        chains = Chains(state.candidates, self._times, plan, state.free, self._seed)
        for better in chains.plans(CHAINS_EACH, stopped):
            state.take(better, state.worth(better))
            state.tell(goal)

    def improve_at_once(
        self, goal: str, amount: float, gap: float, among: Set[EventKey] | None = None
    ) -> Status:
        """Plan everything anew where all that there may be is listed.

        Parameters
        ----------
        goal
            To improve.
        amount
            Of time, at most.
        gap
            Distance to the best of these, relative to the value, that is good enough.
        among
            Events to choose from, beside what the plan has; see `likely`. None for all.

        Returns
        -------
        str
            ``optimal`` where nothing among these is better, ``feasible`` where what is found is
            within a relative gap of the best, else ``unknown``.
        """
        state = self._state
        options = state.options.of(state.free, MOST_AT_ONCE)
        if options is None or state.over or state.reached(goal):
            return "unknown"
        state.clock.step()
        plan = state.best()[0]
        if among is not None:
            options = likely(options, among | {event.key for event in plan.internal})
        answer = self._choose_best(plan, state.free, options, goal, Effort(amount, gap=gap))
        in_time = answer.status == "optimal" or answer.spent < amount
        return answer.status if in_time else "unknown"

    def improve_pools(self, goal: str, amount: float) -> None:
        """Plan anew what draws on the same pool of staff, pool by pool; see `around_pool`.

        Only where that is much, and of several pools: else all is planned as a whole as soon.

        Parameters
        ----------
        goal
            To improve.
        amount
            Of time, at most.
        """
        state = self._state
        options = state.options.of(state.free, MOST_AT_ONCE)
        if options is None or len(options) < LEAST_FOR_POOLS:
            return
        until = state.clock.spent + amount
        pools = staff_pools(state.free, options)
        for pool in pools if len(pools) > 1 else ():
            left = until - state.clock.spent
            if state.over or state.reached(goal) or left <= 0:
                return
            state.clock.step()
            plan = state.best()[0]
            free, some = around_pool(pool, state.free, options, plan, state.case)
            self._choose_best(plan, free, some, goal, Effort(min(POOL_SECONDS, left)))

    def _choose_best(
        self,
        plan: Plan,
        free: Collection[str],
        options: list[Event],
        goal: str,
        effort: Effort,
    ) -> Answer:
        """Choose the best plan of some needs among listed events, and take what is better."""
        state = self._state
        build = Build(state.candidates, plan, free, options=options)
        effort = replace(effort, seed=self._seed)
        answer = solve(state, build, goal, effort, enough=lambda: state.over, take=True)
        if answer.plan is not None and answer.values is not None:
            state.take(answer.plan, answer.values)
        state.tell(goal)
        return answer

    def improve(self, goal: str, amount: float) -> None:
        """Improve one goal until it is reached or idle for long, for some time at most."""
        until = self._state.clock.spent + amount
        self._idle.clear()
        while not (
            self._state.over
            or self._state.reached(goal)
            or self._idle[goal] >= self._patience
            or self._state.clock.spent >= until
        ):
            self._round(goal)

    def _next_goal(self) -> str:
        """Return the first goal that is worth another round.

        A goal that has been idle for long gives way to the next one, whose rounds keep its value;
        when all are idle, it all begins anew.
        """
        state = self._state
        open_goals = [goal for goal in state.order if not state.reached(goal)] or [state.order[-1]]
        for goal in open_goals:
            if self._idle[goal] < self._patience and state.time_for(goal, SHARES) > 0:
                return goal
        self._idle.clear()
        return open_goals[-1]

    def _round(self, goal: str) -> None:
        state = self._state
        plan = self._plan_to_improve(goal)
        neighbourhood = self._choose(goal)
        view = View(state.candidates, plan, self._rivals, state.free)
        free = neighbourhood.pick(view, round(self._size[neighbourhood.name]), self._rng)
        self._idle[goal] += 1
        if not free:
            self._credit[neighbourhood.name] *= FORGET
            return
        before = state.values[goal]
        answer = self._solve(plan, free, goal, hint=self._rng.random() < HINTED)
        gain = abs(state.values[goal] - before)
        self._learn(neighbourhood.name, gain / max(1, abs(before)), answer.spent)
        self._resize(neighbourhood.name, answer.status == "optimal", answer.spent)
        state.tell(goal)

    def _solve(self, plan: Plan, free: set[str], goal: str, *, hint: bool) -> Answer:
        """Plan some needs anew and take what is better."""
        state = self._state
        self._rounds += 1
        state.clock.step()
        effort = Effort(SECONDS_EACH, seed=self._seed + self._rounds, thrifty=True)
        build = Build(state.candidates, plan, free, options=state.options.of(free, MOST_LISTED))
        answer = solve(state, build, goal, effort, hint=hint)
        if answer.plan is not None and answer.values is not None:
            self._current = answer.plan, answer.values
            if state.take(answer.plan, answer.values):
                self._idle.clear()
        return answer

    def _plan_to_improve(self, goal: str) -> Plan:
        """Return the last plan of this search, as good as the best up to the goal, or the best.

        Wandering between plans that are equally good finds ways that the best plan has not.
        """
        state = self._state
        best, best_values = state.best()
        up_to = state.order[: state.order.index(goal) + 1]
        if self._current is not None:
            plan, values = self._current
            if all(values[key] == best_values[key] for key in up_to):
                return plan
        return best

    def _choose(self, goal: str) -> Neighbourhood:
        favoured = FAVOURED.get(goal, ())
        weights = [
            (0.05 + self._credit[each.name]) * (4 if each.name in favoured else 1)
            for each in NEIGHBOURHOODS
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
