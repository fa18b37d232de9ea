"""Workers who look for places for all that is unmet, beside the search that does the same.

How soon ejection chains serve the last wishes of a full timetable is a matter of luck: of several
that begin with other random choices, and at another pace, the first one is much sooner than any by
itself.
"""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, CancelledError
from typing import TYPE_CHECKING

from deling.board import Board
from deling.domain import Plan
from deling.part import Cutter
from deling.search.task import Better, Limits, Task, serve_part

if TYPE_CHECKING:
    from concurrent.futures import Future

    from deling.search.state import State
    from deling.search.task import Bound
    from deling.search.workers import Crew

FIRST_SECONDS = 2.0
"""Seconds of a worker's first try; a later one takes as long as all has taken so far."""


class Helpers:
    """All workers but one, since the search itself is at work as well.

    Parameters
    ----------
    state
        The search.
    plan
        What all begin with.
    crew
        The workers; None where there are none.
    seed
        Of the search; helpers have others.
    """

    def __init__(self, state: State, plan: Plan, crew: Crew | None, seed: int) -> None:
        self._state = state
        self._plan = plan
        # How far a worker gets in its time is not the same twice.
        self._crew = None if state.clock.deterministic else crew
        self._seed = seed
        self._under_way: dict[Future[Better | Bound], int] = {}
        """What helpers are at, and of which generation of workers they are."""

    def look(self, share: float) -> bool:
        """Take what helpers have found, and let them go on; return whether there is a better plan.

        Parameters
        ----------
        share
            Of the time limit, until which they may be at it.
        """
        crew = self._crew
        if crew is None:
            return False
        better = False
        losses: tuple[type[BaseException], ...] = (CancelledError, *crew.losses)
        for future in [future for future in self._under_way if future.done()]:
            generation = self._under_way.pop(future)
            try:
                answer = future.result()
            except losses:
                if not self._lost(crew, generation):
                    return better
                continue
            assert isinstance(answer, Better)
            self._state.faults.join(answer.faults)
            if answer.events is not None and self._state.offer(Plan(events=answer.events)):
                self._state.tell("served")
                better = True
        while len(self._under_way) < crew.count - 1 and self._state.clock.left(share) > 0:
            generation = crew.generation
            try:
                self._under_way[self._begun(crew, share)] = generation
            except BrokenExecutor:
                if not self._lost(crew, generation):
                    return better
        return better

    def end(self) -> None:
        """Let those who are still at it do something else."""
        if self._crew is not None and self._under_way:
            self._crew.call_off(self._under_way)
            self._under_way.clear()

    def _lost(self, crew: Crew, generation: int) -> bool:
        """Replace workers that died, once for all that were lost; return whether to go on."""
        is_first = generation == crew.generation
        if self._state.stopped or (is_first and not crew.replace()):
            self._crew = None
        return self._crew is not None

    def _begun(self, crew: Crew, share: float) -> Future[Better | Bound]:
        """Let a worker begin."""
        state, needs = self._state, self._state.case.scenario.needs
        clock = state.clock
        self._seed += 1
        part = Cutter(state.case).part(tuple(needs), Board(state.case, self._plan))
        seconds = min(max(FIRST_SECONDS, clock.seconds), clock.left(share))
        limits = Limits(seconds, careful=state.careful)
        task = Task(part.portable(), ("served",), {}, limits, self._seed)
        return crew.submit(serve_part, task)
