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
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from deling.search.places import Places
    from deling.search.ways import Claim, Option, Way, Ways

    Cells = NDArray[np.int64]

Offset = tuple[int, bool]
"""A cell for the first start of the week, and whether it is a day's rather than a slot's."""
NEVER = 1e15
"""Cost of what cannot give way."""
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
        self.cost = np.array([*cost, 0], dtype=float)
        self._noise = np.random.default_rng(seed).random(2 * NOISE)
        self._drawn = 0
        self._seen = np.zeros((WEEK // ways.step, self._free + 1), dtype=bool)
        self._tables: dict[str, tuple[_Table, ...]] = {}
        self._held: dict[int, Cells] = {}
        self.of: dict[int, Place] = {}
        for session, place in places.of.items():
            self._put(session, place, self._cells(place))

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

    def cheapest(self, need: str, kept: Collection[int]) -> Move | None:
        """Return the place where those that have to give way cost least.

        Parameters
        ----------
        need
            Whose session it is.
        kept
            Sessions that do not give way.
        """
        tables = self._tables.get(need)
        if tables is None:
            tables = self._tables[need] = tuple(
                table for way in self._ways.of[need] if (table := self._table(way)).starts
            )
        cost = self.cost
        if kept:
            cost = cost.copy()
            cost[list(kept)] = NEVER
        least, best = NEVER, None
        for table in tables:
            owners = self._owner[table.asked]
            prices = _price(owners, cost)
            picked: list[tuple[_Choice, Cells]] = []
            for number, choice in enumerate(table.choices):
                pick, mine = self._pick(choice, owners, cost, prices, picked)
                picked.append((choice, pick))
                if number + 1 < len(table.choices):
                    owners = np.concatenate((owners, mine))
            count = len(prices)
            self._drawn = (self._drawn + count) % NOISE
            prices += self._noise[self._drawn : self._drawn + count]
            at = int(prices.argmin())
            if prices[at] < least:
                least = prices[at]
                best = table, at, [(choice, int(pick[at])) for choice, pick in picked]
        return None if best is None else self._move(*best)

    def _move(self, table: _Table, at: int, chosen: Sequence[tuple[_Choice, int]]) -> Move:
        asked, held, options = table.asked[:, at], table.held[:, at], table.forced
        if chosen:
            asked = np.concatenate((asked, *(one.asked[:, pick, at] for one, pick in chosen)))
            held = np.concatenate((held, *(one.held[:, pick, at] for one, pick in chosen)))
            options = (*options, *(one.options[pick] for one, pick in chosen))
        ousted = set(self._owner[asked].tolist())
        ousted.discard(self._free)
        return Move(Place(table.starts[at], options), held, sorted(ousted))

    def _pick(
        self,
        choice: _Choice,
        owners: Cells,
        cost: NDArray[np.float64],
        prices: NDArray[np.float64],
        picked: Sequence[tuple[_Choice, Cells]],
    ) -> tuple[Cells, Cells]:
        """Choose for each start what costs least, and add that to the prices."""
        mine = self._owner[choice.asked]
        each: NDArray[np.float64] = cost[mine]
        # Who is met twice costs once: hours of one session follow each other, as its rows do.
        each[1:] *= mine[1:] != mine[:-1]
        every = np.arange(len(prices))
        seen = self._seen[: len(prices)]
        seen[every, owners] = True
        each[seen[every, mine]] = 0
        seen[every, owners] = False
        of_option = each.sum(0)
        if choice.closed is not None:
            of_option[choice.closed] = NEVER
        for other, pick in picked:
            of_option[choice.asked[0] == other.asked[0, pick, every]] = NEVER
        best = of_option.argmin(0)
        prices += of_option[best, every]
        return best, mine[:, best, every]

    def _table(self, way: Way) -> _Table:
        starts = way.starts
        for option in way.forced:
            starts &= self._places.possible(option)
        slots = [start.bit_length() - 1 for start in bits(starts)]
        once = {option.tests[0][0] for option in way.forced if option.tests}
        choices = []
        for options in way.choices:
            some = tuple(one for one in options if not one.tests or one.tests[0][0] not in once)
            if not some:
                slots = []
                break
            choices.append(self._choice(some, starts, slots))
        asked, held = [], []
        for option in way.forced:
            more, kept = self._offsets(option)
            asked += more
            held += kept
        at = np.array(slots, dtype=np.intp)
        return _Table(slots, way.forced, self._at(asked, at), self._at(held, at), tuple(choices))

    def _choice(self, options: tuple[Option, ...], starts: int, slots: list[int]) -> _Choice:
        cells: list[Cells] = []
        at = np.array(slots, dtype=np.intp)
        for offsets in zip(*map(self._offsets, options), strict=True):
            most = max(1, *map(len, offsets))
            nothing = [(self._air, False)]
            filled = [one for some in offsets for one in some + nothing * (most - len(some))]
            shape = (len(options), most, len(at))
            cells.append(self._at(filled, at).reshape(shape).swapaxes(0, 1).copy())
        possible = [self._places.possible(option) for option in options]
        closed = None
        if any(starts & ~mask for mask in possible):
            closed = np.array([[not mask >> slot & 1 for slot in slots] for mask in possible])
        return _Choice(options, cells[0], cells[1], closed)

    def _offsets(self, option: Option) -> tuple[list[Offset], list[Offset]]:
        """Return what an option asks for and what it holds: cells before those of its start."""
        if option.days:
            first = self._first(option.takes[0][0])
            around = range(1 - option.days, option.days)
            return [(first + more, True) for more in around], [(first, True)]
        asked = self._claimed(option.takes)
        return asked, asked if option.tests == option.takes else self._claimed(option.tests)

    def _claimed(self, claims: tuple[Claim, ...]) -> list[Offset]:
        found = []
        for thing, before, total in claims:
            first, most = self._first(thing), self._pad
            low, high = max(-before, -most), min(total - before, most)
            found += [(first + slot, False) for slot in range(low, high)]
        return found

    def _first(self, thing: int) -> int:
        """Return the first cell of a thing."""
        return thing * self._width + self._pad

    def _at(self, offsets: Sequence[Offset], at: Cells) -> Cells:
        """Return the cells for each start: a row an offset."""
        cells = np.add.outer(np.array([cell for cell, _day in offsets], dtype=np.intp), at)
        by_day = [row for row, (_cell, day) in enumerate(offsets) if day]
        if by_day:
            cells[by_day] += at * self._ways.step // DAY - at
        return cells

    def _cells(self, place: Place) -> Cells:
        """Return the cells that are held at a place."""
        day = place.start * self._ways.step // DAY
        return np.array(
            [
                cell + (day if by_day else place.start)
                for option in place.options
                for cell, by_day in self._offsets(option)[1]
            ],
            dtype=np.intp,
        )


def _price(owners: Cells, cost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the owners in each column cost, each counted once; sorts the columns."""
    owners.sort(0)
    each: NDArray[np.float64] = cost[owners]
    each[1:] *= owners[1:] != owners[:-1]
    found: NDArray[np.float64] = each.sum(0)
    return found
