"""Excel workbooks: typed cells become the text that a CSV file would have had."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deling.scenario.lines import Line
from deling.scenario.xlsx_parts import Moment

if TYPE_CHECKING:
    from deling.scenario.xlsx import Workbook
    from deling.scenario.xlsx_parts import Value

_EXCEL_EPOCH = dt.datetime(1899, 12, 30)
_FIRST_REAL_DATE = 367
"""Days until 1901: what comes before is a time of day, 24:00 and later ones too."""
_LAST_DATE = 2_958_466


def rows_of(workbook: Workbook, sheet: str) -> list[Line]:
    """Return the rows of a sheet, blank rows left out.

    Raises
    ------
    TextError
        If the sheet cannot be read.
    """
    return [
        Line([cell_text(cells.get(column, "")) for column in range(1, max(cells) + 1)], line)
        for line, cells in sorted(workbook.cells(sheet).items())
    ]


def cell_text(value: Value) -> str:
    """Return a typed cell as text: ``20``, ``7.5``, ``yes``, ``08:00``, ``2026-08-31``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Moment):
        return _moment_text(value.days)
    if isinstance(value, float):
        # Fifteen digits are what Excel itself holds; more would show 0.1 + 0.2 as it is.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return value


def _moment_text(days: float) -> str:
    if not 0 <= days < _LAST_DATE:
        return cell_text(days)
    seconds = round(days * 86400)
    if days < _FIRST_REAL_DATE:
        minutes, seconds = divmod(seconds, 60)
        text = f"{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{text}:{seconds:02d}" if seconds else text
    moment = _EXCEL_EPOCH + dt.timedelta(seconds=seconds)
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(" ")
