"""Workers who do not do what they are given, and a search by parts with them."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Future
from typing import TYPE_CHECKING

from deling.candidates import Candidates
from deling.search.clock import Clock
from deling.search.relay import Relay
from deling.search.state import State
from deling.search.workers import Crew

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan


class Idle(Crew):
    """Two workers who take work and do not get to it."""

    @property
    def count(self) -> int:
        return 2

    def submit(self, _work, _what):
        return Future()


class Deadly(Idle):
    """Workers who die of whatever they are given."""

    def submit(self, _work, _what):
        raise BrokenExecutor

    def replace(self) -> bool:
        self.generation += 1
        return True


class Quick(Idle):
    """Workers who have an answer at once."""

    def submit(self, _work, what):
        future = Future()
        future.set_result(what.seed)
        return future


def relay_of(case: Case, plan: Plan, limit: float = 100.0, crew: Crew | None = None) -> Relay:
    """Return a search by parts that has not begun, from a plan."""
    state = State(Candidates(case), Clock(limit), 0.0, None)
    assert state.offer(plan)
    return Relay(state, crew or Idle(), 1)
