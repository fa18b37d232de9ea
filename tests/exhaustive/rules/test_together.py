"""Rules on sessions that belong together: `joint`, `spread` and `same_staff`."""

from __future__ import annotations

from typing import Any

import pytest

from exhaustive.agree import agrees, binds
from exhaustive.rows import CRAFT, MORNING, MUSIC, SLOT, pair, served
from exhaustive.tiny import tiny
from small import event, hours

# joint


def test_joint_tags():
    together = pair({}, {})
    assert served(agrees(together)) == 2
    assert served(binds("joint", pair({"joint": None}, {"joint": None}), together)) == 1
    assert served(binds("joint", pair({}, {"joint": "dance"}), together)) == 1
    assert served(binds("joint", pair({"joint": None}, {}), together)) == 1


def test_joint_minutes():
    # 30 and 60 minutes are no joint event, and too long for the slot one after the other.
    best = agrees(pair({"minutes": 30}, {"minutes": 60}))
    assert served(best) == 1
    assert served(agrees(pair({"minutes": 60}, {"minutes": 60}))) == 2


def test_joint_groups():
    assert served(binds("joint", pair({}, {"group": "g"}), pair({}, {}))) == 1
    whole = {"h": {"part_of": "g"}}
    assert served(binds("joint", pair({}, {}, groups=whole), pair({}, {}))) == 1


def test_joint_guests_of_which_one_is_part_of_the_other():
    def case(whole: str | None) -> Any:
        return pair(
            {},
            {},
            groups={"h": {}, "i": {"part_of": whole}},
            needs={
                "n": {"joint": "song"},
                "m": {"joint": "song", "group": "h"},
                "o": {"joint": "song", "group": "i"},
            },
        )

    assert served(binds("joint", case("h"), case(None))) == 2


def test_joint_events_several_times():
    # Two events for both, in each of which one of them may take part.
    best = agrees(
        pair(
            {"sessions": 2},
            {"sessions": 2},
            rooms={"hall": {"available": MORNING, "hourly_cost": 60}},
        )
    )
    assert best is not None
    assert best.values["served"] == 4
    assert best.values["cost"] == 2 * 60 * 60


# spread


@pytest.mark.parametrize(("apart", "sessions"), [(0, 4), (1, 3), (2, 2), (3, 1)])
def test_spread(apart, sessions):
    case = tiny(
        days=(0, 1, 2),
        rooms={"hall": {"available": hours("Mo 09:00-11:00", "Tu 09:00-10:00", "We 09:00-10:00")}},
        needs={"n": {"sessions": 4, "min_days_between": apart}},
    )
    assert served(binds("spread", case) if apart else agrees(case)) == sessions


def test_spread_of_sessions_as_a_guest():
    best = binds(
        "spread",
        pair(
            {"sessions": 2},
            {"sessions": 2, "min_days_between": 1},
            rooms={"hall": {"available": MORNING}},
        ),
    )
    assert served(best) == 3


def test_spread_from_what_stands_today():
    best = binds(
        "spread",
        tiny(
            days=(0, 1, 2),
            rooms={"hall": {"available": hours("Mo 09:00-10:00", "Tu 09:00-10:00")}},
            needs={"n": {"sessions": 3, "min_days_between": 2}},
            today=(event("e", "Tu 09:00", fixed=True),),
        ),
    )
    assert served(best) == 1


def test_spread_is_not_asked_from_sunday_to_monday():
    best = agrees(
        tiny(
            days=(0, 6),
            rooms={"hall": {"available": hours("Mo 09:00-10:00", "Su 09:00-10:00")}},
            needs={"n": {"sessions": 2, "min_days_between": 6}},
        )
    )
    assert served(best) == 2


def test_spread_is_no_matter_to_bought_sessions():
    best = agrees(
        tiny(
            rooms={"hall": {"available": MORNING}},
            needs={"n": {"sessions": 3, "min_days_between": 5, "buy_price": 100}},
        )
    )
    assert served(best) == 3


# same_staff


def test_same_staff():
    def case(asked: bool) -> Any:
        return tiny(
            days=(0, 1),
            rooms={"hall": {"available": hours("Mo 09:00-10:00", "Tu 09:00-10:00")}},
            staff={
                "ann": {"available": hours("Mo 09:00-10:00")},
                "bo": {"available": hours("Tu 09:00-10:00")},
            },
            needs={"n": {"skills": MUSIC, "sessions": 2, "same_staff": asked}},
        )

    assert served(binds("same_staff", case(True), case(False))) == 1


def test_same_staff_of_two():
    def case(asked: bool) -> Any:
        return tiny(
            days=(0, 1),
            rooms={"hall": {"available": hours("Mo 09:00-10:00", "Tu 09:00-10:00")}},
            staff={
                "ann": {"hourly_cost": 10},
                "bo": {"hourly_cost": 20, "available": hours("Mo 09:00-10:00")},
                "cy": {"hourly_cost": 90},
            },
            needs={"n": {"skills": (("music", 2),), "sessions": 2, "same_staff": asked}},
        )

    best = binds("same_staff", case(True), case(False))
    assert best.values["cost"] == 2 * 60 * 100


def test_same_staff_in_joint_events():
    # In the joint event craft is asked for as well, so m has other staff there than alone.
    def case(asked: bool) -> Any:
        return pair(
            {"skills": CRAFT, "hours": SLOT},
            {"skills": MUSIC, "sessions": 2, "same_staff": asked},
            rooms={"hall": {"available": MORNING}},
            staff={"ann": {"skills": ("craft",)}, "bo": {}},
        )

    assert served(binds("same_staff", case(True), case(False))) == 2


def test_same_staff_as_what_stands_today():
    best = binds(
        "same_staff",
        tiny(
            rooms={"hall": {"available": MORNING}},
            staff={"ann": {"hourly_cost": 90}, "bo": {}},
            needs={"n": {"skills": MUSIC, "sessions": 2, "same_staff": True}},
            today=(event("e", staff="ann", fixed=True),),
        ),
    )
    assert best.values["cost"] == 2 * 60 * 90
