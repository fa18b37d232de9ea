"""Equipment and staff for the planted plan: what there is, or what has to be there for it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from deling.domain import MINORS
from deling.units import DAY, covering
from planting.catalogue import EQUIPMENT, SKILLS
from planting.houses import hours_of
from planting.things import Item, Member

if TYPE_CHECKING:
    from planting.things import Area, Room, Wish
    from planting.world import World

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr")
_DAY_FRAME = "07:00-17:00"
_EVENING_FRAME = "14:00-22:30"
_BY_CAR = ("teknik", "musikterapi", "svoemning")


class Means:
    """Finds equipment and staff for sessions, area by area, in one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rng = random.Random()
        self._hired = 0

    def begin(self, rng: random.Random) -> None:
        """Begin an area with its own random numbers."""
        self._rng = rng
        self._hired = 0

    # Equipment

    def items(
        self, area: Area, wish: Wish, room: Room, start: int, *, hire: bool
    ) -> list[tuple[Item, int]] | None:
        """Return units of each kind that a session asks for, new ones if need be; None without."""
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
        move = self._world.move(item, room)
        return self._world.units_taken(item, start - move, end + move) + units <= item.quantity

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

    def staff(
        self, area: Area, wish: Wish, room: Room, start: int, *, hire: bool
    ) -> list[Member] | None:
        """Return staff with each skill that a session asks for, hired if need be; None without."""
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
                    day not in self._world.days_of[m],
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
        minutes = self._world.travel.minutes
        here, home = room.site.id, member.site.id
        if minutes(home, here, member.mode) > 30:
            return False
        if not self._world.staff_fits(member, start, end, room):
            return False
        ways = minutes(home, here, member.mode) + minutes(here, home, member.mode)
        return self._world.work(member) + end - start + ways <= member.most

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
        others_days = [day for day in range(len(WEEKDAYS)) if day != start // DAY]
        days = [start // DAY, *rng.sample(others_days, rng.randint(1, 2 if volunteer else 3))]
        frame = _EVENING_FRAME if evening else _DAY_FRAME
        text = ",".join(WEEKDAYS[day] for day in sorted(days)) + " " + frame
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


def remember(area: Area, thing: Item | Member) -> None:
    """Keep what was hired or acquired for an event that has come about."""
    if isinstance(thing, Item):
        if thing.house.area == area.number and thing not in area.by_kind[thing.kind]:
            area.items.append(thing)
            area.by_kind[thing.kind].append(thing)
    elif thing.house.area == area.number and thing not in area.by_skill[thing.skills[0]]:
        area.staff.append(thing)
        for skill in thing.skills:
            area.by_skill[skill].append(thing)
