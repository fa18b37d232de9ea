"""Scenarios as tables of text, to be changed as a person would change them, and read again."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from deling.case import Case
from deling.domain import SECTORS
from deling.scenario.load import load

if TYPE_CHECKING:
    from collections.abc import Collection

Row = dict[str, str]
TABLES = {
    "sites": "site",
    "institutions": "institution",
    "rooms": "room",
    "staff": "staff",
    "equipment": "equipment",
    "groups": "group",
    "needs": "need",
    "use": "event",
    "travel": "from",
    "agreements": "institution",
}
"""Each table with its key."""
FLAGSHIP = Path(__file__).parents[2] / "scenarios" / "hedehusene.yaml"
ANYONE = {*SECTORS, "all", "none"}


@dataclass
class Area:
    """A scenario as it stands in its files.

    Attributes
    ----------
    settings
        Sections of the scenario file, but for its tables.
    tables
        Rows by the name of the table.
    """

    settings: dict[str, Any]
    tables: dict[str, list[Row]]

    def copy(self) -> Area:
        """Return an area to be changed without changing this one."""
        return Area(
            json.loads(json.dumps(self.settings)),
            {name: [dict(row) for row in rows] for name, rows in self.tables.items()},
        )

    def keys(self, table: str) -> list[str]:
        """Return the keys of a table."""
        return list(dict.fromkeys(row[TABLES[table]] for row in self.tables[table]))

    def text(self) -> str:
        """Return all that would be written."""
        return json.dumps([self.settings, self.tables])

    def write(self, folder: Path, delimiter: str = ",", encoding: str = "utf-8") -> Path:
        """Write the files of the area into a folder; return the scenario file."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            if rows:
                data = csv_text(rows, delimiter).encode(encoding)
                (folder / f"{name}.csv").write_bytes(data)
        file = folder / "area.yaml"
        content = {**self.settings, "tables": "."}
        # JSON is YAML.
        file.write_text(json.dumps(content), encoding="utf-8")
        return file

    def read(self, folder: Path) -> Case:
        """Write the area and read it again."""
        return Case(load(self.write(folder)).scenario)


def csv_text(rows: list[Row], delimiter: str = ",") -> str:
    """Return rows as CSV."""
    columns = dict.fromkeys(column for row in rows for column in row)
    target = io.StringIO()
    writer = csv.DictWriter(target, list(columns), delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def flagship() -> Area:
    """Return the whole flagship scenario."""
    settings = yaml.load(FLAGSHIP.read_text(encoding="utf-8"), yaml.BaseLoader)
    folder = FLAGSHIP.parent / settings.pop("tables")
    return Area(
        settings,
        {
            name: list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8"))))
            for name in TABLES
        },
    )


def part(area: Area, institutions: Collection[str], days: Collection[str]) -> Area:
    """Return some institutions with all that is theirs, on some days."""
    part = area.copy()
    part.settings["calendar"]["days"] = list(days)
    tables = part.tables
    _keep(tables, "institutions", lambda row: row["institution"] in institutions)
    for name in ("rooms", "staff", "equipment", "groups"):
        _keep(tables, name, lambda row: row["institution"] in institutions)
    _keep(tables, "needs", lambda row: row["group"] in part.keys("groups"))
    _keep(tables, "agreements", lambda row: {row["institution"], row["with"]} <= {*institutions})
    for name in ("rooms", "staff", "equipment"):
        for row in tables[name]:
            known = [
                other
                for other in row["shared_with"].split()
                if other in ANYONE or other in institutions
            ]
            row["shared_with"] = " ".join(known)
    events: dict[str, list[Row]] = defaultdict(list)
    for row in tables["use"]:
        events[row["event"]].append(row)
    there = {name: {"", *part.keys(name)} for name in ("needs", "rooms", "staff", "equipment")}
    tables["use"] = [
        row
        for rows in events.values()
        if all(_stays(row, there, {"", *days}) for row in rows)
        for row in rows
    ]
    return part


def _keep(tables: dict[str, list[Row]], name: str, stays: Any) -> None:
    tables[name] = [row for row in tables[name] if stays(row)]


def _stays(row: Row, there: dict[str, set[str]], days: set[str]) -> bool:
    return (
        row["need"] in there["needs"]
        and row["room"] in there["rooms"]
        and row["day"] in days
        and set(row["staff"].split()) <= there["staff"]
        and {unit.partition(":")[0] for unit in row["equipment"].split()} <= there["equipment"]
    )
