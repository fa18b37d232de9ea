"""Tables as CSV files, in the dialects that people's programs read."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Cell = str | int | Decimal | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written."""

    delimiter: str
    decimal: str
    encoding: str
    newline: str


PLAIN = Dialect(",", ".", "utf-8", "\n")
EXCEL = Dialect(";", ",", "utf-8-sig", "\r\n")
"""What Danish Excel opens with a double click."""


def write_table(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], dialect: Dialect
) -> None:
    """Write one table.

    Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers are
    numbers and keep their sign.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=dialect.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=dialect.delimiter, lineterminator=dialect.newline)
        writer.writerow(header)
        for row in rows:
            writer.writerow([cell_text(cell, dialect) for cell in row])


def cell_text(cell: Cell, dialect: Dialect) -> str:
    """Return one cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return f"{cell:f}".replace(".", dialect.decimal) if isinstance(cell, Decimal) else str(cell)
