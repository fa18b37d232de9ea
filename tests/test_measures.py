"""Measures, against numbers worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from deling.domain import Plan
from deling.evaluate import evaluate
from deling.figures import split
from deling.measures import AREA, MEASURES, Scope, loans, measure, room_times
from deling.measures.changes import changes
from deling.measures.rooms import days_of
from deling.units import DAY
from doubles import singing, sung
from small import block, bought, event, hours, small

WEEKDAYS = hours(*(f"{day} 08:00-18:00" for day in ("Mo", "Tu", "We", "Th", "Fr")))
SCHOOL, LIBRARY = Scope("institution", "elm"), Scope("institution", "books")


def of(case, *events):
    return measure(Plan(events=events), case)


def test_frequency_counts_events_and_blocks_once_and_only_in_available_hours():
    case = small(
        rooms={"hall": {"available": WEEKDAYS, "capacity": 20}},
        blocks=(
            block("b1", "Mo 09:30", 60, room="hall"),  # 30 minutes of it beside the event
            block("b2", "Tu 07:00", 120, room="hall"),  # 60 minutes of it before opening
        ),
    )
    found = of(case, event("e", "Mo 09:00", 60))
    hall = Scope("room", "hall")
    # 60 + 30 + 60 of 5 · 600 minutes; blocks are not in occupancy: 10 of 20 places filled
    assert found.value("frequency", hall) == Fraction(100 * 150, 3000)
    assert found.value("occupancy", hall) == 50
    assert found.value("utilisation", hall) == Fraction(5, 2)


def test_a_whole_is_booked_and_filled_when_a_part_is():
    case = small(
        rooms={
            "hall": {"available": WEEKDAYS, "capacity": 40},
            "half": {"available": WEEKDAYS, "capacity": 20, "part_of": "hall"},
            "other": {"available": WEEKDAYS, "capacity": 20, "part_of": "hall"},
        },
        groups={"h": {}},
        needs={"m": {"group": "h"}},
    )
    found = of(
        case,
        event("e", "Mo 09:00", 60, room="half"),
        event("f", "Mo 09:30", 60, needs="m", room="other"),
    )
    whole, half = Scope("room", "hall"), Scope("room", "half")
    assert found.rooms["hall"].booked == 90
    assert found.rooms["half"].booked == 60
    assert found.value("occupancy", whole) == Fraction(100 * (600 + 600), 40 * 90)
    assert found.value("occupancy", half) == 50
    # sums over sums: the school has the hall and its halves, the library's room is unused
    assert found.scopes[SCHOOL].booked == 90 + 60 + 60
    assert found.scopes[SCHOOL].available == 3 * 3000


def test_only_calendar_days_count_as_available():
    case = small(rooms={"hall": {"available": hours("Mo 08:00-09:00", "Sa 08:00-18:00")}})
    assert of(case).rooms["hall"].available == 60


def test_nothing_to_divide_by_is_no_value():
    found = of(small(rooms={"hall": {"available": ()}}))
    assert found.value("frequency", Scope("room", "hall")) is None
    assert found.value("utilisation", Scope("room", "hall")) is None
    assert found.value("utilisation", Scope("room", "lib")) == 0
    assert found.value("price_participant_hour") is None
    assert found.value("frequency", Scope("kind", "pupils")) is None


def test_rooms_never_used_count_the_parts_of_an_unused_whole_once():
    area = Decimal(100)
    case = small(
        rooms={
            "hall": {"area_m2": area},
            "half": {"area_m2": area / 2, "part_of": "hall"},
            "lib": {"area_m2": Decimal(30)},
        }
    )
    found = of(case)
    assert found.value("rooms_never_used") == 2
    assert found.value("m2_never_used") == 130
    used = of(case, event("e", room="half"))
    assert used.value("rooms_never_used") == 1
    assert used.value("m2_never_used", SCHOOL) == 0
    whole_used = of(case, event("e", room="hall"))
    assert whole_used.value("rooms_never_used", SCHOOL) == 0


def joint_case():
    """A school and a library sing together: 10 pupils, 30 elders, 60 minutes in the library."""
    return small(
        rooms={"lib": {"hourly_cost": 6000}},
        staff={
            "teacher": {"hourly_cost": 30000, "site": "home"},
            "pianist": {"hourly_cost": 12000, "institution": "books", "site": "near"},
        },
        equipment={"drum": {"move_cost": 2000}},
        groups={
            "g": {"usual_staff": 2, "staff_hourly_cost": 20000, "travel_mode": "minibus"},
            "h": {"institution": "books", "site": "near", "size": 30, "kind": "elders"},
        },
        modes={"minibus": {"trip_cost": 15000}},
        needs={
            "n": {"joint": "sing", "attendants": 1, "sessions": 2},
            "m": {"group": "h", "joint": "sing", "sessions": 1},
        },
    )


def test_a_joint_session_across_sectors_is_shared_by_participants():
    case = joint_case()
    together = event("e", needs="n m", room="lib", staff="teacher pianist", equipment="drum")
    found = of(case, together)
    school, elders = found.scopes[SCHOOL], found.scopes[Scope("kind", "elders")]
    assert (school.wanted, school.served) == (2, 1)
    assert school.participant_minutes == 600
    assert elders.participant_minutes == 1800
    assert (school.joining_sectors, elders.joining_sectors) == (1, 1)
    # øre: staff 42,000, room 6,000, drum 2,000, all of it by 10 : 30
    assert school.staff_cost == 60 * 42000 // 4
    assert elders.room_cost == 60 * 6000 * 3 // 4
    assert school.move_cost == 60 * 2000 // 4
    assert school.trip_cost == 60 * 2 * 15000
    assert elders.trip_cost == 0
    assert school.released == 60
    assert school.released_value == 60 * 20000
    # the teacher bikes 5 minutes each way; the pianist is at home
    assert found.area.staff_travel == 10
    assert school.staff_travel + elders.staff_travel == 10
    assert found.area.travel_cost == 10 * 30000
    assert school.group_travel == 2 * 15
    # the teacher's hour: 45 minutes for the library's elders; the pianist's: 15 for the pupils
    assert (school.staff_lent, school.staff_borrowed) == (45, 15)
    library = found.scopes[LIBRARY]
    assert (library.staff_lent, library.staff_borrowed) == (15, 45)
    assert found.value("staff_hours_balance", SCHOOL) == Fraction(1, 2)
    assert found.value("staff_hours_balance") == 0
    assert found.value("staff_hours_from_other_sectors") == 1
    assert (library.rooms_lent, school.rooms_borrowed, school.rooms_borrowed_across) == (15, 15, 15)
    assert found.value("participant_hours") == 40
    assert found.area.net_cost == evaluate(Plan(events=(together,)), case)["cost"]


def test_price_of_a_participant_hour():
    case = small(rooms={"hall": {"hourly_cost": 25000}})
    assert of(case, event("e")).value("price_participant_hour") == 25


def test_lending_within_a_sector_does_not_cross():
    case = small(
        institutions={"books": {"sector": "school"}},
        groups={"g": {"institution": "books"}},
    )
    found = of(case, event("e"))
    assert found.value("room_hours_lent", SCHOOL) == 1
    assert found.value("room_hours_balance", Scope("sector", "school")) == 0
    assert found.value("room_hours_from_other_sectors") == 0


def test_travel_and_waiting_of_a_tour_fall_on_its_events_by_minutes():
    case = small(
        staff={"t": {"hourly_cost": 6000}},
        groups={"g": {"site": "near"}, "h": {"site": "near", "kind": "elders"}},
        needs={"m": {"group": "h", "minutes": 30}},
        rooms={"far": {"site": "far"}},
    )
    # bike: home–near 5, near–far 18, far–home 20; by way of home it would be 25 > the gap of 20
    found = of(
        case,
        event("e", "Mo 09:00", 60, room="lib", staff="t"),
        event("f", "Mo 10:20", 30, needs="m", room="far", staff="t"),
    )
    assert found.area.staff_travel == 5 + 18 + 20
    assert found.area.staff_waiting == 2
    assert found.needs["n"].staff_travel == 29  # 43 · 60/90 = 28.67
    assert found.needs["m"].staff_travel == 14
    assert found.area.travel_cost == 45 * 6000
    assert found.needs["n"].travel_cost == 30 * 6000


def test_bought_sessions_count_with_their_participants_and_price():
    case = small(needs={"n": {"buy_price": 50000, "minutes": 90}})
    found = of(case, bought("k"))
    assert found.value("sessions_bought") == 1
    assert found.value("participant_hours") == 15
    assert found.value("net_cost") == 500
    assert found.value("released_staff_hours") == 0


def test_changes_from_today():
    today = (
        event("a", "Mo 09:00"),
        event("b", "Tu 09:00"),
        event("c", "We 09:00", needs="m"),
        bought("k", needs="p"),
        bought("l", needs="p"),
    )
    case = small(
        needs={"m": {}, "p": {"buy_price": 100}},
        staff={"t": {}},
        today=today,
    )
    plan = Plan(
        events=(
            event("x", "Mo 09:00", staff="t"),  # kept, whoever comes
            event("y", "Tu 10:00"),  # moved
            event("z", "Th 09:00"),  # new
            bought("q", needs="p"),  # kept
            event("r", "Fr 09:00", needs="p"),  # bought today, now in the area: moved
        )
    )
    found = [
        (change.kind, change.need, change.after.id if change.after else None)
        for change in changes(plan, case)
    ]
    assert found == [
        ("kept", "n", "x"),
        ("moved", "n", "y"),
        ("new", "n", "z"),
        ("dropped", "m", None),
        ("kept", "p", "q"),
        ("moved", "p", "r"),
    ]
    tally = measure(plan, case).area
    assert (tally.kept, tally.moved, tally.new, tally.dropped) == (2, 2, 1, 1)


def test_today_changes_nothing_of_itself():
    today = (event("a"), bought("k"))
    case = small(needs={"n": {"buy_price": 1}}, today=today)
    found = measure(case.scenario.today, case).area
    assert (found.kept, found.moved, found.new, found.dropped) == (2, 0, 0, 0)


def test_parts_add_up_to_the_area():
    case = joint_case()
    found = of(
        case,
        event("e", needs="n m", room="lib", staff="teacher pianist", equipment="drum"),
        event("f", "Tu 09:00", 45, needs="n", staff="pianist"),
    )
    for level in ("sector", "institution"):
        parts = [tally for scope, tally in found.scopes.items() if scope.level == level]
        for name in found.area.__slots__:
            assert sum(getattr(part, name) for part in parts) == getattr(found.area, name), name


def test_every_measure_has_a_value_or_none_for_every_scope():
    found = of(small())
    for one in MEASURES:
        for scope in found.scopes:
            value = found.value(one.id, scope)
            assert (value is None) or scope.level in one.levels
    assert found.value("sessions_wanted", AREA) == 5


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (60, [10, 30], [15, 45]),
        (100, [1, 1, 1], [34, 33, 33]),
        (7, [0, 0], [4, 3]),
        (5, [3], [5]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_split(total, weights, parts):
    assert split(total, weights) == parts


def test_loans_add_up_to_what_is_measured_as_lent():
    case, plan = singing(), sung()
    found = loans(plan, case)
    area = measure(plan, case).area
    assert sum(loan.rooms for loan in found.values()) == area.rooms_lent
    assert sum(loan.staff for loan in found.values()) == area.staff_lent
    assert found["elm", "books"].staff == 45
    assert found["elm", "books"].value == 45 * 30000
    assert found["books", "elm"].rooms == 15


def test_hours_of_rooms_add_up_to_their_measures():
    case, plan = singing(), sung()
    whole = measure(plan, case)
    sums = {"available": 0, "booked": 0, "seat_minutes": 0, "filled_minutes": 0}
    for time in room_times(plan, case).values():
        for day, _end in days_of(case):
            for hour in range(0, DAY, 60):
                part = time.within(((day + hour, day + hour + 60),))
                for name in sums:
                    sums[name] += getattr(part, name)
    for name, value in sums.items():
        assert value == getattr(whole.scopes[AREA], name)
    assert whole.value("frequency", Scope("room", "lib")) is not None
