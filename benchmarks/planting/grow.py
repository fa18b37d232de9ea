"""The plan that an area grows around: wishes are made only where they can be served."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from deling.domain import MINORS
from deling.units import ALWAYS, DAY, intersect
from planting.catalogue import ACTIVITIES
from planting.houses import hours_of
from planting.means import WEEKDAYS, Means, remember
from planting.things import Event, Wish

if TYPE_CHECKING:
    from deling.units import Hours
    from planting.things import Area, Group, House, Room
    from planting.world import World

SESSIONS_PER_HOUSE = 11.5
STEP = 15
FLEET = 4
"""Most trips at a time by the minibuses of a municipality."""
_FARTHEST = {"walk": 25, "stroll": 30, "bike": 25}
_BUS = 32
_FLOOR = {"nursery": 3, "kindergarten": 2}
_TRIES = 14


class Grower:
    """Grows the planted plan, area by area, in one world."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self._seed = seed
        self._rng = random.Random()
        self._means = Means(world)
        self._joint: dict[str, list[Event]] = {}

    def grow(self, area: Area) -> None:
        """Add wishes to the groups of an area, each with its sessions."""
        self._grow(area)
        tags = Counter(wish.joint for wish in area.wishes)
        for wish in area.wishes:
            if tags[wish.joint] == 1:
                wish.joint = ""

    def _grow(self, area: Area) -> None:
        self._rng = rng = random.Random(f"{self._seed} grow {area.number}")
        self._means.begin(rng)
        target = round(SESSIONS_PER_HOUSE * len(area.houses))
        planted = 0
        # Each round gives every group one more wish at most.
        for _round in range(8):
            groups = rng.sample(area.groups, len(area.groups))
            for group in groups:
                if planted >= target:
                    return
                wish = self.new_wish(area, group)
                if wish is not None and self._plant(area, wish):
                    group.wishes.append(wish)
                    planted += wish.sessions

    def new_wish(self, area: Area, group: Group, rng: random.Random | None = None) -> Wish | None:
        """Return a wish for something that the group has not wished for yet."""
        rng = rng or self._rng
        known = [wish.activity for wish in group.wishes]
        free = [activity for activity in group.activities if activity not in known]
        if not free:
            return None
        key = rng.choice(free)
        activity = ACTIVITIES[key]
        sessions = rng.choice(activity.sessions)
        text = activity.hours
        if group.size == 0 and rng.random() < 0.2:
            text = ""
        return Wish(
            f"{group.id}-{key}",
            group,
            key,
            activity.name,
            sessions,
            activity.minutes,
            activity.weight,
            _counts(activity.skills),
            tuple(activity.features.split()),
            _counts(activity.equipment),
            text,
            hours_of(text) if text else ALWAYS,
            activity.apart if sessions > 1 else 1,
            activity.same_staff and sessions > 1,
            f"{key.split('-')[0]}-{area.number + 1}" if activity.joint else "",
            group.size + activity.limit if activity.limit >= 0 else None,
            min(activity.attendants, group.usual_staff),
            activity.price,
            wide=activity.wide,
        )

    # One wish

    def _plant(self, area: Area, wish: Wish) -> bool:
        for session in range(wish.sessions):
            if wish.price and self._rng.random() < 0.07:
                wish.bought += 1
                continue
            if self._join(wish):
                continue
            event = self._place(area, wish, hire=False) or self._place(area, wish, hire=True)
            if event is None:
                # What is planted already stays; only the rest of the wish is dropped.
                wish.sessions = session
                return session > 0
            self._commit(area, event)
        return True

    def _commit(self, area: Area, event: Event) -> None:
        self.world.add(event)
        area.events.append(event)
        (wish,) = event.wishes
        wish.events.append(event)
        if wish.joint:
            self._joint.setdefault(wish.joint, []).append(event)

    def _join(self, wish: Wish) -> bool:
        """Let a wish take part in an event that others hold already."""
        if not wish.joint or self._rng.random() < 0.35:
            return False
        for event in self._joint.get(wish.joint, ()):
            if len(event.wishes) < 3 and self._may_join(wish, event):
                way = self.world.way(wish.group, event.room)
                wish.group.max_travel = max(wish.group.max_travel, way)
                self.world.add_trip(wish.group, event.room, event.start, event.end)
                event.wishes.append(wish)
                wish.events.append(event)
                return True
        return False

    def _may_join(self, wish: Wish, event: Event) -> bool:
        groups = [other.group for other in event.wishes]
        if wish.group.kind in MINORS and not all(member.cleared for member in event.staff):
            return False
        if any(other in wish.group.kin for other in groups):
            return False
        host = event.wishes[0]
        asked = (wish.minutes, wish.skills, wish.features)
        if asked != (host.minutes, host.skills, host.features):
            return False
        if not set(wish.equipment) <= set(host.equipment):
            return False
        together = wish.group.size + sum(group.size for group in groups)
        if together > event.room.capacity or not _lent(event.room, wish.group.house):
            return False
        if _floor_needed([*groups, wish.group]) > event.room.area_m2:
            return False
        if not self._spread(wish, event.start // DAY):
            return False
        starts = self._starts(wish, event.room)
        return event.start in starts and self._group_can(wish.group, event.room, event.start, wish)

    # One session

    def _place(self, area: Area, wish: Wish, *, hire: bool) -> Event | None:
        rng = self._rng
        for room in self._rooms(area, wish)[:4]:
            starts = [
                start for start in self._starts(wish, room) if self._spread(wish, start // DAY)
            ]
            for start in rng.sample(starts, min(len(starts), _TRIES)):
                end = start + wish.minutes
                if not self.world.room_free(room, start, end):
                    continue
                if not self._group_can(wish.group, room, start, wish):
                    continue
                items = self._means.items(area, wish, room, start, hire=hire)
                if items is None:
                    continue
                staff = self._means.staff(area, wish, room, start, hire=hire)
                if staff is None:
                    continue
                for item, _units in items:
                    remember(area, item)
                for member in staff:
                    remember(area, member)
                group = wish.group
                group.max_travel = max(group.max_travel, self.world.way(group, room))
                return Event([wish], start, wish.minutes, room, staff, items)
        return None

    def _rooms(self, area: Area, wish: Wish) -> list[Room]:
        """Return rooms that could serve, the own ones most often first."""
        group, rng = wish.group, self._rng
        areas = [area, *area.friends] if wish.wide else [area]
        fit = [
            room
            for place in areas
            for room in place.by_feature[wish.features[0]]
            if set(wish.features) <= set(room.features) and self._fits(group, room)
        ]
        rng.shuffle(fit)
        if rng.random() < 0.7:
            fit.sort(key=lambda room: room.house is not group.house)
        return fit

    def _fits(self, group: Group, room: Room) -> bool:
        if group.size == 0:
            return room.house is group.house
        if group.size > room.capacity or _floor_needed([group]) > room.area_m2:
            return False
        if not _lent(room, group.house):
            return False
        if room.site is group.site:
            return True
        farthest = _FARTHEST.get(group.mode, _BUS)
        return group.max_travel >= 0 and self.world.way(group, room) <= farthest

    def _starts(self, wish: Wish, room: Room) -> list[int]:
        way = self.world.way(wish.group, room)
        trips: Hours = tuple(
            (start + way, end - way)
            for start, end in wish.group.hours
            if start + way < end - way and start // DAY < len(WEEKDAYS)
        )
        return [
            start
            for begin, end in intersect(intersect(trips, room.hours), wish.hours)
            for start in range(-(-begin // STEP) * STEP, end - wish.minutes + 1, STEP)
        ]

    def _spread(self, wish: Wish, day: int) -> bool:
        return all(abs(event.start // DAY - day) >= wish.apart for event in wish.events)

    def _group_can(self, group: Group, room: Room, start: int, wish: Wish) -> bool:
        way = self.world.way(group, room)
        leave, back = start - way, start + wish.minutes + way
        if not self.world.group_free(group, leave, back):
            return False
        if group.site is room.site or not group.mode.startswith("minibus"):
            return True
        return self.world.under_way(group.mode, leave, back) < FLEET


def _counts(text: str) -> tuple[tuple[str, int], ...]:
    parts = (word.partition(":") for word in text.split())
    return tuple((name, int(count or 1)) for name, _sign, count in parts)


def _lent(room: Room, house: House) -> bool:
    if room.house is house or room.lent == 2:
        return True
    return room.lent == 1 and room.house.sector == house.sector


def _floor_needed(groups: list[Group]) -> int:
    return sum(group.size * _FLOOR.get(group.kind, 0) for group in groups)
