"""Chains over all there is: what no part can do alone, and what takes no model."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deling.memory import collector_at_rest
from deling.search.eject.chain import Chains
from deling.search.eject.saving import Savings
from deling.search.eject.times import Times

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from deling.candidates import Candidates
    from deling.domain import Event, Plan
    from deling.search.jobs import Jobs
    from deling.search.state import State


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
        self._goal = state.order[0]
        self._moves: Chains | Savings | None = None

    def begin(self, goal: str) -> None:
        """Begin with another goal."""
        self._goal, self._moves = goal, None

    def serve(self, turns: int, most: int, stopped: Callable[[], bool]) -> None:
        """Serve what is left over, whatever has to move for it anywhere; see `Chains.offer`."""
        if not isinstance(self._moves, Chains):
            self._moves = Chains(*self._all(), self._thrown)
        with collector_at_rest():
            self._moves.offer(turns, most, stopped, self._take)

    def save(self, most: int, stopped: Callable[[], bool]) -> bool:
        """Look for cheaper places; return whether there were any. See `Savings.offer`."""
        if not isinstance(self._moves, Savings):
            self._moves = Savings(*self._all())
        with collector_at_rest():
            return self._moves.offer(most, stopped, self._take) > 0

    def dear_needs(self, count: int) -> list[str]:
        """Return some needs whose sessions could cost less, as far as that is known."""
        return self._moves.dear_needs(count) if isinstance(self._moves, Savings) else []

    def renew(self) -> None:
        """Take over what others have found."""
        board = self._jobs.joined.board
        for needs in self._jobs.renewed():
            if self._moves is not None:
                events = board.that_take(("need", need) for need in sorted(needs)).values()
                self._moves.renew(needs, (each for each in events if needs.issuperset(each.needs)))

    def _all(self) -> tuple[Candidates, Times, Plan, Collection[str], int]:
        """Return what to begin with."""
        state = self._state
        self._jobs.renewed()  # What has been found so far is in the plan.
        plan, needs = self._jobs.joined.board.plan(), state.case.scenario.needs
        return state.candidates, self._times, plan, needs, self._jobs.next_seed()

    def _take(self, needs: Collection[str], events: tuple[Event, ...]) -> bool:
        """Take what has been moved, if that is better; return whether it is."""
        joined = self._jobs.joined
        if not joined.take(needs, events, as_is=True):
            return False
        self._state.note(joined.values)
        self._state.tell(self._goal)
        return True
