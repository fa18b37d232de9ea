"""Calendars and the dated schedule, read back by libraries that did not write them."""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import shutil
import subprocess
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from icalendar import Calendar

from deling.case import Case
from deling.domain import Plan, Season
from deling.language import use_language
from deling.outputs import EXCEL, PLAIN, calendars, dated, write_all
from doubles import outcome, singing, sung
from small import event

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SEASON = Season(
    first=dt.date(2026, 8, 26),
    last=dt.date(2027, 6, 24),
    closed=(
        (dt.date(2026, 10, 12), dt.date(2026, 10, 16)),
        (dt.date(2026, 12, 19), dt.date(2027, 1, 3)),
    ),
)
OFF = {
    *(dt.date(2026, 10, 12) + dt.timedelta(days) for days in range(5)),
    *(dt.date(2026, 12, 19) + dt.timedelta(days) for days in range(16)),
    dt.date(2027, 3, 25),  # Maundy Thursday
    dt.date(2027, 3, 26),  # Good Friday
    dt.date(2027, 3, 29),  # Easter Monday
    dt.date(2027, 5, 6),  # Ascension Day
    dt.date(2027, 5, 17),  # Whit Monday
}


def told(plan: Plan | None = None, *, season: Season | None = SEASON, country: str = "DK"):
    """Return an outcome over a season."""
    scenario = singing().scenario
    calendar = scenario.calendar.model_copy(update={"season": season, "country": country})
    return outcome(Case(scenario.model_copy(update={"calendar": calendar})), plan)


def read(folder, name):
    return Calendar.from_ical((folder / "calendars" / name).read_bytes())


def spread(calendar, first=dt.date(2026, 1, 1), last=dt.date(2028, 1, 1)):
    return sorted(recurring_ical_events.of(calendar).between(first, last), key=lambda e: e.start)


def rows(path, dialect=PLAIN):
    with path.open(encoding=dialect.encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=dialect.delimiter))


@pytest.fixture
def written(tmp_path):
    calendars.write(told(), tmp_path, PLAIN)
    dated.write(told(), tmp_path, PLAIN)
    return tmp_path


def test_there_is_a_calendar_for_each(written):
    files = {path.relative_to(written).as_posix() for path in written.rglob("*.ics")}
    assert files == {
        "calendars/institutions/books.ics",
        "calendars/institutions/elm.ics",
        "calendars/rooms/half.ics",
        "calendars/rooms/hall.ics",
        "calendars/rooms/lib.ics",
        "calendars/staff/pianist.ics",
        "calendars/staff/teacher.ics",
    }


def test_an_event_takes_place_on_every_such_day_but_closed_ones_and_holidays(written):
    found = spread(read(written, "staff/pianist.ics"))
    mondays = [SEASON.first + dt.timedelta(days) for days in range(5, 303, 7)]
    assert {day.weekday() for day in mondays} == {0}
    assert [one.start.date() for one in found] == [day for day in mondays if day not in OFF]
    assert dt.date(2027, 3, 29) in mondays
    assert dt.date(2026, 8, 31) == found[0].start.date()
    assert dt.date(2027, 6, 21) == found[-1].start.date()


def test_local_times_stay_when_the_clocks_change(written):
    found = {one.start.date(): one for one in spread(read(written, "staff/pianist.ics"))}
    for day, offset in (
        (dt.date(2026, 10, 19), 2),
        (dt.date(2026, 10, 26), 1),
        (dt.date(2027, 3, 22), 1),
        (dt.date(2027, 4, 5), 2),
    ):
        one = found[day]
        assert one.start == dt.datetime(day.year, day.month, day.day, 10, tzinfo=COPENHAGEN)
        assert one.end.time() == dt.time(11)
        assert one.start.utcoffset() == dt.timedelta(hours=offset)


def test_another_parser_that_goes_by_the_rules_of_the_file_sees_the_same(written):
    text = (written / "calendars" / "staff" / "pianist.ics").read_text(encoding="utf-8")
    (weekly,) = vobject.readOne(text).vevent_list
    expected = [one.start for one in spread(read(written, "staff/pianist.ics"))]
    assert list(weekly.getrruleset(addRDate=True)) == expected
    assert weekly.dtstart.value.tzinfo.utcoffset(dt.datetime(2026, 10, 26)) == dt.timedelta(hours=1)
    assert weekly.location.value == "Salen, Biblioteket, near"


def test_a_calendar_program_shows_local_times_either_side_of_the_change(written, tmp_path):
    khal = shutil.which("khal")
    if khal is None:
        pytest.skip("khal is not installed")
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[week]]\npath = {tmp_path / 'store'}\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Europe/Copenhagen\ndefault_timezone = Europe/Copenhagen\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )

    def told(*command):
        home = {**os.environ, "HOME": str(tmp_path), "TZ": "Europe/Copenhagen"}
        return subprocess.run(
            [khal, "-c", config, *command], env=home, check=True, capture_output=True, text=True
        ).stdout.split("\n")

    (tmp_path / "store").mkdir()
    told("import", "--batch", "-a", "week", written / "calendars/staff/pianist.ics")
    for day, expected in (
        ("2026-10-12", []),  # closed
        ("2026-10-19", ["10:00-11:00"]),
        ("2026-10-26", ["10:00-11:00"]),
        ("2027-03-22", ["10:00-11:00"]),
        ("2027-03-29", []),  # Easter Monday
        ("2027-04-05", ["10:00-11:00"]),
    ):
        lines = told("list", "--format", "{start-time}-{end-time}", day, "1d")
        assert [line for line in lines if re.match(r"\d\d:\d\d", line)] == expected


def test_the_time_zone_of_the_file_has_the_offsets_of_copenhagen(written):
    """The zone is written by rules; a client may use these rather than its own."""
    (zone,) = read(written, "staff/pianist.ics").walk("VTIMEZONE")
    assert all("RRULE" in part and "RDATE" not in part for part in zone.subcomponents)
    own = zone.to_tz()
    moment = dt.datetime(2026, 8, 1)
    while moment < dt.datetime(2027, 8, 1):
        assert (
            moment.replace(tzinfo=own).utcoffset() == moment.replace(tzinfo=COPENHAGEN).utcoffset()
        ), moment
        moment += dt.timedelta(hours=6)


def test_calendars_and_the_dated_schedule_say_the_same(written):
    inside = {
        (one.start.date().isoformat(), f"{one.start:%H:%M}")
        for one in spread(read(written, "institutions/elm.ics"))
    }
    listed = rows(written / "schedule_dated.csv")
    assert {
        (row["date"], row["start"]) for row in listed if row["institution"] == "Skolen"
    } == inside
    assert [row["date"] for row in listed] == sorted(row["date"] for row in listed)


def test_the_dated_schedule_has_a_row_a_session(written):
    first, second, third, *_more = rows(written / "schedule_dated.csv")
    assert (first["need"], second["need"], third["need"]) == ("n", "m", "n")
    assert second == {
        "date": "2026-08-31",
        "weekday": "Mo",
        "start": "10:00",
        "end": "11:00",
        "activity": "Sang",
        "group": "Læseklub",
        "institution": "Biblioteket",
        "room": "Salen",
        "site": "near",
        "staff": "'=pianist (pianist), Biblioteket; musiklærer (teacher), Skolen",
        "equipment": "drums (drum)",
        "participants": "30",
        "event": "p1",
        "need": "m",
    }
    assert third["date"] == "2026-09-01"


def test_the_dated_schedule_is_in_the_dialect(tmp_path):
    dated.write(told(), tmp_path, EXCEL)
    plain = tmp_path / "plain"
    dated.write(told(), plain, PLAIN)
    assert rows(tmp_path / "schedule_dated.csv", EXCEL) == rows(plain / "schedule_dated.csv")


def test_what_an_entry_tells(written):
    joint, _alone = spread(read(written, "institutions/elm.ics"))[:2]
    assert joint["SUMMARY"] == "Kor, Sang: 1.a"
    assert joint["LOCATION"] == "Salen, Biblioteket, near"
    assert joint["DESCRIPTION"].splitlines() == [
        "Together: 1.a (Skolen); Læseklub (Biblioteket)",
        "Staff: =pianist (pianist), Biblioteket; musiklærer (teacher), Skolen",
        "The groups' own staff along: 1 (1.a)",
        "Equipment: drums (drum)",
        "To be brought: drums (drum) from home",
        "40 participants; the room holds 1000.",
        "1.a leaves at 09:50 and is back at 11:10 (10 min by walk).",
    ]


def test_staff_are_told_when_to_leave(written):
    block, joint, *_more = spread(read(written, "staff/teacher.ics"))
    assert (block["SUMMARY"], block.start.time()) == ("Taken otherwise", dt.time(8))
    assert joint["DESCRIPTION"].splitlines()[-2:] == [
        "Leave home at 09:55 (5 min by bike).",
        "Back at home at 11:05.",
    ]


def test_a_room_is_told_of_turnaround_and_of_what_takes_its_parts(written):
    (joint, *_more) = spread(read(written, "rooms/lib.ics"))
    assert "The room stays taken until 11:15." in joint["DESCRIPTION"]
    half = spread(read(written, "rooms/half.ics"))
    assert {one["SUMMARY"] for one in half} == {"Taken otherwise", "Kor: 1.a (Hallen)"}


def test_an_event_that_moves_keeps_its_identity(tmp_path):
    def identities(plan):
        calendars.write(told(plan), tmp_path, PLAIN)
        found = read(tmp_path, "institutions/elm.ics").walk("VEVENT")
        return {one["UID"] for one in found}

    moved = Plan(
        events=(
            event("other", "Fr 12:00", needs="m n", room="lib", staff="pianist teacher"),
            event("p2", "Tu 10:00", staff="teacher"),
        )
    )
    first = identities(sung())
    assert identities(moved) == first
    assert len(first) == 2


def test_what_a_new_plan_changes_is_a_revision_and_the_rest_is_not(tmp_path, monkeypatch):
    def written(plan, day):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1790000000 + 86400 * day))
        write_all(told(plan), tmp_path / "out")
        return {
            str(one["SUMMARY"]): (one["SEQUENCE"], one["LAST-MODIFIED"].dt.day, one["DTSTAMP"].dt)
            for one in read(tmp_path / "out", "institutions/elm.ics").walk("VEVENT")
        }

    day = dt.datetime(2026, 9, 21, tzinfo=dt.UTC)
    later = Plan(events=(*sung().events[:2], event("p2", "We 10:00", staff="teacher")))
    first = written(sung(), 0)
    assert first == {"Kor, Sang: 1.a": (0, 21, day), "Kor: 1.a": (0, 21, day)}
    # The same week again: nothing is new, whatever the date.
    bytes_before = (tmp_path / "out/calendars/institutions/elm.ics").read_bytes()
    assert written(sung(), 1) == first
    assert (tmp_path / "out/calendars/institutions/elm.ics").read_bytes() == bytes_before
    moved = written(later, 2)
    assert moved["Kor, Sang: 1.a"] == first["Kor, Sang: 1.a"]
    assert moved["Kor: 1.a"] == (1, 23, day + dt.timedelta(2))
    assert written(sung(), 3)["Kor: 1.a"] == (2, 24, day + dt.timedelta(3))


def test_an_earlier_calendar_that_nobody_can_read_is_replaced(tmp_path):
    path = tmp_path / "out/calendars/institutions/elm.ics"
    path.parent.mkdir(parents=True)
    for text in (b"no calendar", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\xfe"):
        path.write_bytes(text)
        calendars.write(replace(told(), earlier=tmp_path / "out"), tmp_path / "new", PLAIN)
        (first, *_more) = read(tmp_path / "new", "institutions/elm.ics").walk("VEVENT")
        assert first["SEQUENCE"] == 0


def test_the_maker_of_a_calendar_is_named_with_its_language(written, tmp_path):
    maker = read(written, "rooms/lib.ics")["PRODID"]
    assert re.fullmatch(r"-//deling//deling [\d.]+//EN", maker)
    use_language("da")
    try:
        calendars.write(told(), tmp_path / "da", PLAIN)
    finally:
        use_language("en")
    assert read(tmp_path / "da", "rooms/lib.ics")["PRODID"] == maker.replace("EN", "DA")


def test_no_identity_occurs_twice(written):
    found = [
        one["UID"]
        for path in written.rglob("*.ics")
        for one in Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    ]
    assert len(found) == len(set(found)) > 10


def test_the_same_plan_gives_the_same_bytes(written, tmp_path):
    again = tmp_path / "again"
    calendars.write(told(), again, PLAIN)
    for path in again.rglob("*.ics"):
        assert path.read_bytes() == (written / path.relative_to(again)).read_bytes()


def test_an_event_may_end_at_midnight(tmp_path):
    plan = Plan(events=(event("e", "Fr 23:00", staff="teacher"),))
    calendars.write(told(plan), tmp_path, PLAIN)
    dated.write(told(plan), tmp_path, PLAIN)
    (weekly,) = read(tmp_path, "rooms/hall.ics").walk("VEVENT")[:1]
    assert weekly.end == dt.datetime(2026, 8, 29, 0, 0, tzinfo=COPENHAGEN)
    assert rows(tmp_path / "schedule_dated.csv")[0]["end"] == "24:00"


def test_a_weekday_without_a_date_left_has_no_entry(tmp_path):
    # A Monday to a Tuesday a week later, of which both Mondays are closed.
    days = [dt.date(2026, 9, 7), dt.date(2026, 9, 14)]
    season = Season(first=days[0], last=dt.date(2026, 9, 15), closed=tuple((d, d) for d in days))
    calendars.write(told(season=season), tmp_path, PLAIN)
    dated.write(told(season=season), tmp_path, PLAIN)
    assert spread(read(tmp_path, "staff/pianist.ics")) == []
    assert {row["weekday"] for row in rows(tmp_path / "schedule_dated.csv")} == {"Tu"}
    one_day = Season(first=days[0], last=days[0], closed=())
    calendars.write(told(season=one_day), tmp_path, PLAIN)
    (only,) = read(tmp_path, "staff/pianist.ics").walk("VEVENT")
    assert "RRULE" not in only
    assert only.start.date() == days[0]


def test_a_country_without_known_holidays_has_none(tmp_path):
    calendars.write(told(country="XX"), tmp_path, PLAIN)
    found = {one.start.date() for one in spread(read(tmp_path, "staff/pianist.ics"))}
    assert dt.date(2027, 3, 29) in found
    assert dt.date(2026, 10, 12) not in found


def test_without_a_season_nothing_is_written(tmp_path):
    calendars.write(told(season=None), tmp_path, PLAIN)
    dated.write(told(season=None), tmp_path, PLAIN)
    assert list(tmp_path.iterdir()) == []


def test_of_very_many_calendars_only_the_kinds_that_fit_are_written(tmp_path, monkeypatch):
    scenario = told().scenario
    assert calendars.left_out(scenario) == []
    counts = [len(scenario.institutions), len(scenario.staff), len(scenario.rooms)]
    for most, left in [
        (sum(counts), []),
        (sum(counts) - 1, ["rooms"]),
        (sum(counts[:2]), ["rooms"]),
        (sum(counts[:2]) - 1, ["staff", "rooms"]),
        (counts[0] - 1, ["institutions", "staff", "rooms"]),
    ]:
        monkeypatch.setattr("deling.outputs.calendars.MOST", most)
        assert calendars.left_out(scenario) == left
        folder = tmp_path / str(most)
        calendars.write(told(), folder, PLAIN)
        written = {path.parent.name for path in folder.rglob("*.ics")}
        assert written == {"institutions", "staff", "rooms"} - set(left)
