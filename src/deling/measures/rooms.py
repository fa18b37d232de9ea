"""How much of their time rooms are booked, and how full they are then."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deling.measures.tally import Tally
from deling.units import DAY, Hours, Interval, intersect, length, merge

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan, Room


def days_of(case: Case) -> Hours:
    """Return the days of the calendar as intervals."""
    return tuple((day * DAY, (day + 1) * DAY) for day in case.scenario.calendar.days)


@dataclass(frozen=True)
class RoomTime:
    """What takes a room's time in a week; a whole is taken by what takes place in its parts.

    Attributes
    ----------
    available
        The available hours on the calendar's days.
    booked
        What of them is taken. Only that counts, so that no room is booked for more than its time.
    filled
        Start, end and participants of each event.
    """

    room: Room
    available: Hours
    booked: Hours
    filled: tuple[tuple[int, int, int], ...]

    def within(self, window: Hours) -> Tally:
        """Return the sums of the part of the week that lies within a window."""
        events = merge([(start, end) for start, end, _people in self.filled])
        return Tally(
            available=length(intersect(self.available, window)),
            booked=length(intersect(self.booked, window)),
            seat_minutes=self.room.capacity * length(intersect(events, window)),
            filled_minutes=sum(
                people * length(intersect(merge([(start, end)]), window))
                for start, end, people in self.filled
            ),
        )


def room_times(plan: Plan, case: Case) -> dict[str, RoomTime]:
    """Return what takes each room's time."""
    events: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    taken: dict[str, list[Interval]] = defaultdict(list)
    for event in plan.internal:
        people = sum(case.group_of(need).size for need in event.needs)
        for whole in case.room_line[event.room]:
            events[whole].append((event.start, event.end, people))
            taken[whole].append((event.start, event.end))
    for block in case.scenario.blocks:
        if block.room is not None:
            for whole in case.room_line[block.room]:
                taken[whole].append((block.start, block.end))
    days = days_of(case)
    found: dict[str, RoomTime] = {}
    for room in case.scenario.rooms.values():
        available = intersect(room.available, days)
        booked = intersect(merge(taken[room.id]), available)
        found[room.id] = RoomTime(room, available, booked, tuple(sorted(events[room.id])))
    return found


def tally_rooms(plan: Plan, case: Case) -> dict[str, Tally]:
    """Return the sums of each room."""
    days = days_of(case)
    used = {room for event in plan.internal for room in case.clashing_rooms[event.room]}
    for block in case.scenario.blocks:
        if block.room is not None:
            used |= case.clashing_rooms[block.room]
    found: dict[str, Tally] = {}
    for key, time in room_times(plan, case).items():
        tally = found[key] = time.within(days)
        tally.rooms = 1
        if _counts_as_unused(time.room, used):
            tally.unused_rooms = 1
            tally.unused_m2 += time.room.area_m2 or 0
    return found


def _counts_as_unused(room: Room, used: set[str]) -> bool:
    # The parts of a room that is never used are not counted beside it.
    return room.id not in used and (room.part_of is None or room.part_of in used)
