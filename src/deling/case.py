"""A scenario with everything derived that rules, goals and measures read."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from deling.travel import TravelTimes
from deling.units import Hours, covering, merge, subtract

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deling.domain import (
        Block,
        Equipment,
        Event,
        EventKey,
        Group,
        Institution,
        Need,
        Room,
        Scenario,
        SharingLevel,
        StaffMember,
    )

    Thing = Room | StaffMember | Equipment

Kind = Literal["rooms", "staff", "equipment"]


class Case:
    """One scenario at one sharing level.

    Parameters
    ----------
    scenario
        The scenario as read.
    sharing
        The level, the scenario's own by default.
    travel
        Travel times, where another case of the same scenario has them already.
    kept
        How many sessions each need has to keep from today, where the case is a part of another
        that knows; None where today's use says so.
    """

    def __init__(
        self,
        scenario: Scenario,
        sharing: SharingLevel | None = None,
        travel: TravelTimes | None = None,
        kept: Mapping[str, int] | None = None,
    ) -> None:
        self.scenario = scenario
        self.sharing: SharingLevel = sharing or scenario.sharing
        self.travel = travel or TravelTimes(scenario)
        self._offered: dict[tuple[Kind, str], tuple[Thing, ...]] = {}
        self.kept = kept

    def at(self, sharing: SharingLevel) -> Case:
        """Return the same scenario at another sharing level."""
        return Case(self.scenario, sharing, self.travel)

    def applies(self, rule_id: str) -> bool:
        """Return whether a rule is in force (not switched off)."""
        return rule_id not in self.scenario.rules.off

    # Who belongs to whom

    def group_of(self, need_id: str) -> Group:
        """Return the group that a need is for."""
        return self.scenario.groups[self.scenario.needs[need_id].group]

    def institution_of(self, need_id: str) -> Institution:
        """Return the institution whose group a need is for."""
        return self.scenario.institutions[self.group_of(need_id).institution]

    @cached_property
    def needs_of_institution(self) -> dict[str, list[Need]]:
        """Needs by institution, institutions without any included."""
        groups = self.scenario.groups
        found: dict[str, list[Need]] = {key: [] for key in self.scenario.institutions}
        for need in self.scenario.needs.values():
            found[groups[need.group].institution].append(need)
        return found

    @cached_property
    def place_of_staff(self) -> dict[str, int]:
        """Where each staff member stands in the table."""
        return {key: at for at, key in enumerate(self.scenario.staff)}

    @cached_property
    def room_line(self) -> dict[str, tuple[str, ...]]:
        """Each room with the wholes it is part of: itself first, the outermost whole last."""
        parents = {room.id: room.part_of for room in self.scenario.rooms.values()}
        return {room: _line(room, parents) for room in parents}

    @cached_property
    def group_line(self) -> dict[str, tuple[str, ...]]:
        """Each group with the groups it is part of: itself first, the outermost last."""
        parents = {group.id: group.part_of for group in self.scenario.groups.values()}
        return {group: _line(group, parents) for group in parents}

    @cached_property
    def clashing_rooms(self) -> dict[str, frozenset[str]]:
        """Each room with all that cannot be used beside it: itself, its wholes and its parts."""
        found: dict[str, set[str]] = {room: set(line) for room, line in self.room_line.items()}
        for room, line in self.room_line.items():
            for whole in line:
                found[whole].add(room)
        return {room: frozenset(others) for room, others in found.items()}

    def related_groups(self, first: str, second: str) -> bool:
        """Return whether two groups are the same or one is part of the other."""
        return first in self.group_line[second] or second in self.group_line[first]

    # Sharing

    @cached_property
    def _agreed(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (agreement.lender, agreement.borrower, kind)
            for agreement in self.scenario.agreements
            for kind in agreement.kinds
        )

    def lends(self, thing: Room | StaffMember | Equipment, kind: Kind, borrower: str) -> bool:
        """Return whether the owner lends a thing to another institution at this sharing level.

        True for the owner itself. The hours of sharing are not looked at.
        """
        if thing.institution == borrower:
            return True
        if self.sharing == "own":
            return False
        owner = self.scenario.institutions[thing.institution]
        other = self.scenario.institutions[borrower]
        if self.sharing == "sector" and owner.sector != other.sector:
            return False
        return (
            "all" in thing.shared_with
            or other.sector in thing.shared_with
            or borrower in thing.shared_with
            or (thing.institution, borrower, kind) in self._agreed
        )

    def offered(self, kind: Kind, borrower: str) -> tuple[Thing, ...]:
        """Return what an institution owns or may borrow at this level, in the table's order.

        Found without a look at all that others own.
        """
        known = self._offered.get((kind, borrower))
        if known is None:
            things, by_word = self._offers[kind]
            sector = self.scenario.institutions[borrower].sector
            words = (borrower, "all", sector, *self._lenders[kind, borrower])
            positions = {position for word in words for position in by_word[word]}
            known = self._offered[kind, borrower] = tuple(
                things[position]
                for position in sorted(positions)
                if self.lends(things[position], kind, borrower)
            )
        return known

    @cached_property
    def _offers(self) -> dict[Kind, tuple[list[Thing], dict[str, list[int]]]]:
        """Each kind's table, and the positions of what each word stands for.

        A word is an owner, or stands in `shared_with`.
        """
        tables: dict[Kind, list[Thing]] = {
            "rooms": list(self.scenario.rooms.values()),
            "staff": list(self.scenario.staff.values()),
            "equipment": list(self.scenario.equipment.values()),
        }
        found: dict[Kind, tuple[list[Thing], dict[str, list[int]]]] = {}
        for kind, things in tables.items():
            by_word: dict[str, list[int]] = defaultdict(list)
            for position, thing in enumerate(things):
                for word in (thing.institution, *thing.shared_with):
                    by_word[word].append(position)
            found[kind] = (things, by_word)
        return found

    @cached_property
    def _lenders(self) -> dict[tuple[str, str], list[str]]:
        """Owners who have agreed to lend, by kind and borrower."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for lender, borrower, kind in sorted(self._agreed):
            found[kind, borrower].append(lender)
        return found

    # Time

    @cached_property
    def blocks_of_room(self) -> dict[str, Hours]:
        """Blocked minutes of each room, through clashing rooms included."""
        taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for block in self.scenario.blocks:
            if block.room is not None:
                for room in self.clashing_rooms[block.room]:
                    taken[room].append((block.start, block.end))
        return {room: merge(taken[room]) for room in self.scenario.rooms}

    @cached_property
    def open_hours_of_staff(self) -> dict[str, Hours]:
        """Open intervals of each staff member: available, split by blocks."""
        taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for block in self.scenario.blocks:
            for member in block.staff:
                taken[member].append((block.start, block.end))
        return {
            member.id: subtract(member.available, merge(taken[member.id]))
            for member in self.scenario.staff.values()
        }

    @cached_property
    def blocks_of_equipment(self) -> dict[str, list[tuple[Block, int]]]:
        """Blocks that take units of each piece of equipment, with the units."""
        found: dict[str, list[tuple[Block, int]]] = {key: [] for key in self.scenario.equipment}
        for block in self.scenario.blocks:
            for item, units in block.equipment:
                found[item].append((block, units))
        return found

    def group_travel(self, need_id: str, site: str) -> int:
        """Return the minutes from the site of a need's group to another site."""
        group = self.group_of(need_id)
        return self.travel.minutes(group.site, site, group.travel_mode)

    def site_of(self, event: Event) -> str:
        """Return the site where an internal event takes place."""
        return self.scenario.rooms[event.room].site

    def buying_price(self, event: Event) -> int:
        """Return what an event takes of the budget, in øre; nothing unless it is bought."""
        if event.internal:
            return 0
        return sum(self.scenario.needs[need].buy_price or 0 for need in event.needs)

    # Today

    @cached_property
    def today_by_key(self) -> dict[EventKey, Event]:
        """Internal events of today by what has to agree for an event to stand as today."""
        return {event.key: event for event in self.scenario.today.internal}

    def stands_as_today(self, event: Event) -> bool:
        """Return whether an internal event has the same everything as one of today."""
        return (
            event.internal
            and (event.start, event.room) in self._taken_today
            and event.key in self.today_by_key
        )

    @cached_property
    def _taken_today(self) -> frozenset[tuple[int, str]]:
        """When and where something is today, which is sooner looked up than all of an event."""
        return frozenset((event.start, event.room) for event in self.scenario.today.internal)

    def prefers(self, need: Need, start: int) -> bool:
        """Return whether a session that starts then lies within the preferred hours."""
        return (
            need.preferred is None
            or covering(need.preferred, start, start + need.minutes) is not None
        )


def _line(first: str, parents: dict[str, str | None]) -> tuple[str, ...]:
    line = [first]
    while (parent := parents[line[-1]]) is not None:
        line.append(parent)
    return tuple(line)
