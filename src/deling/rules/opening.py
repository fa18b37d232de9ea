"""Rule ``opening``: nothing happens while somebody or something is not available."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import hours_on, named, span
from deling.tours import roster
from deling.units import covering, intersect, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Equipment, Event, Need, Plan, Room, StaffMember
    from deling.units import Hours


class Opening(Rule):
    """Rooms, equipment, groups and staff are available, trips and tours included."""

    id = "opening"
    sentence = N_(
        "An event lies within the open hours of its room, its equipment and the need; its groups"
        " and staff are available from leaving their site to being back."
    )
    switchable = False

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events, trips and tours that do not lie within one open interval."""
        yield from self._events(plan, case)
        yield from self._tours(plan, case)

    def _events(self, plan: Plan, case: Case) -> Iterator[Breach]:
        for event, start, end, room, sessions, _staff, equipment, *_rest in occasions(plan, case):
            if covering(room.available, start, end) is None:
                yield self._outside(
                    event,
                    room.available,
                    _("Room {room} is not open for all of {event}; open that day: {hours}."),
                    room=room.id,
                )
            for item, _units in equipment:
                if covering(item.available, start, end) is None:
                    yield self._outside(
                        event,
                        item.available,
                        _(
                            "Equipment {equipment} is not available for all of {event}; available"
                            " that day: {hours}."
                        ),
                        equipment=item.id,
                    )
            for need, group, way in sessions:
                hours = need.hours
                if hours is not None and covering(hours, start, end) is None:
                    yield self._outside(
                        event,
                        hours,
                        _("Event {event} is outside the hours of need {need}: {hours}."),
                        need=need.id,
                    )
                trip = (start - way, end + way)
                if covering(group.available, *trip) is None:
                    yield self._outside(
                        event,
                        group.available,
                        _(
                            "Group {group} is not available for all of {event}, trips included"
                            " ({trip}); available that day: {hours}."
                        ),
                        group=group.id,
                        trip=span(trip),
                    )

    def _outside(self, event: Event, hours: Hours, sentence: str, **names: str) -> Breach:
        """Return the breach of an event outside some hours, of which the sentence tells."""
        there = hours_on(hours, event.day)
        return self.breach([event.id], sentence.format(event=named(event), hours=there, **names))

    def _tours(self, plan: Plan, case: Case) -> Iterator[Breach]:
        for week in roster(plan, case):
            member = week.member.id
            for tour in week.tours:
                first, last = tour.events[0], tour.events[-1]
                if tour.interval is None:
                    yield self._outside(
                        first,
                        case.open_hours_of_staff[member],
                        _(
                            "Staff {staff} is not available for all of {event}; available that"
                            " day: {hours}."
                        ),
                        staff=member,
                    )
                    continue
                if tour.departure < tour.interval[0]:
                    yield self.breach(
                        [first.id],
                        _(
                            "Staff {staff} has to leave at {departure} for {event}, but is"
                            " available from {start} only."
                        ).format(
                            staff=member,
                            departure=moment(tour.departure),
                            event=named(first),
                            start=moment(tour.interval[0]),
                        ),
                    )
                if tour.back_home > tour.interval[1]:
                    yield self.breach(
                        [last.id],
                        _(
                            "Staff {staff} is back from {event} at {back}, but available until"
                            " {end} only."
                        ).format(
                            staff=member,
                            event=named(last),
                            back=moment(tour.back_home),
                            end=moment(tour.interval[1]),
                        ),
                    )

    # The model

    def hours_in_room(self, case: Case, need: Need, room: Room) -> Hours | None:
        """Return when room, need and the group's trip there and back are all open."""
        way = case.group_travel(need.id, room.site)
        trip = case.group_of(need.id).available
        if way:
            trip = tuple((start + way, end - way) for start, end in trip if end - start > 2 * way)
        hours = intersect(room.available, trip)
        return hours if need.hours is None else intersect(hours, need.hours)

    def hours_of_staff(self, case: Case, need: Need, member: StaffMember) -> Hours | None:
        """Return the open intervals; the tour around the event is bounded where it is made."""
        return case.open_hours_of_staff[member.id]

    def hours_of_equipment(self, case: Case, need: Need, item: Equipment) -> Hours | None:
        """Return when the equipment may be used."""
        return item.available
