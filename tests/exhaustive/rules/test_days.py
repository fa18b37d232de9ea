"""Rules on the days of staff: `staff_day` and `home_cover`."""

from __future__ import annotations

from typing import Any

import pytest

from exhaustive.agree import agrees, binds
from exhaustive.rows import CRAFT, MUSIC, SLOT, served
from exhaustive.tiny import tiny
from small import hours

# staff_day


def day(limits: dict[str, int], **more: Any) -> Any:
    settings = {
        "rooms": {"lib": {"available": hours("Mo 09:00-12:00")}},
        "groups": {"g": {"site": "near"}},
        "staff": {"ann": {}},
        "needs": {"n": {"skills": MUSIC, "sessions": 2}},
    }
    return tiny(**{**settings, **more}, staff_day=limits)


def test_staff_day_hours():
    assert served(binds("staff_day", day({"max_minutes": 129}), day({"max_minutes": 130}))) == 1


def test_staff_day_hours_of_two_tours():
    split = {"ann": {"available": hours("Mo 08:55-10:05", "Mo 10:55-12:05")}}
    tight, loose = {"max_minutes": 139}, {"max_minutes": 140}
    assert served(binds("staff_day", day(tight, staff=split), day(loose, staff=split))) == 1


def test_staff_day_span():
    apart = {"lib": {"available": hours("Mo 09:00-10:00", "Mo 11:00-12:00")}}
    tight, loose = {"max_span": 189}, {"max_span": 190}
    assert served(binds("staff_day", day(tight, rooms=apart), day(loose, rooms=apart))) == 1


def test_staff_day_sites():
    def case(sites: int) -> Any:
        return day(
            {"max_sites": sites},
            rooms={
                "hall": {"available": hours("Mo 12:30-13:30"), "features": ("stage",)},
                "lib": {"available": hours("Mo 08:00-09:00")},
                "barn": {"site": "far", "available": hours("Mo 10:00-12:00")},
            },
            groups={"h": {"site": "far"}},
            needs={
                "n": {"skills": MUSIC, "hours": hours("Mo 08:00-09:00")},
                "m": {"skills": MUSIC, "group": "h", "sessions": 2},
                "o": {"skills": MUSIC, "features": ("stage",)},
            },
            step=30,
        )

    best = binds("staff_day", case(1), case(2))
    assert served(best) == 3
    assert served(agrees(case(0))) == 1


@pytest.mark.parametrize("days", [(0, 1), (0, 2), (5, 6)])
def test_staff_day_rest(days):
    names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    first, second = names[days[0]], names[days[1]]
    night = (days[1] - days[0]) * 24 * 60 - 60 - 10

    def case(rest: int) -> Any:
        return day(
            {"rest": rest},
            days=days,
            rooms={"lib": {"available": hours(f"{first} 09:00-10:00", f"{second} 09:00-10:00")}},
        )

    assert served(binds("staff_day", case(night + 1), case(night))) == 1


def test_staff_day_rest_is_not_asked_from_sunday_to_monday():
    best = agrees(
        day(
            {"rest": 24 * 60},
            days=(0, 6),
            rooms={"lib": {"available": hours("Mo 00:00-01:00", "Su 23:00-24:00")}},
            staff={"ann": {"site": "near"}},
        )
    )
    assert served(best) == 2


def test_staff_day_rest_after_the_last_of_two_tours():
    def case(rest: int) -> Any:
        return day(
            {"rest": rest},
            days=(0, 1),
            rooms={
                "lib": {"available": hours("Mo 09:00-10:00", "Mo 12:00-13:00", "Tu 09:00-10:00")}
            },
            staff={
                "ann": {"available": hours("Mo 08:00-11:00", "Mo 11:00-14:00", "Tu 08:00-11:00")}
            },
            needs={"n": {"skills": MUSIC, "sessions": 3}},
        )

    between = 20 * 60 - 10
    assert served(binds("staff_day", case(between + 1), case(between))) == 2


# home_cover


def away(most: int | None, **more: Any) -> Any:
    settings = {
        "institutions": {"elm": {"max_away": most}},
        "rooms": {"lib": {"available": SLOT}, "annex": {"site": "near", "available": SLOT}},
        "groups": {"g": {"site": "near"}, "h": {"site": "near"}},
        "staff": {"ann": {}, "bo": {}},
        "needs": {"n": {"skills": MUSIC}, "m": {"group": "h", "skills": MUSIC}},
    }
    return tiny(**{**settings, **more})


def test_home_cover():
    assert served(binds("home_cover", away(1), away(2))) == 1
    assert served(agrees(away(0))) == 0


def test_home_cover_while_travelling():
    rooms = {
        "lib": {"available": SLOT},
        "annex": {"site": "near", "available": hours("Mo 10:00-11:00")},
    }
    skills = {
        "staff": {"ann": {}, "bo": {"skills": ("craft",)}},
        "needs": {"n": {"skills": MUSIC, "hours": SLOT}, "m": {"group": "h", "skills": CRAFT}},
        "step": 10,
    }
    tight = {**skills, "needs": {**skills["needs"], "m": {"group": "h", "skills": CRAFT}}}
    assert served(binds("home_cover", away(1, rooms=rooms, **tight))) == 1


def test_home_cover_between_two_events_away():
    # Ann waits at the library from 9:40 to 9:50, too short to go home: she stays away.
    rooms = {
        "lib": {"available": hours("Mo 09:00-10:30")},
        "annex": {"site": "near", "available": SLOT},
    }
    needs = {
        "n": {"skills": MUSIC, "sessions": 2, "minutes": 40},
        "m": {"group": "h", "skills": CRAFT, "minutes": 10, "hours": hours("Mo 09:00-09:50")},
    }
    staff = {"ann": {"travel_mode": "walk"}, "bo": {"site": "far", "skills": ("craft",)}}
    travel = {("far", "near", "bike"): 1, ("near", "far", "bike"): 1}
    more = {"rooms": rooms, "needs": needs, "staff": staff, "travel": travel, "step": 10}
    assert served(binds("home_cover", away(1, **more), away(2, **more))) == 2


def test_home_cover_at_home_between_two_events_away():
    # Ann is at home from 9:35 to 10:25; bo, whose own site is the far one, is away meanwhile.
    rooms = {
        "lib": {"available": hours("Mo 09:00-09:30", "Mo 10:30-11:00")},
        "hall": {"available": hours("Mo 09:30-10:30"), "features": ("stage",)},
    }
    needs = {
        "n": {"skills": MUSIC, "sessions": 2, "minutes": 30},
        "m": {"group": "h", "skills": CRAFT, "minutes": 30, "features": ("stage",)},
    }
    staff = {"ann": {}, "bo": {"site": "far", "skills": ("craft",)}}
    travel = {("far", "home", "bike"): 5, ("home", "far", "bike"): 5}
    best = agrees(away(1, rooms=rooms, needs=needs, staff=staff, travel=travel, step=10))
    assert served(best) == 3
