"""The workbook: typed cells, sheets that any program opens, and the plan that comes back."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from deling.case import Case
from deling.cli import main
from deling.compare import Column, Comparison, today
from deling.domain import Plan, Season
from deling.outputs import PLAIN, Outcome, workbook
from deling.outputs.plan import HEADER, write_plan
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from doubles import outcome, result_of, singing, sung
from small import event, small

ROOT = Path(__file__).parents[2]
SMALLEST = ROOT / "scenarios" / "smallest.yaml"
OFFICE = shutil.which("soffice")


def of_today(path: Path) -> Outcome:
    """Return today's use of a scenario as an outcome."""
    case = Case(load(path).scenario)
    plan = case.scenario.today
    result = result_of(case, plan)
    chosen = Column(case.sharing, plan, case, result)
    return Outcome(Comparison((today(case), chosen)), chosen, result, lambda need: [need.id])


@pytest.fixture
def made(tmp_path):
    workbook.write(outcome(), tmp_path, PLAIN)
    return tmp_path / "deling.xlsx"


@pytest.fixture
def smallest(tmp_path):
    """Today's use of the smallest scenario as a workbook, and as a plan file beside it."""
    told = of_today(SMALLEST)
    workbook.write(told, tmp_path, PLAIN)
    write_plan(told.plan, told.case, tmp_path / "plan.csv")
    return tmp_path / "deling.xlsx"


def deling(*arguments: object):
    return CliRunner().invoke(main, [str(one) for one in arguments])


def keys(plan: Plan):
    return {(one.id, one.source, one.key) for one in plan.events}


def edited(path: Path, changes: dict[tuple[str, str], object]) -> Path:
    """Change cells of the sheet ``plan``, by event and column, as a planner does."""
    book = openpyxl.load_workbook(path)
    sheet = book["plan"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for (name, column), value in changes.items():
        found = [row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == name]
        assert found
        for row in found:
            sheet.cell(row, columns[column]).value = value
    to = path.with_name("edited.xlsx")
    book.save(to)
    return to


# What is in it


def test_sheets(made):
    assert openpyxl.load_workbook(made).sheetnames == [
        "Overview",
        "plan",
        "Comparison",
        "Skolen",
        "Biblioteket",
        "Sessions",
        "Rooms",
        "Staff",
        "Unmet wishes",
        "Changes",
    ]


def test_times_and_numbers_are_real_ones(made):
    sheet = openpyxl.load_workbook(made)["plan"]
    head, first, *_more = sheet.iter_rows(values_only=True)
    assert head == HEADER
    row = dict(zip(head, first, strict=True))
    assert (row["event"], row["day"]) == ("p1", "Mo")
    assert (row["start"], row["end"]) == (dt.timedelta(hours=10), dt.timedelta(hours=11))
    assert (row["participants"], row["cost"]) == (10, -105)
    bought = dict(zip(head, list(sheet.iter_rows(values_only=True))[-1], strict=True))
    assert (bought["source"], bought["start"], bought["cost"]) == ("bought", None, 500.5)


def in_season() -> Outcome:
    """Return an outcome of nine days."""
    scenario = singing().scenario
    season = Season(first=dt.date(2026, 10, 19), last=dt.date(2026, 10, 27), closed=())
    calendar = scenario.calendar.model_copy(update={"season": season})
    return outcome(Case(scenario.model_copy(update={"calendar": calendar})))


def test_the_season_has_real_dates(tmp_path):
    workbook.write(in_season(), tmp_path, PLAIN)
    sheet = openpyxl.load_workbook(tmp_path / "deling.xlsx")["Dates"]
    _head, *rows = sheet.iter_rows(max_col=3, values_only=True)
    ten = dt.timedelta(hours=10)
    assert rows == [
        (dt.datetime(2026, 10, 19), "Mo", ten),
        (dt.datetime(2026, 10, 19), "Mo", ten),
        (dt.datetime(2026, 10, 20), "Tu", ten),
        (dt.datetime(2026, 10, 26), "Mo", ten),
        (dt.datetime(2026, 10, 26), "Mo", ten),
        (dt.datetime(2026, 10, 27), "Tu", ten),
    ]


def test_tables_have_a_head_that_stays_and_filters(made):
    book = openpyxl.load_workbook(made)
    for name in ("plan", "Comparison", "Sessions", "Rooms", "Staff", "Unmet wishes", "Changes"):
        sheet = book[name]
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref == sheet.dimensions
        assert len({cell.value for cell in sheet[1]}) == sheet.max_column


def test_every_sheet_prints_on_a4_across(made):
    for sheet in openpyxl.load_workbook(made):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_text_never_becomes_a_formula_or_a_link(tmp_path):
    case = small(
        institutions={"elm": {"name": "=1+1"}, "books": {"name": "https://example.org"}},
        rooms={"hall": {"name": "@SUM(A1)"}, "lib": {"name": "mailto:a@example.org"}},
        needs={"n": {"name": "+45 12"}},
        today=(event("t1"),),
    )
    workbook.write(outcome(case, Plan(events=(event("t1"),))), tmp_path, PLAIN)
    book = openpyxl.load_workbook(tmp_path / "deling.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert links
    assert all(link.location and not link.target for link in links)
    assert "=1+1" in {cell.value for cell in cells}


def test_names_of_sheets_are_legal_and_unique(tmp_path):
    long = "Den selvejende institution Regnbuen i Hedehusene"
    case = small(
        institutions={
            "elm": {"name": "Plan"},
            "books": {"name": long},
            "a": {"name": f"{long} 2"},
            "b": {"name": "'[x]:*?/\\'"},
            "c": {"name": "History"},
            "d": {"name": "overview"},
            "e": {"name": ""},
        },
    )
    workbook.write(outcome(case, Plan(events=(event("t1"),))), tmp_path, PLAIN)
    names = openpyxl.load_workbook(tmp_path / "deling.xlsx").sheetnames
    assert names[3:10] == [
        "Plan 2",
        "Den selvejende institution Regn",
        "Den selvejende institution Re 2",
        "x",
        "History 2",
        "overview 2",
        "e",
    ]
    assert max(map(len, names)) <= 31


def test_the_week_of_an_institution_says_what_is_joint_borrowed_and_lent(made):
    book = openpyxl.load_workbook(made)

    def texts(name):
        return [cell.value for row in book[name].iter_rows(min_row=5) for cell in row]

    school = [text for text in texts("Skolen") if isinstance(text, str)]
    assert school == [
        "\n".join(
            (
                "10:00–11:00 Kor, Sang",
                "1.a · Salen",
                "Borrowed: room, staff of Biblioteket",
                "Joint: Biblioteket",
            )
        ),
        "10:00–11:00 Kor\n1.a · Hallen",
        "Bought outside, without a time: Kor, 1.a (Skolen)",
    ]


def test_events_that_overlap_stand_beside_each_other(tmp_path):
    plan = Plan(
        events=(
            event("t1", "Mo 09:00", 60),
            event("t2", "Mo 09:30", 45, room="lib"),
            event("t3", "Mo 11:07", 20),
        )
    )
    workbook.write(outcome(small(), plan), tmp_path, PLAIN)
    sheet = openpyxl.load_workbook(tmp_path / "deling.xlsx")["elm"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    # Rows of a quarter from 9:00 on in row 5; the head of Monday and the third event go across.
    assert {"B4:C4", "B5:B8", "C7:C9", "B13:C14"} <= merged


def test_the_same_plan_gives_the_same_bytes(made, tmp_path):
    again = tmp_path / "again"
    again.mkdir()
    workbook.write(outcome(), again, PLAIN)
    assert (again / "deling.xlsx").read_bytes() == made.read_bytes()


def test_there_are_no_macros_and_nothing_outside(made):
    with zipfile.ZipFile(made) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower()]
        outside = [
            name
            for name in parts.namelist()
            if name.endswith(".rels") and b'TargetMode="External"' in parts.read(name)
        ]
    assert outside == []


# The way back


@pytest.mark.parametrize("path", sorted(SMALLEST.parent.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_plan_is_read_back_as_it_was_written(path, tmp_path):
    told = of_today(path)
    workbook.write(told, tmp_path, PLAIN)
    assert keys(read_plan(tmp_path / "deling.xlsx", told.scenario)) == keys(told.plan)


def test_joint_and_bought_sessions_come_back(made):
    assert keys(read_plan(made, singing().scenario)) == keys(sung())


def test_every_minute_of_the_day_comes_back(tmp_path):
    case = small()
    for first in range(0, 1440, 240):
        events = tuple(
            event(f"e{minute}", f"Mo {minute // 60:02d}:{minute % 60:02d}", 1)
            for minute in range(first, first + 240)
        )
        plan = Plan(events=events)
        workbook.write(outcome(case, plan), tmp_path, PLAIN)
        assert keys(read_plan(tmp_path / "deling.xlsx", case.scenario)) == keys(plan)


def test_an_edit_is_judged_and_its_cost_shown(smallest):
    assert deling("check", SMALLEST, smallest, "--quiet").exit_code == 0
    moved = edited(smallest, {("t1", "room"): "cafe"})
    check = deling("check", SMALLEST, moved, "--json", "--quiet")
    assert check.exit_code == 1
    broken = {one["rule"] for one in json.loads(check.output)["breaches"]}
    assert broken
    compare = deling("compare", SMALLEST, smallest.parent / "plan.csv", moved, "--quiet")
    assert compare.exit_code == 0
    assert re.search(r"1 (moved|flyttet)", compare.output), compare.output
    assert "edited" in compare.output


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.time(9, 15), dt.time(9, 45)),
        (dt.timedelta(hours=9, minutes=15), dt.timedelta(hours=9, minutes=45)),
        ("9:15", "9:45"),
        ("09:15", "09:45:00"),
        (" 9:15 ", "09:45"),
    ],
    ids=["time", "duration", "text", "text with seconds", "text with spaces"],
)
def test_times_may_be_typed_in_many_ways(smallest, start, end):
    scenario = load(SMALLEST).scenario
    path = edited(smallest, {("t1", "start"): start, ("t1", "end"): end})
    (moved,) = [one for one in read_plan(path, scenario).events if one.id == "t1"]
    assert (moved.start % 1440, moved.minutes) == (9 * 60 + 15, 30)


def test_the_end_of_a_day_comes_back(tmp_path):
    plan = Plan(events=(event("e", "Fr 23:00", staff="teacher"),))
    workbook.write(outcome(singing(), plan), tmp_path, PLAIN)
    sheet = openpyxl.load_workbook(tmp_path / "deling.xlsx")["plan"]
    assert sheet["H2"].value == dt.timedelta(days=1)
    assert sheet["H2"].number_format == "[hh]:mm"
    assert keys(read_plan(tmp_path / "deling.xlsx", singing().scenario)) == keys(plan)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("times", ["as written", "typed as text"])
def test_the_plan_survives_being_saved_by_libreoffice(smallest, tmp_path, times):
    path = smallest
    if times == "typed as text":
        path = edited(smallest, {("t1", "start"): "9:15", ("t1", "end"): "9:45"})
    saved = tmp_path / "saved"
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            saved,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    scenario = load(SMALLEST).scenario
    again = read_plan(saved / path.name, scenario)
    assert keys(again) == keys(read_plan(path, scenario))
    check = deling("check", SMALLEST, saved / path.name, "--quiet")
    assert check.exit_code in (0, 1), check.output


def test_of_very_many_weeks_and_dates_the_overview_says_where_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr("deling.outputs.workbook.weeks.MOST", 1)
    monkeypatch.setattr("deling.outputs.workbook.dates.MOST", 1)
    workbook.write(in_season(), tmp_path, PLAIN)
    book = openpyxl.load_workbook(tmp_path / "deling.xlsx")
    front = [str(cell.value) for row in book.worksheets[0] for cell in row if cell.value]
    assert "Dates" not in book.sheetnames
    assert any("schedule_dated.csv" in text for text in front)
    assert any("schedules/" in text and "at most" in text for text in front)
    several = len(book.sheetnames)
    monkeypatch.undo()
    workbook.write(in_season(), tmp_path, PLAIN)
    whole = openpyxl.load_workbook(tmp_path / "deling.xlsx")
    institutions = in_season().scenario.institutions
    assert len(whole.sheetnames) == several + len(institutions) + 1


def test_of_a_plan_too_long_to_be_read_back_the_overview_names_its_file(tmp_path, monkeypatch):
    lines = 1 + sum(len(event.needs) for event in sung().events)
    for most, named in ((lines * len(HEADER), False), (lines * len(HEADER) - 1, True)):
        monkeypatch.setattr("deling.outputs.workbook.overview.MOST_CELLS", most)
        workbook.write(outcome(), tmp_path, PLAIN)
        book = openpyxl.load_workbook(tmp_path / "deling.xlsx")
        front = [str(cell.value) for row in book.worksheets[0] for cell in row if cell.value]
        assert any("edit plan.csv" in text for text in front) == named
        assert any("deling check" in text and "deling.xlsx" in text for text in front) != named
