"""Steps of ejection chains: who waits takes a place, and who gives way for that waits next."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from deling.search.grid import Grid

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from deling.search.cells import Cells
    from deling.search.places import Place


class Pace(NamedTuple):
    """How the search goes on."""

    rise: float
    """How often its weight is added to what a session costs that has found no free place."""
    growth: float
    """By how many times it costs then."""
    stays: int
    """Most steps for which a session that has thrown others out cannot be thrown out."""
    patience: int
    """Steps a session without a better plan, in the first long turn."""
    more: int
    """By how many times the patience grows in each further turn."""


class Wishes(NamedTuple):
    """Sessions that are to be held, by number."""

    needs: Sequence[str]
    """Ids of their needs."""
    weights: Sequence[int]


class Ejections:
    """Sessions that wait for a place, and those that have one.

    Parameters
    ----------
    wishes
        The sessions.
    cells
        What they ask for and hold.
    of
        Where sessions are held at first; the others wait.
    waiting
        These, in the order in which chance looks at them.
    pace
        How to go on.
    rng
        Of all random choices.
    """

    at_once = 50
    """Steps between two looks at the clock."""

    def __init__(
        self,
        wishes: Wishes,
        cells: Cells,
        of: Mapping[int, Place],
        waiting: Sequence[int],
        pace: Pace,
        rng: random.Random,
    ) -> None:
        self.wishes = wishes
        self.cells = cells
        self.pace = pace
        self.rng = rng
        self.waiting = list(waiting)
        self.lacking = sum(wishes.weights[session] for session in waiting)
        """Weight of those that wait."""
        self.steps = 0
        """That were taken so far."""
        self.stays: dict[int, int] = {}
        """Steps up to which sessions cannot be thrown out."""
        self._first = of
        self._seed = rng.randrange(2**32)

    @cached_property
    def grid(self) -> Grid:
        """Who has what when."""
        return Grid(self.cells, self._first, self.wishes.weights, self._seed)

    def places(self) -> Mapping[int, Place]:
        """Return where sessions are held at present."""
        return self.grid.of

    def go_on(self, steps: int, least: int) -> int:
        """Take steps until less is lacking than ever, or nothing.

        Parameters
        ----------
        steps
            Most to take.
        least
            Weight of what was lacking at best so far.

        Returns
        -------
        int
            Steps taken.
        """
        waiting, weights = self.waiting, self.wishes.weights
        draw = self.rng.random  # `randrange` takes long beside so small a step.
        for taken in range(steps):
            if not waiting or self.lacking < least:
                return taken
            self.steps += 1
            at = int(draw() * len(waiting))
            waiting[at], waiting[-1] = waiting[-1], waiting[at]
            session = waiting.pop()
            self.lacking -= weights[session]
            for other in self._insert(session):
                waiting.append(other)
                self.lacking += weights[other]
        return steps

    def _insert(self, session: int) -> list[int]:
        """Hold a session where that costs least; return the sessions that are held no longer."""
        grid, stays = self.grid, self.stays
        for other in [other for other, step in stays.items() if step <= self.steps]:
            del stays[other]
            grid.release(other)
        move = grid.cheapest(self.wishes.needs[session])
        if move is None or move.ousted:
            grid.raise_cost(session, self.pace.growth, self.pace.rise)
            if move is None:
                return [session]
            stays[session] = self.steps + 1 + int(self.rng.random() * self.pace.stays)
            grid.keep(session)
        grid.make(session, move)
        return move.ousted
