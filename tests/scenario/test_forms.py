"""The same tables in every form that people save them in give the same scenario."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest
import xlsxwriter

from deling.errors import InputError
from deling.scenario.csv_text import TextError, decode, read_csv
from deling.scenario.load import load
from deling.scenario.workbook import rows_of as rows_of_sheet
from deling.scenario.xlsx import Workbook

BAD = Path(__file__).parent.parent / "bad"


def content(file):
    """Return a scenario without the places and hashes of its files."""
    scenario = load(file).scenario
    return scenario.model_copy(update={"places": {}, "inputs": {}, "stem": ""})


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))


def rewritten(folder, delimiter=",", decimal=".", encoding="utf-8", newline="\n"):
    """Write the base area in another form and return its scenario file."""
    (folder / "base").mkdir()
    for path in sorted((BAD / "base").glob("*.csv")):
        rows = rows_of(path)
        if decimal == "," and path.stem == "sites":
            rows = [
                [cell.replace(".", ",") for cell in row[:-2]]
                + [cell.replace(".", ",") for cell in row[-2:]]
                for row in rows
            ]
        target = folder / "base" / path.name
        with target.open("w", encoding=encoding, newline="") as out:
            csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return Path(shutil.copy(BAD / "base.yaml", folder))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiters_decimals_and_encodings_are_found_out(tmp_path, delimiter, decimal, encoding):
    file = rewritten(tmp_path, delimiter, decimal, encoding)
    assert content(file) == content(BAD / "base.yaml")


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path, newline):
    assert content(rewritten(tmp_path, newline=newline)) == content(BAD / "base.yaml")


def test_blank_cells_at_the_end_of_a_row_may_be_left_out_or_too_many(tmp_path):
    file = rewritten(tmp_path)
    for path in (tmp_path / "base").glob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        assert '"' not in "".join(rows)
        shorter = [row.rstrip(",") for row in rows]
        longer = [f"{row},," for row in rows]
        mixed = [pair[index % 2] for index, pair in enumerate(zip(shorter, longer, strict=True))]
        path.write_text("\n".join([header, *mixed]), encoding="utf-8")
    assert content(file) == content(BAD / "base.yaml")


def test_a_line_that_tells_excel_the_delimiter(tmp_path):
    file = rewritten(tmp_path, delimiter=";")
    rooms = tmp_path / "base" / "rooms.csv"
    rooms.write_text("sep=;\n" + rooms.read_text(encoding="utf-8"), encoding="utf-8")
    assert content(file) == content(BAD / "base.yaml")


def test_names_of_tables_in_large_letters(tmp_path):
    file = rewritten(tmp_path)
    (tmp_path / "base" / "rooms.csv").rename(tmp_path / "base" / "Rooms.CSV")
    assert content(file) == content(BAD / "base.yaml")


def test_a_table_that_is_there_twice(tmp_path):
    file = rewritten(tmp_path)
    shutil.copy(tmp_path / "base" / "rooms.csv", tmp_path / "base" / "ROOMS.csv")
    if len(list((tmp_path / "base").glob("[rR]*.csv"))) == 1:
        pytest.skip("this file system does not tell small from large letters")
    with pytest.raises(InputError, match="is there twice"):
        load(file)


def test_an_accent_written_as_two_signs_is_the_same_letter(tmp_path):
    file = rewritten(tmp_path)
    rooms = tmp_path / "base" / "rooms.csv"
    text = rooms.read_text(encoding="utf-8").replace("halvsal", "halvsa\u030al")
    rooms.write_text(text, encoding="utf-8")
    assert "halvsål" in load(file).scenario.rooms


def typed(text):
    """Return what a person's spreadsheet holds where the CSV says this."""
    if text in ("yes", "no"):
        return text == "yes"
    if len(text) == 5 and text[2] == ":":
        return dt.time(int(text[:2]), int(text[3:]))
    try:
        return float(text)
    except ValueError:
        return text


def as_workbook(path, sheet=str.capitalize):
    """Write the base area as a workbook with typed cells."""
    with xlsxwriter.Workbook(path) as workbook:
        clock = workbook.add_format({"num_format": "hh:mm"})
        for source in sorted((BAD / "base").glob("*.csv")):
            page = workbook.add_worksheet(sheet(source.stem))
            for line, row in enumerate(rows_of(source)):
                for column, text in enumerate(row):
                    value = typed(text) if line else text
                    if isinstance(value, dt.time):
                        page.write_datetime(line, column, value, clock)
                    elif value != "":
                        page.write(line, column, value)
        workbook.add_worksheet("My own sums").write(0, 0, "anything")


def scenario_on(folder, tables):
    file = folder / "area.yaml"
    file.write_text(f"name: Base\ntables: {tables}\n", encoding="utf-8")
    return file


def test_a_workbook_with_typed_cells(tmp_path):
    as_workbook(tmp_path / "area.xlsx")
    file = scenario_on(tmp_path, "area.xlsx")
    assert content(file) == content(BAD / "base.yaml")
    assert [Path(name).name for name in load(file).scenario.inputs] == ["area.yaml", "area.xlsx"]


def test_a_workbooks_messages_name_sheet_row_and_column(tmp_path):
    as_workbook(tmp_path / "area.xlsx", sheet=lambda name: name.replace("rooms", "roms"))
    with pytest.raises(InputError) as error:
        load(scenario_on(tmp_path, "area.xlsx"))
    said = [
        str(problem).removeprefix(tmp_path.as_posix() + "/") for problem in error.value.problems
    ]
    assert said == [
        "area.xlsx: a sheet named rooms is missing; did you mean roms?",
        "area.xlsx#roms: is not read; should it be named rooms?",
    ]


def test_a_workbooks_cell_has_its_place(tmp_path):
    as_workbook(tmp_path / "area.xlsx")
    file = scenario_on(tmp_path, "area.xlsx")
    place = load(file).scenario.places["rooms", "stue"]
    assert str(place) == f"{tmp_path.as_posix()}/area.xlsx#Rooms:4:1"


TYPED = [
    (20.0, "", "20"),
    (7.5, '0.0" hours"', "7.5"),
    (1e20, "", "1e+20"),
    (0.1 + 0.2, "0.00", "0.3"),
    (55.6438, "[Red]General", "55.6438"),
    (12, '#,##0.00\\ "kr.";[Red]-#,##0.00', "12"),
    (True, "", "yes"),
    (False, "", "no"),
    (dt.time(8, 0), "hh:mm", "08:00"),
    (dt.time(8, 0, 30), "h:mm AM/PM", "08:00:30"),
    (dt.timedelta(days=1), "[hh]:mm", "24:00"),
    (dt.timedelta(hours=100.5), "[h]:mm", "100:30"),
    (dt.date(1900, 1, 1), "yyyy-mm-dd", "24:00"),
    (dt.datetime(2026, 8, 31), "dd-mm-yyyy", "2026-08-31"),
    (dt.date(2026, 8, 31), "[$-406]d. mmmm yyyy", "2026-08-31"),
    (dt.datetime(2026, 8, 31, 10, 30), "yyyy-mm-dd hh:mm", "2026-08-31 10:30:00"),
    (-0.5, "hh:mm", "-0.5"),
    (1e9, "yyyy-mm-dd", "1000000000"),
    (" x ", "", "x"),
    ("A\u030a _x0041_", "", "Å _x0041_"),
    ("=1+1", "", "=1+1"),
]


@pytest.mark.parametrize("from_1904", [False, True])
def test_typed_cells_as_text(tmp_path, from_1904):
    path = tmp_path / "book.xlsx"
    options = {"date_1904": from_1904, "strings_to_formulas": False}
    told = [
        row
        for row in TYPED
        if not from_1904 or (row[2] != "24:00" and row[1] not in ("[h]:mm", "yyyy-mm-dd"))
    ]
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet()
        for line, (value, form, _text) in enumerate(told):
            style = workbook.add_format({"num_format": form}) if form else None
            write = sheet.write_boolean if isinstance(value, bool) else sheet.write
            if isinstance(value, (dt.date, dt.time, dt.timedelta)):
                write = sheet.write_datetime
            write(line, 0, value, style)
    book = Workbook(path.read_bytes())
    cells = [row.texts[0] for row in rows_of_sheet(book, book.sheets[0])]
    assert cells == [text for _value, _form, text in told]


def test_a_formula_counts_by_the_value_that_was_saved_with_it(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("sum")
        sheet.write_formula("A1", "=40+2", None, 42)
        sheet.write_formula("C1", '=CONCAT("a","b")', None, "ab")
        sheet.merge_range("A3:B4", "merged")
        sheet.write_rich_string("A6", "a", workbook.add_format({"bold": True}), "b", "c")
    rows = rows_of_sheet(Workbook(path.read_bytes()), "sum")
    assert [row.texts for row in rows] == [["42", "", "ab"], ["merged"], ["abc"]]
    assert rows[2].place(0) == (6, 1)


def test_cells_know_their_place():
    text = 'a;b\n\n1; "two\nlines; ""and"" more" ;3\n;;\n4;5;6'
    found = [
        [(cell, *line.place(at)) for at, cell in enumerate(line.texts)]
        for line in read_csv(text, ["a", "b"])
    ]
    assert found == [
        [("a", 1, 1), ("b", 1, 3)],
        [("1", 3, 1), ('two\nlines; "and" more', 3, 4), ("3", 4, 23)],
        [("4", 6, 1), ("5", 6, 3), ("6", 6, 5)],
    ]


def test_a_quotation_mark_inside_a_cell_is_itself():
    assert read_csv('a,b\n5" pipe,x', ["a"])[1].texts == ['5" pipe', "x"]


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfea\0", b"\x81\xff"])
def test_what_is_no_text(data):
    with pytest.raises(TextError):
        decode(data)
