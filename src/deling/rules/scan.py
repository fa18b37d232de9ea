"""Sorting and scanning that several rules need: what overlaps, and when a limit is passed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import chain, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from deling.units import Hours, Interval, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deling.domain import Plan

T = TypeVar("T")


def overlap(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Return whether two half-open spans share a minute; an empty one shares none."""
    return max(start, other_start) < min(end, other_end)


def meeting(hours: Hours, start: int, end: int) -> Interval | None:
    """Return an interval that shares a minute with ``[start, end)``, or None."""
    last = bisect_left(hours, (end,)) - 1
    if last >= 0 and overlap(*hours[last], start, end):
        return hours[last]
    return None


def overlapping_pairs(spans: Iterable[tuple[int, int, T]]) -> Iterator[tuple[T, T]]:
    """Yield each two items whose spans share a minute.

    The one that starts first comes first; of two that start together, the one that ends first.
    """
    under_way: list[tuple[int, T]] = []
    for start, end, item in sorted(spans, key=itemgetter(0, 1)):
        if start >= end:
            continue
        under_way = [(stop, other) for stop, other in under_way if stop > start]
        for _stop, other in under_way:
            yield other, item
        under_way.append((end, item))


class Taken(NamedTuple):
    """A span in which units of something limited are taken."""

    start: int
    end: int
    units: int


def over_limit(taken: Iterable[Taken], limit: int) -> tuple[Hours, int]:
    """Return when more than ``limit`` units are taken at once, and the most at any minute."""
    changes: dict[int, int] = defaultdict(int)
    for start, end, units in taken:
        if start < end:
            changes[start] += units
            changes[end] -= units
    over: list[Interval] = []
    level = most = 0
    for at, until in pairwise(sorted(changes)):
        level += changes[at]
        most = max(most, level)
        if level > limit:
            over.append((at, until))
    return merge(over), most


def one_each(spans: dict[str, list[Interval]]) -> Iterator[Taken]:
    """Yield one unit for each key while any of its spans is under way."""
    for several in spans.values():
        for start, end in merge(several):
            yield Taken(start, end, 1)


def sessions_of(plan: Plan) -> Counter[str]:
    """Count the sessions of each need, bought ones too."""
    return Counter(chain.from_iterable([event.needs for event in plan.events]))
