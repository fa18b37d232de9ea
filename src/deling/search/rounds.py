"""Annealing and local areas by turns: what the one has come across, the others choose among.

Annealing looks at more places than any model could list, but finds the best combination of them
only by chance; a model of what it has seen alone is so small that nearly every local area has its
best plan, with the proof, in a fraction of a second. Annealing goes on from there (Construct,
Merge, Solve & Adapt: Blum, Pinacho, López-Ibáñez and Lozano 2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deling.search.jobs import Jobs
    from deling.search.local_areas import LocalAreas
    from deling.search.whole import Whole

ROUNDS = 2
"""How often; a third one has found next to nothing."""
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
        self.begun: set[str] = set()
        """Goals for which there have been any."""

    def send(self, goal: str, stopped: Callable[[], bool]) -> Iterator[bool]:
        """Send one area after the other, once a goal has been annealed; yield whether one was.

        Parameters
        ----------
        goal
            That is to get better; for each there are rounds but once.
        stopped
            Asked whether to end.
        """
        if goal in self.begun or goal not in self._whole.annealed:
            return
        self.begun.add(goal)
        for number in range(ROUNDS):
            if number:
                if stopped():
                    return
                self._whole.anneal(goal, AGAIN_SECONDS, stopped, again=True)
            yield from self._areas.choose(goal, self._whole.seen)
            while self._jobs.at_work(goal):
                yield False
            if goal == "cost":
                self._whole.save(SAVINGS, stopped)
