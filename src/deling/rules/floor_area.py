"""Rule ``floor_area``: floor enough for each participant."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Group, Need, Plan, Room
    from deling.model.build import Build

_NONE = Decimal(0)


class FloorArea(Rule):
    """The room has the floor that each kind of group needs."""

    id = "floor_area"
    sentence = N_("A room has the square metres that each participant needs by kind of group.")

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events in rooms that are too small."""
        for one in occasions(plan, case):
            event, room = one.event, one.room
            if room.area_m2 is None:
                continue
            # As in `capacity`, a group that an event names by two needs is there once.
            asked = {group.id: _floor_asked(group, case) for _need, group, _way in one.sessions}
            wanted = sum(asked.values())
            if wanted > room.area_m2:
                yield self.breach(
                    [event.id],
                    _("Event {event} needs {wanted} m², but room {room} has {area} m².").format(
                        event=named(event), wanted=wanted, room=room.id, area=room.area_m2
                    ),
                )

    # The model

    def admits_room(self, case: Case, need: Need, room: Room) -> bool:
        """Return whether the group alone has enough floor."""
        return room.area_m2 is None or _floor_asked(case.group_of(need.id), case) <= room.area_m2

    def admits_standing(self, case: Case, event: Event) -> bool:
        """Return whether all groups of today's event have enough floor together."""
        return self.holds_alone(case, event)

    def post(self, build: Build) -> None:
        """Bound the floor that the groups of a joint event ask for by their room's."""
        for activity in build.activities:
            if not activity.flexible or len(activity.sessions) == 1:
                continue
            asked = {
                need: _floor_asked(build.case.group_of(need), build.case)
                for need in activity.sessions
            }
            for room, used in activity.rooms.items():
                area = build.case.scenario.rooms[room].area_m2
                if area is None or sum(asked.values()) <= area:
                    continue
                # CP-SAT takes whole numbers: all areas in the smallest unit that any of them has.
                exponents = [int(number.as_tuple().exponent) for number in (area, *asked.values())]
                shift = -min(0, *exponents)
                together = sum(
                    int(floor.scaleb(shift)) * activity.sessions[need]
                    for need, floor in asked.items()
                )
                build.model.add(together <= int(area.scaleb(shift))).only_enforce_if(used)


def _floor_asked(group: Group, case: Case) -> Decimal:
    """Return the m² that a group asks for."""
    return group.size * case.scenario.rules.floor_area.get(group.kind, _NONE)
