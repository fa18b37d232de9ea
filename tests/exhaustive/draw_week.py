"""Needs, ways, blocks and today's use of a small area."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

from deling.case import Case
from deling.check import check_fixed
from deling.domain import Block, Event, Plan, TravelRow
from deling.units import DAY
from exhaustive.choices import (
    MODES,
    OPENS,
    SITES,
    Draw,
)

if TYPE_CHECKING:
    from deling.domain import Scenario


def draw_needs(d: Draw, scenario: Scenario) -> dict[str, Any]:
    default = scenario.needs["n"]
    kinds = sorted({item.kind for item in scenario.equipment.values()})
    count = d.themed(3, week=2) if d.theme else d.one(2, 3, 3, 1)
    wish = None
    if d.theme in ("crowd", "goods"):
        # Of all needs at once
        wish = d.hours(((0, 60),), ((60, 120),))
    sessions = {1: (2, 1, 3), 2: (1, 2, 2), 3: (1, 1, 1, 2, 2, 1, 0)}[count]
    skills: list[tuple[tuple[str, int], ...]] = [(("music", 1),)] * 4 + [()]
    if len(scenario.staff) > 1:
        skills += [(("craft", 1), ("music", 1)), (("music", 2),)]
    found = {}
    for name in ("n", "m", "o")[:count]:
        found[name] = default.model_copy(
            update={
                "id": name,
                "group": {"n": "g", "m": "h", "o": "i"}[name]
                if d.theme
                else d.one(*scenario.groups),
                "sessions": d.tight("same_staff", 2, otherwise=d.one(*sessions)),
                "minutes": d.themed(d.one(60, 60, 30, 45, 40), joint=60, away=d.one(40, 60)),
                "weight": d.one(1, 1, 2, 3, d.one(1, 0)),
                "skills": d.tight(
                    "same_staff", skills[0], otherwise=d.themed(d.limit(*skills), goods=())
                ),
                "features": d.rarely(("piano",), ()),
                "equipment": d.themed(
                    ((d.one(*kinds), d.one(1, 1, 2)),)
                    if kinds and d.tight("equipment", 1, otherwise=d.limit(0, 0, 1))
                    else (),
                    goods=(("drum", 1),),
                ),
                "hours": d.rarely(d.hours(((0, 120),), ((60, 180),)), None),
                "preferred": wish or d.one(None, d.hours(((0, 60),), ((60, 120),))),
                "min_days_between": d.tight(
                    "same_staff", 0, otherwise=d.themed(d.limit(0, 1, 2), week=d.one(0, 1, 2))
                ),
                "same_staff": d.tight(
                    "same_staff", True, otherwise=d.themed(d.limit(False, True), week=True)
                ),
                "joint": d.themed(d.one(None, None, "song"), joint="song", goods=None),
                "max_participants": d.rarely(d.one(10, 15, 20), None),
                "attendants": d.one(0, 1, 3),
                "buy_price": d.one(None, None, None, 100, 40),
            }
        )
    return found


def draw_travel(d: Draw, scenario: Scenario) -> tuple[TravelRow, ...]:
    """Return the usual rows, some changed, so that ways differ by direction and by detour."""
    rows = list(scenario.travel_rows)
    for _ in range(d.limit(0, 1, 2)):
        origin, destination = d.one(*permutations(SITES, 2))
        row = TravelRow(
            origin=origin,
            destination=destination,
            mode=d.one(*MODES),
            minutes=d.one(10, 30, 1, 70),
        )
        rows = [
            other
            for other in rows
            if (other.origin, other.destination, other.mode) != (origin, destination, row.mode)
        ]
        rows.append(row)
    if d.limit(True, True, True, False):
        return tuple(rows)
    # Without any row to or from a site, the map says how long it takes.
    site, mode = d.one(*SITES), d.one(*MODES)
    return tuple(
        row for row in rows if row.mode != mode or site not in (row.origin, row.destination)
    )


def draw_blocks(d: Draw, scenario: Scenario) -> tuple[Block, ...]:
    return tuple(
        Block(
            id=f"block{number}",
            start=d.one(*d.days) * DAY + OPENS + d.one(0, 60, 90, -30),
            minutes=d.one(30, 60, 100),
            room=d.one(None, *scenario.rooms),
            staff=tuple(d.some(list(scenario.staff), 1)) if scenario.staff else (),
            equipment=tuple(
                (item, d.one(1, 2))
                for item in (d.some(list(scenario.equipment), 1) if scenario.equipment else ())
            ),
        )
        for number in range(d.limit(0, 0, 1, 2))
    )


def draw_today(d: Draw, scenario: Scenario, step: int) -> Plan:
    """Return a use of today, which may well break rules."""
    events: list[Event] = []
    for number in range(d.one(0, 0, 1, 2, 3)):
        needs = d.some(list(scenario.needs), 2) if d.one(False, False, False, True) else []
        needs = needs or [d.one(*scenario.needs)]
        fixed = d.one(False, False, True)
        if d.one(False, False, False, True):
            priced = [need.id for need in scenario.needs.values() if need.buy_price is not None]
            if priced:
                need = d.one(*priced)
                events.append(Event(id=f"t{number}", needs=(need,), source="bought", fixed=fixed))
            continue
        host = scenario.needs[needs[0]]
        right = [m.id for m in scenario.staff.values() if set(m.skills) & set(dict(host.skills))]
        staff = d.some(right, 2) if right else []
        if scenario.staff and d.one(False, False, False, True):
            staff = d.some(list(scenario.staff), 2)
        items = {
            item.id: min(count, item.quantity) or 1
            for kind, count in host.equipment
            for item in scenario.equipment.values()
            if item.kind == kind
        }
        if scenario.equipment and d.one(False, False, False, True):
            items = {d.one(*scenario.equipment): d.one(1, 2)}
        events.append(
            Event(
                id=f"t{number}",
                needs=tuple(needs),
                start=d.one(*d.days) * DAY + OPENS + d.one(0, 60, 15, 90, step * 2),
                minutes=host.minutes,
                room=d.one(*scenario.rooms),
                staff=tuple(sorted(staff)),
                equipment=tuple(sorted(items.items())),
                fixed=fixed,
            )
        )
    return Plan(events=tuple(events))


def without_impossible_fixed(case: Case) -> Case:
    """Free today's fixed events if they break a rule by themselves, which is a wrong input."""
    if not check_fixed(case):
        return case
    events = tuple(
        event.model_copy(update={"fixed": False}) for event in case.scenario.today.events
    )
    return Case(case.scenario.model_copy(update={"today": Plan(events=events)}))
