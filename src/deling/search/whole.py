"""Chains over all there is: what no part can do alone, and what takes no model."""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from deling.memory import collector_at_rest
from deling.search.cheaper import COST, Looks
from deling.search.compiled import ANNEALER
from deling.search.eject.chain import Chains
from deling.search.eject.saving import Savings
from deling.search.eject.times import Times

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from types import ModuleType

    from deling.candidates import Candidates
    from deling.domain import Event, EventKey, Plan
    from deling.search.anneal.annealing import Annealing
    from deling.search.jobs import Jobs
    from deling.search.state import State


SERVED = "served"
SAVED_MEANWHILE = 0.1
"""Share of the time gone that goes into cheaper places while much is unmet, and will stay so."""
SOON_SECONDS = 0.9
"""Of annealing before anything else: nearly all that can be served has a place by then."""
STEPS = 2_000
"""Of annealing between two looks at what else there is to do."""
MOST_WALKS = 4
"""Walks of annealing beside each other."""
OFFER_EACH = 0.7
"""Seconds between two plans that are taken over."""
LOOK_EACH = 0.1
"""Seconds between two looks at where sessions are."""
LOOK_FROM = 0.4
"""Share of the time after which there are any at first: before, most is far from the best."""
LEAST_SECONDS = 2.0
"""Seconds of a look for these, however little time is gone."""


class Whole:
    """Moves sessions over the whole plan, while others improve its parts.

    Parameters
    ----------
    state
        The search; has a plan.
    jobs
        Of the others, and the plan as it stands.
    """

    def __init__(self, state: State, jobs: Jobs) -> None:
        self._state = state
        self._jobs = jobs
        self._times = Times(state.candidates)
        self._thrown: Counter[str] = Counter()
        """How often needs were thrown out to serve others."""
        self._serving: Chains | None = None
        self._saving: Savings | None = None
        self._looks = Looks(state, SAVED_MEANWHILE)
        self.annealed: set[str] = set()
        """Goals for which that was done."""
        self.seen: defaultdict[str, set[EventKey]] = defaultdict(set)
        """By goal: events that there were meanwhile."""

    def begin(self) -> None:
        """Begin with another goal."""
        self._serving = self._saving = None

    def serve(self, turns: int, most: int, stopped: Callable[[], bool]) -> None:
        """Serve what is left over, whatever has to move for it anywhere; see `Chains.offer`."""
        if self._serving is None:
            self._serving = Chains(*self._all(), self._thrown)
        with collector_at_rest():
            self._serving.offer(turns, most, stopped, partial(self._take, SERVED, self._saving))

    def save(self, most: int, stopped: Callable[[], bool]) -> bool:
        """Look for cheaper places; return whether there were any. See `Savings.offer`."""
        if self._saving is None:
            self._saving = Savings(*self._all())
        with collector_at_rest():
            take = partial(self._take, COST, self._serving)
            return self._saving.offer(most, stopped, take) > 0

    def save_meanwhile(self, stopped: Callable[[], bool]) -> None:
        """Look for cheaper places long before costs are asked for, if it is time to.

        What serves more is taken whatever it costs, and the time may be up before that is made
        good.
        """
        if not self._looks.begin():
            return
        clock = self._state.clock
        least = min(LEAST_SECONDS, SAVED_MEANWHILE * clock.limit)
        until = clock.spent + max(least, SAVED_MEANWHILE * clock.spent - self._looks.spent)
        self.save(self._state.case.scenario.wanted, lambda: stopped() or clock.spent > until)
        self._looks.end()

    def prepare(self) -> None:
        """Get annealing ready, for whatever comes next."""
        if not self._state.clock.deterministic:
            ANNEALER.ready()

    def serve_soon(self, stopped: Callable[[], bool]) -> None:
        """Serve nearly all that can be by annealing, before anything else is tried.

        Parameters
        ----------
        stopped
            Asked before each few steps.
        """
        module = ANNEALER.for_search(self._state.clock)
        if module is not None:
            self._anneal(module, SERVED, SOON_SECONDS, stopped)

    def anneal(
        self, goal: str, seconds: float, stopped: Callable[[], bool], *, again: bool = False
    ) -> bool:
        """Serve more, or the same for less, by annealing in compiled code; or say it is not ready.

        Parameters
        ----------
        goal
            ``served`` or ``cost``.
        seconds
            For it.
        stopped
            Asked before each few steps.
        again
            Whether it has been done before, so that it begins with little heat.
        """
        module = ANNEALER.for_search(self._state.clock)
        if module is None:
            return False
        self.annealed.add(goal)
        looks_from = 0.0 if again else LOOK_FROM
        annealing = self._anneal(module, goal, seconds, stopped, again=again, looks_from=looks_from)
        annealing.look()
        self.seen[goal].update(event.key for event in annealing.seen())
        return True

    def _anneal(
        self,
        module: ModuleType,
        goal: str,
        seconds: float,
        stopped: Callable[[], bool],
        *,
        again: bool = False,
        looks_from: float = inf,
    ) -> Annealing:
        """Anneal, and take what that finds.

        Parameters
        ----------
        module
            Compiled.
        goal, seconds, stopped, again
            As for `anneal`; where all is served before, it ends. The seconds begin once all is
            ready.
        looks_from
            Share of the time from which on it takes note of where sessions are.
        """
        clock = self._state.clock
        walks = min(self._jobs.workers, MOST_WALKS)
        with collector_at_rest(), ThreadPoolExecutor(walks) as pool:
            self.renew()
            plan, seed = self._jobs.joined.board.plan(), self._jobs.next_seed()
            annealing: Annealing = module.Annealing(
                self._times, plan, seed, goal, walks, again=again
            )
            offered = annealing.best
            begun = offered_at = clock.seconds  # Before, on a slow machine, goes half a second.
            looks_at = begun + looks_from * seconds
            while (gone := clock.seconds - begun) < seconds and not stopped():
                annealing.go_on(STEPS, gone / seconds, pool.map)
                if goal == SERVED and not annealing.best[0]:
                    break
                if clock.seconds > looks_at:
                    annealing.look()
                    looks_at = clock.seconds + LOOK_EACH
                if annealing.best < offered and clock.seconds > offered_at + OFFER_EACH:
                    offered = annealing.best
                    self._offer(goal, annealing)
                    offered_at = clock.seconds
            if annealing.best < offered:
                self._offer(goal, annealing)
        return annealing

    def _offer(self, goal: str, annealing: Annealing) -> None:
        """Take what annealing has found, if that is better."""
        joined = self._jobs.joined
        needs, events = annealing.changes(joined.board.plan())
        if joined.take(needs, events):
            self._renew(self._serving, needs)
            self._renew(self._saving, needs)
            self._state.note(joined.values)
            self._state.tell(goal)

    def dear_needs(self, count: int) -> list[str]:
        """Return some needs whose sessions could cost less, as far as that is known."""
        return [] if self._saving is None else self._saving.dear_needs(count)

    def renew(self) -> None:
        """Take over what others have found."""
        for needs in self._jobs.renewed():
            for moves in (self._serving, self._saving):
                self._renew(moves, needs)

    def _renew(self, moves: Chains | Savings | None, needs: frozenset[str]) -> None:
        if moves is not None:
            board = self._jobs.joined.board
            events = board.that_take(("need", need) for need in sorted(needs)).values()
            moves.renew(needs, (each for each in events if needs.issuperset(each.needs)))

    def _all(self) -> tuple[Candidates, Times, Plan, Collection[str], int]:
        """Return what to begin with."""
        state = self._state
        self.renew()  # What has been found so far is in the plan.
        plan, needs = self._jobs.joined.board.plan(), state.case.scenario.needs
        return state.candidates, self._times, plan, needs, self._jobs.next_seed()

    def _take(
        self,
        goal: str,
        others: Chains | Savings | None,
        needs: frozenset[str],
        events: tuple[Event, ...],
    ) -> bool:
        """Take what has been moved for a goal, if that is better; return whether it is."""
        joined = self._jobs.joined
        if not joined.take(needs, events, as_is=True):
            return False
        self._renew(others, needs)
        self._state.note(joined.values)
        self._state.tell(goal)
        return True
