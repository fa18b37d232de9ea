"""When a need could be where, with whom and with what, as masks over the week's grid."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from deling.units import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from deling.candidates import Candidates
    from deling.domain import Equipment, Event, Need, Room, StaffMember
    from deling.units import Interval

    Mask = NDArray[np.bool_]


class Times:
    """Start times on the grid; depends on the case alone.

    Parameters
    ----------
    candidates
        What could serve each need.
    """

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.case = candidates.case
        self.step = self.case.scenario.calendar.step
        self.ticks = WEEK // self.step
        self._rooms: dict[str, list[tuple[Room, Mask]]] = {}
        self._staff: dict[tuple[str, str], list[tuple[StaffMember, Mask]]] = {}
        self._items: dict[tuple[str, str], list[tuple[Equipment, Mask]]] = {}
        self._things: dict[tuple[str, str], Mask] = {}
        self._at_work: dict[tuple[str, str, int], Mask] = {}
        self._masks: dict[tuple[Interval, ...], Mask] = {}
        """By windows, which many needs have in common."""

    def overlapping(self, start: int, end: int, minutes: int) -> slice:
        """Return the ticks at which something that long would overlap a span."""
        return slice(max(0, (start - minutes) // self.step + 1), max(0, -(-end // self.step)))

    def rooms(self, need: Need) -> list[tuple[Room, Mask]]:
        """Return the rooms of a need, each with when an event could start."""
        known = self._rooms.get(need.id)
        if known is None:
            rooms = self.case.scenario.rooms
            known = self._rooms[need.id] = [
                (rooms[room], self._mask(windows))
                for room, windows in self.candidates.rooms(need).items()
            ]
        return known

    def staff(self, need: Need, skill: str) -> list[tuple[StaffMember, Mask]]:
        """Return the staff of a need, each with when an event could start."""
        known = self._staff.get((need.id, skill))
        if known is None:
            staff = self.case.scenario.staff
            known = self._staff[need.id, skill] = [
                (staff[member], self._mask(windows))
                for member, windows in self.candidates.staff(need, skill).items()
            ]
        return known

    def equipment(self, need: Need, kind: str) -> list[tuple[Equipment, Mask]]:
        """Return the equipment of a need, each with when an event could start."""
        known = self._items.get((need.id, kind))
        if known is None:
            items = self.case.scenario.equipment
            known = self._items[need.id, kind] = [
                (items[item], self._mask(windows))
                for item, windows in self.candidates.equipment(need, kind).items()
            ]
        return known

    def usable(self, need: Need, kind: str, count: int, site: str) -> list[tuple[Equipment, Mask]]:
        """Return the equipment of which a need could use some units at a site, and when."""
        return [
            (item, mask)
            for item, mask in self.equipment(need, kind)
            if count <= item.quantity and (site == item.site or item.portable)
        ]

    def admits(self, need: Need, event: Event) -> bool:
        """Return whether room, staff and equipment of an event could serve a need at that time."""
        tick = event.start // self.step
        if not any(room.id == event.room and mask[tick] for room, mask in self.rooms(need)):
            return False
        things = (*event.staff, *(item for item, _units in event.equipment))
        return all(self.thing(need, thing)[tick] for thing in things)

    def thing(self, need: Need, key: str) -> Mask:
        """Return when somebody or something could serve a need, whatever it asks for."""
        known = self._things.get((need.id, key))
        if known is None:
            is_member = key in self.case.scenario.staff
            ask = self.candidates.member if is_member else self.candidates.item
            known = self._things[need.id, key] = self._mask(ask(need, key))
        return known

    def at_work(self, member: StaffMember, site: str, minutes: int) -> Mask:
        """Return when somebody can start an event at a site, the ways there and back included."""
        known = self._at_work.get((member.id, site, minutes))
        if known is None:
            travel, mode = self.case.travel, member.travel_mode
            out = travel.minutes(member.site, site, mode)
            back = travel.minutes(site, member.site, mode)
            known = self._at_work[member.id, site, minutes] = self._mask(
                (low + out, high - minutes - back)
                for low, high in self.case.open_hours_of_staff[member.id]
            )
        return known

    def choices(self, need: Need) -> int:
        """Return about how many places there are for a need: fewer for those that are scarce."""
        starts = sum(int(mask.sum()) for _room, mask in self.rooms(need))
        for skill, _count in need.skills:
            starts = min(starts, sum(int(mask.sum()) for _who, mask in self.staff(need, skill)))
        return starts

    @cached_property
    def clashing_rooms(self) -> dict[str, tuple[str, ...]]:
        """Rooms that cannot be used beside each, in order."""
        return {room: tuple(sorted(others)) for room, others in self.case.clashing_rooms.items()}

    @cached_property
    def today(self) -> dict[str, list[Event]]:
        """Today's events that serve one need each, by need."""
        found: dict[str, list[Event]] = {}
        for event in self.case.scenario.today.internal:
            if len(event.needs) == 1:
                found.setdefault(event.needs[0], []).append(event)
        return found

    @cached_property
    def with_tag(self) -> dict[str, list[str]]:
        """Needs by joint tag."""
        found: dict[str, list[str]] = {}
        for need in self.case.scenario.needs.values():
            if need.joint is not None:
                found.setdefault(need.joint, []).append(need.id)
        return found

    def _mask(self, windows: Iterable[Interval]) -> Mask:
        """Return a mask of windows; nobody may write into it."""
        key = tuple(windows)
        found = self._masks.get(key)
        if found is None:
            found = self._masks[key] = np.zeros(self.ticks, dtype=bool)
            for low, high in key:
                if low <= high:
                    found[-(-low // self.step) : high // self.step + 1] = True
            found.flags.writeable = False
        return found
