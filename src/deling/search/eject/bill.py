"""What events cost a plan that is tried out: where one is put, and what is saved without it.

The terms are those of the goal ``cost``, in sixtieths of an øre; the ways of staff are counted
from what they do the same day, so that events one after the other at one place share them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deling.goals.cost import (
    cost_terms,
    move_cost,
    moving,
    price,
    released,
    released_staff,
    rent,
    room_cost,
    trip_cost,
)
from deling.search.eject.working_hours import Span, forget_if_many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from deling.domain import Event, Need, StaffMember
    from deling.search.eject.table import Table
    from deling.search.eject.times import Times
    from deling.search.eject.working_hours import WorkingHours

    Costs = NDArray[np.float64]


KNOWN = 5_000
"""People, sites and lengths of which the costs of all starts are remembered."""


class Bill:
    """Tells what events cost beside what a table holds.

    Parameters
    ----------
    times
        Start times.
    table
        The plan as it stands.
    hours
        How long staff work.
    """

    def __init__(self, times: Times, table: Table, hours: WorkingHours) -> None:
        self._case = times.case
        self._times = times
        self._least: dict[str, float] = {}
        self._table = table
        self._hours = hours
        plan = table.plan()
        gross = cost_terms(plan, times.case).gross if "cost" in times.case.scenario.goals else 0
        self.average = gross / max(1, len(plan.events))
        """What an event costs on average at first; 0 where nobody asks for the cost."""
        self._added: dict[tuple[str, str, int], tuple[int, Costs]] = {}
        self._nothing = np.zeros(times.ticks)

    def of(self, event: Event) -> int:
        """Return what a plan costs more with an event than without, all else as it stands."""
        case, needs = self._case, self._case.scenario.needs
        if not event.internal:
            return sum(price(needs[key]) for key in event.needs)
        site = case.site_of(event)
        own = Span(event.start, event.start + event.minutes, site)
        found = room_cost(event, case) + move_cost(event, case)
        for key in event.needs:
            group = case.group_of(key)
            found += trip_cost(group, site, case) - released_staff(event, needs[key], group)
        for key in event.staff:
            member = case.scenario.staff[key]
            if member.hourly_cost:
                others = [
                    Span(held.start, held.end, held.site)
                    for held in self._table.by_member[key].values()
                    if held.event.id != event.id
                ]
                more = self._hours.working(member, [*others, own])
                found += member.hourly_cost * (more - self._hours.working(member, others))
        return found

    def least(self, need: Need) -> float:
        """Return what a session of a need costs at least by itself: no way is paid."""
        known = self._least.get(need.id)
        if known is None:
            found = self._joining(need) if need.joint is not None else self._alone(need)
            known = self._least[need.id] = min(found, default=0.0)
        return known

    def _joining(self, need: Need) -> Iterator[float]:
        """Yield what is to be paid for a session that becomes part of others' event."""
        for site in dict.fromkeys(room.site for room, _mask in self._times.rooms(need)):
            yield self.of_site(need, site)

    def _alone(self, need: Need) -> Iterator[float]:
        """Yield what is to be paid for an event at each site, and to buy."""
        times, minutes = self._times, need.minutes
        if need.buy_price is not None:
            yield price(need)
        rooms: dict[str, float] = {}
        for room, _mask in times.rooms(need):
            here = rent(room, minutes)
            rooms[room.site] = min(here, rooms.get(room.site, here))
        staff = 0.0
        for skill, count in need.skills:
            hourly = sorted(who.hourly_cost for who, _mask in times.staff(need, skill))
            staff += minutes * sum(hourly[:count])
        for site, cost in rooms.items():
            items = 0.0
            for kind, count in need.equipment:
                usable = times.usable(need, kind, count, site)
                items += min((moving(item, site) for item, _mask in usable), default=0)
            yield cost + staff + items + self.of_site(need, site)

    def of_site(self, need: Need, site: str) -> int:
        """Return what it costs that a group has its session at a site, less what is released."""
        group = self._case.group_of(need.id)
        return trip_cost(group, site, self._case) - released(need.minutes, need, group)

    def of_member(self, member: StaffMember, site: str, minutes: int) -> Costs:
        """Return what somebody costs for one more event, for each start on the grid."""
        if not (member.hourly_cost and self.average):
            return self._nothing
        key, version = (member.id, site, minutes), self._table.version[member.id]
        known = self._added.get(key)
        if known is None or known[0] != version:
            spans = [
                Span(held.start, held.end, held.site)
                for held in self._table.by_member[member.id].values()
            ]
            forget_if_many(self._added, KNOWN)
            added = self._hours.added(member, site, minutes, spans)
            known = self._added[key] = version, member.hourly_cost * added.astype(float)
        return known[1]
