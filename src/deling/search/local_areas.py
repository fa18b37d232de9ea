"""The turns of local areas: each at once, then closer, and again, and two of them together."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from deling.goals import GOALS

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence, Set

    from deling.domain import EventKey
    from deling.search.jobs import Jobs
    from deling.search.whole import Whole

FILL_SECONDS = 5.0
"""Most seconds for a local area to serve what can be served at once."""
LEAST_SECONDS, MOST_SECONDS = 2.0, 20.0
"""Seconds for a local area to improve a goal."""
CLOSE_SECONDS = 3.0
"""Those for its best plan, at first: most local areas of a hundred sessions have it in less."""
CHOOSE_SECONDS = 3.0
"""Most seconds for a choice among events that have been seen: few take more than one."""
AGAIN_SECONDS = 10.0
"""Those each time that it is looked at again, and for the best plan of two together."""
BY_ROWS_SECONDS = 16.0
"""Those for HiGHS: most of the hard ones take it 8 to 12."""
COARSE = 0.01
"""Distance to a local area's best plan, relative to its value, that is good enough at first; but
not where annealing, which gets closer than that, has been at it."""
PAIR_SECONDS = 20.0
"""Most seconds for two local areas together."""


class LocalAreas:
    """Lets workers improve local areas.

    Parameters
    ----------
    order
        Ids of all goals.
    jobs
        Through which areas are sent, and the plan.
    needs
        Those of each local area.
    whole
        Which knows for what there has been annealing.
    rng
        Of all random choices.
    """

    def __init__(
        self,
        order: Sequence[str],
        jobs: Jobs,
        needs: Sequence[Sequence[str]],
        whole: Whole,
        rng: random.Random,
    ) -> None:
        self._order = order
        self._jobs = jobs
        self._needs = needs
        self._whole = whole
        self._rng = rng

    def __len__(self) -> int:
        """How many there are."""
        return len(self._needs)

    def fill(self, goal: str) -> Iterator[bool]:
        """Send each to serve what it can at once."""
        for at, left in _countdown(self._worth(goal)):
            spare = self._jobs.spare() // left
            self._jobs.improve(goal, (), self._needs[at], (at,), FILL_SECONDS, spare)
            yield True

    def sweep(
        self,
        goal: str,
        time_left: Callable[[], float],
        least: Callable[[], float],
        beside: Callable[[], bool],
    ) -> Iterator[bool]:
        """Send each that is worth it, with the time that it needs.

        Parameters
        ----------
        time_left
            Returns the seconds that are left for the goal.
        least
            Returns those that an area has at least.
        beside
            Sends something else, by turns with it; returns whether there was anything.
        """
        if goal in self._whole.annealed:
            yield from self._sweep_closely(goal)
            return
        also = True
        later = deque(_countdown(self._worth(goal)))
        while later:
            at, left = later.popleft()
            if at in self._jobs.at_work():
                later.append((at, left))
                yield False
                continue
            if not self._has_to_gain(goal, at):
                continue
            seconds = time_left() * self._jobs.workers / left / 2
            seconds = min(MOST_SECONDS, max(least(), seconds))
            self._send(goal, (at,), seconds, self._jobs.spare() // left, COARSE)
            yield True
            also = also and beside()
            if also:
                yield True

    def _sweep_closely(self, goal: str) -> Iterator[bool]:
        """Send each for its best plan, the smallest first: they have it soonest."""
        by_size = sorted(self._worth(goal), key=lambda at: len(self._needs[at]))
        yield from self._send_each(goal, by_size, CLOSE_SECONDS)

    def choose(self, goal: str, events: Set[EventKey]) -> Iterator[bool]:
        """Let each choose its best plan among events, the largest first: that takes it longest."""
        by_size = sorted(self._worth(goal), key=lambda at: -len(self._needs[at]))
        yield from self._send_each(goal, by_size, CHOOSE_SECONDS, events)

    def _send_each(
        self,
        goal: str,
        areas: Sequence[int],
        seconds: float,
        among: Set[EventKey] | None = None,
    ) -> Iterator[bool]:
        """Send one after the other for its best plan, as long as it may get better."""
        for at in areas:
            if self._has_to_gain(goal, at):
                self._send(goal, (at,), seconds, self._share, among=among)
                yield True

    def by_rows(self, goal: str) -> Iterator[bool]:
        """Let HiGHS plan each of which nothing is proven, the smallest first.

        It finds the best plan of a hard one in half the time that CP-SAT takes.
        """
        at_best = self._jobs.at_best(goal)
        waiting = sorted(self._worth(goal), key=lambda at: len(self._needs[at]))
        waiting = [at for at in waiting if at not in at_best]
        while waiting:
            at = next((each for each in waiting if each not in self._jobs.at_work()), None)
            if at is not None:
                waiting.remove(at)
                needs = self._needs[at]
                self._jobs.improve(
                    goal, (goal,), needs, (at,), BY_ROWS_SECONDS, self._share, by_rows=True
                )
            yield at is not None

    def again(self, goal: str) -> bool:
        """Improve one once more; return whether there was any."""
        out = self._jobs.at_work() | self._jobs.at_best(goal)
        areas = [at for at in self._worth(goal) if at not in out]
        if areas:
            self._send(goal, (self._rng.choice(areas),), AGAIN_SECONDS, self._share)
        return bool(areas)

    def together(self, goal: str, pair: tuple[int, ...]) -> None:
        """Improve two together."""
        if goal in self._whole.annealed:
            self._send(goal, pair, AGAIN_SECONDS, self._share)
        else:
            self._send(goal, pair, PAIR_SECONDS, self._share, COARSE)

    def inside(self, goal: str) -> tuple[str, ...]:
        """Return what to work on inside a local area, where much has been tried before."""
        if GOALS[goal].by_unmet:
            return tuple(self._order[: self._order.index(goal) + 1])
        return (goal,)

    def _send(
        self,
        goal: str,
        areas: tuple[int, ...],
        seconds: float,
        spare: int,
        gap: float = 0.0,
        among: Set[EventKey] | None = None,
    ) -> None:
        needs = [need for at in areas for need in self._needs[at]]
        goals = self.inside(goal)
        self._jobs.improve(goal, goals, needs, areas, seconds, spare, gap, among=among)

    @property
    def _share(self) -> int:
        """A worker's share of what is left of the budget, in øre."""
        return self._jobs.spare() // self._jobs.workers

    def _worth(self, goal: str) -> list[int]:
        """Return those that may get better, the one with the most to gain first."""
        unmet = [self._jobs.joined.unmet(needs) for needs in self._needs]
        found = sorted(range(len(unmet)), key=lambda at: -unmet[at])
        return [at for at in found if unmet[at]] if GOALS[goal].by_unmet else found

    def _has_to_gain(self, goal: str, at: int) -> bool:
        """Return whether one may get better still: others may have served it meanwhile."""
        return not GOALS[goal].by_unmet or self._jobs.joined.unmet(self._needs[at]) > 0


def _countdown(areas: list[int]) -> Iterator[tuple[int, int]]:
    """Yield each with the number that is left, itself included."""
    return zip(areas, range(len(areas), 0, -1), strict=True)
