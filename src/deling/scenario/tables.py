"""Tables from a folder of CSV files or a workbook."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from deling.errors import Place
from deling.language import _
from deling.scenario.csv_text import TextError, decode, read_csv
from deling.scenario.locate import InTable, Row, file_name
from deling.scenario.problems import cpr_numbers, did_you_mean, nearest
from deling.scenario.schema import TABLES
from deling.scenario.shape import RowShape, columns
from deling.scenario.workbook import rows_of
from deling.scenario.xlsx import Workbook

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from deling.scenario.lines import Line
    from deling.scenario.problems import Problems

MOST_BYTES = 64 * 2**20
"""Of one file."""
MOST_CELLS = 10_000_000
"""Of all tables together."""
NOTE = "note"
"""Columns whose name begins so are free."""


@dataclass
class Table:
    """A table as text.

    Attributes
    ----------
    whole
        Whether all of it could be read; if not, an id that is not found may well be there.
    present
        Columns of the file.
    lacking
        Columns that have to be there and are not, which has been reported.
    """

    shape: type[RowShape]
    rows: list[Row] = field(default_factory=list)
    whole: bool = True
    present: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.shape.table

    def key_of(self, row: Row) -> str:
        """Return the key cells of a row, joined by a space; blank ones left out."""
        key = self.shape.key
        if len(key) == 1:
            return row.text(key[0])
        return " ".join(text for column in key if (text := row.text(column)))


class Files:
    """Reads files and remembers the hash of each."""

    def __init__(self) -> None:
        self.inputs: dict[str, str] = {}

    def read(self, path: Path) -> bytes:
        """Return a file's bytes.

        Raises
        ------
        TextError
            If it cannot be read.
        """
        try:
            if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
                # Such a thing may never end, or never begin.
                raise TextError(_("is no ordinary file but a pipe or device"))
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            raise TextError(_("does not exist")) from None
        except IsADirectoryError:
            raise TextError(_("is a folder; a file is expected")) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise TextError(_("cannot be read ({reason})").format(reason=reason)) from None
        if len(data) > MOST_BYTES:
            message = _("is larger than {most} MB, more than is read of one file")
            raise TextError(message.format(most=MOST_BYTES // 2**20))
        self.inputs[file_name(path)] = hashlib.sha256(data).hexdigest()
        return data


class _Source(NamedTuple):
    """Where a table comes from; rows are None where they could not be read."""

    file: str
    rows: list[Line] | None


def read_tables(path: Path, said: Place, files: Files, problems: Problems) -> dict[str, Table]:
    """Read all tables of a scenario, those that are missing as empty ones.

    Parameters
    ----------
    path
        Folder or workbook.
    said
        Where the scenario file names it.
    """
    try:
        if path.is_dir():
            found = _folder(path, files, problems)
        elif path.suffix.lower() == ".xlsx":
            found = _workbook(path, files)
        elif path.exists():
            raise TextError(_("is neither a folder nor an .xlsx workbook"))
        else:
            raise TextError(_("does not exist; a folder of CSV tables or an .xlsx is expected"))
        count = sum(len(row.texts) for source in found.values() for row in source.rows or ())
        if count > MOST_CELLS:
            message = _("holds {count} cells; at most {most} are read of one scenario")
            raise TextError(message.format(count=count, most=MOST_CELLS))
    except (TextError, OSError) as error:
        message = f"“{file_name(path)}” {getattr(error, 'strerror', None) or error}"
        problems.error(said, "tables", message)
        return {name: Table(shape, whole=False) for name, shape in TABLES.items()}
    tables = {}
    for name, shape in TABLES.items():
        source = found.get(name)
        if source is None:
            tables[name] = _no_table(shape, path, [*found], problems)
        elif source.rows is None:
            tables[name] = Table(shape, whole=False)
        else:
            tables[name] = read_rows(shape, source.file, source.rows, problems)
    _warn_of_strangers(found, problems)
    return tables


def _folder(path: Path, files: Files, problems: Problems) -> dict[str, _Source]:
    found = {}
    for file in sorted(path.iterdir()):
        name = file.stem.lower()
        if file.suffix.lower() != ".csv":
            continue
        rows = None
        if name in TABLES:
            if name in found:
                problems.error(
                    Place(file_name(file)), "", _("is there twice, in small and large letters")
                )
            rows = read_csv_file(file, columns(TABLES[name]), files, problems)
        found[name] = _Source(file_name(file), rows)
    return found


def _workbook(path: Path, files: Files) -> dict[str, _Source]:
    file = file_name(path)
    workbook = Workbook(files.read(path))
    found = {}
    for sheet in workbook.sheets:
        name = sheet.strip().lower()
        # Sheets of one's own are not read.
        rows = rows_of(workbook, sheet) if name in TABLES else None
        found[name] = _Source(f"{file}#{sheet}", rows)
    return found


def read_csv_file(
    path: Path, known: Collection[str], files: Files, problems: Problems
) -> list[Line] | None:
    """Read a CSV file, or report why not and return None."""
    try:
        return read_csv(decode(files.read(path)), known)
    except TextError as error:
        problems.error(Place(file_name(path), error.line, error.column), "", str(error))
        return None


def read_rows(shape: type[RowShape], file: str, lines: list[Line], problems: Problems) -> Table:
    """Match cells with the columns of a header row."""
    if not lines:
        message = _("is empty; the first line must hold the column names {columns}")
        problems.error(Place(file), "", message.format(columns=", ".join(_required(shape))))
        return Table(shape, whole=False)
    header, *body = lines
    if not any(text in columns(shape) for text in header.texts):
        message = _("is no header; the first line must hold the column names {columns}")
        message = message.format(columns=", ".join(_required(shape)))
        problems.error(Place(file, *header.place(0)), "", message)
        return Table(shape, whole=False)
    errors = problems.errors
    names = _header(shape, file, header, body, problems)
    _refuse_cpr_in(body, file, names, problems)
    rows = []
    width = len(header.texts)
    where = InTable(file, {name: index for index, name in names.items()})
    cells = list(where.columns.items())
    for line in body:
        found = line.texts
        if len(found) != width:
            found = _of_width(found, width)
            if len(found) > width:
                message = _(
                    "the row has {found} cells where the header has {expected}; a cell that holds"
                    " the delimiter needs quotation marks"
                )
                message = message.format(found=len(found), expected=width)
                problems.error(Place(file, *line.place(0)), "", message)
                continue
        texts = {name: text for name, index in cells if (text := found[index])}
        rows.append(Row(texts, (line, where)))
    present = frozenset(names.values())
    lacking = frozenset(_required(shape)) - present
    return Table(shape, rows, problems.errors == errors, present, lacking)


def _of_width(row: list[str], width: int) -> list[str]:
    """Return a row with blank cells at its end added or taken off, as far as that goes.

    Spreadsheets leave out the last delimiters of a row whose last cells are blank, or write more
    than there are columns.
    """
    row = [*row, *[""] * (width - len(row))]
    while len(row) > width and not row[-1]:
        row = row[:-1]
    return row


def _refuse_cpr_in(body: list[Line], file: str, names: dict[int, str], problems: Problems) -> None:
    """Report all cells that hold what looks like a CPR number; each text is looked at once."""
    found = {text for text in {text for line in body for text in line.texts} if cpr_numbers(text)}
    if not found:
        return
    for line in body:
        for index, text in enumerate(line.texts):
            if text in found:
                refuse_cpr(text, Place(file, *line.place(index)), names.get(index, ""), problems)


def refuse_cpr(text: str, place: Place, field: str, problems: Problems) -> None:
    """Report a cell that holds what looks like a CPR number, without repeating it."""
    if cpr_numbers(text):
        message = _("looks like a CPR number; take it out, personal data has no place here")
        problems.error(place, field, message)


def _header(
    shape: type[RowShape],
    file: str,
    header: Line,
    body: list[Line],
    problems: Problems,
) -> dict[int, str]:
    """Return the column names by index, and report unknown, missing and repeated ones."""
    known = columns(shape)
    names: dict[int, str] = {}
    for index, text in enumerate(header.texts):
        place = Place(file, *header.place(index))
        if text in names.values():
            problems.error(place, text, _("the column is there twice; keep one"))
        elif text in known or text.lower().startswith(NOTE):
            names[index] = text
        elif text:
            problems.error(place, text, _unknown_column(shape, text))
        elif any(line.texts[index] for line in body if index < len(line.texts)):
            problems.error(place, "", _("the column has cells but no name"))
    for name in _required(shape):
        if name not in names.values():
            message = _("the column {name} is missing").format(name=name)
            problems.error(Place(file, header.number), name, message)
    return names


def _required(shape: type[RowShape]) -> list[str]:
    return [name for name, column in columns(shape).items() if column.is_required()]


def _unknown_column(shape: type[RowShape], text: str) -> str:
    known = columns(shape)
    message = _("is no column of {table}{hint} (columns of your own begin with “note”)")
    if shape.table == "staff" and text.lower() in ("name", "navn", "email", "e-mail"):
        message = _("is no column of staff: they go by a pseudonym, without names and addresses")
    return message.format(table=shape.table, hint=did_you_mean(text, known))


def _no_table(shape: type[RowShape], path: Path, found: list[str], problems: Problems) -> Table:
    if not shape.required:
        return Table(shape)
    strangers = [name for name in found if name not in TABLES]
    if path.is_dir():
        place = Place(file_name(path / f"{shape.table}.csv"))
        message = _("the table is missing{hint}")
    else:
        place = Place(file_name(path))
        message = _("a sheet named {table} is missing{hint}")
    hint = did_you_mean(shape.table, strangers)
    problems.error(place, "", message.format(table=shape.table, hint=hint))
    return Table(shape, whole=False)


def _warn_of_strangers(found: dict[str, _Source], problems: Problems) -> None:
    """Name files that look like a table with a mistyped name: they are not read."""
    for name, source in found.items():
        if name not in TABLES:
            meant = nearest(name, [table for table in TABLES if table not in found])
            if meant is not None:
                message = _("is not read; should it be named {table}?").format(table=meant)
                problems.warn(Place(source.file), "", message)
