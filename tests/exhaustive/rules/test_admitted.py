"""Rules on who may use what: `capacity`, `floor_area`, `cleared` and `sharing`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from deling.domain import Agreement
from exhaustive.agree import agrees, binds
from exhaustive.rows import DRUM, MORNING, MUSIC, SLOT, served
from exhaustive.tiny import tiny
from small import event, hours

# capacity


def test_capacity_of_a_room():
    def case(places: int) -> Any:
        return tiny(rooms={"hall": {"available": SLOT, "capacity": places}})

    binds("capacity", case(9), case(10))


def joint(room: dict[str, Any], needs: dict[str, Any] | None = None, **more: Any) -> Any:
    rows: dict[str, dict[str, Any]] = {
        "n": {"joint": "song"},
        "m": {"group": "h", "joint": "song"},
        "o": {"group": "i", "joint": "song"},
    }
    for key, row in (needs or {}).items():
        rows[key] = {**rows[key], **row}
    settings = {
        "rooms": {"hall": {"available": SLOT, **room}},
        "groups": {"h": {"size": 7}, "i": {"size": 3, "kind": "elders"}},
        "needs": rows,
    }
    return tiny(**{**settings, **more})


def test_capacity_of_a_room_for_a_joint_event():
    assert served(binds("capacity", joint({"capacity": 19}), joint({"capacity": 20}))) == 2


def test_capacity_that_a_guest_allows():
    tight, loose = {"o": {"max_participants": 12}}, {"o": {"max_participants": 20}}
    # Beside o there is room for h alone.
    assert served(binds("capacity", joint({}, tight), joint({}, loose))) == 2


def test_capacity_that_the_first_allows():
    tight, loose = {"n": {"max_participants": 13}}, {"n": {"max_participants": 20}}
    assert served(binds("capacity", joint({}, tight), joint({}, loose))) == 2


def test_capacity_of_no_one():
    # A group of nobody fits a room for nobody.
    best = agrees(
        tiny(rooms={"hall": {"available": SLOT, "capacity": 0}}, groups={"g": {"size": 0}})
    )
    assert served(best) == 1


# floor_area


def test_floor_area():
    def case(area: str) -> Any:
        room = {"available": SLOT, "area_m2": Decimal(area)}
        return tiny(rooms={"hall": room}, floor_area={"pupils": "2.25"})

    binds("floor_area", case("22.49"), case("22.5"))


def test_floor_area_of_a_joint_event():
    # 17 pupils at 2.25 and 3 elders at 0.333: 39.249 m²
    floor = {"pupils": "2.25", "elders": "0.333"}
    tight = joint({"area_m2": Decimal("39.2")}, floor_area=floor)
    loose = joint({"area_m2": Decimal("39.249")}, floor_area=floor)
    assert served(binds("floor_area", tight, loose)) == 2


def test_floor_area_of_a_room_without_one():
    assert served(agrees(joint({}, floor_area={"pupils": "99"}))) == 3


# cleared


def test_cleared():
    def case(kind: str, cleared: bool) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}},
            groups={"g": {"kind": kind}},
            staff={"ann": {"cleared": cleared}},
            needs={"n": {"skills": MUSIC}},
        )

    for kind in ("nursery", "kindergarten", "pupils", "youth"):
        binds("cleared", case(kind, False), case(kind, True))
    assert served(agrees(case("adults", False))) == 1


def test_cleared_for_a_guest():
    def case(cleared: bool) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}},
            groups={"g": {"kind": "elders"}, "h": {"kind": "nursery"}},
            staff={"ann": {"cleared": cleared}},
            needs={"n": {"joint": "song", "skills": MUSIC}, "m": {"group": "h", "joint": "song"}},
        )

    assert served(binds("cleared", case(False), case(True))) == 1


# sharing


def loan(row: dict[str, Any], **more: Any) -> Any:
    """The school, home, may use the library's room, musician and drums."""
    owned = {"institution": "books", **row}
    settings = {
        "rooms": {"lib": {"available": MORNING, **row}},
        "staff": {"ann": {"site": "near", **owned}},
        "equipment": {"drums": {"site": "near", **owned}},
        "needs": {"n": {"skills": MUSIC, "equipment": DRUM}},
    }
    return tiny(**{**settings, **more})


LENT = [("all",), ("elm",), ("school",), ("sports", "school")]
KEPT = [("none",), ("culture",), ("books", "sports"), ()]


@pytest.mark.parametrize("kept", KEPT)
def test_sharing_with(kept):
    assert served(binds("sharing", loan({"shared_with": kept}), loan({}))) == 0


@pytest.mark.parametrize("lent", LENT)
def test_sharing_with_one_or_a_sector(lent):
    assert served(agrees(loan({"shared_with": lent}))) == 1


@pytest.mark.parametrize(
    ("level", "sector", "sessions"),
    [
        ("own", "school", 0),
        ("own", "culture", 0),
        ("sector", "school", 1),
        ("sector", "culture", 0),
        ("area", "school", 1),
        ("area", "culture", 1),
    ],
)
def test_sharing_levels(level, sector, sessions):
    case = loan({}, institutions={"books": {"sector": sector}}, sharing=level)
    best = agrees(case) if sessions else binds("sharing", case)
    assert served(best) == sessions


@pytest.mark.parametrize("level", ["own", "sector", "area"])
def test_sharing_existing_loans_stand_at_every_level(level):
    best = agrees(
        loan(
            {"shared_with": ("none",)},
            needs={"n": {"skills": MUSIC, "equipment": DRUM, "sessions": 2}},
            today=(event("e", room="lib", staff="ann", equipment="drums"),),
            sharing=level,
        )
    )
    assert served(best) == 1


def test_sharing_hours():
    tight, loose = hours("Mo 08:00-09:30", "Mo 09:30-11:00"), hours("Mo 08:00-10:00")
    preferred = {"n": {"skills": MUSIC, "preferred": SLOT}}
    best = binds(
        "sharing",
        loan({"shared_hours": tight}, needs=preferred),
        loan({"shared_hours": loose}, needs=preferred),
    )
    assert best.values["comfort"] == 20 + 30


def test_sharing_hours_are_no_matter_to_the_owner():
    best = agrees(
        loan({"shared_with": ("none",), "shared_hours": ()}, groups={"g": {"institution": "books"}})
    )
    assert served(best) == 1


def test_sharing_by_agreement():
    def case(*kinds: Any) -> Any:
        return loan(
            {"shared_with": ("none",)},
            agreements=(Agreement(lender="books", borrower="elm", kinds=kinds),),
        )

    everything = case("rooms", "staff", "equipment")
    assert served(agrees(everything)) == 1
    for kinds in (("rooms", "staff"), ("rooms", "equipment"), ("staff", "equipment")):
        binds("sharing", case(*kinds), everything)


def test_sharing_by_agreement_is_one_way_and_keeps_to_the_level():
    back = Agreement(lender="elm", borrower="books", kinds=("rooms", "staff", "equipment"))
    there = Agreement(lender="books", borrower="elm", kinds=("rooms", "staff", "equipment"))
    binds("sharing", loan({"shared_with": ("none",)}, agreements=(back,)))
    binds("sharing", loan({"shared_with": ("none",)}, agreements=(there,), sharing="sector"))


def test_sharing_with_each_group_of_a_joint_event():
    def case(*shared_with: str) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT, "shared_with": shared_with}},
            groups={"h": {"institution": "books", "site": "near"}},
            needs={"n": {"joint": "song"}, "m": {"group": "h", "joint": "song"}},
        )

    assert served(binds("sharing", case("none"), case("books"))) == 1
