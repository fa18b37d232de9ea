"""Rules, rooms, staff, equipment and groups of a small area."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

from deling.domain import Agreement
from deling.units import ALWAYS, DAY, intersect, subtract
from exhaustive.choices import (
    OPENS,
    OWNERS,
    SECTORS,
    SITES,
    SWITCHABLE,
    Draw,
)


def draw_rules(d: Draw, owners: list[str]) -> dict[str, Any]:
    rest = d.one(22 * 60, 25 * 60, 40 * 60)
    pairs = list(permutations(owners, 2))
    lending = d.tight("agreement", pairs, otherwise=d.limit([], [], *([pair] for pair in pairs)))
    return {
        "institutions": {
            name: {
                "sector": SECTORS[name],
                "site": OWNERS[name],
                "max_away": d.tight(
                    "home_cover",
                    *(0, 0, 1),
                    otherwise=d.themed(d.rarely(d.one(0, 1), None), away=d.one(0, 1, 1)),
                ),
            }
            for name in dict.fromkeys([*owners, "elm", "books"])
        },
        "modes": {
            "walk": {"fleet": d.tight("fleet", 0, 1, otherwise=d.rarely(d.one(0, 1), None))},
            "minibus": {
                "fleet": d.tight("fleet", 0, 1, otherwise=d.limit(None, 1, 1, 0)),
                "trip_cost": d.one(0, 700),
            },
        },
        "agreements": tuple(
            Agreement(lender=lender, borrower=borrower, kinds=d.one(("rooms", "staff"), ("staff",)))
            for lender, borrower in lending
        ),
        "sharing": d.limit("area", "area", "sector", "own"),
        "floor_area": d.themed(d.limit(False, True), joint=True)
        and {"pupils": "1.5", "elders": d.one("2.3", "0.35")},
        "staff_day": {
            "max_minutes": d.rarely(d.one(60, 90, 130), 600),
            "max_span": d.rarely(d.one(60, 100, 150), 720),
            "rest": d.themed(d.rarely(rest, 660), week=rest),
            "max_sites": d.rarely(d.one(0, 1), 3),
        },
        "budget": d.limit(None, 0, 50, 100, 250),
        "off": tuple(d.some(SWITCHABLE, 2)) if d.one(*[False] * 5, True) else (),
    }


def draw_rooms(d: Draw, owners: list[str]) -> dict[str, dict[str, Any]]:
    d.begin("rooms")
    names = ["hall", "lib", "corner"]
    count = d.themed(d.one(2, 2, 1, 3), goods=3, away=3, joint=1)
    rooms: dict[str, dict[str, Any]] = {}
    for name in names[:count]:
        rooms[name] = {
            **d.owner(owners),
            "area_m2": d.themed(
                d.limit(None, Decimal(9)), joint=d.one(None, Decimal("22.5"), Decimal(14))
            ),
            "capacity": d.tight(
                "capacity",
                *(9, 14),
                otherwise=d.themed(d.limit(30, 30, 20, 15, 10), joint=d.one(30, 20, 14)),
            ),
            "features": d.limit(("piano",), ("piano",), ("piano",), ()),
            "available": d.tight(
                "grid",
                *(d.hours(((10, 80),)), d.hours(((40, 120),))),
                otherwise=d.hours(
                    *d.themed([((0, 120),)], joint=[((0, 60),), ((0, 120),)]),
                    *(((0, 120),), ((60, 180),), ((0, 60), (90, 150))),
                ),
            ),
            "hourly_cost": d.one(0, 50, 120),
            "turnaround": d.limit(0, 0, 30, 60),
            **d.shared(),
        }
    if d.themed(d.one(True, False), away=True, goods=True):
        # A house each: staff and groups have to travel.
        for (name, room), site in zip(rooms.items(), d.one(*permutations(SITES)), strict=False):
            rooms[name] = {**room, "site": site}
    if "corner" in rooms and d.one(True, False):
        rooms["corner"]["part_of"] = d.one("hall", "lib")
    if "lib" in rooms and d.rarely(True, False):
        rooms["lib"]["part_of"] = "hall"
    # `small` has these two anyway
    for name in names[count:2]:
        rooms[name] = {"available": ()}
    return rooms


def draw_staff(d: Draw, owners: list[str]) -> dict[str, dict[str, Any]]:
    d.begin("staff")
    in_turn = d.tight("same_staff", True, otherwise=d.themed(False, week=d.one(True, False)))
    count = d.themed(d.one(2, 2, 1, 3), crowd=1, goods=1, week=2, away=d.one(1, 2))
    count = d.tight("same_staff", 2, otherwise=count)
    staff = {
        name: {
            **d.owner(owners),
            "skills": d.tight(
                "same_staff",
                ("music",),
                otherwise=d.limit(("craft", "music"), ("music",), ("music",), ("craft",)),
            ),
            "available": d.hours(
                ((-60, 300),), ((-60, 60), (60, 300)), ((0, 180),), ((-10, 100),), ((10, 200),)
            ),
            "weekly_minutes": d.tight(
                "staff_hours", 60, 100, otherwise=d.rarely(d.one(60, 130, 100), None)
            ),
            "lend_minutes": d.rarely(d.one(0, 60), None),
            "hourly_cost": d.one(0, 60, 200),
            "travel_mode": d.one("bike", "walk"),
            "cleared": d.tight("cleared", False, otherwise=d.rarely(False, True)),
            **d.shared(),
        }
        for name in ("ann", "bo", "cy")[:count]
    }
    if d.theme == "away":
        # From home on, by one site or by several
        staff["ann"].update(site="home", skills=("craft", "music"), shared_with=("all",))
    if in_turn:
        # One after the other, so that two sessions see two faces.
        first = ((d.days[0] * DAY, d.days[0] * DAY + d.themed(OPENS + 60, week=DAY)),)
        for number, row in enumerate(staff.values()):
            row["available"] = (subtract if number else intersect)(row["available"], first)
    return staff


def draw_equipment(d: Draw, owners: list[str]) -> dict[str, dict[str, Any]]:
    d.begin("equipment")
    return {
        name: {
            **d.owner(owners),
            "kind": d.themed(d.one("drum", "drum", "mat"), goods="drum"),
            "quantity": d.tight(
                "equipment", 1, otherwise=d.themed(d.limit(2, 1, 2, 3), goods=d.one(1, 2))
            ),
            "portable": d.limit(True, True, False),
            "move_minutes": d.limit(0, 30),
            "move_cost": d.one(0, 300),
            "available": d.maybe_hours(),
            **d.shared(),
        }
        for name in ("drums", "mats")[: d.themed(d.one(0, 1, 2), goods=1)]
    }


def draw_groups(d: Draw, owners: list[str]) -> dict[str, dict[str, Any]]:
    d.begin("groups")
    groups: dict[str, dict[str, Any]] = {}
    for name in ("g", "h", "i")[: 3 if d.theme else d.one(2, 3, 3, 1)]:
        groups[name] = {
            **d.themed(
                d.owner(owners),
                away={"institution": d.one(*owners), "site": "far" if name == "h" else "near"},
            ),
            "size": d.tight(
                "capacity",
                *(5, 10, 16),
                otherwise=d.themed(d.limit(5, 5, 5, 10, 0, 16), joint=d.one(5, 10)),
            ),
            "kind": d.one("pupils", "elders"),
            "travel_mode": d.one("walk", "minibus"),
            "max_travel": d.tight(
                "reach",
                *(0, 20),
                otherwise=d.themed(d.limit(60, 60, 60, 20, 0), away=d.one(20, 20, 0)),
            ),
            "usual_staff": d.one(0, 2),
            "staff_hourly_cost": d.one(0, 90),
            "available": d.rarely(d.hours(((-20, 120),), ((0, 240),)), ALWAYS),
        }
    for name, whole in (("h", "g"), ("i", "h")):
        if name in groups:
            groups[name]["part_of"] = d.rarely(whole, None)
    return groups
