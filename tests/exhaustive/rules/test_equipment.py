"""Rules on what a session needs: `equipment` and `needs_met`."""

from __future__ import annotations

from typing import Any

import pytest

from exhaustive.agree import agrees, binds
from exhaustive.rows import DRUM, MORNING, MUSIC, SLOT, served
from exhaustive.tiny import tiny
from small import block, event, hours

# equipment


def drums(row: dict[str, Any], **more: Any) -> Any:
    settings = {
        "rooms": {"hall": {"available": SLOT}, "lib": {"available": SLOT}},
        "groups": {"h": {"site": "near"}},
        "equipment": {"drums": row},
        "needs": {
            "n": {"equipment": DRUM},
            "m": {"group": "h", "equipment": (("drum", 2),)},
        },
    }
    return tiny(**{**settings, **more})


def test_equipment_quantity():
    assert served(binds("equipment", drums({"quantity": 2}), drums({"quantity": 3}))) == 1


def test_equipment_that_is_not_portable():
    alone = {"needs": {"n": {"equipment": DRUM}}, "rooms": {"lib": {"available": SLOT}}}
    assert served(binds("equipment", drums({"portable": False}, **alone), drums({}, **alone))) == 0


def test_equipment_on_the_move():
    def case(minutes: int) -> Any:
        return drums(
            {"move_minutes": minutes},
            rooms={"hall": {"available": SLOT}, "lib": {"available": hours("Mo 10:00-12:00")}},
            groups={"h": {"site": "near", "max_travel": 0}},
            step=30,
            needs={
                "n": {"equipment": DRUM, "hours": SLOT},
                "m": {"group": "h", "equipment": DRUM, "hours": hours("Mo 10:00-11:30")},
            },
        )

    assert served(binds("equipment", case(31), case(30))) == 1


def test_equipment_moved_back():
    def case(minutes: int) -> Any:
        return drums(
            {"move_minutes": minutes},
            rooms={"lib": {"available": SLOT}, "hall": {"available": hours("Mo 10:00-12:00")}},
            groups={"h": {"site": "near", "max_travel": 0}},
            step=30,
            needs={
                "n": {"equipment": DRUM, "hours": hours("Mo 10:00-11:30")},
                "m": {"group": "h", "equipment": DRUM, "hours": SLOT},
            },
        )

    assert served(binds("equipment", case(31), case(30))) == 1


def test_equipment_on_the_move_past_midnight():
    def case(minutes: int) -> Any:
        return drums(
            {"move_minutes": minutes, "site": "far"},
            days=(0, 1),
            rooms={"hall": {"available": hours("Mo 23:00-24:00", "Tu 01:00-02:00")}},
            needs={"n": {"equipment": DRUM, "sessions": 2}},
        )

    assert served(binds("equipment", case(31), case(30))) == 1


@pytest.mark.parametrize(("units", "sessions"), [(1, 2), (2, 1), (5, 0)])
def test_equipment_blocked(units, sessions):
    def case(count: int) -> Any:
        return drums(
            {"quantity": 3},
            needs={"n": {"equipment": DRUM}, "m": {"group": "h", "equipment": DRUM}},
            blocks=(block("b", "Mo 09:59", 10, equipment=f"drums:{count}"),) if count else (),
        )

    if sessions == 2:
        assert served(agrees(case(units))) == 2
    else:
        assert served(binds("equipment", case(units), case(0))) == sessions


def test_equipment_of_two_rows():
    # Three drums of two rows; moving one costs, and takes time.
    best = agrees(
        drums(
            {"quantity": 2},
            equipment={
                "drums": {"quantity": 2, "move_cost": 300},
                "more": {"quantity": 2, "site": "near", "move_cost": 200},
            },
            needs={"n": {"equipment": (("drum", 3),)}, "m": {"group": "h", "equipment": DRUM}},
        )
    )
    assert best is not None
    assert served(best) == 2
    assert best.values["cost"] == 60 * 200


# needs_met


def test_needs_met_features():
    def case(*features: str) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT, "features": features}},
            needs={"n": {"features": ("piano", "stage")}},
        )

    binds("needs_met", case("piano"), case("stage", "piano", "kitchen"))


def test_needs_met_each_for_one_skill():
    def case(*staff: str) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}},
            staff={name: {"skills": ("music", "craft")} for name in staff},
            needs={"n": {"skills": (("craft", 1), ("music", 1))}},
        )

    binds("needs_met", case("ann"), case("ann", "bo"))


def test_needs_met_by_the_only_one_for_each_skill():
    # Bo is the only one for craft, so ann has to be the second one for music.
    best = agrees(
        tiny(
            rooms={"hall": {"available": SLOT}},
            staff={
                "ann": {"skills": ("music",), "hourly_cost": 900},
                "bo": {"skills": ("craft", "music"), "hourly_cost": 1},
                "cy": {"skills": ("music",), "hourly_cost": 100},
            },
            needs={"n": {"skills": (("craft", 1), ("music", 2))}},
        )
    )
    assert best is not None
    assert best.plan.events[0].staff == ("ann", "bo", "cy")


def test_needs_met_units():
    def case(quantity: int) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}},
            equipment={"drums": {"quantity": quantity}, "mats": {"kind": "mat", "quantity": 9}},
            needs={"n": {"equipment": (("drum", 2), ("mat", 1))}},
        )

    binds("needs_met", case(1), case(2))


def test_needs_met_of_a_joint_event_is_the_largest_of_each():
    # Together they need what each alone asks for most: 2 music, 1 craft, 2 drums, piano, stage.
    def case(drums: int) -> Any:
        return tiny(
            rooms={
                "hall": {"available": SLOT, "features": ("piano", "stage")},
                "lib": {"available": SLOT, "features": ("piano",)},
            },
            staff={name: {"skills": ("music", "craft"), "hourly_cost": 60} for name in "abc"},
            equipment={"drums": {"quantity": drums, "portable": False}},
            groups={"h": {}},
            needs={
                "n": {
                    "joint": "song",
                    "features": ("piano",),
                    "skills": (("music", 2),),
                    "equipment": DRUM,
                },
                "m": {
                    "group": "h",
                    "joint": "song",
                    "features": ("stage",),
                    "skills": (("craft", 1), ("music", 1)),
                    "equipment": (("drum", 2),),
                },
            },
        )

    assert served(binds("needs_met", case(1), case(2))) == 1


def test_needs_met_with_surplus_only_as_today():
    best = agrees(
        tiny(
            rooms={"hall": {"available": MORNING}},
            staff={"ann": {}, "bo": {}},
            equipment={"drums": {}},
            needs={"n": {"skills": MUSIC, "sessions": 2, "same_staff": True}},
            today=(event("e", staff="ann bo", equipment="drums", fixed=True),),
        )
    )
    # The second session would need the same two, and may not have them.
    assert served(best) == 1
