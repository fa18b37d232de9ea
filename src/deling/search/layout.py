"""Sessions, what they ask for and where they are held, as arrays of numbers for compiled code."""

from __future__ import annotations

from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from deling.search.grid import NEVER
from deling.search.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from deling.search.cells import Cells, Outline
    from deling.search.ejections import Ejections, Wishes
    from deling.search.ways import Option

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]

NUMBERS = 5
WAITING, LACKING, STEPS, STAYING, MARK = range(NUMBERS)
"""Numbers that change: how many wait, their weight, the steps taken so far, how many cannot be
thrown out at present, and the last mark.

What has been compiled with them, and with the order of what follows, is compiled anew only when
`compiled_steps` changes."""


class Layout(NamedTuple):
    """What each session asks for and holds.

    Where an array ends in ``_from``, what is of number ``n`` is from ``_from[n]`` to
    ``_from[n + 1]``: the ways of a need, say. Cells are those for the first start of the week.
    """

    need: Whole
    """By session."""
    weights: Whole
    way_from: Whole
    """By need."""
    start_from: Whole
    """By way."""
    starts: Whole
    """Slots."""
    asked_from: Whole
    asked: Whole
    held_from: Whole
    held: Whole
    asked_a_day_from: Whole
    asked_a_day: Whole
    held_a_day_from: Whole
    held_a_day: Whole
    choice_from: Whole
    option_from: Whole
    """By choice."""
    options: Whole
    option_asked_from: Whole
    """By option."""
    option_asked: Whole
    option_held_from: Whole
    option_held: Whole
    possible: NDArray[np.bool_]
    """By option and slot."""
    step: int
    """Minutes."""


class Week(NamedTuple):
    """What changes.

    Sessions that wait have way -1.
    """

    owner: Whole
    """By cell: the session that holds it, or -1."""
    way: Whole
    """By session."""
    start: Whole
    picks: Whole
    """By session and choice: the option."""
    waiting: Whole
    cost: Real
    """By session, where it gives way."""
    now: Real
    """That, but for those that do not give way at present."""
    stays: Whole
    """By session: the step up to which it cannot be thrown out."""
    staying: Whole
    numbers: Whole
    noise: Real
    """A single number: the most that chance adds to a price."""
    mark: Whole
    """By session: where it was last met."""
    mark_in_option: Whole
    pick: Whole
    """Of the place looked at, by choice."""
    best_pick: Whole


def blank() -> tuple[Layout, Week]:
    """Return arrays of the same types as any other, and nobody waiting."""
    none: dict[str, Any] = dict.fromkeys((*Layout._fields, *Week._fields), whole([0]))
    none |= dict.fromkeys(("cost", "now", "noise"), np.zeros(1))
    none |= {
        "possible": np.zeros((1, 1), dtype=np.bool_),
        "step": 60,
        "numbers": whole([0] * NUMBERS),
        "picks": np.zeros((1, 1), dtype=np.int64),
    }
    layout, week = ({name: none[name] for name in one._fields} for one in (Layout, Week))
    return Layout(**layout), Week(**week)


class Table:
    """What each session asks for and holds.

    Parameters
    ----------
    wishes
        The sessions.
    cells
        What they ask for and hold.
    """

    def __init__(self, wishes: Wishes, cells: Cells) -> None:
        self.options: list[Option] = []
        self.numbers: dict[int, int] = {}
        """Of options, by id: an option is the same object wherever it can be chosen."""
        self.ways: list[Outline] = []
        needs = {need: number for number, need in enumerate(dict.fromkeys(wishes.needs))}
        self.of_need: dict[str, range] = {}
        for need in needs:
            first = len(self.ways)
            self.ways += cells.outlines(need)
            self.of_need[need] = range(first, len(self.ways))
        choices = [choice for way in self.ways for choice in way.choices]
        self.most_choices = max((len(way.choices) for way in self.ways), default=0)
        asked: list[list[int]] = []
        held: list[list[int]] = []
        possible: list[int] = []
        for choice in choices:
            for option, asks, holds, mask in zip(*choice, strict=True):
                if id(option) not in self.numbers:
                    self.numbers[id(option)] = len(self.options)
                    self.options.append(option)
                    asked.append(asks)
                    held.append(holds)
                    possible.append(mask)
        ways = self.ways
        self.layout = Layout(
            whole([needs[need] for need in wishes.needs]),
            whole(wishes.weights),
            whole([0, *(some.stop for some in self.of_need.values())]),
            *rows_of(way.slots for way in ways),
            *rows_of(way.asked for way in ways),
            *rows_of(way.held for way in ways),
            *rows_of(way.asked_a_day for way in ways),
            *rows_of(way.held_a_day for way in ways),
            _ends(len(way.choices) for way in ways),
            *rows_of([self.numbers[id(one)] for one in choice.options] for choice in choices),
            *rows_of(asked),
            *rows_of(held),
            _flags(possible, cells.slots),
            cells.step,
        )

    def week(self, ejections: Ejections) -> Week:
        """Return the same sessions at the same places, waiting and costing as much."""
        count = len(ejections.wishes.needs)
        cells = ejections.cells
        costs = np.array(ejections.grid.costs)
        stays = np.zeros(count, dtype=np.int64)
        staying = np.zeros(count + 1, dtype=np.int64)
        now = costs.copy()
        for number, (session, step) in enumerate(ejections.stays.items()):
            stays[session], staying[number], now[session] = step, session, NEVER
        waiting = np.zeros(count + 1, dtype=np.int64)
        waits = ejections.waiting
        waiting[: len(waits)] = waits
        week = Week(
            owner=np.full(cells.count, -1, dtype=np.int64),
            way=np.full(count, -1, dtype=np.int64),
            start=np.zeros(count, dtype=np.int64),
            picks=np.zeros((count, self.most_choices), dtype=np.int64),
            waiting=waiting,
            cost=costs,
            now=now,
            stays=stays,
            staying=staying,
            numbers=whole(
                [len(waits), ejections.lacking, ejections.steps, len(ejections.stays), 0]
            ),
            noise=np.array([ejections.grid.noise]),
            mark=np.zeros(count, dtype=np.int64),
            mark_in_option=np.zeros(count, dtype=np.int64),
            pick=np.zeros(self.most_choices, dtype=np.int64),
            best_pick=np.zeros(self.most_choices, dtype=np.int64),
        )
        for session, place in ejections.places().items():
            way, picks = self.numbered(ejections.wishes.needs[session], place)
            week.way[session], week.start[session] = way, place.start
            week.picks[session, : len(picks)] = picks
            week.owner[cells.held(place)] = session
        return week

    def numbered(self, need: str, place: Place) -> tuple[int, list[int]]:
        """Return the way of a place, and the numbers of the options picked."""
        for way in self.of_need[need]:
            forced = self.ways[way].forced
            if all(one is other for one, other in zip(forced, place.options, strict=False)):
                return way, [self.numbers[id(one)] for one in place.options[len(forced) :]]
        raise LookupError(f"{need} has no way like {place}")

    def places(self, week: Week) -> dict[int, Place]:
        """Return where sessions are held."""
        return dict(self._places(week))

    def _places(self, week: Week) -> Iterator[tuple[int, Place]]:
        ways, starts = week.way.tolist(), week.start.tolist()
        for session, (way, start, picks) in enumerate(
            zip(ways, starts, week.picks.tolist(), strict=True)
        ):
            if way >= 0:
                outline = self.ways[way]
                chosen = [self.options[pick] for pick in picks[: len(outline.choices)]]
                yield session, Place(start, (*outline.forced, *chosen))


def whole(numbers: Sequence[int]) -> Whole:
    """Return whole numbers as an array."""
    return np.array(numbers, dtype=np.int64)


def _ends(lengths: Iterable[int]) -> Whole:
    """Return where each of some rows begins in all of them, and where the last one ends."""
    return whole([0, *accumulate(lengths)])


def rows_of(rows: Iterable[Sequence[int]]) -> tuple[Whole, Whole]:
    """Return where each row begins in all of them, and all of them."""
    rows = list(rows)
    return _ends(map(len, rows)), whole(list(chain.from_iterable(rows)))


def _flags(masks: Sequence[int], slots: int) -> NDArray[np.bool_]:
    """Return bits by number and slot."""
    most = (1 << slots) - 1
    size = -(-slots // 8)
    data = b"".join([(mask & most).to_bytes(size, "little") for mask in masks])
    rows = np.frombuffer(data, dtype=np.uint8).reshape(len(masks), size)
    return np.unpackbits(rows, axis=1, count=slots, bitorder="little").astype(np.bool_)
