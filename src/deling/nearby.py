"""What may be of use to a need, found without looking at everything there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from deling.domain import Equipment, Room, StaffMember

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from deling.case import Case, Kind
    from deling.domain import Need

Thing = Room | StaffMember | Equipment


class Nearby:
    """Rooms, staff and equipment that a need's group may borrow and reach.

    Every answer holds all that the rules ``sharing`` and ``reach`` may admit: it is a first
    choice, the rules have the last word. In the order of the tables.

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
        self._rooms: dict[tuple[str, str, str, int], list[Room]] = {}

    def rooms(self, need: Need) -> list[Room]:
        """Return rooms that the need's group may borrow and reach."""
        case = self._case
        group = case.group_of(need.id)
        key = (group.institution, group.site, group.travel_mode, group.max_travel)
        known = self._rooms.get(key)
        if known is None:
            offered = cast("Iterable[Room]", self.offered("rooms", need))
            known = self._rooms[key] = [
                room
                for room in offered
                if not self._reach or case.group_travel(need.id, room.site) <= group.max_travel
            ]
        return known

    def staff(self, need: Need) -> Iterable[StaffMember]:
        """Return staff whom the need's institution may borrow."""
        return cast("Iterable[StaffMember]", self.offered("staff", need))

    def equipment(self, need: Need) -> Iterable[Equipment]:
        """Return equipment that the need's institution may borrow."""
        return cast("Iterable[Equipment]", self.offered("equipment", need))

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
