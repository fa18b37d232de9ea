"""What may be of use to a need, found without looking at everything there is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from deling.domain import Equipment, Room, StaffMember

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from deling.case import Case, Kind
    from deling.domain import Need

Thing = Room | StaffMember | Equipment


class Nearby:
    """Rooms, staff and equipment that a need's group may borrow and reach.

    Every answer holds all that the rules ``sharing``, ``reach`` and ``needs_met`` may admit: it
    is a first choice, the rules have the last word. In the order of the tables.

    Parameters
    ----------
    case
        The scenario at one sharing level.
    rules
        Ids of the rules that are in force.
    """

    def __init__(self, case: Case, rules: Collection[str]) -> None:
        self._case = case
        self._sharing, self._reach = "sharing" in rules, "reach" in rules
        self._features = "needs_met" in rules
        self._in_reach: dict[tuple[str, str, str, int], dict[str, list[Room]]] = {}
        self._rooms: dict[tuple[str, str, str, int, frozenset[str]], list[Room]] = {}
        self._staff: dict[str, dict[str, list[StaffMember]]] = {}
        self._equipment: dict[str, dict[str, list[Equipment]]] = {}

    def rooms(self, need: Need) -> list[Room]:
        """Return rooms with the need's features that its group may borrow and reach."""
        group = self._case.group_of(need.id)
        asked = frozenset(need.features) if self._features else frozenset()
        key = (group.institution, group.site, group.travel_mode, group.max_travel, asked)
        known = self._rooms.get(key)
        if known is None:
            in_reach = self._in_reach_by_feature(need)
            fewest = min((in_reach[feature] for feature in ("", *sorted(asked))), key=len)
            known = self._rooms[key] = [room for room in fewest if asked.issubset(room.features)]
        return known

    def rooms_in_reach(self, need: Need) -> list[Room]:
        """Return rooms that the need's group may borrow and reach, whatever their features."""
        return self._in_reach_by_feature(need)[""]

    def _in_reach_by_feature(self, need: Need) -> dict[str, list[Room]]:
        """Return the rooms with each feature, and under a blank all of them."""
        case = self._case
        group = case.group_of(need.id)
        key = (group.institution, group.site, group.travel_mode, group.max_travel)
        known = self._in_reach.get(key)
        if known is None:
            known = self._in_reach[key] = defaultdict(list)
            for room in cast("Iterable[Room]", self.offered("rooms", need)):
                if self._reach and case.group_travel(need.id, room.site) > group.max_travel:
                    continue
                for feature in dict.fromkeys(("", *room.features)):
                    known[feature].append(room)
        return known

    def staff(self, need: Need) -> Iterable[StaffMember]:
        """Return staff whom the need's institution may borrow."""
        return cast("Iterable[StaffMember]", self.offered("staff", need))

    def equipment(self, need: Need) -> Iterable[Equipment]:
        """Return equipment that the need's institution may borrow."""
        return cast("Iterable[Equipment]", self.offered("equipment", need))

    def staff_with(self, need: Need, skill: str) -> Sequence[StaffMember]:
        """Return those staff who have a skill."""
        by_skill = self._staff.get(self._borrower(need))
        if by_skill is None:
            by_skill = self._staff[self._borrower(need)] = defaultdict(list)
            for member in self.staff(need):
                for each in dict.fromkeys(member.skills):
                    by_skill[each].append(member)
        return by_skill.get(skill, ())

    def equipment_of(self, need: Need, kind: str) -> Sequence[Equipment]:
        """Return the equipment of a kind."""
        by_kind = self._equipment.get(self._borrower(need))
        if by_kind is None:
            by_kind = self._equipment[self._borrower(need)] = defaultdict(list)
            for item in self.equipment(need):
                by_kind[item.kind].append(item)
        return by_kind.get(kind, ())

    def _borrower(self, need: Need) -> str:
        """Return whose need it is, where that matters."""
        return self._case.group_of(need.id).institution if self._sharing else ""

    def offered(self, kind: Kind, need: Need) -> Collection[Thing]:
        """Return all of a kind that the need's institution may borrow, however far away."""
        case = self._case
        if self._sharing:
            return case.offered(kind, case.group_of(need.id).institution)
        tables: dict[Kind, Collection[Thing]] = {
            "rooms": case.scenario.rooms.values(),
            "staff": case.scenario.staff.values(),
            "equipment": case.scenario.equipment.values(),
        }
        return tables[kind]
