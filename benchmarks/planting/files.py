"""Writing a planted area into a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from planting.tables import HEADERS, PLAN_HEADER, csv_text

if TYPE_CHECKING:
    from pathlib import Path

    from planting.plant import Planted


def write(planted: Planted, folder: Path) -> Path:
    """Write scenario, tables, `planted.csv` and `planted.json`; return the scenario file."""
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    scenario = folder / "scenario.yaml"
    _write(scenario, planted.scenario)
    for name, header in HEADERS.items():
        _write(tables / f"{name}.csv", csv_text(header, planted.tables[name]))
    _write(folder / "planted.csv", csv_text(PLAN_HEADER, planted.plan))
    _write(folder / "planted.json", json.dumps(planted.facts, indent=2) + "\n")
    return scenario


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
