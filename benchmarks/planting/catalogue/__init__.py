"""What institutions of each sector are like: rooms, groups, activities, skills and equipment.

Each kind of row is a class here and a table beside it, in which a blank cell is the class's own
value. Sizes, prices and hours follow published Danish figures where there are any; nothing here
describes a real institution.
"""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from deling.domain import GroupKind, Sector  # noqa: TC001 (looked up by `get_type_hints`)

if TYPE_CHECKING:
    from collections.abc import Iterator

AREA_ORDER: tuple[Sector, ...] = (
    "school",
    "daycare",
    "elder_care",
    "culture",
    "daycare",
    "sports",
    "daycare",
    "culture",
    "school",
    "association",
    "daycare",
    "other",
    "daycare",
    "daycare",
    "sports",
)
"""Sectors of a local area's institutions, the most usual first."""

SECTOR_HOURS: dict[Sector, str] = {
    "school": "Mo-Fr 07:00-17:00",
    "daycare": "Mo-Th 06:30-17:00; Fr 06:30-16:30",
    "elder_care": "Mo-Su 07:00-21:00",
    "culture": "Mo-Fr 07:00-22:00",
    "sports": "Mo-Fr 07:00-22:00",
    "association": "Mo-Fr 15:00-22:00",
    "other": "Mo-Fr 08:00-16:00",
}
SECTOR_NAMES: dict[Sector, str] = {
    "school": "Skole",
    "daycare": "Børnehus",
    "elder_care": "Plejecenter",
    "culture": "Kulturhus",
    "sports": "Idrætscenter",
    "association": "Forening",
    "other": "Frivilligcenter",
}


class RoomKind(NamedTuple):
    """A room that institutions of a sector have.

    Attributes
    ----------
    lent
        How readily it is lent: 0 not at all, 1 within the sector, 2 to everybody near.
    part_of
        The room of the same institution that it is a part of.
    open
        Its own opening hours; blank is the institution's.
    lessons
        Hours that the owner's own lessons may fill.
    annexe
        Whether it may lie at another site than the house.
    """

    id: str
    name: str
    kind: str
    area: int
    capacity: int
    features: str
    lent: int = 1
    cost: int = 10
    turnaround: int = 0
    part_of: str = ""
    open: str = ""
    lessons: str = ""
    annexe: bool = False


class GroupKindOf(NamedTuple):
    """A kind of group that institutions of a sector have.

    Attributes
    ----------
    most
        How many of them a large institution has.
    activities
        Ids of what it may wish for.
    moves
        Modes by which it travels; blank stays at its site.
    """

    id: str
    name: str
    kind: GroupKind
    most: int
    sizes: tuple[int, int]
    hours: str
    moves: tuple[str, ...]
    usual_staff: int
    staff_cost: int
    activities: str
    part_of: str = ""


class Activity(NamedTuple):
    """Something that groups wish for.

    Attributes
    ----------
    sessions
        Sessions a week, drawn from these.
    joint
        Whether groups of one local area may hold it together.
    wide
        Whether rooms and staff of neighbouring local areas may serve it.
    limit
        Most participants beyond the group's size; below 0 is no limit.
    """

    name: str
    minutes: int
    hours: str
    skills: str = ""
    features: str = ""
    equipment: str = ""
    sessions: tuple[int, ...] = (1,)
    apart: int = 1
    weight: int = 1
    attendants: int = 1
    same_staff: bool = False
    joint: bool = False
    wide: bool = False
    price: int = 0
    limit: int = -1


class Skill(NamedTuple):
    """Who has a skill.

    Attributes
    ----------
    homes
        Sectors that employ them, the most usual first.
    volunteers
        Share of volunteers.
    with_children
        Whether they have to be cleared.
    also
        Skills that one of three has as well.
    """

    role: str
    homes: tuple[Sector, ...]
    cost: int
    volunteers: float = 0.0
    with_children: bool = True
    also: str = ""


class Kind(NamedTuple):
    """A kind of equipment."""

    homes: tuple[Sector, ...]
    portable: bool
    move_minutes: int = 0
    move_cost: int = 0
    most: int = 2
    open: str = ""


Row = TypeVar("Row", RoomKind, GroupKindOf, Activity, Skill, Kind)


def _table(name: str, kind: type[Row]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a table, each with its first cell."""
    types = get_type_hints(kind)
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for key, *cells in list(csv.reader(file))[1:]:
            given = zip(types.items(), cells, strict=True)
            yield (
                key,
                kind(
                    **{
                        field: _value(cell, of)
                        for (field, of), cell in given
                        if cell or field not in kind._field_defaults
                    }
                ),
            )


def _value(text: str, of: Any) -> Any:
    """Return a cell as what the field holds; several values stand apart by spaces."""
    if get_origin(of) is tuple:
        return tuple(_value(each, get_args(of)[0]) for each in text.split())
    if of is bool:
        return text == "yes"
    return of(text) if of in (int, float) else text


def _by_house(name: str, kind: type[Row]) -> dict[str, tuple[Row, ...]]:
    """Return the rows of a table by the kind of house, those of each stand together."""
    houses = groupby(_table(name, kind), lambda row: row[0])
    return {house: tuple(row for _house, row in rows) for house, rows in houses}


ROOMS = _by_house("rooms", RoomKind)
GROUPS = _by_house("groups", GroupKindOf)
ACTIVITIES = dict(_table("activities", Activity))
SKILLS = dict(_table("skills", Skill))
EQUIPMENT = dict(_table("equipment", Kind))
