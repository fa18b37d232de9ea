"""A workbook with what all its sheets share: names, formats, printing and typed tables."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from xlsxwriter import Workbook

from deling.language import _
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from deling.domain import Scenario
    from deling.figures import Number

Form = Literal["text", "id", "whole", "amount", "tenths", "percent", "time", "date"]
Value = str | int | Decimal | dt.date | None
"""Percentages are of a hundred; times are minutes of the day, up to 1440 at its end."""

_NUMBERS: dict[Form, str] = {
    # As text, so that a spreadsheet makes no number or date of an id that looks like one.
    "id": "@",
    "whole": "#,##0",
    "amount": "#,##0.00",
    "tenths": "#,##0.0",
    "percent": "0.0%",
    # In brackets, so that the end of a day is 24:00 and not 00:00.
    "time": "[hh]:mm",
    "date": "yyyy-mm-dd",
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_A4 = 9
_PAGE_WIDTH = 270
"""Letters across a page that can still be read."""


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    width
        In letters.
    """

    title: str
    form: Form
    width: float


class Book:
    """A workbook that is being written; the same content always gives the same bytes."""

    def __init__(self, path: Path, scenario: Scenario) -> None:
        self._book = Workbook(
            str(path),
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties(
            {
                "title": scenario.name,
                "author": "deling",
                "created": dt.datetime.combine(scenario.calendar.monday, dt.time()),
            }
        )
        self._formats: dict[str, Format] = {}
        self._reserved: dict[str, str] = {}
        # The sheet that is read back has this name in every language.
        self._taken = {"plan", "history"}
        self.contents: list[tuple[str, str]] = []
        """Name of each sheet and what it holds."""
        self.missing: list[str] = []
        """What is not here since it is too much, and where it is."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: object, *details: object) -> None:
        if failed is None:
            self._book.close()

    # Sheets

    def reserve(self, title: str) -> str:
        """Return the name that the sheet of this title will have."""
        if title not in self._reserved:
            self._reserved[title] = self._unique(title)
        return self._reserved[title]

    def sheet(self, title: str, about: str = "", *, name: str | None = None) -> Worksheet:
        """Add a sheet, set up to be printed on A4 across.

        Parameters
        ----------
        title
            What its name is made from, and its head on paper.
        about
            What it holds, for the list of contents.
        name
            The name itself, where it has to be that.
        """
        name = name or self._reserved.pop(title, None) or self._unique(title)
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{_quoted(title)}&R&D")
        sheet.set_footer("&Ldeling&C" + _("Page {page} of {pages}").format(page="&P", pages="&N"))
        if about:
            self.contents.append((name, about))
        return sheet

    def _unique(self, title: str) -> str:
        plain = _FORBIDDEN.sub(" ", title).strip(" '") or "-"
        number, name = 1, plain[:_LONGEST_NAME].strip(" '")
        while name.lower() in self._taken:
            number += 1
            end = f" {number}"
            name = plain[: _LONGEST_NAME - len(end)].rstrip(" '") + end
        self._taken.add(name.lower())
        return name

    # Formats

    def format(self, form: Form = "text", **properties: Any) -> Format:
        """Return the format of a kind of cell, with properties of xlsxwriter's added."""
        if form in _NUMBERS:
            properties["num_format"] = _NUMBERS[form]
        key = repr(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **properties})
        return self._formats[key]

    @property
    def head(self) -> Format:
        """The format of a table's head."""
        return self.format(
            bold=True, text_wrap=True, bg_color="#1F4E5F", font_color="#FFFFFF", border=1
        )

    # Cells and tables

    def put(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Value | Number,
        form: Form,
        **look: Any,
    ) -> None:
        """Write one typed cell, with properties of xlsxwriter's; None leaves it blank."""
        _write(sheet, row, column, value, form, self._style(form, **look))

    def _style(self, form: Form, **look: Any) -> Format:
        if form in ("text", "id"):
            # Else a text touches the number before it.
            look = {"indent": 1, **look}
        return self.format(form, **look)

    def table(
        self,
        sheet: Worksheet,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        keep: int = 1,
    ) -> int:
        """Fill a sheet with a table that can be sorted, filtered and pivoted; return its length.

        Parameters
        ----------
        keep
            Columns that stay in sight.
        """
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.title, self.head)
        cells = [(at, column.form, self._style(column.form)) for at, column in enumerate(columns)]
        length = 0
        for length, row in enumerate(rows, start=1):
            for (at, form, style), value in zip(cells, row, strict=True):
                if value is not None and value != "":
                    _write(sheet, length, at, value, form, style)
        lines = max(len(wrap(column.title, int(column.width) - 1)) for column in columns)
        sheet.set_row(0, 15 * lines)
        sheet.freeze_panes(1, keep)
        sheet.autofilter(0, 0, length, len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, keep - 1)
        sheet.fit_to_pages(ceil(sum(column.width for column in columns) / _PAGE_WIDTH), 0)
        return length


def _write(
    sheet: Worksheet, row: int, column: int, value: Value | Number, form: Form, style: Format
) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, style)
    elif form == "time":
        sheet.write_number(row, column, float(value) / DAY, style)
    elif form == "percent":
        sheet.write_number(row, column, float(value) / 100, style)
    else:
        sheet.write_number(row, column, float(value), style)


def _quoted(text: str) -> str:
    """Return a text for the head of a page, where ``&`` begins a code."""
    return text[:100].replace("&", "&&")
