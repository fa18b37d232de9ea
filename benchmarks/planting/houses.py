"""The houses of a local area with their rooms and groups."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from deling.units import monday_of, parse_hours
from planting.catalogue import (
    AREA_ORDER,
    GROUPS,
    ROOMS,
    SECTOR_HOURS,
    SECTOR_NAMES,
)
from planting.ground import AREAS_IN_TOWN, bus_of
from planting.things import Group, House, Room

if TYPE_CHECKING:
    from deling.units import Hours
    from planting.catalogue import GroupKindOf, RoomKind
    from planting.things import Area

WEEK = "2026-W37"
_MONDAY = monday_of(WEEK)


def hours_of(text: str) -> Hours:
    """Return opening hours as deling reads them."""
    return parse_hours(text, _MONDAY)


def settle_area(area: Area, size: int, seed: int) -> None:
    """Add houses of all sectors with their rooms and groups."""
    rng = random.Random(f"{seed} houses {area.number}")
    cultures = 0
    for at in range(size):
        sector = AREA_ORDER[at % len(AREA_ORDER)]
        template: str = sector
        if sector == "culture":
            cultures += 1
            template = "library" if cultures % 2 == 0 else "culture"
        # One house a site to begin with, then neighbours; the library beside the culture house.
        site = area.sites[at] if at < len(area.sites) else rng.choice(area.sites)
        name = "Bibliotek" if template == "library" else SECTOR_NAMES[sector]
        house = House(
            f"{_SHORT[template]}{area.number + 1}-{at + 1}",
            f"{name} {area.number + 1}.{at + 1}",
            sector,
            template,
            site,
            area.number,
            SECTOR_HOURS[sector],
            hours_of(SECTOR_HOURS[sector]),
        )
        area.houses.append(house)
    for house in area.houses:
        _add_rooms(area, house, ROOMS[house.template], rng)
        _add_groups(area, house, rng)
    # One swimming hall for three local areas.
    sports = [house for house in area.houses if house.sector == "sports"]
    if sports and area.number % 3 == 0:
        _add_rooms(area, sports[0], ROOMS["swimming"], rng)


_SHORT = {
    "school": "skole",
    "daycare": "bh",
    "elder_care": "pleje",
    "culture": "kultur",
    "library": "bib",
    "sports": "idraet",
    "association": "forening",
    "other": "frivillig",
}


def _add_rooms(area: Area, house: House, kinds: tuple[RoomKind, ...], rng: random.Random) -> None:
    known: dict[str, Room] = {}
    # Some culture houses have their workshop and music room in another building.
    annexe = rng.choice(area.sites) if rng.random() < 0.5 else house.site
    for kind in kinds:
        scale = rng.choice((0.9, 1.0, 1.0, 1.1))
        whole = known.get(kind.part_of)
        room = Room(
            f"{house.id}-{kind.id}",
            house,
            hours_of(kind.open) if kind.open else house.hours,
            annexe if kind.annexe else house.site,
            kind.open,
            name=kind.name,
            kind=kind.kind,
            area_m2=round(kind.area * (scale if whole is None else 1)),
            capacity=kind.capacity,
            features=tuple(kind.features.split()),
            lent=kind.lent,
            cost=kind.cost,
            turnaround=kind.turnaround,
            lessons=kind.lessons if house.sector in ("school", "sports") else "",
            whole=whole,
        )
        known[kind.id] = room
        room.clashing = [room]
        if whole is not None:
            # Halves of one whole do not clash, and no part has parts here.
            room.clashing.append(whole)
            whole.clashing.append(room)
        area.rooms.append(room)
        for feature in room.features:
            area.by_feature[feature].append(room)


def _add_groups(area: Area, house: House, rng: random.Random) -> None:
    first: dict[str, Group] = {}
    for kind in GROUPS[house.template]:
        count = kind.most if kind.most < 3 else rng.randint(2, kind.most)
        for at in range(count):
            group = _group(area, house, kind, at, rng)
            if kind.part_of:
                group.whole = first[kind.part_of]
                group.size = min(group.size, group.whole.size)
                group.kin.append(group.whole)
                group.whole.kin.append(group)
            first.setdefault(kind.id, group)
            area.groups.append(group)


def _group(area: Area, house: House, kind: GroupKindOf, at: int, rng: random.Random) -> Group:
    mode = rng.choice(kind.moves) if kind.moves else "walk"
    town = house.area // AREAS_IN_TOWN
    group = Group(
        f"{house.id}-{kind.id}-{at + 1}",
        f"{kind.name} {at + 1}" if kind.most > 1 else kind.name,
        house,
        # A forest group meets elsewhere.
        rng.choice(area.sites) if kind.id == "bh" and rng.random() < 0.05 else house.site,
        rng.randint(*kind.sizes),
        kind.kind,
        kind.hours,
        hours_of(kind.hours) if kind.hours else house.hours,
        bus_of(town) if mode == "minibus" else mode,
        kind.usual_staff,
        kind.staff_cost,
        tuple(dict.fromkeys(kind.activities.split())),
    )
    group.kin = [group]
    if not kind.moves:
        group.max_travel = -1
    return group
