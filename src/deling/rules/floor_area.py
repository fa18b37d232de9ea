"""Rule ``floor_area``: floor enough for each participant."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan


class FloorArea(Rule):
    """The room has the floor that each kind of group needs."""

    id = "floor_area"
    sentence = N_("A room has the square metres that each participant needs by kind of group.")

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events in rooms that are too small."""
        each = case.scenario.rules.floor_area
        for event in plan.internal:
            room = case.scenario.rooms[event.room]
            if room.area_m2 is None:
                continue
            groups = {group.id: group for group in map(case.group_of, event.needs)}
            wanted = sum(
                (group.size * each.get(group.kind, Decimal(0)) for group in groups.values()),
                Decimal(0),
            )
            if wanted > room.area_m2:
                yield self.breach(
                    [event.id],
                    _("Event {event} needs {wanted} m², but room {room} has {area} m².").format(
                        event=named(event), wanted=wanted, room=room.id, area=room.area_m2
                    ),
                )
