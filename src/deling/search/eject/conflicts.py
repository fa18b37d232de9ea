"""What is in the way of an event: what could not be beside it, as far as is plain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deling.search.eject.table import NEVER
from deling.search.eject.working_hours import Span, WorkingHours

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from deling.domain import Equipment, Event, Need, StaffMember
    from deling.search.eject.table import Held, Table
    from deling.search.eject.times import Mask, Times


class Conflicts:
    """Finds what is in the way.

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
        self._table = table
        self._hours = hours

    def of(self, need: Need, event: Event) -> Iterator[Held]:
        """Yield what has to go for a new event of a need; each must be gone before the next."""
        table = self._table
        if not event.internal:
            yield from self.to_pay(need.buy_price or 0)
            return
        yield from self.beside(need, event)
        for key in event.staff:
            member = self._case.scenario.staff[key]
            while self.too_many(need, event, member):
                lightest = min(table.by_member[key].values(), key=_weight, default=None)
                if lightest is None or lightest.weight >= NEVER:
                    break
                yield lightest

    def of_joining(self, need: Need, joined: Held, joint: Event) -> list[Held] | None:
        """Return what has to go for an event to serve one more need; None where that is full.

        Parameters
        ----------
        need
            That it is to serve.
        joined
            As it stands.
        joint
            As it will be.
        """
        event = joined.event
        found = {
            held.event.id: held
            for held, around in self.of_group(need, joined.site)
            if held.start < event.start + event.minutes + around and event.start - around < held.end
        }
        for held in (*self.too_close(need, event.day), *self.with_others(need, event)):
            found[held.event.id] = held
        fleet = self.fleet(need, joined.site)
        if fleet is not None:
            for held in fleet.exceeded(event, found):
                found[held.event.id] = held
        for key, units in (each for each in joint.equipment if each not in event.equipment):
            limit = self.units(self._case.scenario.equipment[key], units, joined.site)
            for held in limit.exceeded(event, (*found, event.id)):
                found[held.event.id] = held
        return None if joined.event.id in found else list(found.values())

    def to_pay(self, price: int) -> list[Held]:
        """Return bought events, without which the budget is enough for another."""
        table = self._table
        left, found = table.left, []
        for held in sorted(table.bought.values(), key=_weight):
            if left >= price:
                break
            left += self._case.buying_price(held.event)
            found.append(held)
        return found

    def beside(self, need: Need, event: Event) -> list[Held]:
        """Return what cannot be at the same time as a new event of a need."""
        case, table = self._case, self._table
        scenario, travel = case.scenario, case.travel
        site = case.site_of(event)
        start, end = event.start, event.start + event.minutes
        found: dict[str, Held] = {}
        until = end + scenario.rooms[event.room].turnaround
        for other in self._times.clashing_rooms[event.room]:
            turnaround = scenario.rooms[other].turnaround
            for held in table.by_room[other].values():
                if held.start < until and start < held.end + turnaround:
                    found[held.event.id] = held
        for held, around in self.of_group(need, site):
            if held.start < end + around and start - around < held.end:
                found[held.event.id] = held
        for held in (*self.too_close(need, event.day), *self.with_others(need, event)):
            found[held.event.id] = held
        for key in event.staff:
            mode = scenario.staff[key].travel_mode
            for held in table.by_member[key].values():
                there = travel.minutes(site, held.site, mode)
                back = travel.minutes(held.site, site, mode)
                if held.start < end + there and start - back < held.end:
                    found[held.event.id] = held
        for limit in self.limits(need, event, site):
            for held in limit.exceeded(event, found):
                found[held.event.id] = held
        return list(found.values())

    def of_group(self, need: Need, site: str) -> Iterator[tuple[Held, int]]:
        """Yield events of the need's group or those related, with the minutes due between."""
        case = self._case
        way = case.group_travel(need.id, site)
        for held in self._table.by_group[case.group_line[need.group][-1]].values():
            for other in held.event.needs:
                if case.related_groups(need.group, case.scenario.needs[other].group):
                    yield held, way + case.group_travel(other, held.site)

    def too_close(self, need: Need, day: int) -> Iterator[Held]:
        """Yield other sessions of a need that are too few days away."""
        if need.min_days_between:
            for held in self._table.by_need[need.id].values():
                if abs(held.event.day - day) < need.min_days_between:
                    yield held

    def without(self, need: Need, member: str) -> Iterator[Held]:
        """Yield other sessions of a need that somebody does not take part in."""
        for held in self._table.by_need[need.id].values():
            if member not in held.event.staff:
                yield held

    def with_others(self, need: Need, event: Event) -> Iterator[Held]:
        """Yield other sessions of a need that have other staff than they may have beside it."""
        if need.same_staff:
            for held in self._table.by_need[need.id].values():
                if set(held.event.staff) != set(event.staff):
                    yield held

    def too_many(self, need: Need, event: Event, member: StaffMember) -> bool:
        """Return whether somebody has too few hours left for an event of a need."""
        if self.lends_too_much(need, member):
            return True
        if member.weekly_minutes is None:
            return False
        site = self._case.site_of(event)
        own = Span(event.start, event.start + event.minutes, site)
        return self._hours.working(member, [*self._week(member), own]) > member.weekly_minutes

    def lends_too_much(self, need: Need, member: StaffMember) -> bool:
        """Return whether too few of the hours that somebody is lent for are left for a need."""
        if (
            member.lend_minutes is None
            or self._case.group_of(need.id).institution == member.institution
        ):
            return False
        held_by = self._table.by_member[member.id].values()
        lent = sum(held.event.minutes for held in held_by if self._is_lent(held, member))
        return need.minutes + lent > member.lend_minutes

    def too_long(self, need: Need, site: str, member: StaffMember) -> Mask | None:
        """Return at which starts an event would be too much work in a week; None if at none."""
        most = member.weekly_minutes
        if most is None:
            return None
        spans = self._week(member)
        left = most - self._hours.working(member, spans)
        if need.minutes + self._hours.both_ways(member, site) <= left:
            return None
        return self._hours.added(member, site, need.minutes, spans) > left

    def _week(self, member: StaffMember) -> list[Span]:
        held_by = self._table.by_member[member.id].values()
        return [Span(held.start, held.end, held.site) for held in held_by]

    def _is_lent(self, held: Held, member: StaffMember) -> bool:
        case = self._case
        return any(
            case.group_of(need).institution != member.institution for need in held.event.needs
        ) and not case.stands_as_today(held.event)

    # What several may use at a time

    def limits(self, need: Need, event: Event, site: str) -> Iterator[Limit]:
        """Yield the limits on what an event of a need would use beside others."""
        scenario = self._case.scenario
        for key, count in event.equipment:
            yield self.units(scenario.equipment[key], count, site)
        fleet = self.fleet(need, site)
        if fleet is not None:
            yield fleet
        for key in event.staff:
            cover = self.cover(scenario.staff[key], site)
            if cover is not None:
                yield cover

    def units(self, item: Equipment, count: int, site: str) -> Limit:
        """Return the limit on the units of a piece of equipment."""
        move = 0 if site == item.site else item.move_minutes
        uses: list[tuple[Held | None, int, int, int]] = [
            (None, block.start, block.end, taken)
            for block, taken in self._case.blocks_of_equipment[item.id]
        ]
        found = Limit(item.quantity - count, move, move, uses)
        for held in self._table.by_item[item.id].values():
            around = 0 if held.site == item.site else item.move_minutes
            units = dict(held.event.equipment)[item.id]
            found.uses.append((held, held.start - around, held.end + around, units))
        return found

    def fleet(self, need: Need, site: str) -> Limit | None:
        """Return the limit on trips by the mode of a need's group."""
        case = self._case
        group = case.group_of(need.id)
        fleet = case.scenario.travel.modes[group.travel_mode].fleet
        if fleet is None or site == group.site:
            return None
        way = case.group_travel(need.id, site)
        found = Limit(fleet - 1, way, way, [])
        for held in self._table.by_fleet[group.travel_mode].values():
            for other in held.event.needs:
                theirs = case.group_of(other)
                if theirs.travel_mode == group.travel_mode and theirs.site != held.site:
                    way = case.group_travel(other, held.site)
                    found.uses.append((held, held.start - way, held.end + way, 1))
        return found

    def cover(self, member: StaffMember, site: str) -> Limit | None:
        """Return the limit on how many of somebody's colleagues may be away as well."""
        case, travel = self._case, self._case.travel
        most = case.scenario.institutions[member.institution].max_away
        if most is None or site == member.site:
            return None
        out = travel.minutes(member.site, site, member.travel_mode)
        back = travel.minutes(site, member.site, member.travel_mode)
        found = Limit(most - 1, out, back, [])
        for held in self._table.by_employer[member.institution].values():
            for other in (case.scenario.staff[key] for key in held.event.staff):
                if (
                    other.institution == member.institution
                    and other.id != member.id
                    and other.site != held.site
                ):
                    out = travel.minutes(other.site, held.site, other.travel_mode)
                    back = travel.minutes(held.site, other.site, other.travel_mode)
                    found.uses.append((held, held.start - out, held.end + back, 1))
        return found


@dataclass(frozen=True)
class Limit:
    """How much others may use of something beside a new event, and what they do."""

    most: int
    before: int
    after: int
    """Minutes for which the event uses it before and after."""
    uses: list[tuple[Held | None, int, int, int]]
    """Who else uses it (None for a block), from, until, how much."""

    def exceeded(self, event: Event, gone: Collection[str]) -> Iterator[Held]:
        """Yield what has to go, lightest first, beside what is gone already."""
        start, end = event.start - self.before, event.start + event.minutes + self.after
        left, others = self.most, []
        for held, since, until, units in self.uses:
            if since < end and start < until:
                if held is None:
                    left -= units
                elif held.event.id not in gone:
                    left -= units
                    others.append((held, units))
        for held, units in sorted(others, key=lambda use: use[0].weight):
            if left >= 0:
                return
            left += units
            yield held


def _weight(held: Held) -> float:
    return held.weight
