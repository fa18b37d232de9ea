"""What the files of a run say."""

from __future__ import annotations

import csv
import json

import pytest

from deling import __version__
from deling.case import Case
from deling.domain import Plan
from deling.errors import InvalidPlanError
from deling.outputs import EXCEL, PLAIN, schedules, write_all, write_without_plan
from deling.outputs.schedules import describe
from doubles import outcome, result_of, singing, sung
from small import bought, event


@pytest.fixture
def written(tmp_path):
    write_all(outcome(), tmp_path / "out")
    return tmp_path / "out"


def rows(path, dialect=PLAIN):
    with path.open(encoding=dialect.encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=dialect.delimiter))


def test_all_files_are_there_and_listed(written):
    files = sorted(p.relative_to(written).as_posix() for p in written.rglob("*") if p.is_file())
    assert files == json.loads((written / "result.json").read_text())["files"]
    assert files == [
        "changes.csv",
        "comparison.csv",
        "deling.xlsx",
        "plan.csv",
        "report.html",
        "result.json",
        "schedules/books.csv",
        "schedules/elm.csv",
        "schedules/rooms/half.csv",
        "schedules/rooms/hall.csv",
        "schedules/rooms/lib.csv",
        "schedules/staff/pianist.csv",
        "schedules/staff/teacher.csv",
        "staff.csv",
        "unmet.csv",
    ]


def test_plan_has_the_contracts_form(written):
    # room 60 DKK, teacher 300, drum 20: by 10 : 30; released: one of two at 200 an hour
    assert (written / "plan.csv").read_text(encoding="utf-8") == (
        "event,need,group,institution,source,day,start,end,room,site,staff,equipment,"
        "participants,cost\n"
        "p1,n,g,elm,internal,Mo,10:00,11:00,lib,near,pianist teacher,drum:1,10,-105.00\n"
        "p1,m,h,books,internal,Mo,10:00,11:00,lib,near,pianist teacher,drum:1,30,285.00\n"
        "p2,n,g,elm,internal,Tu,10:00,11:00,hall,home,teacher,,10,100.00\n"
        "p3,n,g,elm,bought,,,,,,,,10,500.50\n"
    )


def test_an_end_at_midnight_is_24(tmp_path):
    case = singing()
    write_all(
        outcome(
            case,
            Plan(
                events=(
                    event("e", "Tu 10:00", staff="teacher"),
                    event("f", "Fr 23:00", staff="teacher"),
                )
            ),
        ),
        tmp_path,
    )
    assert "Fr,23:00,24:00" in (tmp_path / "plan.csv").read_text()


def test_the_week_of_an_institution(written):
    joint, alone, singer = rows(written / "schedules" / "elm.csv")
    assert joint == {
        "day": "Mo",
        "start": "10:00",
        "end": "11:00",
        "role": "takes part",
        "activity": "Kor",
        "group": "1.a",
        "participants": "10",
        "own staff along": "1",
        "together with": "Læseklub (Biblioteket)",
        "room": "Salen",
        "place": "Biblioteket, near",
        "staff": "'=pianist (pianist), Biblioteket; musiklærer (teacher), Skolen",
        "equipment": "drums (drum)",
        "to be brought": "drums (drum) from home",
        "leave": "09:50",
        "back": "11:10",
        "travel minutes each way": "10",
        "travel by": "walk",
        "price in DKK": "-105.00",
        "compared with today": "moved",
        "event": "p1",
        "need": "n",
    }
    assert (alone["leave"], alone["travel minutes each way"]) == ("", "0")
    assert alone["compared with today"] == "as today"
    assert (singer["day"], singer["role"]) == ("", "takes part (bought outside)")
    assert singer["price in DKK"] == "500.50"


def test_an_institution_sees_the_sessions_of_others_that_it_gives_to(tmp_path):
    case = singing(off=("keep",))
    visit = event("v", "Mo 10:00", room="lib", staff="teacher")
    schedules.write(outcome(case, Plan(events=(visit,))), tmp_path, PLAIN)
    (row,) = rows(tmp_path / "schedules" / "books.csv")
    assert (row["role"], row["group"], row["need"]) == ("lends the room", "1.a", "n")


def test_an_institution_that_takes_part_has_its_own_row_alone(written):
    books = rows(written / "schedules" / "books.csv")
    assert [(row["role"], row["need"]) for row in books] == [("takes part", "m")]


def test_the_week_of_staff_has_ways_waiting_and_what_is_taken_otherwise(written):
    found = rows(written / "schedules" / "staff" / "teacher.csv")
    assert [(row["day"], row["start"], row["end"], row["what"]) for row in found] == [
        ("Mo", "08:00", "09:00", "taken otherwise"),
        ("Mo", "09:55", "10:00", "travel"),
        ("Mo", "10:00", "11:00", "session"),
        ("Mo", "11:00", "11:05", "travel"),
        ("Tu", "10:00", "11:00", "session"),
    ]
    assert (found[1]["from"], found[1]["to"], found[1]["travel by"]) == ("home", "near", "bike")
    assert found[2]["groups"] == "1.a (Skolen); Læseklub (Biblioteket)"
    assert found[2]["participants"] == "40"


def test_staff_go_home_between_sessions_or_wait_where_they_go_next(tmp_path):
    case = singing(off=("keep",))
    plan = Plan(
        events=(
            event("e", "Mo 10:00", room="lib", staff="teacher"),
            event("f", "Mo 11:15", room="lib", staff="teacher"),
            event("g", "Mo 13:00", room="lib", staff="teacher"),
        )
    )
    one = outcome(case, plan)
    schedules.write(one, tmp_path, PLAIN)
    found = rows(tmp_path / "schedules" / "staff" / "teacher.csv")
    assert [(row["start"], row["end"], row["what"]) for row in found[1:]] == [
        ("09:55", "10:00", "travel"),
        ("10:00", "11:00", "session"),
        ("11:00", "11:05", "travel"),
        ("11:10", "11:15", "travel"),
        ("11:15", "12:15", "session"),
        ("12:15", "12:20", "travel"),
        ("12:55", "13:00", "travel"),
        ("13:00", "14:00", "session"),
        ("14:00", "14:05", "travel"),
    ]
    assert rows(tmp_path / "schedules" / "staff" / "pianist.csv") == []


def test_staff_wait_where_they_go_next(tmp_path):
    case = singing(off=("keep",))
    plan = Plan(
        events=(
            event("e", "Mo 10:00", room="lib", staff="teacher"),
            event("f", "Mo 11:08", room="lib", staff="teacher"),
        )
    )
    schedules.write(outcome(case, plan), tmp_path, PLAIN)
    found = rows(tmp_path / "schedules" / "staff" / "teacher.csv")
    waiting = next(row for row in found if row["what"] == "waiting")
    assert (waiting["start"], waiting["end"], waiting["place"]) == ("11:00", "11:08", "near")


def test_the_week_of_a_room_has_turnaround_blocks_and_what_takes_it_from_around(written):
    sal = rows(written / "schedules" / "rooms" / "lib.csv")
    assert [(row["start"], row["end"], row["what"]) for row in sal] == [
        ("10:00", "11:00", "session"),
        ("11:00", "11:15", "turnaround"),
    ]
    half = rows(written / "schedules" / "rooms" / "half.csv")
    assert [(row["day"], row["what"], row["in"]) for row in half] == [
        ("Mo", "taken otherwise", "Hallen"),
        ("Tu", "session", "Hallen"),
    ]


def test_hours_of_staff(written):
    pianist = {row["staff"]: row for row in rows(written / "staff.csv")}["pianist"]
    assert (pianist["sessions"], pianist["hours in sessions"]) == ("1", "1.00")
    teacher = {row["staff"]: row for row in rows(written / "staff.csv")}["teacher"]
    # two hours of sessions, ten minutes of way; the joint session is for another house as well
    assert teacher["hours on the way"] == "0.17"
    assert teacher["working hours"] == "2.17"
    assert teacher["hours for other institutions"] == "1.00"
    assert teacher["working hours today"] == "2.00"
    assert teacher["most hours a week"] == ""


def test_changes(written):
    found = rows(written / "changes.csv")
    assert [(row["change"], row["today"], row["proposed"]) for row in found] == [
        ("as today", "Tu 10:00", "Tu 10:00"),
        ("moved", "We 10:00", "Mo 10:00"),
        ("new", "", "bought outside"),
        ("new", "", "Mo 10:00"),
    ]


def test_unmet_says_why(tmp_path):
    case = singing()
    plan = Plan(
        events=(event("e", "Tu 10:00", staff="teacher"), event("f", "We 10:00", staff="teacher"))
    )
    write_all(outcome(case, plan), tmp_path)
    found = rows(tmp_path / "unmet.csv")
    assert [(row["activity"], row["wanted"], row["missing"], row["reasons"]) for row in found] == [
        ("Kor", "3", "1", "no more n"),
        ("Sang", "1", "1", "no more m"),
    ]


def test_comparison_has_scopes_measures_and_a_column_a_plan(written):
    found = {
        (row["scope"], row["id"], row["measure"]): row for row in rows(written / "comparison.csv")
    }
    served = found["area", "", "sessions_served"]
    assert (served["today"], served["area"]) == ("2", "4")
    assert found["institution", "elm", "sessions_served"]["area"] == "3"
    assert found["kind of group", "elders", "participant_hours"]["area"] == "30.00"
    assert found["sector", "culture", "staff_hours_balance"]["name"] == "Culture"
    assert found["room", "lib", "frequency"]["area"] == "0.8"  # 60 of 5 · 1440 minutes
    assert found["area", "", "goal_served"]["area"] == "4"
    assert found["area", "", "goal_cost"]["unit"] == "DKK"
    assert found["area", "", "net_cost"]["area"] == found["area", "", "goal_cost"]["area"]


def test_result_states_what_is_known(written):
    told = json.loads((written / "result.json").read_text(encoding="utf-8"))
    assert told["status"] == "feasible"
    assert told["goals"]["served"] == {"value": 4, "bound": 4, "proven": True, "gap": 0.0}
    cost = told["goals"]["cost"]
    assert cost["value"] - cost["bound"] == pytest.approx(1)
    assert cost["proven"] is False
    assert (told["seconds"], told["seed"], told["workers"]) == (1.5, 1, 2)
    assert told["version"] == told["versions"]["deling"] == __version__
    assert set(told["versions"]) == {"deling", "ortools", "python"}
    assert told["sharing"] == "area"
    assert told["interrupted"] is False
    assert set(told["plans"]) == {"today", "area"}
    assert told["plans"]["area"]["valid"] is True


def test_the_same_plan_gives_the_same_bytes(tmp_path):
    write_all(outcome(), tmp_path / "a")
    write_all(outcome(), tmp_path / "b")
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_the_order_of_events_in_the_plan_does_not_matter(tmp_path):
    one = outcome()
    write_all(one, tmp_path / "a")
    write_all(outcome(one.case, Plan(events=one.plan.events[::-1])), tmp_path / "b")
    for name in ("plan.csv", "schedules/elm.csv", "comparison.csv", "changes.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_excel_dialect_for_everything_but_the_plan(tmp_path, written):
    write_all(outcome(), tmp_path / "excel", EXCEL)
    assert (tmp_path / "excel" / "plan.csv").read_bytes() == (written / "plan.csv").read_bytes()
    for path in (tmp_path / "excel").rglob("*.csv"):
        if path.name != "plan.csv":
            assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path
    school = rows(tmp_path / "excel" / "schedules" / "elm.csv", EXCEL)
    assert school[0]["price in DKK"] == "-105,00"
    assert school[0]["staff"].startswith("'=pianist")


def test_a_plan_that_breaks_a_rule_is_not_written(tmp_path):
    wrong = outcome(plan=Plan(events=(event("e", "Mo 08:30"),)))
    with pytest.raises(InvalidPlanError, match="room: "):
        write_all(wrong, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_a_plan_only_the_record_remains(written):
    (written / "notes.txt").write_text("mine")
    case = singing()
    write_without_plan(result_of(case, None), case, written)
    assert sorted(path.name for path in written.iterdir()) == ["notes.txt", "result.json"]
    told = json.loads((written / "result.json").read_text())
    assert told["status"] == "no_plan_in_time"
    assert told["goals"] == {}


def test_a_bought_session_of_today_that_takes_place_in_the_area_has_moved(tmp_path):
    case = singing(off=("keep",))
    case = case.__class__(case.scenario.model_copy(update={"today": Plan(events=(bought("k"),))}))
    plan = Plan(events=(event("e", "Th 10:00", staff="teacher"),))
    write_all(outcome(case, plan), tmp_path)
    found = rows(tmp_path / "changes.csv")
    assert [(row["change"], row["today"]) for row in found] == [
        ("moved", "bought outside"),
    ]


@pytest.mark.parametrize(
    ("site", "place"),
    [
        ("Biblioteket", "Biblioteket"),
        ("Biblioteket, Torvet 1", "Biblioteket, Torvet 1"),
        ("Torvet 1", "Biblioteket, Torvet 1"),
        ("Biblioteket2", "Biblioteket, Biblioteket2"),
    ],
)
def test_a_site_that_is_named_after_its_house_is_said_once(site, place):
    case = singing()
    near = case.scenario.sites["near"].model_copy(update={"name": site})
    named = Case(case.scenario.model_copy(update={"sites": {**case.scenario.sites, "near": near}}))
    told = outcome(named, sung())
    assert describe.place(told, told.plan.internal[0]) == place
