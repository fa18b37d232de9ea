"""Peers beside deling on the same areas: at equal time, and at equal quality."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sizing.figures import median, trace
from sizing.sizes import OWN, SIZES

if TYPE_CHECKING:
    from sizing.store import Row

TIMES = (1, 2, 3, 5, 10, 20, 30, 60, 100, 200, 300)
"""Seconds at which plans are compared, as far as the searches went."""
UNEVEN = 1.3
"""By how many times the speeds at which both were measured may differ for that not to be told."""
SERVED, NEARLY, BEST = "`served`", "`served`, `cost` within 3 %", "`served`, `cost`"
LEVELS = {SERVED: math.inf, NEARLY: 0.03, BEST: 0.0}
"""How much dearer than the peer's best plan one may be that is as good, relative to its cost."""


class Equal(NamedTuple):
    """When a quality was reached.

    Attributes
    ----------
    seconds, deling
        By the peer, and by deling; infinite where never.
    ratio
        deling's seconds for the peer's; None where the peer never had a plan.
    """

    seconds: float
    deling: float
    ratio: float | None


class Pair(NamedTuple):
    """A peer and deling at one size; each figure is the median over the areas of both.

    Attributes
    ----------
    areas
        How many.
    served, cost
        Seconds -> what the peer serves, or its plan costs, for one of deling's then; infinite where
        deling has no plan, 0 where the peer has none. Costs are compared where both serve as much;
        None where that is nowhere.
    alike
        Seconds -> in how many areas both serve as much.
    uneven
        In how many areas the speeds at which both were measured differ by more than `UNEVEN` times.
    equal
        When both had a plan as good as the peer's best: more served, or as much at a cost within
        each of `LEVELS`.
    """

    peer: str
    size: str
    extra: float
    areas: int
    served: dict[int, float | None]
    cost: dict[int, float | None]
    alike: dict[int, int]
    uneven: int
    equal: dict[str, Equal]


State = tuple[float, int, float]
"""Seconds, served, cost."""


def pairs(rows: list[Row]) -> list[Pair]:
    """Return each peer beside deling, size by size, from searches of the same areas and length.

    A search that failed found nothing.
    """
    searches = [row for row in rows if row["what"] == "search"]
    own = {_area(row): row for row in searches if row["solver"] == OWN}
    groups: dict[tuple[str, str, float], list[tuple[Row, Row]]] = defaultdict(list)
    for row in searches:
        if row["solver"] != OWN and _area(row) in own:
            kind = row["solver"], row["size"], row["extra"]
            groups[kind].append((row, own[_area(row)]))
    found = []
    for kind in sorted(groups, key=lambda kind: (list(SIZES).index(kind[1]), kind[2], kind[0])):
        longest = max(peer["limit"] for peer, _deling in groups[kind])
        both = [(peer, deling) for peer, deling in groups[kind] if peer["limit"] == longest]
        found.append(_pair(kind, longest, both))
    return found


def _area(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("size", "institutions", "seed", "supply", "extra", "limit"))


def _pair(kind: tuple[str, str, float], limit: float, both: list[tuple[Row, Row]]) -> Pair:
    states = [(_states(peer), _states(deling)) for peer, deling in both]
    times = [at for at in TIMES if at <= limit]
    compared = {at: [_compared(_at(p, at), _at(d, at)) for p, d in states] for at in times}
    equal = {level: [_until(*one, slack) for one in states] for level, slack in LEVELS.items()}
    return Pair(
        *kind,
        len(both),
        {at: _median([served for served, _cost in some]) for at, some in compared.items()},
        {at: _median([cost for _served, cost in some]) for at, some in compared.items()},
        {at: sum(c is not None for _served, c in some) for at, some in compared.items()},
        sum(_is_uneven(*one) for one in both),
        {
            level: Equal(
                statistics.median(one.seconds for one in some),
                statistics.median(one.deling for one in some),
                _median([one.ratio for one in some]),
            )
            for level, some in equal.items()
        },
    )


def _is_uneven(first: Row, second: Row) -> bool:
    factors = sorted(row["speed"]["factor"] for row in (first, second))
    return bool(factors[1] > UNEVEN * factors[0])


def _median(values: list[float | None]) -> float | None:
    """Return the median of those that are known."""
    return median([value for value in values if value is not None])


def _states(row: Row) -> list[State]:
    """Return what was served at which cost, and from when on."""
    points = [(at, "served", value) for at, _goal, value, *_rest in trace(row, "served")]
    points += [(at, "cost", value) for at, _goal, value, *_rest in trace(row, "cost")]
    states: dict[float, State] = {}
    served, cost = 0, math.inf
    # Where the cost of a plan that serves more is not told yet, that of the last one says nothing.
    for at, goal, value in sorted(points, key=lambda point: (point[0], point[1] != "served")):
        if goal == "cost":
            cost = value
        elif value != served:
            served, cost = value, math.inf
        states[at] = at, served, cost
    return list(states.values())


def _at(states: list[State], seconds: float) -> State | None:
    before = [state for state in states if state[0] <= seconds]
    return before[-1] if before else None


def _compared(peer: State | None, deling: State | None) -> tuple[float | None, float | None]:
    if peer is None:
        return 0.0, None
    if deling is None or not deling[1]:
        return math.inf, None
    same = peer[1] == deling[1] and peer[2] < math.inf and 0 < deling[2] < math.inf
    return peer[1] / deling[1], peer[2] / deling[2] if same else None


def _until(peer: list[State], deling: list[State], slack: float) -> Equal:
    """Return when both had a plan that is as good as the peer's best, up to some of its cost."""
    if not peer:
        return Equal(math.inf, 0.0, None)
    _at, served, cost = peer[-1]
    limit = cost if slack == 0 else cost + slack * abs(cost)
    when, when_deling = (
        next((s[0] for s in states if (-s[1], s[2]) <= (-served, limit)), math.inf)
        for states in (peer, deling)
    )
    return Equal(when, when_deling, when_deling / max(when, 0.001))


def most_at_equal_time(found: list[Pair], goal: str) -> float | None:
    """Return the most that any peer has at one of `TIMES` for one of deling's; of cost, inverse."""
    if goal == "served":
        ratios = [ratio for pair in found for ratio in pair.served.values() if ratio is not None]
    else:
        ratios = [1 / ratio for pair in found for ratio in pair.cost.values() if ratio]
    return max(ratios, default=None)
