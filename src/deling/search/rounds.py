"""Annealing and local areas by turns: what the one has come across, the others choose among.

Annealing comes across many good places for each session, but finds the best combination of them
only by chance. A model of what it has seen alone is so small that most local areas have their best
plan of that, with the proof, in a fraction of a second. Annealing goes on from there (Construct,
Merge, Solve & Adapt: Blum, Pinacho, López-Ibáñez and Lozano 2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from deling.search.jobs import Jobs
    from deling.search.local_areas import LocalAreas
    from deling.search.whole import Whole

ROUNDS = 2
"""How often; a third one saved 0.03 % of costs at most."""
AGAIN_SECONDS = 1.5
"""Of annealing, each time but the first."""
SAVINGS = 100
"""Events that are tried to be held for less in each round: what local areas cannot do apart."""


class Rounds:
    """Lets local areas choose among what annealing has seen, and annealing go on from there.

    Parameters
    ----------
    jobs
        Through which areas are sent.
    whole
        Which anneals.
    areas
        The local areas.
    """

    def __init__(self, jobs: Jobs, whole: Whole, areas: LocalAreas) -> None:
        self._jobs = jobs
        self._whole = whole
        self._areas = areas
        self._begun: set[str] = set()
        """Goals for which there have been any."""

    def send(self, goal: str, stopped: Callable[[], bool]) -> Generator[bool, None, bool]:
        """Send one area after the other, once a goal has been annealed; yield whether one was.

        Parameters
        ----------
        goal
            That is to get better; for each there are rounds but once.
        stopped
            Asked whether to end.

        Returns
        -------
        bool
            Whether there were any.
        """
        if goal in self._begun or goal not in self._whole.annealed:
            return False
        self._begun.add(goal)
        yield from self._choose(goal, stopped)
        for _again in range(ROUNDS - 1):
            if not stopped():
                self._whole.anneal(goal, AGAIN_SECONDS, stopped, again=True)
            if not stopped():
                yield from self._choose(goal, stopped)
        return True

    def _choose(self, goal: str, stopped: Callable[[], bool]) -> Iterator[bool]:
        """Let all areas choose, and wait for their answers."""
        yield from self._areas.choose(goal, self._whole.seen[goal])
        while self._jobs.at_work(goal):
            yield False
        if goal == "cost":
            self._whole.save(SAVINGS, stopped)
