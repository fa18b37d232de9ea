"""Who has what when, as one array: what a session would throw out is read for all starts at once.

Each thing has a cell a slot, which holds the number of the session that has it. A session holds
what it needs itself, and asks for what it keeps from others too: ways of staff, days. So no two
hold the same cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deling.search.places import Place, bits
from deling.units import DAY, WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deling.search.places import Places
    from deling.search.ways import Claim, Option, Way, Ways

    Cells = NDArray[np.int64]

NEVER = 1e15
"""Cost of what cannot give way."""
MOST = 1e12
"""Cost above which all are made less, so that none comes near that."""
NOISE = 4096
"""Random numbers drawn at once, to choose among equals by."""


class _Choice(NamedTuple):
    """Something to be chosen."""

    options: tuple[Option, ...]
    asked: Cells
    """What each asks for: by cell, option and start."""
    held: Cells
    """What each holds."""
    closed: NDArray[np.bool_] | None
    """When an option cannot be had: by option and start."""


_Picked = tuple[_Choice, "Cells"]
"""A choice, and the number of the option that is picked for each start."""


class _Table(NamedTuple):
    """A way to hold sessions of a need, for all its starts."""

    starts: list[int]
    forced: tuple[Option, ...]
    asked: Cells
    """What is asked for in any case: by cell and start."""
    held: Cells
    """What is held in any case."""
    choices: tuple[_Choice, ...]


class Move(NamedTuple):
    """Where a session could be held, and what for."""

    place: Place
    cells: Cells
    """What it then holds."""
    ousted: list[int]
    """Sessions that have to give way."""


class Grid:
    """A week in which sessions take each other's place.

    Parameters
    ----------
    ways
        What sessions can take.
    places
        Where sessions are held at first, and what never gives way.
    cost
        Of each session, where it gives way.
    seed
        To choose among equals.
    """

    def __init__(self, ways: Ways, places: Places, cost: Sequence[int], seed: int) -> None:
        self._ways = ways
        self._places = places
        # Between things lie cells that nobody ever holds: what reaches out of the week ends there.
        self._pad = DAY // ways.step
        self._width = WEEK // ways.step + self._pad
        self._free = len(cost)
        self._air = ways.things * self._width + self._pad
        self._owner = np.full(self._air + self._width, self._free, dtype=np.intp)
        self._weights = [max(1, each) for each in cost]
        self._cost = [float(weight) for weight in self._weights]
        self._now = np.array([*self._cost, 0])
        """The cost of each, but for those that do not give way at present, and that of nobody."""
        self._noise = np.random.default_rng(seed).random(2 * NOISE)
        self._drawn = 0
        self._seen = np.zeros((WEEK // ways.step, self._free + 1), dtype=bool)
        self._every = np.arange(WEEK // ways.step)
        self._tables: dict[str, tuple[_Table, ...]] = {}
        self._claims: dict[tuple[Claim, ...], list[int]] = {}
        self._starts: dict[int, tuple[list[int], Cells]] = {}
        self._held: dict[int, Cells] = {}
        self.of: dict[int, Place] = {}
        for session, place in places.of.items():
            self._put(session, place, self._cells(place))

    def raise_cost(self, session: int, growth: float, rise: float) -> None:
        """Let a session cost some times as much, and some times its weight more."""
        cost = self._cost[session] * growth + self._weights[session] * rise
        self._cost[session] = self._now[session] = cost
        if cost > MOST:
            self._cost = [each / MOST for each in self._cost]
            self._now[self._now < NEVER] /= MOST
            self._noise /= MOST  # Else chance would outweigh all that has been learned.

    def keep(self, session: int) -> None:
        """Let a session not give way from now on."""
        self._now[session] = NEVER

    def release(self, session: int) -> None:
        """Let a session give way again."""
        self._now[session] = self._cost[session]

    def make(self, session: int, move: Move) -> None:
        """Hold a session where others give way to it."""
        for other in move.ousted:
            self.remove(other)
        self._put(session, move.place, move.cells)

    def _put(self, session: int, place: Place, cells: Cells) -> None:
        self._held[session] = cells
        self._owner[cells] = session
        self.of[session] = place

    def remove(self, session: int) -> None:
        """Hold a session no longer."""
        del self.of[session]
        self._owner[self._held.pop(session)] = self._free

    def cheapest(self, need: str) -> Move | None:
        """Return the place where those that have to give way cost least.

        Parameters
        ----------
        need
            Whose session it is.
        """
        tables = self._tables.get(need)
        if tables is None:
            tables = self._tables[need] = tuple(
                table for way in self._ways.of[need] if (table := self._table(way)).starts
            )
        cost = self._now
        least, best = NEVER, None
        for table in tables:
            owners = self._owner[table.asked]
            prices = _price(owners, cost, self._free)
            picked = self._picked(table.choices, owners, cost, prices) if table.choices else ()
            count = len(prices)
            self._drawn = (self._drawn + count) % NOISE
            prices += self._noise[self._drawn : self._drawn + count]
            at = int(prices.argmin())
            price = prices.item(at)
            if price < least:
                least, best = price, (table, at, owners, picked)
        return None if best is None else self._move(*best)

    def _picked(
        self,
        choices: Sequence[_Choice],
        owners: Cells,
        cost: NDArray[np.float64],
        prices: NDArray[np.float64],
    ) -> list[_Picked]:
        """Choose for each start what costs least of all choices, and add that to the prices."""
        picked: list[_Picked] = []
        for number, choice in enumerate(choices):
            pick, mine = self._pick(choice, owners, cost, prices, picked)
            picked.append((choice, pick))
            if number + 1 < len(choices):
                owners = np.concatenate((owners, mine[:, pick, self._every[: len(prices)]]))
        return picked

    def _move(self, table: _Table, at: int, owners: Cells, picked: Sequence[_Picked]) -> Move:
        held, options = table.held[:, at], table.forced
        ousted = owners[:, at].tolist()
        if picked:
            chosen = [(choice, pick.item(at)) for choice, pick in picked]
            held = np.concatenate((held, *[one.held[:, pick, at] for one, pick in chosen]))
            options = (*options, *[one.options[pick] for one, pick in chosen])
            for one, pick in chosen:
                ousted += self._owner[one.asked[:, pick, at]].tolist()
            ousted = sorted(set(ousted))
        # Of what is asked for in any case, each owner is there once, in order.
        return Move(
            Place(table.starts[at], options), held, [one for one in ousted if one != self._free]
        )

    def _pick(
        self,
        choice: _Choice,
        owners: Cells,
        cost: NDArray[np.float64],
        prices: NDArray[np.float64],
        picked: Sequence[_Picked],
    ) -> tuple[Cells, Cells]:
        """Choose for each start what costs least, and add that to the prices.

        Returns the number of the option by start, and whom each would throw out.
        """
        mine = self._owner[choice.asked]
        each: NDArray[np.float64] = cost[mine]
        # Who is met twice costs once: hours of one session follow each other, as its rows do.
        np.putmask(each[1:], mine[1:] == mine[:-1], 0)
        every = self._every[: len(prices)]
        seen = self._seen[: len(prices)]
        seen[every, owners] = True
        each[seen[every, mine]] = 0
        seen[every, owners] = False
        of_option = np.add.reduce(each, 0)
        if choice.closed is not None:
            of_option[choice.closed] = NEVER
        for other, pick in picked:
            of_option[choice.asked[0] == other.asked[0, pick, every]] = NEVER
        best = of_option.argmin(0)
        prices += of_option[best, every]
        return best, mine

    def _table(self, way: Way) -> _Table:
        starts = way.starts
        for option in way.forced:
            starts &= self._places.possible(option)
        slots, at = self._slots(starts)
        once = {option.tests[0][0] for option in way.forced if option.tests}
        choices = []
        for options in way.choices:
            some = tuple(one for one in options if not one.tests or one.tests[0][0] not in once)
            if not some:
                slots, at = self._slots(0)
                break
            choices.append(self._choice(some, starts, slots, at))
        asked: list[int] = []
        held: list[int] = []
        days: list[Option] = []
        for option in way.forced:
            if option.days:
                days.append(option)
            else:
                asked += self._claimed(option.takes)
                held += self._claimed(option.tests)
        asks = _sums(asked, at)
        holds = asks if held == asked else _sums(held, at)
        if days:
            day = at * self._ways.step // DAY
            firsts = [self._first(option.takes[0][0]) for option in days]
            around = [
                first + more
                for first, option in zip(firsts, days, strict=True)
                for more in range(1 - option.days, option.days)
            ]
            asks = np.concatenate((asks, _sums(around, day)))
            holds = np.concatenate((holds, _sums(firsts, day)))
        return _Table(slots, way.forced, asks, holds, tuple(choices))

    def _slots(self, starts: int) -> tuple[list[int], Cells]:
        """Return the slots of some starts, which many needs have in common."""
        known = self._starts.get(starts)
        if known is None:
            slots = [start.bit_length() - 1 for start in bits(starts)]
            known = self._starts[starts] = slots, np.array(slots, dtype=np.intp)
        return known

    def _choice(
        self, options: tuple[Option, ...], starts: int, slots: list[int], at: Cells
    ) -> _Choice:
        asked = self._filled([self._claimed(option.takes) for option in options], at)
        held = asked
        if any(option.tests != option.takes for option in options):
            held = self._filled([self._claimed(option.tests) for option in options], at)
        possible = [self._places.possible(option) for option in options]
        closed = None
        if any(starts & ~mask for mask in possible):
            closed = np.array([[not mask >> slot & 1 for slot in slots] for mask in possible])
        return _Choice(options, asked, held, closed)

    def _filled(self, offsets: list[list[int]], at: Cells) -> Cells:
        """Return cells by number, option and start; options with fewer have air besides."""
        most = max(1, *map(len, offsets))
        filled = [one for some in offsets for one in some + [self._air] * (most - len(some))]
        cells = _sums(filled, at)
        return cells.reshape(len(offsets), most, len(at)).swapaxes(0, 1).copy()

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

    def _cells(self, place: Place) -> Cells:
        """Return the cells that are held at a place."""
        start = place.start
        found: list[int] = []
        for option in place.options:
            if option.days:
                found.append(self._first(option.takes[0][0]) + start * self._ways.step // DAY)
            else:
                found += [cell + start for cell in self._claimed(option.tests)]
        return np.array(found, dtype=np.intp)


def _sums(offsets: list[int], at: Cells) -> Cells:
    """Return the cells by offset and start."""
    return np.array(offsets, dtype=np.intp)[:, None] + at


def _price(owners: Cells, cost: NDArray[np.float64], nobody: int) -> NDArray[np.float64]:
    """Return what the owners in each column cost; leaves each of them once in its column."""
    owners.sort(0)
    later = owners[1:]
    np.putmask(later, later == owners[:-1], nobody)
    found: NDArray[np.float64] = np.add.reduce(cost[owners], 0)
    return found
