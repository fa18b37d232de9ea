"""Rules on where things are: `room`, `group` and `reach`."""

from __future__ import annotations

from typing import Any

from exhaustive.agree import agrees, binds
from exhaustive.rows import DRUM, MORNING, SLOT, served
from exhaustive.tiny import tiny
from small import block, hours

# room


def test_room_twice():
    groups = {"h": {}}
    needs: dict[str, Any] = {"n": {}, "m": {"group": "h"}}
    binds(
        "room",
        tiny(rooms={"hall": {"available": SLOT}}, groups=groups, needs=needs),
        tiny(
            rooms={"hall": {"available": SLOT}, "annex": {"available": SLOT}},
            groups=groups,
            needs=needs,
        ),
    )


def test_room_turnaround():
    def case(minutes: int) -> Any:
        return tiny(
            rooms={"hall": {"available": hours("Mo 09:00-11:00"), "turnaround": minutes}},
            needs={"n": {"minutes": 45, "sessions": 2}},
        )

    binds("room", case(16), case(15))


def test_room_turnaround_of_a_part_holds_up_the_whole():
    def case(part: int, whole: int) -> Any:
        return tiny(
            rooms={
                "hall": {"available": hours("Mo 10:00-11:00"), "turnaround": whole},
                "corner": {"available": SLOT, "part_of": "hall", "turnaround": part},
            },
            groups={"h": {}},
            needs={"n": {"hours": SLOT}, "m": {"group": "h", "hours": hours("Mo 10:00-11:00")}},
        )

    binds("room", case(1, 0), case(0, 60))


def test_room_turnaround_past_midnight():
    def case(minutes: int) -> Any:
        return tiny(
            days=(0, 1),
            rooms={
                "hall": {
                    "available": hours("Mo 23:00-24:00", "Tu 00:30-01:30"),
                    "turnaround": minutes,
                }
            },
            step=30,
            needs={"n": {"sessions": 2}},
        )

    binds("room", case(31), case(30))


def test_room_at_the_ends_of_the_week():
    best = agrees(
        tiny(
            days=(0, 6),
            rooms={
                "hall": {"available": hours("Mo 00:00-01:00", "Su 23:00-24:00"), "turnaround": 90}
            },
            equipment={"drums": {"site": "near", "move_minutes": 30}},
            needs={"n": {"sessions": 2, "equipment": DRUM}},
            blocks=(block("b", "Mo 01:00", 30, equipment="drums"),),
        )
    )
    assert served(best) == 1


def test_room_and_its_parts():
    def case(wall: str | None) -> Any:
        return tiny(
            rooms={
                "hall": {"available": SLOT, "features": ("stage",)},
                "west": {"available": SLOT, "part_of": wall},
                "east": {"available": SLOT, "part_of": wall},
                "nook": {"available": SLOT, "part_of": wall and "east", "capacity": 0},
            },
            groups={"h": {}, "i": {}, "s": {"size": 0}},
            needs={
                "n": {"features": ("stage",), "weight": 3},
                "m": {"group": "h"},
                "o": {"group": "i"},
                "p": {"group": "s"},
            },
        )

    # In parts three needs at most get a room, beside the whole none does.
    assert served(binds("room", case("hall"), case(None))) == 3


def test_room_blocked_through_its_whole_and_its_part():
    def case(room: str | None) -> Any:
        return tiny(
            rooms={
                "hall": {"available": MORNING},
                "corner": {"available": SLOT, "part_of": "hall", "turnaround": 30},
            },
            groups={"h": {}},
            needs={"n": {"sessions": 2}, "m": {"group": "h", "sessions": 2}},
            blocks=(block("b", "Mo 10:29", 10, room=room),),
        )

    assert served(binds("room", case("corner"), case(None))) == 1
    assert served(binds("room", case("hall"), case(None))) == 1


def test_room_blocked_by_what_blocks_leave_of_a_day():
    def case(*blocks: Any) -> Any:
        return tiny(
            rooms={"hall": {"available": hours("Mo 09:00-13:00")}},
            needs={"n": {"sessions": 4}},
            blocks=blocks,
        )

    lessons = block("b", "Mo 09:30", 45, room="hall"), block("c", "Mo 10:00", 60, room="hall")
    assert served(binds("room", case(*lessons), case())) == 2


# group


def test_group_twice():
    def case(other: str) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}, "annex": {"available": SLOT}},
            groups={"h": {}},
            needs={"n": {}, "m": {"group": other}},
        )

    binds("group", case("g"), case("h"))


def test_group_on_its_way():
    def case(minutes: int) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}, "lib": {"available": hours("Mo 10:00-12:00")}},
            step=30,
            needs={
                "n": {"hours": SLOT},
                "m": {"hours": hours("Mo 10:00-11:30"), "minutes": minutes},
            },
            travel={("home", "near", "walk"): 31},
        )

    assert served(binds("group", case(60))) == 1


def test_group_comes_back_another_way():
    # 31 minutes there, 10 back: the trip takes the way there on both sides.
    def case(minutes: int) -> Any:
        return tiny(
            rooms={"hall": {"available": hours("Mo 10:00-11:00")}, "lib": {"available": SLOT}},
            step=10,
            needs={"n": {"hours": SLOT, "minutes": 50}, "m": {"hours": hours("Mo 10:00-11:00")}},
            travel={("home", "near", "walk"): minutes, ("near", "home", "walk"): 1},
        )

    binds("group", case(11), case(10))


def test_group_and_its_parts():
    def case(whole: str | None) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}, "annex": {"available": SLOT}},
            groups={"h": {"part_of": whole}, "i": {"part_of": whole and "h"}},
            needs={"n": {"weight": 2}, "m": {"group": "i"}},
        )

    binds("group", case("g"), case(None))


def test_group_parts_side_by_side():
    best = agrees(
        tiny(
            rooms={"hall": {"available": SLOT}, "annex": {"available": SLOT}},
            groups={"h": {"part_of": "g"}, "i": {"part_of": "g"}},
            needs={"n": {}, "m": {"group": "h"}, "o": {"group": "i"}},
        )
    )
    assert served(best) == 2


def test_group_fleet():
    def case(fleet: int, bus: str = "minibus") -> Any:
        return tiny(
            rooms={"lib": {"available": SLOT}, "annex": {"site": "near", "available": SLOT}},
            groups={"g": {"travel_mode": "minibus"}, "h": {"travel_mode": bus}},
            needs={"n": {}, "m": {"group": "h"}},
            modes={"minibus": {"fleet": fleet}},
        )

    assert served(binds("group", case(1), case(2))) == 1
    assert served(agrees(case(1, "walk"))) == 2
    assert served(agrees(case(0))) == 0


def test_group_fleet_of_one_joint_event():
    def case(fleet: int) -> Any:
        return tiny(
            rooms={"lib": {"available": SLOT}},
            groups={
                "g": {"travel_mode": "minibus"},
                "h": {"travel_mode": "minibus", "site": "far"},
                "i": {"travel_mode": "minibus", "site": "near"},
            },
            needs={
                "n": {"joint": "song"},
                "m": {"group": "h", "joint": "song"},
                "o": {"group": "i", "joint": "song"},
            },
            modes={"minibus": {"fleet": fleet}},
        )

    assert served(binds("group", case(1), case(2))) == 2


# reach


def test_reach():
    def case(minutes: int) -> Any:
        return tiny(rooms={"lib": {"available": SLOT}}, groups={"g": {"max_travel": minutes}})

    binds("reach", case(9), case(10))


def test_reach_of_a_guest():
    def case(minutes: int) -> Any:
        return tiny(
            rooms={"lib": {"available": SLOT}},
            groups={"h": {"max_travel": minutes}},
            needs={"n": {"joint": "song"}, "m": {"group": "h", "joint": "song"}},
        )

    binds("reach", case(0), case(10))


def test_reach_by_the_shortest_way_over_rows():
    # No row from near to far by bike any more: the way leads through home.
    case = tiny(
        rooms={"lib": {"available": SLOT}},
        groups={"g": {"site": "far", "travel_mode": "bike", "max_travel": 24}},
    )
    rows = tuple(
        row
        for row in case.scenario.travel_rows
        if (row.mode, row.origin, row.destination) != ("bike", "near", "far")
    )
    assert served(agrees(case)) == 1
    without_row = type(case)(case.scenario.model_copy(update={"travel_rows": rows}))
    assert served(binds("reach", without_row)) == 0
