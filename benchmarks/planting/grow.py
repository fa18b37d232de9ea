"""The plan that an area grows around: wishes are made only where they can be served."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from deling.domain import MINORS
from deling.units import ALWAYS, DAY, covering, intersect
from planting.catalogue import ACTIVITIES, EQUIPMENT, SKILLS
from planting.houses import hours_of
from planting.things import Event, Item, Member, Wish

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
_DAY_FRAME = "07:00-17:00"
_EVENING_FRAME = "14:00-22:30"
_DAYS = ("Mo", "Tu", "We", "Th", "Fr")
_BY_CAR = ("teknik", "musikterapi", "svoemning")


class Grower:
    """Grows the planted plan, area by area, in one world."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self._seed = seed
        self._rng = random.Random()
        self._joint: dict[str, list[Event]] = {}
        self._hired = 0

    def grow(self, area: Area) -> None:
        """Add wishes to the groups of an area, each with its sessions."""
        self._grow(area)
        tags = Counter(wish.joint for wish in area.wishes)
        for wish in area.wishes:
            if tags[wish.joint] == 1:
                wish.joint = ""

    def _grow(self, area: Area) -> None:
        self._rng = rng = random.Random(f"{self._seed} grow {area.number}")
        self._hired = 0
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
                items = self._items(area, wish, room, start, hire=hire)
                if items is None:
                    continue
                staff = self._staff(area, wish, room, start, hire=hire)
                if staff is None:
                    continue
                for item, _units in items:
                    _remember(area, item)
                for member in staff:
                    _remember(area, member)
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
            if start + way < end - way and start // DAY < len(_DAYS)
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

    # Equipment

    def _items(
        self, area: Area, wish: Wish, room: Room, start: int, *, hire: bool
    ) -> list[tuple[Item, int]] | None:
        found = []
        for kind, units in wish.equipment:
            near = [*area.by_kind[kind]]
            if wish.wide:
                near += [item for friend in area.friends for item in friend.by_kind[kind]]
            self._rng.shuffle(near)
            near.sort(key=lambda item: item.house is not wish.group.house)
            item = next((one for one in near if self._has(one, units, room, start, wish)), None)
            if item is None and hire:
                item = self._new_item(area, kind, wish, room)
                if item is not None and not self._has(item, units, room, start, wish):
                    item = None
            if item is None:
                return None
            found.append((item, units))
        return found

    def _has(self, item: Item, units: int, room: Room, start: int, wish: Wish) -> bool:
        if item.site is not room.site and not item.portable:
            return False
        end = start + wish.minutes
        if covering(item.hours, start, end) is None:
            return False
        move = self.world.move(item, room)
        return self.world.units_taken(item, start - move, end + move) + units <= item.quantity

    def _new_item(self, area: Area, kind: str, wish: Wish, room: Room) -> Item | None:
        shape = EQUIPMENT[kind]
        if len(area.by_kind[kind]) >= 2 + len(area.houses) // 5:
            return None
        if shape.portable:
            homes = [house for house in area.houses if house.sector in shape.homes]
        else:
            homes = [room.house] if room.house.sector in shape.homes else []
        if not homes:
            return None
        own = wish.group.house
        house = own if own in homes else self._rng.choice(homes)
        return Item(
            f"{kind}-{house.id}-{sum(i.house is house for i in area.by_kind[kind]) + 1}",
            house,
            hours_of(shape.open) if shape.open else house.hours,
            house.site if shape.portable else room.site,
            shape.open,
            kind=kind,
            quantity=shape.most,
            portable=shape.portable,
            move_minutes=shape.move_minutes,
            move_cost=shape.move_cost,
        )

    # Staff

    def _staff(
        self, area: Area, wish: Wish, room: Room, start: int, *, hire: bool
    ) -> list[Member] | None:
        end = start + wish.minutes
        if wish.same_staff and wish.events:
            same = wish.events[0].staff
            return list(same) if all(self._can(m, room, start, end) for m in same) else None
        found: list[Member] = []
        for skill, count in wish.skills:
            near = [*area.by_skill[skill]]
            if wish.wide:
                near += [member for friend in area.friends for member in friend.by_skill[skill]]
            near = [m for m in near if m.cleared or wish.group.kind not in MINORS]
            self._rng.shuffle(near)
            day = start // DAY
            near.sort(
                key=lambda m: (
                    m.house is not wish.group.house,
                    day not in self.world.days_of[m],
                )
            )
            for _each in range(count):
                member = next(
                    (m for m in near if m not in found and self._can(m, room, start, end)), None
                )
                if member is None and hire:
                    member = self._hire(area, skill, wish, start)
                    if member is not None and not self._can(member, room, start, end):
                        member = None
                if member is None:
                    return None
                found.append(member)
        return found

    def _can(self, member: Member, room: Room, start: int, end: int) -> bool:
        minutes = self.world.travel.minutes
        here, home = room.site.id, member.site.id
        if minutes(home, here, member.mode) > 30:
            return False
        if not self.world.staff_fits(member, start, end, room):
            return False
        ways = minutes(home, here, member.mode) + minutes(here, home, member.mode)
        return self.world.work(member) + end - start + ways <= member.most

    def _hire(self, area: Area, skill: str, wish: Wish, start: int) -> Member | None:
        rng, shape = self._rng, SKILLS[skill]
        homes = [house for house in area.houses if house.sector in shape.homes]
        if not homes:
            return None
        # Counted here, not by those who stay: an event for which somebody was hired may not come
        # about, and no id may be there twice.
        self._hired += 1
        own = wish.group.house
        house = own if own in homes and rng.random() < 0.5 else rng.choice(homes)
        volunteer = rng.random() < shape.volunteers
        evening = start % DAY >= 15 * 60
        others_days = [day for day in range(len(_DAYS)) if day != start // DAY]
        days = [start // DAY, *rng.sample(others_days, rng.randint(1, 2 if volunteer else 3))]
        frame = _EVENING_FRAME if evening else _DAY_FRAME
        text = ",".join(_DAYS[day] for day in sorted(days)) + " " + frame
        skills = [skill]
        if shape.also and rng.random() < 0.33:
            skills.append(shape.also)
        cleared = wish.group.kind in MINORS or shape.with_children or rng.random() < 0.5
        mode = "car" if skill in _BY_CAR else rng.choice(("walk", "bike", "bike", "bike", "car"))
        return Member(
            f"{skill}-{area.number + 1}-{self._hired}",
            house,
            hours_of(text),
            house.site if rng.random() < 0.9 else rng.choice(area.sites),
            text,
            role=f"frivillig {skill}" if volunteer else shape.role,
            skills=tuple(skills),
            cost=0 if volunteer else shape.cost,
            mode=mode,
            cleared=cleared,
            volunteer=volunteer,
            most=rng.randint(90, 200) if volunteer else rng.randint(180, 420),
        )


def _remember(area: Area, thing: Item | Member) -> None:
    """Keep what was hired or acquired for an event that has come about."""
    if isinstance(thing, Item):
        if thing.house.area == area.number and thing not in area.by_kind[thing.kind]:
            area.items.append(thing)
            area.by_kind[thing.kind].append(thing)
    elif thing.house.area == area.number and thing not in area.by_skill[thing.skills[0]]:
        area.staff.append(thing)
        for skill in thing.skills:
            area.by_skill[skill].append(thing)


def _counts(text: str) -> tuple[tuple[str, int], ...]:
    parts = (word.partition(":") for word in text.split())
    return tuple((name, int(count or 1)) for name, _sign, count in parts)


def _lent(room: Room, house: House) -> bool:
    if room.house is house or room.lent == 2:
        return True
    return room.lent == 1 and room.house.sector == house.sector


def _floor_needed(groups: list[Group]) -> int:
    return sum(group.size * _FLOOR.get(group.kind, 0) for group in groups)
