"""Excel workbooks: typed cells become the text that a CSV file would have had."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from deling.language import _
from deling.scenario.csv_text import Cell, TextError

_EXCEL_EPOCH = dt.datetime(1899, 12, 31)
_FIRST_REAL_DATE = dt.datetime(1901, 1, 1)


def read_workbook(data: bytes) -> dict[str, list[list[Cell]]]:
    """Return the rows of every sheet, blank rows left out; a cell's column is its number.

    Raises
    ------
    TextError
        If the file is no workbook that can be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in workbook.sheet_names
        }
    except PasswordError:
        raise TextError(_("is protected by a password; save it without one")) from None
    except (CalamineError, OSError, ValueError) as error:
        message = _("is no workbook that can be read ({reason})")
        raise TextError(message.format(reason=error)) from None
    return {name: _rows(values) for name, values in sheets.items()}


def _rows(values: list[list[Any]]) -> list[list[Cell]]:
    rows = []
    for line, row in enumerate(values, start=1):
        cells = [Cell(cell_text(value), line, column) for column, value in enumerate(row, start=1)]
        if any(cell.text for cell in cells):
            rows.append(cells)
    return rows


def cell_text(value: Any) -> str:
    """Return a typed cell as text: ``20``, ``7.5``, ``yes``, ``08:00``, ``2026-08-31``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # Fifteen digits are what Excel itself holds; more would show 0.1 + 0.2 as it is.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return _moment_text(value)
    if isinstance(value, dt.date):
        return _moment_text(dt.datetime.combine(value, dt.time()))
    if isinstance(value, dt.time):
        return _duration_text(
            dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        )
    if isinstance(value, dt.timedelta):
        return _duration_text(value)
    return str(value).strip()


def _moment_text(moment: dt.datetime) -> str:
    if moment < _FIRST_REAL_DATE:
        # A time of day of a whole day or more, such as 24:00, which Excel counts from its epoch.
        return _duration_text(moment - _EXCEL_EPOCH)
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat(" ", "seconds")


def _duration_text(duration: dt.timedelta) -> str:
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text
