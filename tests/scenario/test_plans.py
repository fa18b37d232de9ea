"""Reading plans, as deling writes them and as they come back from a spreadsheet."""

from __future__ import annotations

import datetime as dt

import pytest
import xlsxwriter

from areas import area, bought, event, plan
from deling.errors import InputError
from deling.scenario.plans import read_plan

FULL = """\
event,need,group,institution,source,day,start,end,room,site,staff,equipment,participants,cost
e1,b,group,house,internal,Mo,09:00,10:00,room,here,bo ann,drums:1,10,120.50
e1,a,group,house,internal,Mo,09:00,10:00,room,here,bo ann,drums:1,10,120.50
e2,a,group,house,bought,,,,,,,,10,800.00
e3,b,group,house,internal,Fr,22:00,24:00,room,here,,,10,0
"""
EXPECTED = plan(
    event("e1", "a b", "Mo 09:00", 60, staff="ann bo", equipment="drums"),
    bought("e2", "a"),
    event("e3", "b", "Fr 22:00", 120),
)


@pytest.fixture(scope="module")
def scenario():
    return area(
        needs=[{"need": "a", "buy_price": 800}, {"need": "b"}],
        staff=[{}, {"staff": "bo"}],
        equipment=[{}],
    )


def read(folder, scenario, text, encoding="utf-8"):
    file = folder / "plan.csv"
    file.write_text(text, encoding=encoding, newline="")
    return read_plan(file, scenario)


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        FULL.replace(",", ";").replace("120.50", "120,50"),
        FULL.replace("09:00", "9:00").replace("10:00", "10:00:00"),
        FULL.replace("\n", "\r\n"),
        FULL.replace("drums:1", "drums"),
        FULL.replace("24:00", "00:00"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_forms_of_one_plan(tmp_path, scenario, text, encoding):
    assert read(tmp_path, scenario, text, encoding) == EXPECTED


def test_columns_that_follow_from_others_are_not_read(tmp_path, scenario):
    wrong = FULL.replace("group,house", "moved,elsewhere").replace(",here,", ",gone,")
    assert read(tmp_path, scenario, wrong) == EXPECTED
    few = "event,need,day,start,end,room,note\ne,a,Mo,09:00,10:00,room,mine\n"
    assert read(tmp_path, scenario, few) == plan(event("e", "a"))


def test_what_stands_in_a_bought_row_is_ignored(tmp_path, scenario):
    text = "event,need,source,day,start,end,room,staff\nx,a,bought,someday,9,1,nowhere,nobody\n"
    assert read(tmp_path, scenario, text) == plan(bought("x", "a"))


def test_an_end_before_the_start_is_on_the_next_day(tmp_path, scenario):
    text = "event,need,day,start,end,room\ne,a,Su,23:00,01:00,room\nf,b,Mo,09:00,09:00,room\n"
    found = read(tmp_path, scenario, text)
    assert [one.minutes for one in found.events] == [120, 24 * 60]


def test_a_plan_of_nothing(tmp_path, scenario):
    assert read(tmp_path, scenario, FULL.split("\n")[0] + "\n") == plan()


@pytest.mark.parametrize("sheet", ["plan", "Plan", "Sheet1"])
def test_a_workbook(tmp_path, scenario, sheet):
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        clock = workbook.add_format({"num_format": "hh:mm"})
        if sheet.lower() == "plan":
            workbook.add_worksheet("sums")
        page = workbook.add_worksheet(sheet)
        for line, row in enumerate(FULL.splitlines()):
            for column, text in enumerate(row.split(",")):
                if text == "24:00":
                    page.write_number(line, column, 1.0, clock)
                elif line and text[2:3] == ":":
                    page.write_datetime(line, column, dt.time.fromisoformat(text), clock)
                elif text:
                    page.write(line, column, text)
    assert read_plan(path, scenario) == EXPECTED


def test_events_of_a_plan_are_never_fixed(tmp_path, scenario):
    text = FULL.replace("cost\n", "cost,fixed\n", 1)
    with pytest.raises(InputError, match="fixed: is no column of plan"):
        read(tmp_path, scenario, text)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "does not exist"),
        (b"", "is empty; the first line must hold the column names event, need"),
        (b"\0\1\2", "is no text file"),
        (b"PK\3\4", "a control character"),
    ],
)
def test_a_file_that_is_no_plan(tmp_path, scenario, data, message):
    file = tmp_path / "plan.csv"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_plan(file, scenario)


def test_a_folder_or_a_broken_workbook(tmp_path, scenario):
    with pytest.raises(InputError, match=r"cannot be read|is a folder"):
        read_plan(tmp_path, scenario)
    (tmp_path / "plan.xlsx").write_bytes(b"no workbook")
    with pytest.raises(InputError, match="is no workbook"):
        read_plan(tmp_path / "plan.xlsx", scenario)


def test_a_cpr_number_is_refused_and_not_repeated(tmp_path, scenario):
    text = FULL.replace("cost\n", "cost,note\n", 1).replace("120.50\n", "120.50,010190-1234\n")
    text = text.replace("800.00\n", "800.00,\n").replace("10,0\n", "10,0,\n")
    with pytest.raises(InputError, match="looks like a CPR number") as error:
        read(tmp_path, scenario, text)
    assert "010190" not in str(error.value)
