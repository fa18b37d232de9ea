"""CSV as people save it: delimiter and encoding are found out, and every cell knows its place."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from deling.language import _
from deling.scenario.lines import PlainLine, QuotedLine

if TYPE_CHECKING:
    from collections.abc import Collection

    from deling.scenario.lines import Line

DELIMITERS = (",", ";", "\t")
LONGEST_CELL = 32_767
"""Letters in a cell: what Excel holds."""
MOST_CELLS = 3_000_000
"""Cells in a table, rows without any text left out: the wishes of a whole country."""
MOST_LETTERS = 64 * 2**20
"""Letters in a table."""
MOST_ACCENTS = 30
"""Accents on one letter; to sort more of them takes time by the square."""
# Line ends and tabs aside: what drives a terminal, and halves of signs that no file can hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MAYBE_ACCENTS = re.compile(f"[\u0300-\U0010ffff]{{{MOST_ACCENTS},}}")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?', re.IGNORECASE)


class TextError(Exception):
    """A file that cannot be read as text or CSV; the message is translated."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def too_long(length: int, line: int = 0, column: int = 0) -> TextError:
    """Return the error of a cell that is longer than any table needs."""
    message = _("holds a cell of {length} letters; at most {most} are read")
    return TextError(message.format(length=length, most=LONGEST_CELL), line, column)


def too_many(line: int = 0, cells: int = MOST_CELLS, letters: int = MOST_LETTERS) -> TextError:
    """Return the error of a table that is larger than any area needs."""
    message = _("is larger than is read of one table: {cells} cells, {letters} letters")
    return TextError(message.format(cells=cells, letters=letters), line)


def composed(text: str) -> str:
    """Return a text in which a letter and its accents are one sign where there is one.

    A name typed on a Mac may hold å as a and a ring; it has to equal the same name elsewhere.

    Raises
    ------
    TextError
        If it holds a control character, or a letter with more accents than any language gives it.
    """
    control = _CONTROL.search(text)
    if control is not None:
        message = _("holds a control character (code {code}) and is no text file")
        raise TextError(message.format(code=ord(control[0])), *_place(text, control.start()))
    if text.isascii():  # Then no accent can be in it.
        return text
    for run in _MAYBE_ACCENTS.finditer(text):
        count = 0
        for at, sign in enumerate(run[0], start=run.start()):
            count = count + 1 if unicodedata.combining(sign) else 0
            if count > MOST_ACCENTS:
                message = _("holds a letter with more than {most} accents, which no language has")
                raise TextError(message.format(most=MOST_ACCENTS), *_place(text, at))
    return unicodedata.normalize("NFC", text)


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, with or without BOM, or Windows-1252.

    Raises
    ------
    TextError
        If it is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TextError(_("is saved as UTF-16; save it as “CSV UTF-8”"))
    if b"\0" in data:
        raise TextError(_("is no text file"))
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise TextError(_("is no text in UTF-8 or Windows-1252")) from None
    return composed(text.replace("\r\n", "\n").replace("\r", "\n"))


def read_csv(text: str, known: Collection[str]) -> list[Line]:
    """Split a text into rows of cells, blank rows left out.

    Parameters
    ----------
    text
        The file, as `decode` returns it.
    known
        Column names, by which the delimiter is recognised in the header.

    Raises
    ------
    TextError
        If quotation marks do not match, or a cell or the table is larger than is read.
    """
    lines = text.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines):
        return []
    said = _SEPARATOR_LINE.fullmatch(lines[first].strip(" "))
    if said:
        first += 1
        delimiter = said[1]
    else:
        delimiter = _delimiter(lines[first], known)
    rows: list[Line] = []
    row: Line
    count = 0
    at = first
    while at < len(lines):
        if '"' in lines[at]:
            row, at = _quoted_row(lines, at, delimiter)
        else:
            row = PlainLine(lines[at].split(delimiter), at + 1)
            at += 1
        texts = row.texts
        if any(texts):
            if max(map(len, texts)) > LONGEST_CELL:
                cell = next(cell for cell, text in enumerate(texts) if len(text) > LONGEST_CELL)
                raise too_long(len(texts[cell]), *row.place(cell))
            count += len(texts)
            if count > MOST_CELLS:
                raise too_many(row.number)
            rows.append(row)
    return rows


def _delimiter(header: str, known: Collection[str]) -> str:
    def likeness(delimiter: str) -> tuple[int, int]:
        names = [name.strip(' "') for name in header.split(delimiter)]
        return sum(name in known for name in names), len(names)

    return max(DELIMITERS, key=likeness)


def _quoted_row(lines: list[str], at: int, delimiter: str) -> tuple[QuotedLine, int]:
    """Read one row that holds quotation marks; return it and the index of the next row's line."""
    texts: list[str] = []
    places: list[tuple[int, int]] = []
    line, position = lines[at], 0
    while True:
        start = position
        while line[position : position + 1] == " ":
            position += 1
        if line[position : position + 1] != '"':
            end = line.find(delimiter, start)
            end = len(line) if end < 0 else end
            texts.append(line[start:end].strip())
            places.append((at + 1, start + 1))
            position = end
        else:
            begin = (at + 1, position + 1)
            parts = []
            position += 1
            while True:
                quote = line.find('"', position)
                if quote < 0:
                    parts.append(line[position:] + "\n")
                    at += 1
                    if at == len(lines):
                        raise TextError(_("a quotation mark is opened and never closed"), *begin)
                    line, position = lines[at], 0
                elif line[quote + 1 : quote + 2] == '"':
                    parts.append(line[position : quote + 1])
                    position = quote + 2
                else:
                    parts.append(line[position:quote])
                    position = quote + 1
                    break
            texts.append("".join(parts).strip())
            places.append(begin)
            end = line.find(delimiter, position)
            end = len(line) if end < 0 else end
            if line[position:end].strip():
                message = _("text follows a closing quotation mark; inside a cell write it twice")
                raise TextError(message, at + 1, position + 1)
            position = end
        if position >= len(line):
            return QuotedLine(texts, places), at + 1
        position += 1
