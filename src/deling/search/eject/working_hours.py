"""How long somebody works in a week, the ways between events included.

Within an open interval the events follow each other from the own site and back, and between two of
them no more is paid than the way by the own site takes: sessions one after the other at one place
cost a single journey.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from deling.units import covering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from deling.domain import StaffMember
    from deling.search.eject.times import Times
    from deling.units import Interval

    Minutes = NDArray[np.int64]


K = TypeVar("K")
V = TypeVar("V")
KNOWN = 20_000
"""Tours of which answers are remembered."""


class Span(NamedTuple):
    """When and where somebody has an event, in minutes of the week."""

    start: int
    end: int
    site: str


class WorkingHours:
    """Tells what events add to a week.

    Parameters
    ----------
    times
        Start times.
    """

    def __init__(self, times: Times) -> None:
        self._case = times.case
        self._starts = np.arange(times.ticks) * times.step
        self._step = times.step
        self._legs: dict[tuple[str, str], tuple[int, int]] = {}
        self._known: dict[tuple[object, ...], Minutes] = {}
        """What an event adds to a tour, for each start."""
        self._known_paid: dict[tuple[str, tuple[Span, ...]], list[int]] = {}
        """Working minutes before, between and after the events of a tour."""

    def both_ways(self, member: StaffMember, site: str) -> int:
        """Return the minutes to a site and back."""
        return sum(self._ways(member, site))

    def _ways(self, member: StaffMember, site: str) -> tuple[int, int]:
        known = self._legs.get((member.id, site))
        if known is None:
            travel, home, mode = self._case.travel, member.site, member.travel_mode
            known = travel.minutes(home, site, mode), travel.minutes(site, home, mode)
            self._legs[member.id, site] = known
        return known

    def working(self, member: StaffMember, spans: Iterable[Span]) -> int:
        """Return the working minutes of a week with some events.

        Parameters
        ----------
        spans
            The events, in any order.
        """
        spans = list(spans)
        ways = [sum(self._paid(member, tour)) for _open, tour in self._tours(member, spans)]
        return sum(span.end - span.start for span in spans) + sum(ways)

    def added(self, member: StaffMember, site: str, minutes: int, spans: Iterable[Span]) -> Minutes:
        """Return the working minutes that one more event would add, for each start on the grid.

        Parameters
        ----------
        site, minutes
            Of the event.
        spans
            Other events, in any order.
        """
        found = np.full(len(self._starts), minutes + self.both_ways(member, site))
        for (low, high), tour in self._tours(member, spans):
            where = slice(-(-low // self._step), high // self._step + 1)
            key = member.id, site, minutes, low, tour
            known = self._known.get(key)
            if known is None:
                forget_if_many(self._known, KNOWN)
                known = self._added_to(member, site, minutes, (low, high), tour)
                self._known[key] = known
            found[where] = known
        return found

    def _added_to(
        self,
        member: StaffMember,
        site: str,
        minutes: int,
        interval: Interval,
        tour: tuple[Span, ...],
    ) -> Minutes:
        """Return the working minutes that one more event would add to a tour, for each start."""
        low, high = interval
        out, back = self._ways(member, site)
        start = self._starts[-(-low // self._step) : high // self._step + 1]
        ways = [self._ways(member, span.site) for span in tour]
        at = np.searchsorted([span.start for span in tour], start, "right")
        # What lies before the first event, and after the last one, is the way from and to home.
        since = np.array([low - minutes - out, *(span.end for span in tour)])
        until = np.array([*(span.start for span in tour), high + minutes + back])
        before = np.array([out, *(home + out for _there, home in ways)])
        after = np.array([*(back + there for there, _home in ways), back])
        come = np.where(at > 0, np.clip(start - since[at], 0, before[at]), out)
        leave = np.where(at < len(tour), np.clip(until[at] - start - minutes, 0, after[at]), back)
        paid = np.array(self._paid(member, tour))
        found: Minutes = minutes + come + leave - paid[at]
        return found

    def _tours(
        self, member: StaffMember, spans: Iterable[Span]
    ) -> Iterator[tuple[Interval, tuple[Span, ...]]]:
        """Return the events of each open interval in order; those outside are tours of their own.

        As in `deling.tours`: today's use may have what nobody would plan.
        """
        hours = self._case.open_hours_of_staff[member.id]
        tours: dict[Interval, list[Span]] = {}
        for span in sorted(spans):
            interval = covering(hours, span.start, span.end) or (span.start, span.end)
            tours.setdefault(interval, []).append(span)
        return ((interval, tuple(tour)) for interval, tour in tours.items())

    def _paid(self, member: StaffMember, tour: tuple[Span, ...]) -> list[int]:
        """Return the working minutes before, between and after the events of a tour."""
        known = self._known_paid.get((member.id, tour))
        if known is None:
            forget_if_many(self._known_paid, KNOWN)
            known = self._known_paid[member.id, tour] = self._paid_in(member, tour)
        return known

    def _paid_in(self, member: StaffMember, tour: tuple[Span, ...]) -> list[int]:
        ways = [self._ways(member, span.site) for span in tour]
        between = [
            max(0, min(later.start - earlier.end, ways[at][1] + ways[at + 1][0]))
            for at, (earlier, later) in enumerate(pairwise(tour))
        ]
        return [ways[0][0], *between, ways[-1][1]]


def forget_if_many(known: dict[K, V], most: int) -> None:
    """Forget all answers that are remembered, if there are too many."""
    if len(known) >= most:
        known.clear()
