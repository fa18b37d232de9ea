"""Goal ``cost``: the net cost of a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from deling.goals.base import Goal
from deling.language import N_
from deling.lately import of_last_plans
from deling.occasions import occasions
from deling.tours import roster
from deling.units import SIXTIETHS_PER_DKK, SIXTIETHS_PER_ORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Equipment, Event, Group, Need, Plan, Room
    from deling.model.build import Build
    from deling.model.variables import Activity, Expression


@dataclass(frozen=True)
class CostTerms:
    """What a plan costs a week and why, in sixtieths of an øre.

    ``net = gross - released`` and ``gross = staff + rooms + moves + trips + bought``.

    Attributes
    ----------
    staff
        Working minutes, travel included.
    rooms
        Minutes of events in rooms.
    moves
        Equipment used at another site.
    trips
        Groups on their way, both ways.
    bought
        Sessions bought outside the area.
    released
        Usual staff of the groups who are free meanwhile; below 0 where more come along.
    """

    staff: int
    rooms: int
    moves: int
    trips: int
    bought: int
    released: int

    @property
    def gross(self) -> int:
        """Cost before released staff."""
        return self.staff + self.rooms + self.moves + self.trips + self.bought

    @property
    def net(self) -> int:
        """Cost after released staff."""
        return self.gross - self.released


def room_cost(event: Event, case: Case) -> int:
    """Return what an event's room costs, in sixtieths of an øre."""
    return rent(case.scenario.rooms[event.room], event.minutes)


def rent(room: Room, minutes: int) -> int:
    """Return what some minutes in a room cost, in sixtieths of an øre."""
    return minutes * room.hourly_cost


def move_cost(event: Event, case: Case) -> int:
    """Return what moving an event's equipment costs, in sixtieths of an øre."""
    site = case.site_of(event)
    return sum(moving(case.scenario.equipment[item], site) for item, _units in event.equipment)


def moving(item: Equipment, site: str) -> int:
    """Return what a piece of equipment costs at a site, in sixtieths of an øre."""
    return 0 if item.site == site else SIXTIETHS_PER_ORE * item.move_cost


def trip_cost(group: Group, site: str, case: Case) -> int:
    """Return what a group's trip to a site and back costs, in sixtieths of an øre."""
    if group.site == site:
        return 0
    return 2 * SIXTIETHS_PER_ORE * case.scenario.travel.modes[group.travel_mode].trip_cost


def released_staff(event: Event, need: Need, group: Group) -> int:
    """Return what the group's released staff are worth in one session, in sixtieths of an øre."""
    return released(event.minutes, need, group)


def released(minutes: int, need: Need, group: Group) -> int:
    """Return what the group's staff who are free for some minutes are worth, likewise."""
    return minutes * (group.usual_staff - need.attendants) * group.staff_hourly_cost


def price(need: Need) -> int:
    """Return what a bought session costs, in sixtieths of an øre; 0 where it has no price."""
    return SIXTIETHS_PER_ORE * (need.buy_price or 0)


@of_last_plans
def cost_terms(plan: Plan, case: Case) -> CostTerms:
    """Compute what a plan costs a week, term by term."""
    rooms = moves = trips = freed = 0
    for event, _start, _end, room, sessions, _staff, equipment, *_rest in occasions(plan, case):
        rooms += room_cost(event, case)
        if equipment:
            moves += move_cost(event, case)
        for need, group, _way in sessions:
            trips += trip_cost(group, room.site, case)
            freed += released_staff(event, need, group)
    needs = case.scenario.needs
    return CostTerms(
        staff=sum(week.working * week.member.hourly_cost for week in roster(plan, case)),
        rooms=rooms,
        moves=moves,
        trips=trips,
        bought=sum(price(needs[need]) for event in plan.bought for need in event.needs),
        released=freed,
    )


class Cost(Goal):
    """Net cost a week."""

    id = "cost"
    sentence = N_(
        "The net cost of a week: staff, rooms, moves, trips and bought sessions, less released"
        " staff."
    )
    sense: ClassVar[Literal["max", "min"]] = "min"
    of_parts: ClassVar[Literal["sum", "max"]] = "sum"

    def value(self, plan: Plan, case: Case) -> int:
        """Compute the net cost, in sixtieths of an øre."""
        return cost_terms(plan, case).net

    def plain_bound(self, case: Case) -> int:
        """Release all usual staff who can be, at no cost."""
        return -sum(
            need.sessions
            * need.minutes
            * max(0, case.group_of(need.id).usual_staff - need.attendants)
            * case.group_of(need.id).staff_hourly_cost
            for need in case.scenario.needs.values()
        )

    def term(self, build: Build) -> Expression:
        """Sum the same terms over the model's choices, in sixtieths of an øre."""
        scenario = build.case.scenario
        parts: list[Expression] = []
        for tour in build.tours:
            hourly = scenario.staff[tour.member].hourly_cost
            if hourly:
                parts.append(hourly * tour.work)
        for activity in build.activities:
            for room, used in activity.rooms.items():
                parts.append(activity.minutes * scenario.rooms[room].hourly_cost * used)
            for item, used in activity.equipment.items():
                equipment = scenario.equipment[item]
                parts += [
                    SIXTIETHS_PER_ORE * equipment.move_cost * build.both(used, there)
                    for site, there in activity.sites.items()
                    if site != equipment.site and equipment.move_cost
                ]
            for need in activity.sessions:
                parts += list(_session_parts(build, activity, need))
        parts += [
            price(need) * build.bought[need.id] for need in scenario.needs.values() if price(need)
        ]
        return build.sum(parts)

    def gap(self, value: int, bound: int, plan: Plan, case: Case) -> float:
        """Return the distance to the bound, relative to the cost before released staff."""
        return (value - bound) / max(SIXTIETHS_PER_DKK, cost_terms(plan, case).gross)


def _session_parts(build: Build, activity: Activity, need_id: str) -> Iterator[Expression]:
    """Yield the price of the group's trip and what its staff are released from."""
    need = build.case.scenario.needs[need_id]
    group = build.case.group_of(need_id)
    trip_cost = build.case.scenario.travel.modes[group.travel_mode].trip_cost
    if trip_cost:
        for site, held in build.held_at(activity, need_id):
            if site != group.site:
                yield 2 * SIXTIETHS_PER_ORE * trip_cost * held
    freed = activity.minutes * (group.usual_staff - need.attendants) * group.staff_hourly_cost
    if freed:
        yield -freed * activity.sessions[need_id]
