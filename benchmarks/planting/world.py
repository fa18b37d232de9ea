"""Who and what is taken when: enough to place one event after another without a breach."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.units import DAY, covering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deling.travel import TravelTimes
    from deling.units import Interval
    from planting.things import Block, Event, Group, Item, Member, Room

MOST_SITES = 3


class World:
    """The events placed so far, by what they take."""

    def __init__(self, travel: TravelTimes) -> None:
        self.travel = travel
        self.rooms: dict[Room, list[Interval]] = defaultdict(list)
        self.groups: dict[Group, list[Interval]] = defaultdict(list)
        self.staff: dict[tuple[Member, int], list[Event]] = defaultdict(list)
        self.days_of: dict[Member, list[int]] = defaultdict(list)
        self.items: dict[Item, list[tuple[int, int, int]]] = defaultdict(list)
        self.trips: dict[tuple[str, int], list[Interval]] = defaultdict(list)

    # Questions

    def way(self, group: Group, room: Room) -> int:
        """Return a group's minutes to a room."""
        return self.travel.minutes(group.site.id, room.site.id, group.mode)

    def room_free(self, room: Room, start: int, end: int) -> bool:
        """Return whether an event fits there, its turnaround included."""
        stop = end + room.turnaround
        return not any(
            begin < stop and start < over
            for other in room.clashing
            for begin, over in self.rooms[other]
        )

    def group_free(self, group: Group, start: int, end: int) -> bool:
        """Return whether a group and its kin are free, trips included in the times given."""
        return not any(
            begin < end and start < over
            for other in group.kin
            for begin, over in self.groups[other]
        )

    def under_way(self, mode: str, start: int, end: int) -> int:
        """Return how many trips by a mode touch a time."""
        return sum(begin < end and start < over for begin, over in self.trips[mode, start // DAY])

    def units_taken(self, item: Item, start: int, end: int) -> int:
        """Return an upper limit of the units in use at any minute of a time."""
        return sum(units for begin, over, units in self.items[item] if begin < end and start < over)

    def move(self, item: Item, room: Room) -> int:
        """Return the minutes that an item is taken before and after an event there."""
        return 0 if item.site is room.site else item.move_minutes

    def staff_fits(self, member: Member, start: int, end: int, room: Room) -> bool:
        """Return whether a member can come, between what they do already that day."""
        interval = covering(member.hours, start, end)
        if interval is None:
            return False
        day = start // DAY
        events = self.staff[member, day]
        minutes, mode = self.travel.minutes, member.mode
        home, here = member.site.id, room.site.id
        out, back = minutes(home, here, mode), minutes(here, home, mode)
        before: Event | None = None
        after: Event | None = None
        others = {here}
        for event in events:
            others.add(event.room.site.id)
            if event.end <= start:
                before = event
            elif event.start >= end:
                after = event
                break
            else:
                return False
        for event in events:
            others.add(event.room.site.id)
        others.discard(home)
        if len(others) > MOST_SITES:
            return False
        if before is None or before.start < interval[0]:
            if start - out < interval[0]:
                return False
        else:
            there = before.room.site.id
            if start - before.end < min(
                minutes(there, here, mode), minutes(there, home, mode) + out
            ):
                return False
        if after is None or after.end > interval[1]:
            return end + back <= interval[1]
        there = after.room.site.id
        return after.start - end >= min(
            minutes(here, there, mode), back + minutes(home, there, mode)
        )

    def work_of_day(self, member: Member, day: int) -> int:
        """Return the working minutes of a day of one tour."""
        events = self.staff[member, day]
        if not events:
            return 0
        minutes, mode, home = self.travel.minutes, member.mode, member.site.id
        sites = [event.room.site.id for event in events]
        total = minutes(home, sites[0], mode) + minutes(sites[-1], home, mode)
        total += sum(event.minutes for event in events)
        for at in range(1, len(events)):
            by_home = minutes(sites[at - 1], home, mode) + minutes(home, sites[at], mode)
            total += max(0, min(events[at].start - events[at - 1].end, by_home))
        return total

    def work(self, member: Member) -> int:
        """Return the working minutes of the week."""
        return sum(self.work_of_day(member, day) for day in self.days_of[member])

    # Placing

    def add(self, event: Event) -> None:
        """Take what an event takes."""
        room, start, end = event.room, event.start, event.end
        self.rooms[room].append((start, end + room.turnaround))
        for wish in event.wishes:
            self.add_trip(wish.group, room, start, end)
        for member in event.staff:
            day = start // DAY
            events = self.staff[member, day]
            if not events:
                self.days_of[member].append(day)
            events.append(event)
            events.sort(key=lambda one: one.start)
        for item, units in event.items:
            move = self.move(item, room)
            self.items[item].append((start - move, end + move, units))

    def add_trip(self, group: Group, room: Room, start: int, end: int) -> None:
        """Take a group, its trip included."""
        way = self.way(group, room)
        self.groups[group].append((start - way, end + way))
        if group.site is not room.site:
            self.trips[group.mode, start // DAY].append((start - way, end + way))

    def add_block(self, block: Block) -> None:
        """Take a room's or an item's time; a member's blocks split their hours instead."""
        end = block.start + block.minutes
        if block.room is not None:
            self.rooms[block.room].append((block.start, end))
        if block.item is not None:
            self.items[block.item].append((block.start, end, 1))


def peak(uses: Iterable[tuple[int, int, int]]) -> int:
    """Return the most units in use at one minute."""
    changes: dict[int, int] = defaultdict(int)
    for start, end, units in uses:
        changes[start] += units
        changes[end] -= units
    most = now = 0
    for minute in sorted(changes):
        now += changes[minute]
        most = max(most, now)
    return most
