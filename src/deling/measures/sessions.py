"""What each session costs and brings, added up by the need that it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.figures import split
from deling.goals.cost import move_cost, price, released_staff, room_cost, trip_cost
from deling.measures.changes import changes
from deling.measures.tally import Tally
from deling.tours import roster

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Event, Plan, Room, StaffMember
    from deling.measures.changes import Change
    from deling.tours import Tour


def tally_needs(plan: Plan, case: Case) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """Return the sums of each need, and of each institution as an owner that lends.

    What one event uses for several sessions is divided by participants, equally where there are
    none. What a tour takes beside its events is divided among the events by their minutes.
    """
    needs = {need.id: Tally(wanted=need.sessions) for need in case.scenario.needs.values()}
    owners = {owner: Tally() for owner in case.scenario.institutions}
    for event in plan.events:
        if event.internal:
            _add_internal(event, case, needs, owners)
        else:
            _add_bought(event, case, needs)
    for week in roster(plan, case):
        for tour in week.tours:
            _add_tour(tour, week.member, case, needs)
    for change in changes(plan, case):
        _add_change(change, needs[change.need])
    return needs, owners


def shares(event: Event, case: Case) -> list[int]:
    """Return what an event's common minutes and money are divided by: its participants."""
    return [case.group_of(need).size for need in event.needs]


def _add_internal(
    event: Event, case: Case, needs: dict[str, Tally], owners: dict[str, Tally]
) -> None:
    scenario = case.scenario
    room = scenario.rooms[event.room]
    people = shares(event, case)
    staff = [scenario.staff[member] for member in dict.fromkeys(event.staff)]
    staff_cost = event.minutes * sum(member.hourly_cost for member in staff)
    joining = len({case.institution_of(need).sector for need in event.needs}) > 1
    parts = zip(
        event.needs,
        split(event.minutes, people),
        split(staff_cost, people),
        split(room_cost(event, case), people),
        split(move_cost(event, case), people),
        strict=True,
    )
    for need_id, minutes, staff_part, room_part, move_part in parts:
        tally, need, group = needs[need_id], scenario.needs[need_id], case.group_of(need_id)
        tally.served += 1
        tally.participant_minutes += group.size * event.minutes
        tally.joining_sectors += joining
        tally.staff_cost += staff_part
        tally.room_cost += room_part
        tally.move_cost += move_part
        tally.trip_cost += trip_cost(group, room.site, case)
        tally.released += event.minutes * (group.usual_staff - need.attendants)
        tally.released_value += released_staff(event, need, group)
        tally.group_travel += 2 * case.group_travel(need_id, room.site)
        tally.staff_minutes += minutes * len(staff)
        _lend_room(room, minutes, need_id, case, needs, owners[room.institution])
        for member in staff:
            _lend_staff(member, minutes, need_id, case, needs, owners[member.institution])


def _lend_room(
    room: Room, minutes: int, need: str, case: Case, needs: dict[str, Tally], owner: Tally
) -> None:
    borrower = case.institution_of(need)
    if room.institution == borrower.id:
        return
    owner.rooms_lent += minutes
    needs[need].rooms_borrowed += minutes
    if case.scenario.institutions[room.institution].sector != borrower.sector:
        needs[need].rooms_borrowed_across += minutes


def _lend_staff(
    member: StaffMember, minutes: int, need: str, case: Case, needs: dict[str, Tally], owner: Tally
) -> None:
    borrower = case.institution_of(need)
    if member.institution == borrower.id:
        return
    owner.staff_lent += minutes
    needs[need].staff_borrowed += minutes
    if case.scenario.institutions[member.institution].sector != borrower.sector:
        needs[need].staff_borrowed_across += minutes


def _add_bought(event: Event, case: Case, needs: dict[str, Tally]) -> None:
    for need_id in event.needs:
        tally, need = needs[need_id], case.scenario.needs[need_id]
        tally.served += 1
        tally.bought += 1
        tally.participant_minutes += case.group_of(need_id).size * need.minutes
        tally.bought_cost += price(need)


def _add_tour(tour: Tour, member: StaffMember, case: Case, needs: dict[str, Tally]) -> None:
    spans = [event.minutes for event in tour.events]
    beside = (tour.travel + tour.waiting) * member.hourly_cost
    parts = zip(
        tour.events,
        split(tour.travel, spans),
        split(tour.waiting, spans),
        split(beside, spans),
        strict=True,
    )
    for event, travel, waiting, cost in parts:
        people = shares(event, case)
        portions = zip(
            event.needs,
            split(travel, people),
            split(waiting, people),
            split(cost, people),
            strict=True,
        )
        for need_id, travel_part, waiting_part, cost_part in portions:
            tally = needs[need_id]
            tally.staff_travel += travel_part
            tally.staff_waiting += waiting_part
            tally.travel_cost += cost_part


def _add_change(change: Change, tally: Tally) -> None:
    setattr(tally, change.kind, getattr(tally, change.kind) + 1)
