"""Who has what when: whom a session would throw out is read for all starts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deling.search.places import Place
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from deling.search.cells import Cells, Choice, Outline
    from deling.search.ways import Option

    Array = NDArray[np.int64]

NEVER = 1e15
"""Cost of what cannot give way."""
MOST = 1e12
"""Cost above which all are made less, so that none comes near that."""
NOISE = 4096
"""Random numbers drawn at once, to choose among equals by."""


class _Choice(NamedTuple):
    """Something to be chosen."""

    options: tuple[Option, ...]
    asked: Array
    """What each asks for: by cell, option and start."""
    held: Array
    """What each holds."""
    closed: NDArray[np.bool_] | None
    """When an option cannot be had: by option and start."""


_Picked = tuple[_Choice, "Array"]
"""A choice, and the number of the option that is picked for each start."""


class _Table(NamedTuple):
    """A way to hold sessions of a need, for all its starts."""

    starts: list[int]
    forced: tuple[Option, ...]
    asked: Array
    """What is asked for in any case: by cell and start."""
    held: Array
    """What is held in any case."""
    choices: tuple[_Choice, ...]


class Move(NamedTuple):
    """Where a session could be held, and what for."""

    place: Place
    cells: Array
    """What it then holds."""
    ousted: list[int]
    """Sessions that have to give way."""


class Grid:
    """A week in which sessions take each other's place.

    Parameters
    ----------
    cells
        What sessions ask for and hold.
    of
        Where sessions are held at first.
    cost
        Of each session, where it gives way.
    seed
        To choose among equals.
    """

    def __init__(
        self, cells: Cells, of: Mapping[int, Place], cost: Sequence[int], seed: int
    ) -> None:
        self._cells = cells
        self._free = len(cost)
        self._owner = np.full(cells.count, self._free, dtype=np.intp)
        self._weights = [max(1, each) for each in cost]
        self._cost = [float(weight) for weight in self._weights]
        self._now = np.array([*self._cost, 0])
        """The cost of each, but for those that do not give way at present, and that of nobody."""
        self._scale = 1.0
        self._noise = np.random.default_rng(seed).random(2 * NOISE)
        self._drawn = 0
        self._seen = np.zeros((cells.slots, self._free + 1), dtype=bool)
        self._every = np.arange(cells.slots)
        self._tables: dict[str, tuple[_Table, ...]] = {}
        self._starts: dict[int, Array] = {}
        self._held: dict[int, Array] = {}
        self.of: dict[int, Place] = {}
        for session, place in of.items():
            self._put(session, place, np.array(cells.held(place), dtype=np.intp))

    @property
    def costs(self) -> list[float]:
        """What each session costs where it gives way, whether or not it does at present."""
        return self._cost

    @property
    def noise(self) -> float:
        """The most that chance adds to a price."""
        return self._scale

    def raise_cost(self, session: int, growth: float, rise: float) -> None:
        """Let a session cost some times as much, and some times its weight more."""
        cost = self._cost[session] * growth + self._weights[session] * rise
        self._cost[session] = self._now[session] = cost
        if cost > MOST:
            self._cost = [each / MOST for each in self._cost]
            self._now[self._now < NEVER] /= MOST
            self._scale /= MOST
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

    def _put(self, session: int, place: Place, cells: Array) -> None:
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
            tables = tuple([self._table(outline) for outline in self._cells.outlines(need)])
            self._tables[need] = tables
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
        owners: Array,
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

    def _move(self, table: _Table, at: int, owners: Array, picked: Sequence[_Picked]) -> Move:
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
        owners: Array,
        cost: NDArray[np.float64],
        prices: NDArray[np.float64],
        picked: Sequence[_Picked],
    ) -> tuple[Array, Array]:
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
            first = choice.asked[0]
            taken = (first == other.asked[0, pick, every]) & (first < self._cells.air)
            of_option[taken] = NEVER
        best = of_option.argmin(0)
        prices += of_option[best, every]
        return best, mine

    def _table(self, outline: Outline) -> _Table:
        at = self._array(outline)
        asks = _sums(outline.asked, at)
        holds = asks if outline.held == outline.asked else _sums(outline.held, at)
        if outline.asked_a_day:
            day = at * self._cells.step // DAY
            asks = np.concatenate((asks, _sums(outline.asked_a_day, day)))
            holds = np.concatenate((holds, _sums(outline.held_a_day, day)))
        choices = tuple([self._choice(choice, outline, at) for choice in outline.choices])
        return _Table(outline.slots, outline.forced, asks, holds, choices)

    def _array(self, outline: Outline) -> Array:
        """Return the slots of starts, which many needs have in common."""
        known = self._starts.get(outline.starts)
        if known is None:
            known = self._starts[outline.starts] = np.array(outline.slots, dtype=np.intp)
        return known

    def _choice(self, choice: Choice, outline: Outline, at: Array) -> _Choice:
        asked = self._filled(choice.asked, at)
        held = asked if choice.held == choice.asked else self._filled(choice.held, at)
        closed = None
        if any(outline.starts & ~mask for mask in choice.possible):
            closed = np.array(
                [[not mask >> slot & 1 for slot in outline.slots] for mask in choice.possible]
            )
        return _Choice(choice.options, asked, held, closed)

    def _filled(self, offsets: list[list[int]], at: Array) -> Array:
        """Return cells by number, option and start; options with fewer have air besides."""
        most = max(1, *map(len, offsets))
        air = self._cells.air
        filled = [one for some in offsets for one in some + [air] * (most - len(some))]
        cells = _sums(filled, at)
        return cells.reshape(len(offsets), most, len(at)).swapaxes(0, 1).copy()


def _sums(offsets: list[int], at: Array) -> Array:
    """Return the cells by offset and start."""
    return np.array(offsets, dtype=np.intp)[:, None] + at


def _price(owners: Array, cost: NDArray[np.float64], nobody: int) -> NDArray[np.float64]:
    """Return what the owners in each column cost; leaves each of them once in its column."""
    owners.sort(0)
    later = owners[1:]
    np.putmask(later, later == owners[:-1], nobody)
    found: NDArray[np.float64] = np.add.reduce(cost[owners], 0)
    return found
