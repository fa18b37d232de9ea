"""Rule ``room``: a room, its wholes and its parts are used by one event at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.scan import meeting, overlapping_pairs
from deling.rules.wording import named, span
from deling.units import ALWAYS, merge, subtract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Need, Plan, Room
    from deling.model.build import Build
    from deling.model.stays import Stay
    from deling.units import Hours


class RoomRule(Rule):
    """Events and blocks do not overlap in clashing rooms, turnaround included."""

    id = "room"
    sentence = N_(
        "A room, what it is part of and its own parts are used by one event at a time, and stay"
        " free for the room's turnaround afterwards."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find pairs of events, and events beside blocks, in clashing rooms."""
        families: dict[str, list[tuple[int, int, Event]]] = defaultdict(list)
        lines, blocks = case.room_line, case.blocks_of_room
        for one in occasions(plan, case):
            event, room, until = one.event, one.room, one.end + one.room.turnaround
            outermost = lines[room.id][-1]
            families[outermost].append((one.start, until, event))
            block = meeting(blocks[room.id], one.start, until)
            if block is not None:
                yield self.breach(
                    [event.id],
                    _("Room {room} is booked by {event}, but is in use otherwise {block}.").format(
                        room=event.room, event=named(event), block=span(block)
                    ),
                )
        for family in families.values():
            for first, second in overlapping_pairs(family):
                if first.room == second.room:
                    message = _("Room {room} is booked by {first} and {second}.")
                elif first.room in case.clashing_rooms[second.room]:
                    message = _(
                        "Rooms {room} and {other}, one part of the other, are booked by {first}"
                        " and {second}."
                    )
                else:
                    continue
                turnaround = case.scenario.rooms[first.room].turnaround
                if second.start >= first.end:
                    message += " " + _(
                        "{room} stays taken for {turnaround} minutes after an event."
                    )
                yield self.breach(
                    [first.id, second.id],
                    message.format(
                        room=first.room,
                        other=second.room,
                        first=named(first),
                        second=named(second),
                        turnaround=turnaround,
                    ),
                )

    # The model

    def hours_in_room(self, case: Case, need: Need, room: Room) -> Hours | None:
        """Return what the blocks leave, the room's turnaround before each block taken off."""
        taken = case.blocks_of_room[room.id]
        if not taken:
            return None
        return subtract(ALWAYS, merge([(start - room.turnaround, end) for start, end in taken]))

    def post(self, build: Build) -> None:
        """No two stays overlap in rooms on one line from a whole down to its smallest part."""
        rooms = build.case.scenario.rooms
        stays: dict[str, list[Stay]] = {room: [] for room in rooms}
        for activity in build.activities:
            for room, used in activity.rooms.items():
                minutes = activity.minutes + rooms[room].turnaround
                stays[room].append(build.stay(activity.start, minutes, used))
        wholes = {room.part_of for room in rooms.values()}
        for room, line in build.case.room_line.items():
            if room not in wholes:
                build.one_at_a_time([stay for each in line for stay in stays[each]])
