"""Small cases for the tests of the checker: every field has a default that breaks no rule.

There are three sites with round travel times (`MINUTES`), the school ``elm`` at ``home`` with the
room ``hall`` and the group ``g`` of ten pupils, the library ``books`` at ``near`` with the room
``lib``, and the need ``n`` of an hour. Rows are changed or added by key:
``small(rooms={"hall": {"capacity": 9}})``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from deling.case import Case
from deling.check import check
from deling.domain import (
    Agreement,
    Block,
    Calendar,
    Equipment,
    Event,
    Group,
    Institution,
    Need,
    Plan,
    Room,
    RuleSettings,
    Scenario,
    Site,
    SolveSettings,
    StaffDayLimits,
    StaffMember,
    TravelMode,
    TravelRow,
    TravelSettings,
)
from deling.units import ALWAYS, DAY, DAYS, Hours, parse_clock

MINUTES = {
    ("home", "near"): {"walk": 10, "bike": 5, "minibus": 15},
    ("home", "far"): {"walk": 40, "bike": 20, "minibus": 25},
    ("near", "far"): {"walk": 35, "bike": 18, "minibus": 20},
}

Rows = dict[str, dict[str, Any]]


def at(text: str) -> int:
    """Return the minute of the week of ``Mo 09:00``."""
    day, clock = text.split()
    return DAYS.index(day) * DAY + parse_clock(clock)


def hours(*texts: str) -> Hours:
    """Return the intervals of ``Mo 09:00-12:00``, each on one day, in order."""
    found = []
    for text in texts:
        start, end = text.split("-")
        found.append((at(start), at(f"{start.split()[0]} {end}")))
    return tuple(found)


def event(
    key: str,
    start: str = "Mo 09:00",
    minutes: int = 60,
    *,
    needs: str = "n",
    room: str = "hall",
    staff: str = "",
    equipment: str = "",
    fixed: bool = False,
) -> Event:
    """Return an internal event; lists as in the tables."""
    return Event(
        id=key,
        needs=tuple(needs.split()),
        start=at(start),
        minutes=minutes,
        room=room,
        staff=tuple(sorted(staff.split())),
        equipment=tuple(sorted(_counts(equipment))),
        fixed=fixed,
    )


def bought(key: str, needs: str = "n", *, fixed: bool = False) -> Event:
    """Return a bought session."""
    return Event(id=key, needs=tuple(needs.split()), source="bought", fixed=fixed)


def block(
    key: str,
    start: str,
    minutes: int,
    *,
    room: str | None = None,
    staff: str = "",
    equipment: str = "",
) -> Block:
    """Return a block of today's use."""
    return Block(
        id=key,
        start=at(start),
        minutes=minutes,
        room=room,
        staff=tuple(staff.split()),
        equipment=_counts(equipment),
    )


def _counts(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (cell.partition(":") for cell in text.split())
    return tuple((name, int(count or 1)) for name, _colon, count in pairs)


_INSTITUTION = {"sector": "school", "site": "home", "opening_hours": ALWAYS, "max_away": None}
_SHARED = {
    "institution": "elm",
    "site": "home",
    "available": ALWAYS,
    "shared_with": ("all",),
    "shared_hours": ALWAYS,
}
_ROOM = {
    **_SHARED,
    "name": "",
    "kind": "",
    "area_m2": None,
    "capacity": 1000,
    "features": (),
    "hourly_cost": 0,
    "turnaround": 0,
    "part_of": None,
}
_STAFF = {
    **_SHARED,
    "role": "",
    "skills": ("music",),
    "weekly_minutes": None,
    "lend_minutes": None,
    "hourly_cost": 0,
    "travel_mode": "bike",
    "cleared": True,
    "employment": "employee",
}
_EQUIPMENT = {
    **_SHARED,
    "kind": "drum",
    "quantity": 1,
    "portable": True,
    "move_minutes": 0,
    "move_cost": 0,
}
_GROUP = {
    "name": "",
    "institution": "elm",
    "site": "home",
    "size": 10,
    "kind": "pupils",
    "available": ALWAYS,
    "travel_mode": "walk",
    "max_travel": 60,
    "usual_staff": 0,
    "staff_hourly_cost": 0,
    "part_of": None,
}
_NEED = {
    "name": "",
    "group": "g",
    "activity": "singing",
    "sessions": 5,
    "minutes": 60,
    "weight": 1,
    "skills": (),
    "features": (),
    "equipment": (),
    "hours": None,
    "preferred": None,
    "min_days_between": 0,
    "same_staff": False,
    "joint": None,
    "max_participants": None,
    "attendants": 0,
    "buy_price": None,
}


def small(
    *,
    institutions: Rows | None = None,
    rooms: Rows | None = None,
    staff: Rows | None = None,
    equipment: Rows | None = None,
    groups: Rows | None = None,
    needs: Rows | None = None,
    modes: Rows | None = None,
    agreements: tuple[Agreement, ...] = (),
    blocks: tuple[Block, ...] = (),
    today: tuple[Event, ...] = (),
    step: int = 15,
    sharing: Any = "area",
    floor_area: dict[Any, str] | None = None,
    staff_day: dict[str, int] | None = None,
    budget: int | None = None,
    off: tuple[str, ...] = (),
) -> Case:
    """Return a case with the rows changed or added."""
    mode = {"speed": Decimal(10), "fixed": Decimal(0), "trip_cost": 0, "fleet": None}
    limits = {"max_minutes": 600, "max_span": 720, "rest": 660, "max_sites": 3}
    names = Rows(walk={}, bike={}, minibus={})
    return Case(
        Scenario(
            name="small",
            stem="small",
            calendar=Calendar(
                country="DK",
                week="2026-W37",
                monday=dt.date(2026, 9, 7),
                days=(0, 1, 2, 3, 4),
                step=step,
                season=None,
            ),
            sharing=sharing,
            travel=TravelSettings(
                detour=Decimal("1.3"),
                modes={
                    key: TravelMode(**{**mode, **row}) for key, row in _over(names, modes).items()
                },
            ),
            rules=RuleSettings(
                off=frozenset(off),
                floor_area={kind: Decimal(area) for kind, area in (floor_area or {}).items()},
                staff_day=StaffDayLimits(**{**limits, **(staff_day or {})}),
                budget=budget,
            ),
            goals=("served", "fairness", "cost", "comfort"),
            solve=SolveSettings(time_limit=60, gap=0, seed=1, workers=1),
            sites={
                key: Site(id=key, name=key, latitude=55.66, longitude=12.2)
                for key in ("home", "near", "far")
            },
            institutions=_rows(
                Institution,
                {"name": "", **_INSTITUTION},
                _over({"elm": {}, "books": {"sector": "culture", "site": "near"}}, institutions),
            ),
            rooms=_rows(
                Room,
                _ROOM,
                _over({"hall": {}, "lib": {"institution": "books", "site": "near"}}, rooms),
            ),
            staff=_rows(StaffMember, _STAFF, staff or {}),
            equipment=_rows(Equipment, _EQUIPMENT, equipment or {}),
            groups=_rows(Group, _GROUP, _over({"g": {}}, groups)),
            needs=_rows(Need, _NEED, _over({"n": {}}, needs)),
            travel_rows=tuple(
                TravelRow(origin=origin, destination=destination, mode=key, minutes=minutes)
                for (origin, destination), by_mode in MINUTES.items()
                for key, minutes in by_mode.items()
            ),
            agreements=agreements,
            blocks=blocks,
            today=Plan(events=today),
        )
    )


def _over(rows: Rows, changes: Rows | None) -> Rows:
    changes = changes or {}
    return {
        key: {**rows.get(key, {}), **changes.get(key, {})}
        for key in dict.fromkeys([*rows, *changes])
    }


def _rows(kind: Any, defaults: dict[str, Any], rows: Rows) -> Any:
    return {key: kind(id=key, **{**defaults, **row}) for key, row in rows.items()}


def plan(*events: Event) -> Plan:
    """Return a plan of these events."""
    return Plan(events=events)


def broken(case: Case, *events: Event) -> set[tuple[str, tuple[str, ...]]]:
    """Return what the checker finds in a plan of these events, as checkers are compared."""
    return {(breach.rule, breach.events) for breach in check(plan(*events), case)}


def said(rule: str, case: Case, *events: Event) -> list[str]:
    """Return what the checker tells a planner of one rule in a plan of these events."""
    return [breach.message for breach in check(plan(*events), case) if breach.rule == rule]
