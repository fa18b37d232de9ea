"""A week as one array: each thing has a cell a slot, which holds the session that has it.

Here is which cells each way to hold a session asks for, and which it then holds. A session holds
what it needs itself, and asks for what it keeps from others too: ways of staff, days. So no two
hold the same cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deling.search.places import bits
from deling.units import DAY, WEEK

if TYPE_CHECKING:
    from deling.search.places import Place, Places
    from deling.search.ways import Claim, Option, Way, Ways


class Choice(NamedTuple):
    """Something to be chosen; cells are those for the first start of the week."""

    options: tuple[Option, ...]
    asked: list[list[int]]
    """Cells that each asks for."""
    held: list[list[int]]
    """Cells that each holds."""
    possible: list[int]
    """When each can be had at all, as bits."""


class Outline(NamedTuple):
    """A way to hold sessions of a need; cells are those for the first start of the week."""

    starts: int
    """When that is possible, as bits."""
    slots: list[int]
    """These as numbers."""
    forced: tuple[Option, ...]
    asked: list[int]
    """Cells that are asked for in any case."""
    held: list[int]
    """Cells that are held in any case."""
    asked_a_day: list[int]
    """Of these, those that a start's day is added to, not its slot."""
    held_a_day: list[int]
    choices: tuple[Choice, ...]


class Cells:
    """The cells of some ways.

    Parameters
    ----------
    ways
        What sessions can take.
    places
        What never gives way.
    """

    def __init__(self, ways: Ways, places: Places) -> None:
        self._ways = ways
        self._places = places
        # Between things lie cells of no slot: what reaches out of the week ends there.
        self._pad = DAY // ways.step
        self._width = WEEK // ways.step + self._pad
        self.air = ways.things * self._width + self._pad
        """From here on nobody holds any."""
        self.count = self.air + self._width
        self.slots = WEEK // ways.step
        """Of the week."""
        self.step = ways.step
        self._claims: dict[tuple[Claim, ...], list[int]] = {}
        self._starts: dict[int, list[int]] = {}

    def outlines(self, need: str) -> list[Outline]:
        """Return the ways to hold a need's sessions that have a start."""
        found = (self._outline(way) for way in self._ways.of[need])
        return [outline for outline in found if outline.starts]

    def _outline(self, way: Way) -> Outline:
        starts = way.starts
        for option in way.forced:
            starts &= self._places.possible(option)
        once = {option.tests[0][0] for option in way.forced if option.tests}
        choices = []
        for options in way.choices:
            some = tuple(one for one in options if not one.tests or one.tests[0][0] not in once)
            if not some:
                starts = 0
                break
            choices.append(self._choice(some))
        asked: list[int] = []
        held: list[int] = []
        asked_a_day: list[int] = []
        held_a_day: list[int] = []
        for option in way.forced:
            if option.days:
                first = self._first(option.takes[0][0])
                days = min(option.days, WEEK // DAY)
                asked_a_day += range(first + 1 - days, first + days)
                held_a_day.append(first)
            else:
                asked += self._claimed(option.takes)
                held += self._claimed(option.tests)
        slots = self._slots(starts)
        return Outline(
            starts, slots, way.forced, asked, held, asked_a_day, held_a_day, tuple(choices)
        )

    def _slots(self, starts: int) -> list[int]:
        """Return the slots of some starts, which many needs have in common."""
        known = self._starts.get(starts)
        if known is None:
            known = self._starts[starts] = [start.bit_length() - 1 for start in bits(starts)]
        return known

    def _choice(self, options: tuple[Option, ...]) -> Choice:
        return Choice(
            options,
            [self._claimed(option.takes) for option in options],
            [self._claimed(option.tests) for option in options],
            [self._places.possible(option) for option in options],
        )

    def _claimed(self, claims: tuple[Claim, ...]) -> list[int]:
        """Return the cells of claims for the first start of the week."""
        known = self._claims.get(claims)
        if known is None:
            known = self._claims[claims] = []
            most = self._pad
            for thing, before, total in claims:
                first = self._first(thing)
                known += range(first + max(-before, -most), first + min(total - before, most))
        return known

    def _first(self, thing: int) -> int:
        """Return the first cell of a thing."""
        return thing * self._width + self._pad

    def held(self, place: Place) -> list[int]:
        """Return the cells that are held at a place."""
        start = place.start
        found: list[int] = []
        for option in place.options:
            if option.days:
                found.append(self._first(option.takes[0][0]) + start * self.step // DAY)
            else:
                found += [cell + start for cell in self._claimed(option.tests)]
        return found
