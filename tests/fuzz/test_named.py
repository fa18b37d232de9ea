"""Named ways to hurt a program with a file: refused in time, with the limit in the message."""

from __future__ import annotations

import os
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from fuzz.campaign import Worker
from fuzz.inputs import area

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
LINKS = "xl/_rels/workbook.xml.rels"


@pytest.fixture(scope="module")
def worker():
    """Return a watched process: 10 s and 1 GB are at most what it may take for anything."""
    found = Worker(0)
    yield found
    found.end()


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a good area."""
    for name, data in area("base").items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path


@pytest.fixture
def told(worker, folder):
    """Return what deling says of the files, which it has to refuse."""

    def ask(*command: str) -> str:
        command = command or ("check", "area.yaml")
        verdict = worker.ask({"folder": str(folder), "command": command})
        assert not verdict.fault
        assert verdict.code == 2
        return str(verdict.said)

    return ask


def extend(folder: Path, text: str | bytes) -> None:
    data = text.encode() if isinstance(text, str) else text
    (folder / "area.yaml").write_bytes((folder / "area.yaml").read_bytes() + data)


# Scenario files


def test_aliases_that_multiply(folder, told):
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    extend(folder, "\n".join(["a0: &a0 [x]", *rows]))
    assert "area.yaml:9:20: repeats itself (“*”) until it is too large" in told()


def test_aliases_just_below_the_limit(folder, told):
    extend(folder, "a: &a [" + "x," * 400 + "]\nb: [" + "*a," * 1000 + "]\n")
    assert "area.yaml:4:1: b: is no known key" in told()


def test_a_scenario_nested_without_end(folder, told):
    extend(folder, "rules: " + "[" * 1_000_000)
    # Where this reader or that of libyaml gives up, whichever is first.
    assert re.search(r"area\.yaml:3:\d+: is nested deeper than a scenario can be", told())


def test_a_key_and_a_text_of_megabytes(folder, told):
    extend(folder, "k" * 10_000_000 + ": x\n")
    assert "area.yaml:3:10000001: is not valid YAML" in told()
    (folder / "area.yaml").write_text(f"name: '{'x' * 10_000_000}'\ntables: base\n")
    assert "area.yaml:1:7: holds a cell of 10000000 letters; at most 32767 are read" in told()


def test_control_characters_by_escape(folder, told):
    (folder / "area.yaml").write_text('name: "\\e[2J"\ntables: base\n')
    assert "area.yaml:1:7: holds a control character (code 27)" in told()


# Tables


def test_a_cell_of_a_hundred_megabytes(folder, told):
    with (folder / "base" / "rooms.csv").open("ab") as file:
        file.write(b"x" * 100_000_000)
    assert "base/rooms.csv: is larger than 64 MB, more than is read of one file" in told()


@pytest.mark.parametrize("cell", ["x" * 10_000_000, '"' + "x\n" * 500_000 + '"'])
def test_a_cell_of_ten_megabytes(folder, told, cell):
    with (folder / "base" / "rooms.csv").open("a") as file:
        file.write(f"{cell},x\n")
    assert "base/rooms.csv:5:1: holds a cell of" in told()


def test_a_table_of_millions_of_cells(folder, told):
    with (folder / "base" / "rooms.csv").open("a") as file:
        file.write("a,b,c,d,e,f,g,h,i,j\n" * 310_000)
    assert "is larger than is read of one table: 3000000 cells, 67108864 letters" in told()


def test_many_blank_rows_are_no_table(folder, worker):
    with (folder / "base" / "rooms.csv").open("a") as file:
        file.write(",,,,,,,,,\n" * 100_000)
    verdict = worker.ask({"folder": str(folder), "command": ["check", "area.yaml"]})
    assert (verdict.code, verdict.fault) == (0, "")


def test_a_thousand_mistakes_are_all_told(folder, worker):
    with (folder / "base" / "use.csv").open("a") as file:
        file.writelines(f"f{n},mosik{n},,Xx,25:61,,sul,ane,,\n" for n in range(1000))
    verdict = worker.ask({"folder": str(folder), "command": ["check", "area.yaml"]})
    assert (verdict.code, verdict.fault) == (2, "")
    assert "5,000 problems in the input." in verdict.said


def test_thousands_of_mistyped_ids_among_thousands(folder, worker):
    with (folder / "base" / "needs.csv").open("a") as file:
        file.writelines(f"behov-{n}-musik,x,klasse,a,1,45,,,\n" for n in range(2000))
    with (folder / "base" / "use.csv").open("a") as file:
        file.writelines(f"f{n},behav-{n}-musk,,Mo,09:00,,sal,anna,,\n" for n in range(2000))
    verdict = worker.ask({"folder": str(folder), "command": ["check", "area.yaml"]})
    assert (verdict.code, verdict.fault) == (2, "")
    assert "did you mean behov-0-musik?" in verdict.said
    assert "2,000 problems in the input." in verdict.said


def test_a_letter_with_countless_accents(folder, told):
    with (folder / "base" / "rooms.csv").open("a", encoding="utf-8") as file:
        file.write("å" + "\u0315\u0300" * 1_000_000)
    assert "base/rooms.csv:5:32: holds a letter with more than 30 accents" in told()


def test_a_terminal_is_not_driven_by_a_cell(folder, told):
    with (folder / "base" / "rooms.csv").open("a") as file:
        file.write("x,\x1b]0;owned\x07")
    assert "base/rooms.csv:5:3: holds a control character (code 27)" in told()


def test_opening_hours_of_a_whole_cell(folder, worker):
    with (folder / "base" / "rooms.csv").open("a") as file:
        file.write(f"x,,skole,,1,,{'Mo-Fr 08:00-14:00;' * 1800}off,,,\n")
    verdict = worker.ask({"folder": str(folder), "command": ["check", "area.yaml"]})
    assert (verdict.code, verdict.fault) == (0, "")
    assert "available: is never open in week 2026-W37" in verdict.said


# Workbooks


def parts_of(path: Path) -> dict[str, bytes]:
    book = openpyxl.Workbook()
    book.active.title = "sites"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def book(folder, told):
    """Return what is said of a workbook with other XML in it."""

    def ask(sheet: bytes, **others: bytes) -> str:
        path = folder / "area.xlsx"
        parts = parts_of(path)
        parts[SHEET] = b"<worksheet><sheetData>" + sheet + b"</sheetData></worksheet>"
        for name, data in others.items():
            link = f'<Relationship Id="q" Type="/{name}" Target="{name}.xml"/>'.encode()
            parts[LINKS] = parts[LINKS].replace(b"</Rel", link + b"</Rel")
            parts[f"xl/{name}.xml"] = data
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        assert path.stat().st_size < 2_000_000
        (folder / "area.yaml").write_text("name: A\ntables: area.xlsx\n")
        return told()

    return ask


SMALL = "is larger than is read of one table"


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (b" " * (49 * 2**20), "holds more than 48 MB when unpacked, more than is read"),
        (b"<row>" + b"<c/>" * 2_100_000, SMALL),
        (b"<row>" + b"<c><v>1</v></c>" * 250_000, SMALL),
        (
            b'<row><c t="inlineStr"><is><t>' + b"x" * 4_000_000 + b"</t></is></c></row>",
            "4000000 letters",
        ),
        (b"<a>" * 200_000, "is no workbook that can be read"),
        (b'<row r="9"><c r="AAAA1"/></row>', "a cell stands at “AAAA1”"),
        (
            b"".join(b'<row><c r="XFD%d"><v>1</v></c></row>' % n for n in range(1, 1000)),
            SMALL,
        ),
    ],
    ids=["1", "blank cells", "cells", "a text", "depth", "no place", "wide rows"],
)
def test_a_small_workbook_that_grows(book, sheet, message):
    assert message in book(sheet)


def test_one_cell_far_away_makes_no_million_others(book):
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "area.xlsx#sites:1048576:1: is no header" in book(far)


def test_one_text_in_very_many_cells(book):
    cells = b"<row>" + b'<c t="s"><v>0</v></c>' * 10 + b"</row>"
    texts = b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>"
    assert SMALL in book(cells * 10_000, sharedStrings=texts)


def test_entities_that_multiply(book):
    texts = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><sst><si><t>&c;</t></si></sst>'
    assert "it declares a document type" in book(b"", sharedStrings=texts)


def test_a_workbook_that_lies_about_its_size(folder, told):
    path = folder / "area.xlsx"
    parts_of(path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    assert data.count(size) >= 1
    path.write_bytes(data.replace(size, (5).to_bytes(4, "little")))
    (folder / "area.yaml").write_text("name: A\ntables: area.xlsx\n")
    assert "is no workbook that can be read" in told()


# Places


@pytest.mark.parametrize("name", ["tables", "extends"])
@pytest.mark.parametrize(
    "place", ["../../etc", "/dev/zero", "/dev/null", "pipe", "loop", "deep/" * 900]
)
def test_places_that_hold_no_scenario(folder, told, name, place):
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    given = {"name": "A", "tables": "base", name: place}
    (folder / "area.yaml").write_text("".join(f"{key}: {text}\n" for key, text in given.items()))
    assert f"area.yaml:{2 if name == 'tables' else 3}:" in told()


@pytest.mark.parametrize("table", ["rooms.csv", "travel.csv"])
@pytest.mark.parametrize("place", ["pipe", "loop", "folder", "/dev/zero", "/dev/stdin"])
def test_tables_that_are_no_files(folder, told, table, place):
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    (folder / "folder").mkdir()
    (folder / "base" / table).unlink()
    target = folder / place
    (folder / "base" / table).symlink_to(target)
    said = told()
    assert f"base/{table}: " in said
    assert any(
        text in said for text in ("is no ordinary file", "is a folder", "cannot be read (Too many")
    )


@pytest.mark.parametrize("place", ["pipe", "loop", "base", "/dev/zero", "nothing.csv", ""])
@pytest.mark.parametrize("command", ["check", "compare", "report"])
def test_plans_and_scenarios_that_are_no_files(folder, told, place, command):
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    assert f"{place or '.'}: " in told(command, "area.yaml", place)
    assert f"{place or '.'}: " in told("check", place)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read(folder, told):
    (folder / "base" / "rooms.csv").chmod(0)
    assert "base/rooms.csv: cannot be read (Permission denied)" in told()


def test_a_linked_table_is_read(folder, worker):
    (folder / "base" / "rooms.csv").rename(folder / "shared.csv")
    (folder / "base" / "rooms.csv").symlink_to("../shared.csv")
    verdict = worker.ask({"folder": str(folder), "command": ["check", "area.yaml"]})
    assert (verdict.code, verdict.fault) == (0, "")


@pytest.mark.parametrize("id_", ["../x", "..", "a/b", "a\\b", "/x", "C:x", "x.csv", "x\n", "~"])
def test_ids_that_would_leave_the_output_folder(folder, told, id_):
    rooms = folder / "base" / "rooms.csv"
    with rooms.open("a", newline="") as file:
        file.write(f'"{id_}",,skole,,1,,,,,\n' if id_ != "x\n" else '"x\ny",,skole,,1,,,,,\n')
    assert "base/rooms.csv:5:1: room: must be an id" in told()
