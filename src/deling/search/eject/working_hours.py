"""How long somebody works in a week, the ways between events included.

Within an open interval the events follow each other from the own site and back, and between two of
them no more is paid than the way by the own site takes: sessions one after the other at one place
cost a single journey.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deling.units import covering

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from deling.domain import StaffMember
    from deling.search.eject.times import Times
    from deling.units import Interval

    Minutes = NDArray[np.int64]


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

    def both_ways(self, member: StaffMember, site: str) -> int:
        """Return the minutes to a site and back."""
        return sum(self._ways(member, site))

    def _ways(self, member: StaffMember, site: str) -> tuple[int, int]:
        travel, home, mode = self._case.travel, member.site, member.travel_mode
        return travel.minutes(home, site, mode), travel.minutes(site, home, mode)

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
        out, back = self._ways(member, site)
        found = np.full(len(self._starts), minutes + out + back)
        for (low, high), tour in self._tours(member, spans):
            where = slice(-(-low // self._step), high // self._step + 1)
            start = self._starts[where]
            ways = [self._ways(member, span.site) for span in tour]
            at = np.searchsorted([span.start for span in tour], start, "right")
            # What lies before the first event, and after the last one, is the way from and to home.
            since = np.array([low - minutes - out, *(span.end for span in tour)])
            until = np.array([*(span.start for span in tour), high + minutes + back])
            before = np.array([out, *(home + out for _there, home in ways)])
            after = np.array([*(back + there for there, _home in ways), back])
            come = np.where(at > 0, np.clip(start - since[at], 0, before[at]), out)
            leave = np.where(
                at < len(tour), np.clip(until[at] - start - minutes, 0, after[at]), back
            )
            found[where] = minutes + come + leave - np.array(self._paid(member, tour))[at]
        return found

    def _tours(
        self, member: StaffMember, spans: Iterable[Span]
    ) -> Iterable[tuple[Interval, Sequence[Span]]]:
        """Return the events of each open interval in order; those outside are tours of their own.

        As in `deling.tours`: today's use may have what nobody would plan.
        """
        hours = self._case.open_hours_of_staff[member.id]
        tours: dict[Interval, list[Span]] = {}
        for span in sorted(spans):
            interval = covering(hours, span.start, span.end) or (span.start, span.end)
            tours.setdefault(interval, []).append(span)
        return tours.items()

    def _paid(self, member: StaffMember, tour: Sequence[Span]) -> list[int]:
        """Return the working minutes before, between and after the events of a tour."""
        ways = [self._ways(member, span.site) for span in tour]
        between = [
            max(0, min(later.start - earlier.end, ways[at][1] + ways[at + 1][0]))
            for at, (earlier, later) in enumerate(pairwise(tour))
        ]
        return [ways[0][0], *between, ways[-1][1]]
