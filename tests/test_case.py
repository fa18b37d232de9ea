import pytest

from deling.case import Case
from deling.domain import Agreement
from deling.units import ALWAYS
from small import at, block, bought, event, hours, small

PARTED = {"west": {"part_of": "hall"}, "corner": {"part_of": "west"}, "east": {"part_of": "hall"}}
"""A hall in two parts, of which one has a corner of its own."""


def test_the_level_is_the_scenarios_unless_another_is_asked_for():
    case = small(sharing="sector")
    assert case.sharing == "sector"
    assert Case(case.scenario, "own").sharing == "own"
    other = case.at("area")
    assert (other.sharing, other.scenario) == ("area", case.scenario)


def test_travel_times_are_computed_once_for_all_levels():
    case = small()
    assert case.travel.minutes("home", "near", "walk") == 10
    assert case.at("own").travel is case.travel


def test_a_rule_is_in_force_unless_switched_off():
    case = small(off=("room",))
    assert case.applies("room") is False
    assert case.applies("group") is True


def test_who_a_need_is_for():
    case = small(groups={"h": {"institution": "books"}}, needs={"m": {"group": "h"}})
    assert (case.group_of("n").id, case.group_of("m").id) == ("g", "h")
    assert (case.institution_of("n").id, case.institution_of("m").id) == ("elm", "books")


def test_needs_by_institution_with_those_that_have_none():
    case = small(
        institutions={"idle": {}},
        groups={"h": {"institution": "books"}},
        needs={"m": {"group": "h"}, "k": {"group": "h"}},
    )
    needs = {key: [need.id for need in found] for key, found in case.needs_of_institution.items()}
    assert needs == {"elm": ["n"], "books": ["m", "k"], "idle": []}


def test_a_room_is_in_line_with_its_wholes_and_clashes_with_its_parts_as_well():
    case = small(rooms=PARTED)
    assert case.room_line == {
        "hall": ("hall",),
        "lib": ("lib",),
        "west": ("west", "hall"),
        "corner": ("corner", "west", "hall"),
        "east": ("east", "hall"),
    }
    assert case.clashing_rooms == {
        "hall": {"hall", "west", "corner", "east"},
        "lib": {"lib"},
        "west": {"hall", "west", "corner"},
        "corner": {"hall", "west", "corner"},
        "east": {"hall", "east"},
    }


def test_groups_are_related_when_one_is_part_of_the_other_at_any_depth():
    case = small(groups={"half": {"part_of": "g"}, "few": {"part_of": "half"}, "rest": {}})
    assert case.group_line["few"] == ("few", "half", "g")
    for one, other, related in (
        ("g", "g", True),
        ("few", "g", True),
        ("half", "few", True),
        ("rest", "g", False),
        ("rest", "few", False),
    ):
        assert case.related_groups(one, other) is related
        assert case.related_groups(other, one) is related


LENDING = {
    "none": (("none",), False),
    "all": (("all",), True),
    "sector": (("school",), True),
    "another sector": (("culture",), False),
    "institution": (("elm",), True),
    "another institution": (("ash",), False),
    "several": (("ash", "elm"), True),
}


@pytest.mark.parametrize(("shared_with", "lends"), LENDING.values(), ids=LENDING)
def test_a_thing_is_lent_to_whom_it_is_shared_with(shared_with, lends):
    case = small(institutions={"ash": {}}, rooms={"lib": {"shared_with": shared_with}})
    assert case.lends(case.scenario.rooms["lib"], "rooms", "elm") is lends


@pytest.mark.parametrize(
    ("level", "same_sector", "another_sector"),
    [("own", False, False), ("sector", True, False), ("area", True, True)],
)
def test_the_level_bounds_what_is_lent_but_never_the_owner(level, same_sector, another_sector):
    case = small(institutions={"ash": {}}, sharing=level)
    hall = case.scenario.rooms["hall"]
    assert case.lends(hall, "rooms", "elm") is True
    assert case.lends(hall, "rooms", "ash") is same_sector
    assert case.lends(hall, "rooms", "books") is another_sector


def test_an_agreement_lends_the_kinds_that_it_names_one_way():
    agreement = Agreement(lender="books", borrower="elm", kinds=("rooms", "staff"))
    none = {"shared_with": ("none",)}
    books = {"institution": "books", **none}
    case = small(
        rooms={"hall": none, "lib": none},
        staff={"ann": books},
        equipment={"d": books},
        agreements=(agreement,),
    )
    scenario = case.scenario
    assert case.lends(scenario.rooms["lib"], "rooms", "elm") is True
    assert case.lends(scenario.staff["ann"], "staff", "elm") is True
    assert case.lends(scenario.equipment["d"], "equipment", "elm") is False
    assert case.lends(scenario.rooms["hall"], "rooms", "books") is False


def test_a_block_takes_its_room_with_its_wholes_and_parts():
    blocks = (
        block("b1", "Mo 08:00", 60, room="west"),
        block("b2", "Mo 08:30", 60, room="east"),
        block("b3", "Mo 07:00", 30, staff="ann"),  # needs no room
    )
    case = small(rooms=PARTED, staff={"ann": {}}, blocks=blocks)
    assert case.blocks_of_room == {
        "hall": hours("Mo 08:00-09:30"),
        "lib": (),
        "west": hours("Mo 08:00-09:00"),
        "corner": hours("Mo 08:00-09:00"),
        "east": hours("Mo 08:30-09:30"),
    }


def test_a_block_splits_the_open_hours_of_staff():
    case = small(
        staff={"ann": {"available": hours("Mo 08:00-16:00")}, "bob": {}},
        blocks=(
            block("b1", "Mo 10:00", 60, staff="ann", room="hall"),
            block("b2", "Mo 10:30", 60, staff="ann"),
        ),
    )
    assert case.open_hours_of_staff == {
        "ann": hours("Mo 08:00-10:00", "Mo 11:30-16:00"),
        "bob": ALWAYS,
    }


def test_a_block_takes_units_of_equipment():
    first = block("b1", "Mo 08:00", 60, equipment="d:2 f")
    second = block("b2", "Mo 08:00", 60, equipment="d")
    case = small(equipment={"d": {}, "f": {}, "idle": {}}, blocks=(first, second))
    assert case.blocks_of_equipment == {
        "d": [(first, 2), (second, 1)],
        "f": [(first, 1)],
        "idle": [],
    }


def test_a_group_travels_from_its_own_site_by_its_own_mode():
    case = small(groups={"h": {"site": "near", "travel_mode": "bike"}}, needs={"m": {"group": "h"}})
    assert [case.group_travel("n", site) for site in ("home", "near", "far")] == [0, 10, 40]
    assert [case.group_travel("m", site) for site in ("home", "near", "far")] == [5, 0, 18]


def test_an_event_is_where_its_room_is():
    case = small()
    assert case.site_of(event("e1", room="hall")) == "home"
    assert case.site_of(event("e1", room="lib")) == "near"


TODAY = event("t1", needs="n m", staff="ann bob", equipment="d:2")
STANDING = small(
    groups={"h": {}},
    needs={"m": {"group": "h"}},
    staff={"ann": {}, "bob": {}},
    equipment={"d": {"quantity": 3}},
    today=(TODAY, bought("t2")),
)


@pytest.mark.parametrize(
    "changed",
    [
        {"needs": "n"},
        {"start": "Mo 09:15"},
        {"start": "Tu 09:00"},
        {"minutes": 45},
        {"room": "lib"},
        {"staff": "ann"},
        {"equipment": "d:1"},
        {"equipment": ""},
    ],
    ids=str,
)
def test_an_event_stands_as_today_when_all_but_its_id_agrees(changed):
    same = {"needs": "m n", "staff": "bob ann", "equipment": "d:2"}
    assert STANDING.stands_as_today(event("x", **same)) is True
    assert STANDING.stands_as_today(event("x", **{**same, **changed})) is False


def test_nothing_bought_stands_as_today():
    assert list(STANDING.today_by_key.values()) == [TODAY]
    assert STANDING.stands_as_today(bought("t2")) is False
    alike = TODAY.model_copy(update={"source": "bought"})
    assert STANDING.stands_as_today(alike) is False


@pytest.mark.parametrize(
    ("start", "prefers"),
    [("Mo 09:00", True), ("Mo 08:59", False), ("Mo 11:00", True), ("Mo 11:01", False)],
)
def test_a_session_is_preferred_within_one_interval(start, prefers):
    preferred = small(needs={"n": {"preferred": hours("Mo 09:00-12:00"), "minutes": 60}})
    assert preferred.prefers(preferred.scenario.needs["n"], at(start)) is prefers


def test_any_time_is_as_good_unless_hours_are_preferred():
    case = small(needs={"m": {"preferred": ()}})
    assert case.prefers(case.scenario.needs["n"], at("Mo 03:00")) is True
    assert case.prefers(case.scenario.needs["m"], at("Mo 03:00")) is False


NOT_SHARED = {"institution": "ash", "shared_with": ("none",)}
THINGS = small(
    institutions={"ash": {}},
    rooms={
        "lib": {"shared_with": ("culture", "elm")},
        "attic": {"institution": "ash", "shared_with": ("school",)},
        "shed": {"institution": "ash", "shared_with": ("none",)},
        "closet": {"shared_with": ("none",)},
    },
    staff={
        "zoe": NOT_SHARED,
        "ann": {},
        "bob": {"institution": "books", "shared_with": ("none",)},
        **{f"no{at}": NOT_SHARED for at in range(5)},
        "eve": {},
    },
    equipment={
        "harp": {"institution": "books", "shared_with": ("none",)},
        "drum": {"institution": "books", "shared_with": ("all",)},
    },
    agreements=(Agreement(lender="books", borrower="elm", kinds=("staff",)),),
)


@pytest.mark.parametrize("level", ["own", "sector", "area"])
def test_what_is_offered_is_the_own_and_what_others_lend_in_the_tables_order(level):
    case, scenario = THINGS.at(level), THINGS.scenario
    tables = {"rooms": scenario.rooms, "staff": scenario.staff, "equipment": scenario.equipment}
    for borrower in scenario.institutions:
        for kind, table in tables.items():
            lent = tuple(thing for thing in table.values() if case.lends(thing, kind, borrower))
            assert case.offered(kind, borrower) == lent
            assert case.offered(kind, borrower) is case.offered(kind, borrower)


def test_what_is_offered_by_name():
    def offered(kind, borrower):
        return [thing.id for thing in THINGS.offered(kind, borrower)]

    assert offered("rooms", "elm") == ["hall", "lib", "attic", "closet"]
    assert offered("rooms", "ash") == ["hall", "attic", "shed"]
    assert offered("staff", "elm") == ["ann", "bob", "eve"]
    assert offered("staff", "books") == ["ann", "bob", "eve"]
    assert offered("equipment", "elm") == ["drum"]


def test_a_part_of_a_case_may_be_told_what_is_to_be_kept():
    case = small()
    assert case.kept is None
    assert Case(case.scenario, kept={"n": 2}).kept == {"n": 2}


def test_where_staff_stand_in_the_table():
    assert small(staff={"cat": {}, "ann": {}}).place_of_staff == {"cat": 0, "ann": 1}


def test_what_an_event_takes_of_the_budget():
    case = small(
        groups={"h": {}, "i": {}},
        needs={
            "n": {"buy_price": 60_000},
            "m": {"group": "h", "buy_price": 45_050},
            "k": {"group": "i"},
        },
    )
    assert case.buying_price(event("e", "Mo 09:00", needs="n")) == 0
    assert case.buying_price(bought("b")) == 60_000
    assert case.buying_price(bought("b", "n m")) == 105_050
    assert case.buying_price(bought("b", "k")) == 0
    assert case.buying_price(bought("b", "m k")) == 45_050
