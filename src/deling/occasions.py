"""The internal events of a plan with all that they name, looked up once for all rules and goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deling.lately import of_last_plans

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Equipment, Event, Group, Need, Plan, Room, StaffMember


class Session(NamedTuple):
    """One session of an event.

    Attributes
    ----------
    way
        Minutes from the group's site to the event, one way.
    """

    need: Need
    group: Group
    way: int


class Occasion(NamedTuple):
    """An internal event with the rows of the tables that it names.

    Attributes
    ----------
    start, end
        Minutes of the week.
    staff
        As the event names them, which may be one of them twice.
    equipment
        Each piece with its units.
    as_today
        Whether it stands as today.
    needs
        The needs that it serves.
    """

    event: Event
    start: int
    end: int
    room: Room
    sessions: tuple[Session, ...]
    staff: tuple[StaffMember, ...]
    equipment: tuple[tuple[Equipment, int], ...]
    as_today: bool
    needs: tuple[Need, ...]

    @property
    def id(self) -> str:
        """Id of the event."""
        return self.event.id

    @property
    def site(self) -> str:
        """Where it takes place."""
        return self.room.site


@of_last_plans
def occasions(plan: Plan, case: Case) -> tuple[Occasion, ...]:
    """Return the internal events of a plan, in its order."""
    scenario = case.scenario
    rooms, staff, equipment = scenario.rooms, scenario.staff, scenario.equipment
    needs, groups, travel = scenario.needs, scenario.groups, case.travel.minutes
    found = []
    for event in plan.events:
        if event.source != "internal":
            continue
        start, room = event.start, rooms[event.room]
        site = room.site
        asked = [needs[key] for key in event.needs]
        sessions = []
        for need in asked:
            group = groups[need.group]
            own = group.site
            way = 0 if own == site else travel(own, site, group.travel_mode)
            sessions.append(Session(need, group, way))
        found.append(
            Occasion(
                event,
                start,
                start + event.minutes,
                room,
                tuple(sessions),
                tuple([staff[key] for key in event.staff]),
                tuple([(equipment[key], units) for key, units in event.equipment]),
                case.stands_as_today(event),
                tuple(asked),
            )
        )
    return tuple(found)
