"""What a plan brings, takes and changes, computed from the plan and the case alone.

Every measure is a sum over needs, rooms or owners, divided once at the end, so that an
institution's figures add up to its sector's and those to the area's.

- **Who a figure belongs to.** Sessions, participants, money, travel and changes belong to the
  group that is served, hence to its institution, that institution's sector, and its kind of
  group. Rooms belong to their owner. Lending belongs to the owner of the room or the employer of
  the staff, borrowing to the group that is served.
- **Events that serve several groups.** Room, staff and moving costs and minutes are divided by
  participants (equally where there are none), as the ``cost`` column of a plan file does.
- **Travel and waiting of staff** belong to no session. They are divided among the events of
  the tour by their minutes, and then like the event itself: those who are visited carry the way.
- **Lent and borrowed** are event minutes that a room or a member of staff of one institution
  gives to a group of another. *From other sectors* is the part of it that crosses a sector line.
  Whoever is lent within a sector cancels out in that sector's balance.
- **Rooms**: a whole is booked and filled by what takes place in its parts; only booked time
  within the available hours counts. A room is never used when nothing, blocks included, takes
  place in it, in a part of it or in a whole around it.
- **Changes** are counted by session: kept (same need, day, start and room), moved, new, dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from deling.domain import GROUP_KINDS, SECTORS
from deling.measures.catalogue import BY_ID, MEASURES, PLACES, Level, Measure, Unit
from deling.measures.changes import Change, changes
from deling.measures.loans import Loan, loans
from deling.measures.rooms import RoomTime, room_times, tally_rooms
from deling.measures.sessions import tally_needs
from deling.measures.tally import Tally

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan
    from deling.figures import Number

__all__ = [
    "BY_ID",
    "MEASURES",
    "PLACES",
    "Change",
    "Level",
    "Loan",
    "Measure",
    "Measures",
    "RoomTime",
    "Scope",
    "Tally",
    "Unit",
    "changes",
    "loans",
    "measure",
    "room_times",
]


@dataclass(frozen=True, order=True)
class Scope:
    """What a figure is about.

    Attributes
    ----------
    level
        ``area``, ``sector``, ``institution``, ``kind`` (of group) or ``room``.
    id
        Sector, institution, kind of group or room; blank for the area.
    """

    level: Level
    id: str = ""


AREA = Scope("area")


@dataclass(frozen=True)
class Measures:
    """All measures of one plan.

    Attributes
    ----------
    needs
        Sums of each need.
    rooms
        Sums of each room.
    scopes
        Sums of the area, then each sector, institution and kind of group that occurs.
    """

    needs: dict[str, Tally]
    rooms: dict[str, Tally]
    scopes: dict[Scope, Tally]

    def value(self, measure_id: str, scope: Scope = AREA) -> Number | None:
        """Return a measure in its unit; None where it has no meaning or nothing to divide by."""
        found = BY_ID[measure_id]
        tally = self.rooms.get(scope.id) if scope.level == "room" else self.scopes.get(scope)
        return found.of(tally) if tally is not None and scope.level in found.levels else None

    @cached_property
    def area(self) -> Tally:
        """The sums of the whole area."""
        return self.scopes[AREA]


def measure(plan: Plan, case: Case) -> Measures:
    """Measure a plan."""
    scenario = case.scenario
    needs, owners = tally_needs(plan, case)
    rooms = tally_rooms(plan, case)
    scopes = {scope: Tally() for scope in scopes_of(case)}

    def add(institution: str, tally: Tally) -> None:
        scopes[AREA].add(tally)
        scopes[Scope("sector", scenario.institutions[institution].sector)].add(tally)
        scopes[Scope("institution", institution)].add(tally)

    for need, tally in needs.items():
        add(case.institution_of(need).id, tally)
        scopes[Scope("kind", case.group_of(need).kind)].add(tally)
    for room, tally in rooms.items():
        add(scenario.rooms[room].institution, tally)
    for institution, tally in owners.items():
        add(institution, tally)
    return Measures(needs, rooms, scopes)


def scopes_of(case: Case) -> list[Scope]:
    """Return the area, and the sectors, institutions and kinds of group that occur."""
    scenario = case.scenario
    sectors = {institution.sector for institution in scenario.institutions.values()}
    kinds = {group.kind for group in scenario.groups.values()}
    return [
        AREA,
        *(Scope("sector", sector) for sector in SECTORS if sector in sectors),
        *(Scope("institution", institution) for institution in scenario.institutions),
        *(Scope("kind", kind) for kind in GROUP_KINDS if kind in kinds),
    ]
