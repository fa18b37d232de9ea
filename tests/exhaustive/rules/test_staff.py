"""Rules on the ways and hours of staff: `staff` and `staff_hours`."""

from __future__ import annotations

from typing import Any

import pytest

from exhaustive.agree import agrees, binds
from exhaustive.rows import MUSIC, SLOT, served, two_houses
from exhaustive.tiny import tiny
from small import event, hours

# staff


def test_staff_twice():
    def case(*staff: str) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}, "annex": {"available": SLOT}},
            groups={"h": {}},
            staff={name: {} for name in staff},
            needs={"n": {"skills": MUSIC}, "m": {"group": "h", "skills": MUSIC}},
        )

    binds("staff", case("ann"), case("ann", "bo"))


def test_staff_on_their_way():
    # 35 minutes on foot, 50 by home
    case = two_houses(25)
    best = agrees(case)
    assert best is not None
    assert best.values["cost"] == 60 * (10 + 25 + 35 + 60 + 40)
    assert served(binds("staff", two_houses(26), case)) == 1


@pytest.mark.parametrize(
    ("minutes", "paid"), [(30, 25), (35, 25), (36, 24), (40, 20), (42, 18), (43, None)]
)
def test_staff_wait_or_go_home_whichever_is_shorter(minutes, paid):
    # By bike, 18 minutes directly and 25 by home; the shorter gap is paid in full.
    best = agrees(two_houses(minutes, staff={"ann": {"hourly_cost": 60}}))
    assert best is not None
    if paid is None:
        assert served(best) == 1
    else:
        assert best.values["cost"] == 60 * (5 + minutes + paid + 60 + 20)


def test_staff_ways_where_the_direct_one_is_longer():
    # Directly 40, by home 25: with a gap of 25 they go home, with one of 24 there is no way.
    def case(minutes: int) -> Any:
        return two_houses(
            minutes,
            staff={"ann": {"hourly_cost": 60}},
            travel={("near", "far", "bike"): 40},
        )

    best = agrees(case(35))
    assert best is not None
    assert best.values["cost"] == 60 * (5 + 35 + 25 + 60 + 20)
    assert served(binds("staff", case(36), case(35))) == 1


def test_staff_ways_that_differ_by_direction():
    # From near to home it takes 30 now, so by home 50: they go directly, and pay the gap.
    best = agrees(
        two_houses(
            40,
            staff={"ann": {"hourly_cost": 60}},
            travel={("far", "near", "bike"): 50, ("near", "home", "bike"): 30},
        )
    )
    assert best is not None
    assert best.values["cost"] == 60 * (5 + 40 + 20 + 60 + 20)


def test_staff_may_be_quicker_with_a_stop_between():
    # A stop at the library makes the long way from home to the far house two short ones.
    def case(sessions: int) -> Any:
        return two_houses(
            40,
            staff={"ann": {"hourly_cost": 60, "available": hours("Mo 08:55-11:20")}},
            travel={("home", "far", "bike"): 90, ("far", "home", "bike"): 20},
            needs={
                "n": {
                    "skills": MUSIC,
                    "features": ("books",),
                    "minutes": 40,
                    "sessions": sessions,
                },
                "m": {"skills": MUSIC, "features": ("hay",), "group": "h"},
            },
        )

    assert served(agrees(case(1))) == 2
    assert served(agrees(case(0))) == 0


def test_staff_three_stops_in_the_best_order():
    case = tiny(
        rooms={
            "lib": {"available": hours("Mo 09:00-12:00"), "features": ("books",)},
            "barn": {"site": "far", "available": hours("Mo 09:00-12:00"), "features": ("hay",)},
            "hall": {"available": hours("Mo 09:00-12:00"), "features": ("stage",)},
        },
        step=30,
        staff={"ann": {"hourly_cost": 60, "available": hours("Mo 08:00-13:00")}},
        groups={"h": {}, "i": {}},
        needs={
            "n": {"skills": MUSIC, "features": ("books",), "minutes": 30},
            "m": {"skills": MUSIC, "features": ("hay",), "minutes": 40, "group": "h"},
            "o": {"skills": MUSIC, "features": ("stage",), "minutes": 40, "group": "i"},
        },
    )
    best = agrees(case)
    assert served(best) == 3


# staff_hours


def test_staff_hours_of_the_week_with_ways():
    def case(minutes: int) -> Any:
        return tiny(
            days=(0, 1),
            rooms={"lib": {"available": hours("Mo 09:00-10:00", "Tu 09:00-10:00")}},
            staff={"ann": {"weekly_minutes": minutes}},
            needs={"n": {"skills": MUSIC, "sessions": 2}},
        )

    assert served(binds("staff_hours", case(139), case(140))) == 1


def test_staff_hours_with_waiting():
    # Five minutes of waiting at the library are paid.
    def case(minutes: int) -> Any:
        return tiny(
            rooms={"lib": {"available": hours("Mo 09:00-10:20")}},
            groups={"g": {"site": "near"}},
            step=10,
            staff={"ann": {"weekly_minutes": minutes, "travel_mode": "walk"}},
            needs={"n": {"skills": MUSIC, "sessions": 2, "minutes": 35}},
        )

    assert served(binds("staff_hours", case(94), case(95))) == 1


def test_staff_hours_lent():
    def case(minutes: int, *today: Any) -> Any:
        return tiny(
            rooms={"hall": {"available": hours("Mo 09:00-12:00")}},
            staff={"ann": {"institution": "books", "lend_minutes": minutes}},
            needs={"n": {"skills": MUSIC, "sessions": 3}},
            today=today,
        )

    assert served(binds("staff_hours", case(119), case(120))) == 1
    # What stands as today does not count.
    assert served(agrees(case(119, event("e", staff="ann")))) == 2
    assert served(agrees(case(119, event("e", staff="ann", room="lib")))) == 1


def test_staff_hours_lent_to_a_guest():
    def case(minutes: int) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}},
            groups={"h": {"institution": "books"}},
            staff={"ann": {"lend_minutes": minutes}},
            needs={"n": {"skills": MUSIC, "joint": "song"}, "m": {"group": "h", "joint": "song"}},
        )

    assert served(binds("staff_hours", case(59), case(60))) == 1
