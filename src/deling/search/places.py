"""A week that sessions are put into: what is taken, as bits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from deling.search.ways import reach, slots
from deling.units import day_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

    from deling.domain import Event
    from deling.search.ways import Option, Way, Ways


class Place(NamedTuple):
    """Where a session is held."""

    start: int
    """The slot."""
    options: tuple[Option, ...]


class Places:
    """Sessions, by number, and where they are held.

    Parameters
    ----------
    ways
        What sessions can take.
    standing
        Internal events that stay where they are.
    """

    def __init__(self, ways: Ways, standing: Iterable[Event]) -> None:
        self._ways = ways
        taken = [claim for event in standing for claim in ways.taken_by(event)]
        self._busy = [0] * ways.things
        for thing, mask in taken:
            self._busy[thing] |= mask
        self._standing = tuple(self._busy)
        self.of: dict[int, Place] = {}

    def put(self, session: int, place: Place) -> None:
        """Hold a session at a place that is free for it."""
        ways = self._ways
        for option in place.options:
            for thing, before, total in option.takes:
                if option.days:
                    taken = ways.days_around(day_of(place.start * ways.step), option.days)
                else:
                    taken = slots(place.start - before, total)
                self._busy[thing] |= taken
        self.of[session] = place

    def free_place(self, ways: Sequence[Way], rng: random.Random) -> Place | None:
        """Return a place that nothing has to give way to, of the cheapest that are found.

        Parameters
        ----------
        ways
            The cheapest first.
        """
        best, least = None, math.inf
        for way in ways:
            if way.price >= least:
                break
            left, price = self._free_starts(way)
            while left and price < least:
                start = rng.choice(bits(left))
                options = self._free_options(way, start)
                if options is not None:
                    best, least = Place(start.bit_length() - 1, options), price
                left ^= start
        return best

    def _free_starts(self, way: Way) -> tuple[int, int]:
        """Return starts at which each position has something free, and what the cheapest cost."""
        left, price = way.starts, 0
        for option in way.forced:
            left &= self._free(option)
            price += option.price
            if not left:
                return 0, price
        for choice in way.choices:
            found = last = 0
            for option in choice:
                if found and (found == left or option.price > last):
                    break
                found |= left & self._free(option)
                last = option.price
            left = found
            price += last
        return left, price

    def _free(self, option: Option) -> int:
        """Return the starts at which an option is free."""
        left = option.starts
        for thing, before, total in option.tests:
            taken = self._busy[thing]
            if taken:
                left &= ~reach(taken, before, total)
        return left

    def is_free(self, option: Option, start: int) -> bool:
        """Return whether an option is free at a slot."""
        return bool(self._free(option) >> start & 1)

    def _free_options(self, way: Way, start: int) -> tuple[Option, ...] | None:
        """Return what can be taken at a start, nothing twice; None where that is not found."""
        found = list(way.forced)
        for choice in way.choices:
            for option in choice:
                if start & self._free(option) and not _among(option, found):
                    found.append(option)
                    break
            else:
                return None
        return tuple(found)

    def possible(self, option: Option) -> int:
        """Return the starts at which no event of the plan is in an option's way."""
        left = option.starts
        for thing, before, total in option.tests:
            taken = self._standing[thing]
            if taken:
                left &= ~reach(taken, before, total)
        return left


def bits(mask: int) -> list[int]:
    """Return the bits of a whole number, the lowest first."""
    found = []
    while mask:
        low = mask & -mask
        mask ^= low
        found.append(low)
    return found


def _among(option: Option, others: Sequence[Option]) -> bool:
    """Return whether what an option takes is taken by one of the others already."""
    return any(option.tests[:1] == other.tests[:1] != () for other in others)
