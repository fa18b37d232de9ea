"""How much of their time rooms are booked, and how full they are then."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.measures.tally import Tally
from deling.units import DAY, Hours, Interval, intersect, length, merge

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan, Room


def days_of(case: Case) -> Hours:
    """Return the days of the calendar as intervals."""
    return tuple((day * DAY, (day + 1) * DAY) for day in case.scenario.calendar.days)


def tally_rooms(plan: Plan, case: Case) -> dict[str, Tally]:
    """Return the sums of each room.

    A whole is booked, and filled, by what takes place in its parts. Of booked time only what
    lies within the room's available hours on the calendar's days counts, so that no room is
    booked for more than all of its time.
    """
    scenario = case.scenario
    events: dict[str, list[Interval]] = defaultdict(list)
    blocks: dict[str, list[Interval]] = defaultdict(list)
    filled: dict[str, int] = defaultdict(int)
    used: set[str] = set()
    days = days_of(case)
    for event in plan.internal:
        used |= case.clashing_rooms[event.room]
        people = sum(case.group_of(need).size for need in event.needs)
        within = length(intersect(merge([(event.start, event.end)]), days))
        for whole in case.room_line[event.room]:
            events[whole].append((event.start, event.end))
            filled[whole] += people * within
    for block in scenario.blocks:
        if block.room is not None:
            used |= case.clashing_rooms[block.room]
            for whole in case.room_line[block.room]:
                blocks[whole].append((block.start, block.end))
    found: dict[str, Tally] = {}
    for room in scenario.rooms.values():
        available = intersect(room.available, days)
        taken = merge(events[room.id] + blocks[room.id])
        tally = found[room.id] = Tally(
            rooms=1,
            available=length(available),
            booked=length(intersect(taken, available)),
            seat_minutes=room.capacity * length(intersect(merge(events[room.id]), days)),
            filled_minutes=filled[room.id],
        )
        if _counts_as_unused(room, used):
            tally.unused_rooms = 1
            tally.unused_m2 += room.area_m2 or 0
    return found


def _counts_as_unused(room: Room, used: set[str]) -> bool:
    # The parts of a room that is never used are not counted beside it.
    return room.id not in used and (room.part_of is None or room.part_of in used)
