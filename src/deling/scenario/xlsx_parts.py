"""The XML inside a workbook: each reader is told of elements and keeps what cells are made of."""

from __future__ import annotations

import re
from typing import NamedTuple

from deling.language import _
from deling.scenario.csv_text import (
    LONGEST_CELL,
    TextError,
    composed,
    too_long,
    too_many,
)

MOST_CELLS, MOST_LETTERS = 200_000, 16 * 2**20
"""Of a sheet: what is spread out in a workbook can be packed very small."""


def too_many_in_sheet() -> TextError:
    """Return the error of a sheet that is larger than is read."""
    return too_many(cells=MOST_CELLS, letters=MOST_LETTERS)


class Moment(NamedTuple):
    """A date or a time of day, in days of Excel's calendar."""

    days: float


Value = str | bool | float | Moment

_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LONGEST_FORM = 255
# What stands in a number format without being part of it: texts, escaped signs, widths, colours
# and conditions. Hours in brackets may pass a day and are kept.
_NO_FORM = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


class Reader:
    """Told of each element of an XML file."""

    def start(self, name: str, given: dict[str, str]) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, text: str) -> None:
        """Go on with the text of an element."""


class RelationReader(Reader):
    """What a part refers to: a name, the kind and the other part."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        """Begin an element."""
        if name == "Relationship":
            self.found.append((given["Id"], given["Type"], given["Target"]))


class BookReader(Reader):
    """The sheets, and how many days later the calendar begins than usual."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.offset = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        """Begin an element."""
        if name == "sheet":
            self.sheets.append((given["name"], given["id"]))
        elif name == "workbookPr" and given.get("date1904") in ("1", "true"):
            self.offset = 1462


class _Pieces(Reader):
    """Gathers the pieces of a text, which may stand in several runs."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._wanted = False
        self._phonetic = False

    def text(self, text: str) -> None:
        """Go on with the text of an element."""
        if self._wanted and not self._phonetic:
            self._length += len(text)
            if self._length <= LONGEST_CELL:
                self._pieces.append(text)

    def taken(self) -> str:
        """Return the text so far and begin another."""
        if self._length > LONGEST_CELL:
            raise too_long(self._length)
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        if "_x" in text:
            text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        return composed(text.strip())


class TextReader(_Pieces):
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        """Begin an element."""
        self._wanted = name == "t"
        if name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """End an element."""
        self._wanted = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append(self.taken())


class StyleReader(Reader):
    """Which styles of cells show a number as a date or time."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._forms: list[str] = []
        self._in_cells = False

    def start(self, name: str, given: dict[str, str]) -> None:
        """Begin an element."""
        if name == "numFmt":
            self._own[given["numFmtId"]] = given["formatCode"]
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._forms.append(given.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        """End an element."""
        if name == "cellXfs":
            self._in_cells = False

    def dates(self, offset: int) -> dict[str, int]:
        """Return the styles of dates, each with the days that the calendar begins later."""
        return {str(at): offset for at, form in enumerate(self._forms) if self._is_date(form)}

    def _is_date(self, form: str) -> bool:
        code = self._own.get(form)
        if code is None:
            return form.isdigit() and int(form) in _BUILT_IN_DATES
        plain = _NO_FORM.sub("", code[:_LONGEST_FORM].partition(";")[0]).lower()
        return plain != "general" and any(sign in plain for sign in "dmyhs")


class SheetReader(_Pieces):
    """The cells of one sheet."""

    def __init__(self, texts: list[str], dates: dict[str, int]) -> None:
        super().__init__()
        self.rows: dict[int, dict[int, Value]] = {}
        self._widths: dict[int, int] = {}
        self._texts = texts
        self._dates = dates
        self._count = self._letters = 0
        self._row = 0
        self._column = 0
        self._type = self._style = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        """Begin an element."""
        if name == "c":
            self._column += 1
            if "r" in given:
                self._place(given["r"])
            self._type, self._style = given.get("t", "n"), given.get("s", "")
        elif name == "row":
            self._row = int(given.get("r", self._row + 1))
            self._column = 0
        elif name == "rPh":
            self._phonetic = True
        self._wanted = name in ("v", "t")

    def end(self, name: str) -> None:
        """End an element."""
        self._wanted = False
        if name == "rPh":
            self._phonetic = False
        elif name == "c":
            value = self._value(self.taken())
            if value != "":
                # A row is as wide as its last cell, blank ones before it included.
                width = self._widths.get(self._row, 0)
                if self._column > width:
                    self._widths[self._row] = self._column
                    self._count += self._column - width
                self._letters += len(value) if isinstance(value, str) else 0
                if self._count > MOST_CELLS or self._letters > MOST_LETTERS:
                    raise too_many_in_sheet()
                self.rows.setdefault(self._row, {})[self._column] = value

    def _place(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise ValueError(_("a cell stands at “{place}”").format(place=reference[:20]))
        self._column = 0
        for letter in match[1]:
            self._column = self._column * 26 + ord(letter) - 64
        self._row = int(match[2])

    def _value(self, text: str) -> Value:
        if self._type == "s" and text:
            return self._texts[int(text)]
        if self._type == "b" and text:
            return text == "1"
        if self._type != "n":
            return text
        try:
            number = float(text)
        except ValueError:
            return text
        offset = self._dates.get(self._style)
        if offset is None:
            return number
        # Times of day stand before the calendar begins.
        return Moment(number + offset if number >= 1 else number)
