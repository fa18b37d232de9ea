"""Rule ``sharing``: what belongs to others is used only as they share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import hours_on, named
from deling.units import covering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case, Kind
    from deling.domain import Equipment, Event, Need, Plan, Room, StaffMember
    from deling.occasions import Occasion
    from deling.units import Hours


class Sharing(Rule):
    """Rooms, staff and equipment are the group's own, or are shared with it then."""

    id = "sharing"
    sentence = N_(
        "Rooms, staff and equipment are the group's institution's own, or are shared with it at"
        " that time and at this level; events that stand as today may go on."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events that use what is not shared with one of their groups."""
        for one in occasions(plan, case):
            if one.as_today:
                continue
            things = _things(one)
            borrowers = [session.group.institution for session in one.sessions]
            for borrower in dict.fromkeys(borrowers):
                for thing, kind in things:
                    if thing.institution != borrower:
                        for message in _faults(one, thing, kind, borrower, case):
                            yield self.breach([one.id], message)

    # The model

    def admits_room(self, case: Case, need: Need, room: Room) -> bool:
        """Return whether the owner lends the room to the need's institution."""
        return case.lends(room, "rooms", case.institution_of(need.id).id)

    def admits_staff(self, case: Case, need: Need, member: StaffMember) -> bool:
        """Return whether the employer lends the member to the need's institution."""
        return case.lends(member, "staff", case.institution_of(need.id).id)

    def admits_equipment(self, case: Case, need: Need, item: Equipment) -> bool:
        """Return whether the owner lends the equipment to the need's institution."""
        return case.lends(item, "equipment", case.institution_of(need.id).id)

    def hours_in_room(self, case: Case, need: Need, room: Room) -> Hours | None:
        """Return the hours of sharing, any time for the owner."""
        return _shared_hours(case, need, room)

    def hours_of_staff(self, case: Case, need: Need, member: StaffMember) -> Hours | None:
        """Return the hours of sharing, any time for the employer."""
        return _shared_hours(case, need, member)

    def hours_of_equipment(self, case: Case, need: Need, item: Equipment) -> Hours | None:
        """Return the hours of sharing, any time for the owner."""
        return _shared_hours(case, need, item)

    def admits_standing(self, case: Case, event: Event) -> bool:
        """Existing loans stay at every level."""
        return True


def _things(one: Occasion) -> list[tuple[Room | StaffMember | Equipment, Kind]]:
    things: list[tuple[Room | StaffMember | Equipment, Kind]] = [(one.room, "rooms")]
    things += [(member, "staff") for member in one.staff]
    things += [(item, "equipment") for item, _units in one.equipment]
    return things


def _faults(
    one: Occasion, thing: Room | StaffMember | Equipment, kind: Kind, borrower: str, case: Case
) -> Iterator[str]:
    if not case.lends(thing, kind, borrower):
        message = _("{owner} does not share {thing} with {borrower}, which uses it in {event}.")
    elif covering(thing.shared_hours, one.start, one.end) is None:
        message = _(
            "{owner} does not share {thing} for all of {event} of {borrower}; shared that day:"
            " {hours}."
        )
    else:
        return
    yield message.format(
        thing=thing.id,
        owner=thing.institution,
        borrower=borrower,
        event=named(one.event),
        hours=hours_on(thing.shared_hours, one.event.day),
    )


def _shared_hours(case: Case, need: Need, thing: Room | StaffMember | Equipment) -> Hours | None:
    own = thing.institution == case.institution_of(need.id).id
    return None if own else thing.shared_hours
