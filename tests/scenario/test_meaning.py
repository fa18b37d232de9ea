"""What cells and settings mean once they are read: defaults, units, lists."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
from decimal import Decimal

import pytest

from areas import area, write_area
from deling.domain import Agreement, Block, StaffDayLimits, TravelMode, TravelRow
from deling.scenario.load import load
from deling.units import ALWAYS
from small import hours

ON_WEEKDAYS = tuple((day * 1440 + 480, day * 1440 + 960) for day in range(5))


def test_settings_default_to_the_contract():
    scenario = area()
    assert scenario.calendar.model_dump() == {
        "country": "DK",
        "week": "2026-W37",
        "monday": dt.date(2026, 9, 7),
        "days": (0, 1, 2, 3, 4),
        "step": 15,
        "season": None,
    }
    assert scenario.sharing == "area"
    assert scenario.travel.detour == Decimal("1.3")
    assert scenario.travel.modes == {
        "walk": TravelMode(speed="4.5", fixed=0, trip_cost=0, fleet=None),
        "stroll": TravelMode(speed="2.5", fixed=0, trip_cost=0, fleet=None),
        "bike": TravelMode(speed=14, fixed=2, trip_cost=0, fleet=None),
        "car": TravelMode(speed=30, fixed=4, trip_cost=0, fleet=None),
        "minibus": TravelMode(speed=30, fixed=10, trip_cost=15000, fleet=None),
    }
    assert scenario.rules.off == frozenset()
    assert scenario.rules.floor_area == {}
    assert scenario.rules.budget is None
    assert scenario.rules.staff_day == StaffDayLimits(
        max_minutes=600, max_span=720, rest=660, max_sites=3
    )
    assert scenario.goals == ("served", "fairness", "cost", "comfort")
    assert scenario.solve.model_dump() == {"time_limit": 60, "gap": 0, "seed": 1, "workers": 0}
    assert (scenario.name, scenario.stem) == ("Area", "area")


def test_defaults_fill_in_key_by_key():
    scenario = area(
        settings={
            "calendar": {"days": ["Fr", "Mo"], "week": "2026-W02", "country": "SE"},
            "travel": {"modes": {"bike": {"speed": "16,5"}, "barge": {"speed": 5}}},
            "rules": {"staff_day": {"rest": 10.99, "max_hours": "7,505"}, "budget": "12.50"},
            "solve": {"gap": "1e-3"},
        }
    )
    assert scenario.calendar.days == (0, 4)
    assert scenario.calendar.step == 15
    assert (scenario.calendar.monday, scenario.calendar.country) == (dt.date(2026, 1, 5), "SE")
    modes = scenario.travel.modes
    assert modes["bike"] == TravelMode(speed="16.5", fixed=2, trip_cost=0, fleet=None)
    assert modes["barge"] == TravelMode(speed=5, fixed=0, trip_cost=0, fleet=None)
    assert modes["walk"].speed == Decimal("4.5")
    # A lower limit is rounded up, an upper one down: 659.4 and 450.3 minutes.
    assert scenario.rules.staff_day.rest == 660
    assert scenario.rules.staff_day.max_minutes == 450
    assert scenario.rules.budget == 1250
    assert scenario.solve.gap == 0.001


def test_an_empty_section_is_its_default(tmp_path):
    file = write_area(tmp_path)
    text = (
        "name: Area\ntables: .\nextends:\ncalendar: {days: [], week: , season: {}}\nsharing:\n"
        "travel: {modes: {walk: }}\nrules:\ngoals: []\nchange:\nsolve: {}\n"
    )
    file.write_text(text, encoding="utf-8")
    scenario = load(file).scenario
    plain = area()
    for section in ("calendar", "sharing", "travel", "rules", "goals", "solve"):
        assert getattr(scenario, section) == getattr(plain, section)


def test_rules_are_switched_by_word():
    rules = {"room": "off", "staff_day": "off", "budget": "off", "floor_area": "on", "keep": "on"}
    scenario = area(settings={"rules": rules})
    assert scenario.rules.off == {"room", "staff_day", "budget"}
    assert scenario.rules.staff_day.max_minutes == 600


def test_season_and_goals():
    season = {
        "first": "2026-08-31",
        "last": "2027-06-25",
        "closed": ["2026-10-12/2026-10-16", "2026-12-24"],
    }
    scenario = area(settings={"calendar": {"season": season}, "goals": ["cost", "served"]})
    assert scenario.calendar.season is not None
    assert scenario.calendar.season.closed == (
        (dt.date(2026, 10, 12), dt.date(2026, 10, 16)),
        (dt.date(2026, 12, 24), dt.date(2026, 12, 24)),
    )
    assert scenario.goals == ("cost", "served")


def test_rows_default_to_the_contract():
    scenario = area(staff=[{}], equipment=[{}], needs=[{}])
    room = scenario.rooms["room"]
    assert (room.name, room.site, room.available) == ("room", "here", ON_WEEKDAYS)
    assert (room.shared_with, room.shared_hours) == (("none",), ON_WEEKDAYS)
    assert (room.area_m2, room.hourly_cost, room.turnaround, room.part_of) == (None, 0, 0, None)
    member = scenario.staff["ann"]
    assert (member.site, member.weekly_minutes, member.lend_minutes) == ("here", None, None)
    assert (member.travel_mode, member.cleared, member.employment) == ("bike", True, "employee")
    drums = scenario.equipment["drums"]
    assert (drums.quantity, drums.portable, drums.available) == (1, False, ON_WEEKDAYS)
    group = scenario.groups["group"]
    assert (group.travel_mode, group.max_travel, group.usual_staff) == ("walk", 0, 0)
    need = scenario.needs["need"]
    assert (need.weight, need.min_days_between, need.same_staff) == (1, 1, False)
    assert (need.hours, need.preferred, need.joint, need.buy_price) == (None, None, None, None)


def test_hours_follow_available_and_the_institution():
    scenario = area(
        rooms=[
            {"room": "a", "available": "Mo 08:00-10:00"},
            {"room": "b", "shared_hours": "Tu 09:00-10:00"},
            {"room": "c", "available": "24/7", "shared_hours": "off"},
        ]
    )
    rooms = scenario.rooms
    assert rooms["a"].shared_hours == hours("Mo 08:00-10:00")
    assert rooms["b"].shared_hours == hours("Tu 09:00-10:00")
    assert rooms["b"].available == ON_WEEKDAYS
    assert (rooms["c"].available, rooms["c"].shared_hours) == (ALWAYS, ())


def test_numbers_units_and_lists():
    scenario = area(
        rooms=[{"area_m2": "62,5", "hourly_cost": "175,50", "features": "stage  floor stage"}],
        staff=[{"weekly_hours": "7,51", "lend_hours": 2.5, "cleared": "no", "skills": "b a"}],
        needs=[{"skills": "music:2 art art", "equipment": "drum:4 mat:0", "buy_price": "1000.5"}],
    )
    room, member, need = scenario.rooms["room"], scenario.staff["ann"], scenario.needs["need"]
    assert (room.area_m2, room.hourly_cost) == (Decimal("62.5"), 17550)
    assert room.features == ("stage", "floor")
    assert (member.weekly_minutes, member.lend_minutes) == (450, 150)
    assert (member.cleared, member.skills) == (False, ("b", "a"))
    assert need.skills == (("music", 2), ("art", 2))
    assert need.equipment == (("drum", 4),)
    assert need.buy_price == 100050


def test_travel_rows_and_agreements():
    sites = [{"site": "here"}, {"site": "there", "latitude": 55.66}]
    institutions = [{}, {"institution": "library"}]
    scenario = area(
        sites=sites,
        institutions=institutions,
        travel=[{}],
        agreements=[
            {"institution": "house", "with": "library", "kinds": "staff rooms"},
            {"institution": "library", "with": "house"},
        ],
    )
    assert scenario.travel_rows == (
        TravelRow(origin="here", destination="there", mode="walk", minutes=10),
    )
    assert scenario.agreements == (
        Agreement(lender="house", borrower="library", kinds=("rooms", "staff")),
        Agreement(lender="library", borrower="house", kinds=("rooms", "staff", "equipment")),
    )


def test_today_is_a_plan_and_blocks():
    scenario = area(
        groups=[{}, {"group": "twin"}],
        staff=[{}, {"staff": "bo"}],
        equipment=[{}, {"equipment": "amp", "quantity": 2}],
        needs=[{"need": "a", "minutes": 45}, {"need": "b", "minutes": 45, "group": "twin"}],
        use="event,need,source,day,start,minutes,room,staff,equipment,fixed\n"
        "e,b,,Tu,8:00,,room,bo ann,drums amp:2,yes\n"
        "e,a,internal,Tu,08:00:00,45,room,ann bo,amp:2 drums,yes\n"
        "x,a,bought,Mo,10:00,30,nowhere,nobody,,\n"
        "shut,,,We,23:00,120,room,ann,amp,\n",
    )
    joint, extern = scenario.today.events
    assert joint.needs == ("a", "b")  # in the order of needs.csv
    assert (joint.start, joint.minutes, joint.room) == (1440 + 480, 45, "room")
    assert (joint.staff, joint.equipment) == (("ann", "bo"), (("amp", 2), ("drums", 1)))
    assert joint.fixed
    assert extern.model_dump() == {
        **extern.model_dump(),
        "id": "x",
        "needs": ("a",),
        "source": "bought",
        "start": 0,
        "minutes": 0,
        "room": "",
        "staff": (),
        "equipment": (),
        "fixed": False,
    }
    assert scenario.blocks == (
        Block(
            id="shut",
            start=2 * 1440 + 23 * 60,
            minutes=120,
            room="room",
            staff=("ann",),
            equipment=(("amp", 1),),
        ),
    )


def test_rows_and_settings_know_their_places(tmp_path):
    file = write_area(
        tmp_path,
        {"calendar": {"step": 30}},
        needs=[{}],
        use="event,need,day,start,room\ne,need,Mo,09:00,room\n",
    )
    scenario = load(file).scenario
    folder = tmp_path.as_posix()
    assert str(scenario.places["rooms", "room"]) == f"{folder}/rooms.csv:2:1"
    assert str(scenario.places["use", "e"]) == f"{folder}/use.csv:2:1"
    assert str(scenario.places["use", "e need"]) == f"{folder}/use.csv:2:1"
    assert str(scenario.places["scenario", "calendar.step"]) == f"{folder}/area.yaml:5:11"
    assert scenario.inputs[f"{folder}/rooms.csv"] == (
        hashlib.sha256((tmp_path / "rooms.csv").read_bytes()).hexdigest()
    )
    assert set(scenario.inputs) == {
        f"{folder}/{name}"
        for name in (
            "area.yaml",
            "sites.csv",
            "institutions.csv",
            "rooms.csv",
            "groups.csv",
            "needs.csv",
            "use.csv",
        )
    }


@pytest.mark.parametrize("package", ["pandas", "networkx", "ortools", "numpy", "rich"])
def test_reading_needs_no_heavy_package(package):
    modules = "deling.scenario.load, deling.scenario.plans"
    code = f"import sys, {modules}; print({package!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
