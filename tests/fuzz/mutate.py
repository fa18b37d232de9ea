"""Ways to spoil an area: each changes its files in place, by a generator of its own."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from fuzz import pools

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Files = dict[str, bytes]
Rows = list[list[str]]


def _pick(rng: Random, files: Files, *ends: str) -> str | None:
    found = [name for name in sorted(files) if name.endswith(ends)]
    return rng.choice(found) if found else None


# Tables


def _rows(data: bytes) -> Rows:
    text = data.decode("utf-8", errors="replace").replace("\0", "")
    csv.field_size_limit(10**9)
    return list(csv.reader(io.StringIO(text, newline="")))


def _csv(rows: Rows, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", errors="surrogatepass")


def _pool(rng: Random, column: str) -> str:
    """Return a cell, more often than not of the kind that the column holds."""
    if rng.random() < 0.4:
        return rng.choice(pools.ALL)
    if any(word in column for word in ("hours", "available", "preferred")):
        return rng.choice(pools.HOURS)
    if column in ("day", "start", "end"):
        return rng.choice(pools.TIMES)
    if column in ("name", "note", "role", "shared_with", "features", "skills", "staff"):
        return rng.choice(pools.TEXTS)
    return rng.choice(pools.NUMBERS)


def _other_cell(rng: Random, files: Files) -> str:
    name = _pick(rng, files, ".csv")
    rows = [row for row in _rows(files[name]) if row] if name else []
    return rng.choice(rng.choice(rows)) if rows else ""


def table(rng: Random, files: Files) -> None:
    """Edit one table as a table."""
    name = _pick(rng, files, ".csv")
    if name is None:
        return
    rows = _rows(files[name])
    if len(rows) < 2 or not rows[0]:
        return
    header, body = rows[0], rows[1:]
    at = rng.randrange(len(body))
    row = body[at]
    column = rng.randrange(max(1, min(len(row), len(header))))
    if not row:
        return
    kind = rng.randrange(18)
    if kind <= 4:
        row[column] = _pool(rng, header[column])
    elif kind == 5:
        row[column] = _other_cell(rng, files)
    elif kind == 6:
        other = rng.randrange(len(row))
        row[column], row[other] = row[other], row[column]
    elif kind == 7:
        other = rng.randrange(len(header))
        header[column], header[other] = header[other], header[column]
    elif kind == 8:
        body.insert(rng.randrange(len(body)), list(row))
    elif kind == 9:
        del body[at]
    elif kind == 10:
        for each in rows:
            del each[column : column + 1]
    elif kind == 11:
        for each in rows:
            each.insert(column, each[column] if column < len(each) else "")
    elif kind == 12:
        body.clear()
    elif kind == 13:
        value = _pool(rng, header[column])
        for each in body:
            if column < len(each):
                each[column] = value
    elif kind == 14:
        for number in range(rng.choice((3, 30, 300))):
            body.append([f"{row[0]}-{number}", *row[1:]])
    elif kind == 15:
        body.reverse()
        rng.shuffle(body)
    elif kind == 16:
        row[column:] = [] if rng.random() < 0.5 else [*row[column:], *["x"] * rng.randrange(1, 40)]
    else:
        header[column] = rng.choice(("", "note", "NOTE x", header[0], "x", "name ", "=1", "e-mail"))
    files[name] = _csv([header, *body], rng.choice(",,,,;\t"))


def soft(rng: Random, files: Files) -> None:
    """Change a cell to something that may well be right."""
    name = _pick(rng, files, ".csv")
    if name is None:
        return
    rows = _rows(files[name])
    if len(rows) < 2:
        return
    row = rng.choice(rows[1:])
    for _attempt in range(8):
        column = rng.randrange(len(rows[0]))
        if column >= len(row):
            continue
        title, cell = rows[0][column], row[column]
        if title in ("name", "role", "note", "activity"):
            row[column] = rng.choice(pools.PRINTED)
        elif re.fullmatch(r"\d+", cell):
            row[column] = rng.choice(("0", "1", "2", "5", "20", "60", "1000", "1000000"))
        elif title in ("available", "shared_hours", "opening_hours", "hours", "preferred"):
            row[column] = rng.choice(pools.GOOD_HOURS)
        elif title == "shared_with":
            row[column] = rng.choice(("", "all", "none", "school daycare"))
        elif title in ("day", "start"):
            row[column] = (
                rng.choice(("Mo", "Tu", "Su"))
                if title == "day"
                else rng.choice(("8:00", "23:30", "12:07"))
            )
        elif title in ("cleared", "portable", "same_staff", "fixed"):
            row[column] = rng.choice(("yes", "no"))
        else:
            continue
        break
    files[name] = _csv(rows)


def encoding(rng: Random, files: Files) -> None:
    """Save a file in another encoding, or with a mark in its middle."""
    name = _pick(rng, files, ".csv", ".yaml")
    if name is None:
        return
    text = files[name].decode("utf-8", errors="replace")
    code = rng.choice(("cp1252", "utf-16", "utf-8-sig", "latin-1", "utf-32", "utf-7"))
    files[name] = text.encode(code, errors="replace")
    if rng.random() < 0.3:
        at = rng.randrange(len(text) + 1)
        files[name] = (text[:at] + rng.choice("\ufeff\x00\x1a\x0c\x85\u2029") + text[at:]).encode()


_EMPTY = (b"", b"\n", b"\xef\xbb\xbf", b",,,\n", b"\xff\xfe", b"PK\x03\x04")


def missing(rng: Random, files: Files) -> None:
    """Take a file away, empty it, or let another one take its place."""
    name = _pick(rng, files, "")
    if name is None or len(files) < 2:
        return
    kind = rng.randrange(4)
    if kind == 0:
        del files[name]
    elif kind == 1:
        files[name] = rng.choice(
            (b"", b"\n", b"\xef\xbb\xbf", b",,,\n", b"\xff\xfe", b"PK\x03\x04")
        )
    elif kind == 2:
        files[name] = files[rng.choice(sorted(files))]
    else:
        folder, _slash, last = name.rpartition("/")
        files[f"{folder}/{last.upper()}" if folder else last.upper()] = files[name]


# Bytes


def data(rng: Random, files: Files) -> None:
    """Change bytes without a thought for what they mean."""
    name = _pick(rng, files, "")
    if name is None or not files[name]:
        return
    found = bytearray(files[name])
    for _time in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(found) + 1)
        length = rng.choice((1, 1, 2, 8, 64))
        kind = rng.randrange(5)
        if kind == 0 and at < len(found):
            found[at] = rng.choice((rng.randrange(256), found[at] ^ 1 << rng.randrange(8)))
        elif kind == 1:
            del found[at : at + length]
        elif kind == 2:
            found[at:at] = rng.randbytes(length)
        elif kind == 3:
            found[at:at] = found[at : at + length] * rng.choice((1, 2, 50))
        else:
            signs = b"\"',;:\n\r\t[]{}&*!|>%@`#\0\xff\xc3-?"
            found[at:at] = bytes(rng.choice(signs) for _sign in range(length))
    if rng.random() < 0.05:
        del found[rng.randrange(len(found) + 1) :]
    files[name] = bytes(found)


# Scenario files


def settings(rng: Random, files: Files) -> None:
    """Give a section of a scenario file another value."""
    name = _pick(rng, files, ".yaml")
    if name is None:
        return
    text = files[name].decode("utf-8", errors="replace")
    section = rng.choice(sorted(pools.SECTIONS))
    value = rng.choice(pools.SECTIONS[section])
    kept, inside = [], False
    for line in text.split("\n"):
        if line[:1].strip():
            inside = line.startswith(f"{section}:")
        if not inside:
            kept.append(line)
    files[name] = "\n".join([*kept, f"{section}: {value}", ""]).encode()


def lines(rng: Random, files: Files) -> None:
    """Edit a scenario file line by line."""
    name = _pick(rng, files, ".yaml")
    if name is None:
        return
    found = files[name].decode("utf-8", errors="replace").split("\n")
    at = rng.randrange(len(found))
    kind = rng.randrange(7)
    if kind == 0:
        found.insert(at, rng.choice(pools.LINES))
    elif kind == 1:
        del found[at]
    elif kind == 2:
        found.insert(at, found[rng.randrange(len(found))])
    elif kind == 3:
        found[at] = rng.choice(("  ", "\t", "- ", " ")) + found[at]
    elif kind == 4:
        found[at] = found[at].lstrip()
    elif kind == 5:
        key, colon, _value = found[at].partition(":")
        found[at] = f"{key}{colon} {rng.choice(pools.ALL)}"
    else:
        other = rng.randrange(len(found))
        found[at], found[other] = found[other], found[at]
    files[name] = "\n".join(found).encode("utf-8", errors="replace")


# Workbooks

_XML = (
    b"&#0;",
    b"<!DOCTYPE x>",
    b"<a>",
    b"</row>",
    b"<c>",
    b"]]>",
    b"&x;",
    b"<c/>" * 500,
    b"<v>1</v>",
)
_UNREADABLE = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)
_TYPES = (b"s", b"b", b"e", b"d", b"n", b"str", b"inlineStr", b"x", b"")


def workbook(rng: Random, files: Files) -> None:
    """Change the XML inside a workbook, or which parts there are."""
    name = _pick(rng, files, ".xlsx")
    if name is None:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            parts = {each: archive.read(each) for each in archive.namelist()}
    except _UNREADABLE:
        return
    if not parts:
        return
    part = rng.choice(sorted(parts))
    kind = rng.randrange(9)
    found = parts[part]
    if kind == 0:
        found = _replaced(rng, found, rb'(?<=")\d+(?=")|(?<=>)[\d.]+(?=<)', pools.NUMBERS)
    elif kind == 1:
        found = _replaced(rng, found, rb'(?<= t=")\w*(?=")', _TYPES)
    elif kind == 2:
        found = _replaced(
            rng,
            found,
            rb'(?<=r=")[A-Z]+\d+(?=")',
            ("A0", "XFD1048576", "AAAA1", "1A", "", "A99999999"),
        )
    elif kind == 3:
        found = _replaced(rng, found, rb"<[^>]*>", _XML)
    elif kind == 4:
        del parts[part]
    elif kind == 5:
        parts[rng.choice(sorted(parts))] = found
    elif kind == 6:
        found = _replaced(rng, found, rb"(?<=>)[^<]+(?=<)", pools.TEXTS)
    elif kind == 7:
        inner = {part: found}
        data(rng, inner)
        found = inner[part]
    else:
        found = _replaced(rng, found, rb'(?<=")[^"]*(?=")', pools.TEXTS)
    if part in parts:
        parts[part] = found
    out = io.BytesIO()
    way = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(out, "w") as archive:
        for each, content in parts.items():
            # Without the time of day.
            archive.writestr(zipfile.ZipInfo(each), content, way)
    files[name] = out.getvalue()


def _replaced(rng: Random, found: bytes, pattern: bytes, by: tuple[str | bytes, ...]) -> bytes:
    spans = [match.span() for match in re.finditer(pattern, found)]
    if not spans:
        return found
    start, end = rng.choice(spans)
    new = rng.choice(by)
    if isinstance(new, str):
        new = new.encode("utf-8", errors="replace")
        if rng.random() < 0.9:
            new = new.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")
    return found[:start] + new + found[end:]


MUTATIONS: dict[str, Callable[[Random, Files], None]] = {
    each.__name__: each
    for each in (table, soft, encoding, missing, data, settings, lines, workbook)
}
