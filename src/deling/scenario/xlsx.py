"""Excel workbooks as typed cells, read within limits.

A workbook is a zip archive of XML. What stands in it is counted before and while it is read, so
that a small file cannot grow without bounds: nothing is unpacked beyond `MOST_BYTES`, no cell is
made that does not stand there, and texts that many cells share are held once.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from posixpath import join, normpath
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from deling.language import _
from deling.scenario.csv_text import TextError
from deling.scenario.xlsx_parts import (
    BookReader,
    Reader,
    RelationReader,
    SheetReader,
    StyleReader,
    TextReader,
    Value,
    too_many_in_sheet,
)

MOST_BYTES = 48 * 2**20
"""What a workbook's tables may hold when unpacked."""
MOST_ELEMENTS = 2_000_000
"""XML elements in a workbook, those of blank cells with a format included."""


_MALFORMED = (
    BadZipFile,
    ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"


class Workbook:
    """A workbook's sheets by name, in order.

    Raises
    ------
    TextError
        If the file is no workbook that can be read, or a larger one than is read.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLD_FORMAT):
            message = _("is an old .xls or protected by a password; save it as .xlsx without one")
            raise TextError(message)
        try:
            self._archive = ZipFile(BytesIO(data))
            self._names = {name.lower(): name for name in self._archive.namelist()}
            self._unpacked = self._elements = 0
            self._open()
        except _MALFORMED as error:
            raise _unreadable(error) from None

    @property
    def sheets(self) -> list[str]:
        """Names of the sheets, in order."""
        return list(self._sheets)

    def cells(self, sheet: str) -> dict[int, dict[int, Value]]:
        """Return the cells of a sheet that are not blank, by row and column counted from 1.

        Raises
        ------
        TextError
            If they cannot be read, or are more than are read.
        """
        reader = SheetReader(self._texts, self._dates)
        try:
            self._parse(self._sheets[sheet], reader)
        except _MALFORMED as error:
            raise _unreadable(error) from None
        return reader.rows

    def _open(self) -> None:
        book = next(iter(self._related("", "officeDocument").values()), "xl/workbook.xml")
        reader = BookReader()
        self._parse(book, reader)
        sheets = self._related(book, "worksheet")
        self._sheets = {name: sheets[key] for name, key in reader.sheets if key in sheets}
        if not self._sheets:
            raise LookupError(_("it has no sheets"))
        texts, styles = TextReader(), StyleReader()
        for part in self._related(book, "sharedStrings").values():
            self._parse(part, texts)
        for part in self._related(book, "styles").values():
            self._parse(part, styles)
        self._texts = texts.texts
        self._dates = styles.dates(reader.offset)

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts of a kind that a part refers to, by the name it gives them."""
        folder, _slash, name = part.rpartition("/")
        relations = join(folder, "_rels", f"{name}.rels")
        if relations.lower() not in self._names:
            return {}
        reader = RelationReader()
        self._parse(relations, reader)
        return {
            key: normpath(join("/", folder, target)).lstrip("/")
            for key, of, target in reader.found
            if of.rpartition("/")[2] == kind
        }

    def _parse(self, part: str, reader: Reader) -> None:
        known = self._archive.getinfo(self._names[part.lower()])
        if known.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or known.flag_bits & 1:
            raise ValueError(_("it is packed in an unusual way"))
        # Nothing is unpacked beyond the size that the archive states.
        self._unpacked += known.file_size
        if self._unpacked > MOST_BYTES:
            message = _("holds more than {most} MB when unpacked, more than is read")
            raise TextError(message.format(most=MOST_BYTES // 2**20))

        def start(name: str, given: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MOST_ELEMENTS:
                raise too_many_in_sheet()
            given = {key.rpartition(":")[2]: value for key, value in given.items()}
            reader.start(name.rpartition(":")[2], given)

        parser = ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = start
        parser.EndElementHandler = lambda name: reader.end(name.rpartition(":")[2])
        parser.CharacterDataHandler = reader.text
        parser.buffer_text = True
        parser.Parse(self._archive.read(known), True)


def _refuse_doctype(*_stated: object) -> None:
    raise ValueError(_("it declares a document type"))


def _unreadable(error: Exception) -> TextError:
    message = _("is no workbook that can be read ({reason})")
    return TextError(message.format(reason=error.args[0] if error.args else type(error).__name__))
