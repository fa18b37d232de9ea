"""Rules on when a session may be: `grid` and `opening`."""

from __future__ import annotations

from typing import Any

import pytest

from exhaustive.agree import agrees, binds
from exhaustive.rows import BOOKS, DRUM, HAY, MORNING, MUSIC, SLOT, served
from exhaustive.tiny import tiny
from small import block, event, hours

# grid


def test_grid_starts():
    best = binds(
        "grid",
        tiny(
            rooms={"hall": {"available": MORNING}},
            needs={"n": {"preferred": hours("Mo 09:30-10:30")}},
        ),
    )
    assert best.values["comfort"] == 30


def test_grid_days():
    rooms = {"hall": {"available": hours("Mo 09:00-10:00", "Tu 09:00-10:00")}}
    needs = {"n": {"sessions": 2}}
    best = agrees(tiny(rooms=rooms, needs=needs))
    other = agrees(tiny(rooms=rooms, needs=needs, days=(0, 1)))
    assert (served(best), served(other)) == (1, 2)


def test_grid_of_the_length_that_the_need_asks_for():
    # An odd length off the grid is no matter; only starts are on it.
    rooms = {"hall": {"available": MORNING}}
    best = agrees(tiny(rooms=rooms, needs={"n": {"minutes": 61, "sessions": 2}}))
    other = agrees(tiny(rooms=rooms, needs={"n": {"minutes": 60, "sessions": 2}}))
    assert (served(best), served(other)) == (1, 2)


def test_grid_ends_at_midnight():
    night = hours("Mo 22:00-24:00", "Tu 00:00-01:00")
    rooms = {"hall": {"available": night}}
    needs = {"n": {"minutes": 120, "sessions": 2, "preferred": hours("Tu 00:00-24:00")}}
    assert served(agrees(tiny(rooms=rooms, needs=needs, days=(0, 1)))) == 1


def test_grid_today_stands_off_it():
    rooms = {"hall": {"available": MORNING}}
    needs = {"n": {"preferred": hours("Mo 09:15-10:15")}}
    best = agrees(tiny(rooms=rooms, needs=needs, today=(event("e", "Mo 09:15"),)))
    assert best is not None
    assert best.values["comfort"] == 0
    # No other room at that time would stand as today.
    other = agrees(
        tiny(rooms=rooms, needs=needs, today=(event("e", "Mo 09:15", room="lib"),), off=("keep",))
    )
    assert other is not None
    assert other.values["comfort"] == 40


# opening


def test_opening_of_a_room():
    binds(
        "opening",
        tiny(rooms={"hall": {"available": SLOT}}, needs={"n": {"sessions": 2}}),
        tiny(rooms={"hall": {"available": MORNING}}, needs={"n": {"sessions": 2}}),
    )


def test_opening_in_one_interval():
    rooms = {"hall": {"available": hours("Mo 09:00-10:00", "Mo 10:30-11:30")}}
    best = agrees(tiny(rooms=rooms, step=30, needs={"n": {"minutes": 90}}))
    assert served(best) == 0


def test_opening_of_equipment():
    def case(available: str) -> Any:
        return tiny(
            rooms={"hall": {"available": MORNING}},
            equipment={"drums": {"available": hours(available)}},
            needs={"n": {"sessions": 2, "equipment": DRUM}},
        )

    binds("opening", case("Mo 09:30-11:00"), case("Mo 09:00-11:00"))


def test_opening_of_a_need():
    def case(text: str) -> Any:
        return tiny(
            rooms={"hall": {"available": MORNING}},
            needs={"n": {"sessions": 2, "hours": hours(text)}},
        )

    binds("opening", case("Mo 09:30-11:00"), case("Mo 09:00-11:00"))


def test_opening_of_a_group_with_its_trip():
    # Ten minutes to the library and ten back.
    def case(text: str) -> Any:
        return tiny(
            rooms={"lib": {"available": MORNING}},
            groups={"g": {"available": hours(text)}},
            needs={"n": {"preferred": SLOT}},
        )

    binds("opening", case("Mo 08:51-11:10"), case("Mo 08:50-11:10"))


def test_opening_of_a_guest():
    def case(text: str) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}},
            groups={"h": {"available": hours(text)}},
            needs={"n": {"joint": "song"}, "m": {"group": "h", "joint": "song"}},
        )

    binds("opening", case("Mo 09:30-11:00"), case("Mo 09:00-10:00"))


@pytest.mark.parametrize(
    ("tight", "loose"),
    [("Mo 08:56-12:00", "Mo 08:55-12:00"), ("Mo 08:00-10:04", "Mo 08:00-10:05")],
)
def test_opening_of_staff_with_their_ways(tight, loose):
    def case(text: str) -> Any:
        return tiny(
            rooms={"lib": {"available": SLOT}},
            staff={"ann": {"available": hours(text)}},
            needs={"n": {"skills": MUSIC}},
        )

    binds("opening", case(tight), case(loose))


def test_opening_of_staff_who_go_on_from_one_event_to_the_next():
    # Near at 9 and far at 10: only the last leg of the tour has to be back in time.
    def case(text: str) -> Any:
        return tiny(
            rooms={"lib": BOOKS, "barn": HAY},
            groups={"h": {"site": "far"}},
            staff={"ann": {"available": hours(text)}},
            needs={
                "n": {"skills": MUSIC, "features": ("books",), "hours": SLOT, "minutes": 40},
                "m": {"skills": MUSIC, "features": ("hay",), "group": "h"},
            },
        )

    assert served(binds("opening", case("Mo 08:55-11:19"), case("Mo 08:55-11:20"))) == 1


def test_opening_of_staff_split_by_a_block():
    # In two intervals, each tour leaves from home and is back there.
    rooms = {"lib": {"available": hours("Mo 09:00-12:00")}}
    needs = {"n": {"skills": MUSIC, "sessions": 3}}
    staff = {"ann": {"available": hours("Mo 08:50-12:10")}}
    free = tiny(rooms=rooms, staff=staff, needs=needs)
    split = tiny(
        rooms=rooms, staff=staff, needs=needs, blocks=(block("b", "Mo 10:02", 30, staff="ann"),)
    )
    assert served(binds("opening", split, free)) == 1


def test_opening_of_staff_in_two_intervals():
    rooms = {"lib": {"available": hours("Mo 09:00-12:00")}}
    needs = {"n": {"skills": MUSIC, "sessions": 3}}
    staff = {"ann": {"available": hours("Mo 08:55-10:05", "Mo 10:55-12:05"), "hourly_cost": 60}}
    best = binds("opening", tiny(rooms=rooms, staff=staff, needs=needs))
    assert best.values["cost"] == 2 * 70 * 60
