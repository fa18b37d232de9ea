"""What a timetable can be chosen for, and the tables that stand in for it without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deling import names
from deling.language import _
from deling.outputs.report import between
from deling.outputs.schedules.describe import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.domain import Scenario
    from deling.outputs.outcome import Outcome
    from deling.outputs.report.entries import Entries

_Row = tuple[int, bool, tuple[str, ...]]


def days(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the days of the calendar."""
    return [{"day": day, "name": names.day(day)} for day in outcome.scenario.calendar.days]


def choices(outcome: Outcome) -> list[dict[str, Any]]:
    """Return institutions, rooms, staff and equipment with their names, by institution."""
    scenario = outcome.scenario
    found: list[dict[str, Any]] = [
        {
            "id": "institution",
            "name": _("Institution"),
            "things": [
                {"id": key, "name": names.institution(scenario, key), "of": ""}
                for key in scenario.institutions
            ],
        }
    ]
    rooms = {row.id: row.institution for row in scenario.rooms.values()}
    staff = {row.id: row.institution for row in scenario.staff.values()}
    equipment = {row.id: row.institution for row in scenario.equipment.values()}
    kinds: tuple[tuple[str, str, dict[str, str], Callable[[Scenario, str], str]], ...] = (
        ("room", _("Room"), rooms, names.room),
        ("staff", _("Staff member"), staff, names.staff),
        ("equipment", _("Equipment"), equipment, _equipment),
    )
    for kind, label, owner, name in kinds:
        things = [
            {
                "id": key,
                "name": name(scenario, key),
                "of": names.institution(scenario, house),
            }
            for house in scenario.institutions
            for key in owner
            if owner[key] == house
        ]
        found.append({"id": kind, "name": label, "things": things})
    return found


def _equipment(scenario: Scenario, key: str) -> str:
    return names.equipment(scenario, key, 1)


def tables(both: tuple[Entries, Entries]) -> list[dict[str, Any]]:
    """Return for rooms, staff and equipment what fills their time, in both plans."""
    today, proposed = both
    kinds = choices(proposed.outcome)[1:]
    rows: dict[str, dict[str, list[_Row]]] = {
        kind["id"]: {thing["id"]: [] for thing in kind["things"]} for kind in kinds
    }
    for entry in (entry for side in both for entry in side):
        # What stays is told once.
        if not (entry.is_today and entry.change == "kept"):
            cells = (entry.when, entry.title, entry.groups, entry.room)
            row = (entry.event.start, entry.is_today, (*cells, _plan(entry.is_today, entry.change)))
            for kind, things in rows.items():
                for key in entry.concerns[kind]:
                    things[key].append(row)
    for kind, find in (("room", between.of_rooms), ("staff", between.of_staff)):
        then = find(proposed.outcome)
        now = find(today.outcome)
        for key, told in rows[kind].items():
            told.extend(_between(one, False, one in now[key]) for one in then[key])
            told.extend(_between(one, True, False) for one in now[key] if one not in then[key])
    return [
        {
            "id": kind["id"],
            "name": kind["name"],
            "rows": [
                {"name": thing["name"], "of": thing["of"], "cells": cells}
                for thing in kind["things"]
                for _start, _is_today, cells in sorted(rows[kind["id"]][thing["id"]])
            ],
        }
        for kind in kinds
    ]


def _between(one: between.Between, is_today: bool, kept: bool) -> _Row:
    plan = _("today and proposed") if kept else _("today") if is_today else _("proposed")
    return (one.start, is_today, (one.when, one.what, "", "", plan))


def _plan(is_today: bool, change: str) -> str:
    if change == "kept":
        return _("today and proposed")
    return f"{_('today') if is_today else _('proposed')} ({_(CHANGES[change])})"
