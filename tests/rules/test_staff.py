import pytest

from deling.case import Case
from deling.domain import TravelRow
from deling.rules import RULES_BY_ID
from small import broken, event, hours, said, small

BOTH = {("staff", ("e1", "e2"))}


def ann(*available: str, **more):
    """Ann, of the school, cycles: home-near 5, home-far 20, near-far 18 minutes."""
    member = {"available": hours(*available)} if available else {}
    return small(
        staff={"ann": member},
        groups={"g": {"site": "near"}, "h": {"site": "far"}, "i": {}},
        needs={
            key: {"group": group, "skills": (("music", 1),)}
            for key, group in (("n", "g"), ("m", "h"), ("k", "i"))
        },
        rooms={"lib2": {"site": "near"}, "hut": {"site": "far"}},
        step=1,
        **more,
    )


def at_home(key, start):
    return event(key, start, needs="k", room="hall", staff="ann")


def near(key, start, room="lib"):
    return event(key, start, needs="n", room=room, staff="ann")


def far(key, start):
    return event(key, start, needs="m", room="hut", staff="ann")


@pytest.mark.parametrize(
    ("second", "holds"),
    [
        (at_home("e2", "Mo 10:05"), True),
        (at_home("e2", "Mo 10:04"), False),
        (near("e2", "Mo 10:00"), True),
        (far("e2", "Mo 10:18"), True),  # directly
        (far("e2", "Mo 10:17"), False),
        (far("e2", "Mo 10:25"), True),  # by way of home
    ],
)
def test_the_gap_after_an_event_leaves_time_for_the_way(second, holds):
    assert broken(ann(), near("e1", "Mo 09:00"), second) == (set() if holds else BOTH)


def test_by_way_of_home_suffices_where_the_direct_row_is_longer():
    case = ann()
    rows = tuple(
        row
        if (row.origin, row.mode) != ("near", "bike")
        else TravelRow(origin="near", destination="far", mode="bike", minutes=50)
        for row in case.scenario.travel_rows
    )
    longer = Case(case.scenario.model_copy(update={"travel_rows": rows}))
    assert broken(longer, near("e1", "Mo 09:00"), far("e2", "Mo 10:25")) == set()
    assert broken(longer, near("e1", "Mo 09:00"), far("e2", "Mo 10:24")) == BOTH


def test_nobody_is_in_two_events_at_once():
    case = ann()
    for start in ("Mo 09:00", "Mo 09:59"):
        found = broken(case, near("e1", "Mo 09:00"), near("e2", start, "lib2"))
        assert found - {("group", ("e1", "e2"))} == BOTH


def test_only_neighbours_in_order_of_start_end_and_id_are_named():
    case = ann(off=("group", "room"))
    same = near("e3", "Mo 09:00"), near("e1", "Mo 09:00"), near("e2", "Mo 09:00")
    assert broken(case, *same) == {("staff", ("e1", "e2")), ("staff", ("e2", "e3"))}


def test_neighbours_that_overlap_break_even_in_different_tours():
    case = ann("Mo 08:00-10:30", "Mo 10:31-16:00", off=("group", "room"))
    inside, outside = near("e1", "Mo 09:15"), near("e2", "Mo 10:00")
    assert broken(case, inside, outside) == BOTH | {("opening", ("e2",))}


def test_two_tours_need_no_way_between_them():
    # The block between them splits the tour; going home is what `opening` asks for
    case = ann("Mo 08:00-10:05", "Mo 10:06-16:00", off=("group",))
    assert broken(case, near("e1", "Mo 09:00"), near("e2", "Mo 10:11", "lib2")) == set()
    assert broken(case, near("e1", "Mo 09:00"), near("e2", "Mo 10:10", "lib2")) == {
        ("opening", ("e2",))
    }


def test_neighbours_of_a_tour_are_judged_past_an_event_outside_it():
    case = ann("Mo 09:00-12:00", off=("group", "room", "opening"))
    events = (
        at_home("e1", "Mo 09:00"),
        event("e2", "Mo 09:30", 200, needs="k", staff="ann"),  # past noon: a tour of its own
        at_home("e3", "Mo 09:45"),
    )
    found = broken(case, *events) - {("grid", ("e2",))}
    assert found == {("staff", pair) for pair in (("e1", "e2"), ("e2", "e3"), ("e1", "e3"))}


def test_each_member_of_staff_is_judged():
    case = small(
        staff={"ann": {}, "bob": {}},
        needs={"n": {"skills": (("music", 2),)}},
        groups={"g": {"site": "near", "travel_mode": "bike"}},
        step=1,
    )
    both = (
        event("e1", "Mo 09:00", room="lib", staff="ann bob"),
        event("e2", "Mo 10:04", room="hall", staff="ann bob"),
    )
    assert broken(case, *both) >= BOTH


def test_staff_cannot_be_switched_off():
    assert not RULES_BY_ID["staff"].switchable


def test_the_messages_of_a_gap_say_how_long_it_is_and_how_long_the_way():
    first = "e1 (Mo 09:00-10:00)"
    assert said("staff", ann(), near("e1", "Mo 09:00"), far("e2", "Mo 10:17")) == [
        f"Staff ann has 17 minutes from {first} to e2 (Mo 10:17-11:17), but the way takes 18."
    ]
    assert said("staff", ann(), near("e1", "Mo 09:00"), at_home("e2", "Mo 10:00")) == [
        f"Staff ann has 0 minutes from {first} to e2 (Mo 10:00-11:00), but the way takes 5."
    ]


def test_the_message_of_two_events_at_once_is_said_once():
    case = ann(off=("group", "room"))
    for start, until in (("Mo 09:59", "10:59"), ("Mo 09:00", "10:00")):
        assert said("staff", case, near("e1", "Mo 09:00"), near("e2", start)) == [
            f"Staff ann is in e1 (Mo 09:00-10:00) and e2 ({start}-{until}) at one time."
        ]


def test_the_message_of_a_tour_that_turns_back_past_an_event_outside_it():
    case = ann("Mo 09:00-12:00", off=("group", "room", "opening", "grid"))
    events = (
        at_home("e1", "Mo 09:00"),
        event("e2", "Mo 09:30", 200, needs="k", staff="ann"),  # past noon: a tour of its own
        at_home("e3", "Mo 09:59"),
    )
    assert "Staff ann is in e1 (Mo 09:00-10:00) and e3 (Mo 09:59-10:59) at one time." in said(
        "staff", case, *events
    )
