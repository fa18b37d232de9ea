"""What a timetable can be chosen for, and the tables that stand in for it without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deling import names
from deling.language import _
from deling.outputs.schedules.describe import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.domain import Scenario
    from deling.outputs.outcome import Outcome
    from deling.outputs.report.entries import Entries


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
    """Return for rooms, staff and equipment what takes place when, in both plans."""
    today, proposed = both
    found = []
    for kind in choices(proposed.outcome)[1:]:
        rows: list[dict[str, Any]] = []
        for thing in kind["things"]:
            entries = [
                entry
                for side in both
                for entry in side
                if thing["id"] in entry.concerns[kind["id"]]
                # What stays is told once.
                and not (side is today and entry.change == "kept")
            ]
            entries.sort(key=lambda entry: (entry.event.start, entry.is_today))
            rows.extend(
                {
                    "name": thing["name"],
                    "of": thing["of"],
                    "entry": entry,
                    "plan": _plan(entry.is_today, entry.change),
                }
                for entry in entries
            )
        found.append({"id": kind["id"], "name": kind["name"], "rows": rows})
    return found


def _plan(is_today: bool, change: str) -> str:
    if change == "kept":
        return _("today and proposed")
    return f"{_('today') if is_today else _('proposed')} ({_(CHANGES[change])})"
