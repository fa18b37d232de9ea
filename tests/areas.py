"""Small areas for tests: say only what the test is about, the rest comes from a valid default.

The default is one site ``here``, one institution ``house`` (daycare, open Mo-Fr 08-16), one room
``room`` (20 places) and one group ``group`` (10 kindergarten children); no staff, no needs.

    case = area(needs=[{"need": "n", "group": "group", "sessions": 1}])

A row needs its key at least; columns that must be filled and are left out come from `DEFAULT_ROWS`.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deling.domain import Event, Plan, Scenario
from deling.scenario.load import load
from deling.units import DAY, DAYS, parse_clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Rows = list[dict[str, Any]] | str

DEFAULT_ROWS: dict[str, dict[str, Any]] = {
    "sites": {"site": "here", "latitude": 55.65, "longitude": 12.20},
    "institutions": {
        "institution": "house",
        "sector": "daycare",
        "site": "here",
        "opening_hours": "Mo-Fr 08:00-16:00",
    },
    "rooms": {"room": "room", "institution": "house", "capacity": 20},
    "staff": {
        "staff": "ann",
        "institution": "house",
        "skills": "music",
        "available": "Mo-Fr 08:00-16:00",
    },
    "equipment": {"equipment": "drums", "kind": "drum", "institution": "house"},
    "groups": {"group": "group", "institution": "house", "size": 10, "kind": "kindergarten"},
    "needs": {
        "need": "need",
        "group": "group",
        "activity": "music",
        "sessions": 1,
        "minutes": 60,
    },
    "use": {"event": "e", "need": ""},
    "travel": {"from": "here", "to": "there", "mode": "walk", "minutes": 10},
    "agreements": {"institution": "house", "with": "library"},
}
"""What a row has where a test does not say it."""

_DEFAULT_TABLES = ("sites", "institutions", "rooms", "groups")


def write_area(
    folder: Path, settings: Mapping[str, Any] | None = None, **tables: Rows | None
) -> Path:
    """Write a scenario into a folder and return its file.

    Parameters
    ----------
    folder
        Empty or new.
    settings
        Sections of the scenario file.
    tables
        Rows as dictionaries, or the whole CSV text; None leaves the table out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    given: dict[str, Rows | None] = {name: [{}] for name in _DEFAULT_TABLES}
    given["needs"] = []
    given.update(tables)
    for name, rows in given.items():
        if rows is not None:
            text = rows if isinstance(rows, str) else csv_text(name, rows)
            (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    file = folder / "area.yaml"
    # JSON is YAML.
    content = {"name": "Area", "tables": ".", **(settings or {})}
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


def csv_text(table: str, rows: list[dict[str, Any]]) -> str:
    """Return rows as CSV, with defaults for columns that must be filled."""
    default = DEFAULT_ROWS[table]
    full = [{**default, **row} for row in rows]
    columns = dict.fromkeys([*default, *(column for row in full for column in row)])
    target = io.StringIO()
    writer = csv.DictWriter(target, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(full)
    return target.getvalue()


def area(
    tmp_path: Path | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    **tables: Rows | None,
) -> Scenario:
    """Return a small scenario; see `write_area` for the arguments."""
    if tmp_path is not None:
        return load(write_area(tmp_path, settings, **tables)).scenario
    with tempfile.TemporaryDirectory() as folder:
        return load(write_area(Path(folder), settings, **tables)).scenario


def event(
    id_: str,
    needs: str,
    start: str = "Mo 09:00",
    minutes: int = 60,
    room: str = "room",
    staff: str = "",
    equipment: str = "",
) -> Event:
    """Return an internal event, lists as in a table: ``event("e1", "n1 n2", "Tu 10:15")``."""
    day, time = start.split()
    units = {}
    for item in equipment.split():
        name, _colon, count = item.partition(":")
        units[name] = int(count or 1)
    return Event(
        id=id_,
        needs=tuple(needs.split()),
        start=DAYS.index(day) * DAY + parse_clock(time),
        minutes=minutes,
        room=room,
        staff=tuple(sorted(staff.split())),
        equipment=tuple(sorted(units.items())),
    )


def bought(id_: str, need: str) -> Event:
    """Return a bought session."""
    return Event(id=id_, needs=(need,), source="bought")


def plan(*events: Event | Iterable[Event]) -> Plan:
    """Return a plan of these events."""
    found: list[Event] = []
    for one in events:
        found.extend([one] if isinstance(one, Event) else one)
    return Plan(events=tuple(found))
