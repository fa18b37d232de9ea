"""Schedules as CSV files: one for each institution, member of staff and room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.outputs.schedules import institutions, rooms, staff

if TYPE_CHECKING:
    from pathlib import Path

    from deling.outputs.outcome import Outcome
    from deling.outputs.table import Dialect


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write all schedules."""
    institutions.write(outcome, folder, dialect)
    staff.write(outcome, folder, dialect)
    rooms.write(outcome, folder, dialect)
