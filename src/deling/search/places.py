"""A week that sessions are put into and taken out of: what is taken, as bits, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deling.search.ways import reach, slots
from deling.units import day_of

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterable, Sequence

    from deling.domain import Event
    from deling.search.ways import Option, Way, Ways

STANDING = -1
"""Who has what an event of the plan has."""


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
        self._held: list[dict[int, int]] = [{} for _thing in self._busy]
        self.of: dict[int, Place] = {}
        for thing, mask in taken:
            self._busy[thing] |= mask
            self._held[thing][STANDING] = self._busy[thing]

    def put(self, session: int, place: Place) -> None:
        """Hold a session at a place that is free for it."""
        ways = self._ways
        for option in place.options:
            for thing, before, total in option.takes:
                if option.days:
                    taken = ways.days_around(day_of(place.start * ways.step), option.days)
                else:
                    taken = slots(place.start - before, total)
                self._held[thing][session] = taken
                self._busy[thing] |= taken
        self.of[session] = place

    def remove(self, session: int) -> None:
        """Hold a session no longer."""
        for option in self.of.pop(session).options:
            for thing, _before, _total in option.takes:
                held = self._held[thing]
                del held[session]
                busy = 0
                for taken in held.values():  # They may overlap: ways of staff, days.
                    busy |= taken
                self._busy[thing] = busy

    def free_place(self, ways: Sequence[Way], rng: random.Random) -> Place | None:
        """Return any place that nothing has to give way to."""
        for way in ways:
            left = self._free_starts(way)
            while left:
                start = rng.choice(bits(left))
                options = self._free_options(way, start)
                if options is not None:
                    return Place(start.bit_length() - 1, options)
                left ^= start
        return None

    def _free_starts(self, way: Way) -> int:
        """Return starts at which each position has something free."""
        left = way.starts
        for option in way.forced:
            left &= self._free(option)
            if not left:
                return 0
        for choice in way.choices:
            found = 0
            for option in choice:
                found |= left & self._free(option)
                if found == left:
                    break
            left = found
        return left

    def _free(self, option: Option) -> int:
        """Return the starts at which an option is free."""
        left = option.starts
        for thing, before, total in option.tests:
            taken = self._busy[thing]
            if taken:
                left &= ~reach(taken, before, total)
        return left

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

    def cheapest_place(
        self,
        ways: Sequence[Way],
        cost: Sequence[int],
        kept: Collection[int],
        rng: random.Random,
    ) -> tuple[Place, frozenset[int]] | None:
        """Return the place where those that have to give way cost least, and who these are.

        Parameters
        ----------
        cost
            Of each session that gives way.
        kept
            Sessions that do not.
        """
        best: tuple[float, Place, frozenset[int]] | None = None
        for way in ways:
            left = way.starts
            out: dict[int, set[int]] = {start: set() for start in bits(left)}
            for option in way.forced:
                left &= self._give_way(option, left, kept, out)
            picked = {start: list(way.forced) for start in bits(left)}
            for choice in way.choices:
                left = self._pick(choice, left, cost, kept, out, picked)
            for start in bits(left):
                price = sum(cost[session] for session in out[start]) + rng.random()
                if best is None or price < best[0]:
                    place = Place(start.bit_length() - 1, tuple(picked[start]))
                    best = price, place, frozenset(out[start])
        return None if best is None else best[1:]

    def _give_way(
        self, option: Option, starts: int, kept: Collection[int], out: dict[int, set[int]]
    ) -> int:
        """Note who has to give way to an option at each start; return when that is possible."""
        left = starts & option.starts
        for thing, before, total in option.tests:
            if not reach(self._busy[thing], before, total) & left:
                continue
            for session, taken in self._held[thing].items():
                met = reach(taken, before, total) & left
                if session == STANDING or session in kept:
                    left &= ~met
                    continue
                while met:
                    start = met & -met
                    met ^= start
                    out[start].add(session)
        return left

    def _pick(
        self,
        choice: Sequence[Option],
        starts: int,
        cost: Sequence[int],
        kept: Collection[int],
        out: dict[int, set[int]],
        picked: dict[int, list[Option]],
    ) -> int:
        """Choose for each start what costs least; return the starts that have something."""
        done = 0
        for option in choice:
            for start in bits(self._free(option) & starts & ~done):
                if not _among(option, picked[start]):
                    picked[start].append(option)
                    done |= start
            if done == starts:
                return done
        best: dict[int, tuple[int, Option, set[int]]] = {}
        for option in choice:
            ousted: dict[int, set[int]] = {start: set() for start in bits(starts & ~done)}
            for start in bits(self._give_way(option, starts & ~done, kept, ousted)):
                price = sum(cost[session] for session in ousted[start] - out[start])
                known = best.get(start)
                if (known is None or price < known[0]) and not _among(option, picked[start]):
                    best[start] = price, option, ousted[start]
        for start, (_price, option, sessions) in best.items():
            picked[start].append(option)
            out[start] |= sessions
            done |= start
        return done


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
