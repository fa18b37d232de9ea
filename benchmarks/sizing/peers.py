"""Peers beside deling on the same areas."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sizing.figures import median, trace

if TYPE_CHECKING:
    from sizing.store import Row


class Pair(NamedTuple):
    """A peer and deling at one size; each figure is the median over the areas of both.

    Attributes
    ----------
    areas
        How many.
    seconds
        When the peer had its best plan.
    served, served_deling
        By weight, as shares of what is planted, of the peer's plan and of deling's at that time.
    cost_ratio
        The peer's cost for deling's at that time; None where deling has none then.
    faster
        The peer's seconds for deling's until as much was served; 0 if deling never served it.
    """

    peer: str
    size: str
    extra: float
    areas: int
    seconds: float
    served: float
    served_deling: float
    cost_ratio: float | None
    faster: float


def pairs(rows: list[Row]) -> list[Pair]:
    """Return each peer beside deling, size by size, from searches of the same areas."""
    searches = [row for row in rows if row["what"] == "search" and "found" in row]
    own: dict[tuple[object, ...], Row] = {}
    for row in sorted(searches, key=lambda row: row["limit"]):
        if row["solver"] == "deling":
            own[_area(row)] = row
    groups: dict[tuple[str, str, float], list[tuple[Row, Row]]] = defaultdict(list)
    for row in searches:
        if row["solver"] != "deling" and _area(row) in own:
            kind = row["solver"], row["size"], row["extra"]
            groups[kind].append((row, own[_area(row)]))
    return [_pair(kind, both) for kind, both in groups.items()]


def _area(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("size", "institutions", "seed", "supply", "extra"))


def _pair(kind: tuple[str, str, float], both: list[tuple[Row, Row]]) -> Pair:
    seconds, served, ours, costs, faster = [], [], [], [], []
    for peer, deling in both:
        goal = trace(peer, "served")
        best = max((value for _at, _goal, value, *_rest in goal), default=0)
        when = next((at for at, _goal, value, *_rest in goal if value == best), math.inf)
        planted = peer["facts"]["served"]
        seconds.append(when)
        served.append(best / planted)
        ours.append((_value(deling, "served", when) or 0) / planted)
        cost, our_cost = _value(peer, "cost", math.inf), _value(deling, "cost", when)
        costs.append(cost / our_cost if cost is not None and our_cost else None)
        as_good = [at for at, _goal, value, *_rest in trace(deling, "served") if value >= best]
        faster.append(when / max(as_good[0], 0.001) if as_good else 0.0)
    return Pair(
        *kind,
        len(both),
        median([*seconds]) or 0.0,
        median([*served]) or 0.0,
        median([*ours]) or 0.0,
        median(costs),
        median([*faster]) or 0.0,
    )


def _value(row: Row, goal: str, seconds: float) -> int | None:
    """Return a goal's value at a time."""
    values = [value for at, _goal, value, *_rest in trace(row, goal) if at <= seconds]
    return values[-1] if values else None
