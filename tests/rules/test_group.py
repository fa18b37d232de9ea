from small import broken, event, said, small

BOTH = {("group", ("e1", "e2"))}
CLASSES = {
    "whole": {},
    "g": {"part_of": "whole"},
    "h": {"part_of": "whole"},
    "few": {"part_of": "g"},
}


def test_a_group_has_one_event_at_a_time():
    case = small()
    assert broken(case, event("e1", "Mo 09:00"), event("e2", "Mo 10:00", room="hall")) == set()
    both = event("e1", "Mo 09:00"), event("e2", "Mo 09:45", room="lib")
    assert broken(case, *both) == BOTH


def test_trips_count():
    home = event("e1", "Mo 09:00")
    assert broken(small(step=5), home, event("e2", "Mo 10:10", room="lib")) == set()
    assert broken(small(step=5), home, event("e2", "Mo 10:05", room="lib")) == BOTH
    away = event("e1", "Mo 09:00", room="lib")
    assert broken(small(step=5), away, event("e2", "Mo 10:10")) == set()
    assert broken(small(step=5), away, event("e2", "Mo 10:05")) == BOTH


def test_between_two_events_away_the_group_goes_home():
    away = event("e1", "Mo 09:00", room="lib")
    assert broken(small(step=5), away, event("e2", "Mo 10:20", room="lib")) == set()
    assert broken(small(step=5), away, event("e2", "Mo 10:15", room="lib")) == BOTH


def test_a_group_clashes_with_what_it_is_part_of_but_not_with_other_parts():
    needs = {key: {"group": key} for key in CLASSES}
    case = small(groups=CLASSES, needs=needs)
    for one, other, expected in (
        ("whole", "g", BOTH),
        ("whole", "few", BOTH),
        ("g", "few", BOTH),
        ("g", "h", set()),
        ("few", "h", set()),
    ):
        for first, second in ((one, other), (other, one)):
            events = (
                event("e1", "Mo 09:00", needs=first),
                event("e2", "Mo 09:30", needs=second, room="lib"),
            )
            assert broken(case, *events) == expected


def test_joint_events_are_compared_by_each_group():
    case = small(
        groups={"h": {}, "i": {}},
        needs={
            "n": {"joint": "j"},
            "m": {"group": "h", "joint": "j"},
            "k": {"group": "i", "joint": "j"},
            "o": {"group": "h", "joint": "j"},
        },
    )
    joint = event("e1", needs="n m")
    assert broken(case, joint, event("e2", needs="k", room="lib")) == set()
    assert broken(case, joint, event("e2", needs="k o", room="lib")) == BOTH


BUSES = {
    "groups": {key: {"travel_mode": "minibus"} for key in ("g", "h", "i")},
    "needs": {"m": {"group": "h"}, "k": {"group": "i"}},
}


def test_a_fleet_carries_so_many_groups_at_one_time_from_departure_to_return():
    modes = {"minibus": {"fleet": 1}}
    first = event("e1", "Mo 09:00", room="lib")
    case = small(modes=modes, rooms={"lib2": {"site": "near"}}, **BUSES)
    assert broken(case, first, event("e2", "Mo 10:30", needs="m", room="lib2")) == set()
    assert broken(case, first, event("e2", "Mo 10:15", needs="m", room="lib2")) == BOTH
    assert broken(case, first, event("e2", "Mo 09:00", needs="m", room="hall")) == set()


def test_no_fleet_is_no_limit_and_none_at_all_is_zero():
    trip = event("e1", "Mo 09:00", room="lib")
    assert broken(small(**BUSES), trip) == set()
    assert broken(small(modes={"minibus": {"fleet": 0}}, **BUSES), trip) == {("group", ("e1",))}
    assert broken(small(modes={"bike": {"fleet": 0}}, **BUSES), trip) == set()


def test_a_full_fleet_is_one_breach_with_every_event_at_any_minute_over():
    case = small(modes={"minibus": {"fleet": 1}}, rooms={"far1": {"site": "far"}}, **BUSES)
    events = (
        event("e1", "Mo 09:00", room="lib"),  # on trip 08:45-10:15
        event("e2", "Mo 10:30", needs="m", room="far1"),  # 10:05-11:55
        event("e3", "Mo 12:00", needs="k", room="lib"),  # 11:45-13:15
        event("e4", "Mo 13:30", room="lib"),  # 13:15-14:45
    )
    assert broken(case, *events) == {("group", ("e1", "e2", "e3"))}


def test_each_group_of_a_joint_event_takes_a_place_of_the_fleet():
    rows = {
        "groups": BUSES["groups"],
        "needs": {"n": {"joint": "j"}, "m": {"group": "h", "joint": "j"}},
    }
    joint = event("e1", needs="n m", room="lib")
    assert broken(small(modes={"minibus": {"fleet": 2}}, **rows), joint) == set()
    assert broken(small(modes={"minibus": {"fleet": 1}}, **rows), joint) == {("group", ("e1",))}


def test_a_group_at_the_site_of_the_room_makes_no_trip():
    rows = {**BUSES, "groups": {**BUSES["groups"], "g": {"travel_mode": "minibus", "site": "near"}}}
    case = small(modes={"minibus": {"fleet": 0}}, **rows)
    assert broken(case, event("e1", room="lib")) == set()
    assert broken(case, event("e1", room="hall")) == {("group", ("e1",))}


def test_each_pair_of_a_family_is_judged_past_those_that_may_overlap():
    needs = {key: {"group": key} for key in CLASSES}
    case = small(groups=CLASSES, needs=needs)
    events = (
        event("e1", "Mo 09:00", needs="g"),
        event("e2", "Mo 09:15", needs="h", room="lib"),  # may go on beside e1
        event("e3", "Mo 09:30", needs="few", room="hall"),
    )
    assert {pair for rule, pair in broken(case, *events) if rule == "group"} == {("e1", "e3")}


def test_the_groups_of_one_event_are_no_pair():
    # Two needs of one group, or of a group and its part, in one event: `joint` speaks of that
    case = small(groups=CLASSES, needs={"m": {}, "k": {"group": "whole"}})
    assert said("group", case, event("e1", needs="n m k")) == []


def test_the_messages_name_the_group_or_both():
    needs = {key: {"group": key} for key in CLASSES}
    case = small(groups=CLASSES, needs=needs)
    same = event("e1", "Mo 09:00"), event("e2", "Mo 09:30", room="lib")
    assert said("group", case, *same) == [
        "Group g is in e1 (Mo 09:00-10:00) and e2 (Mo 09:30-10:30), trips included."
    ]
    part = event("e1", "Mo 09:00", needs="few"), event("e2", "Mo 09:30", needs="whole", room="lib")
    assert said("group", case, *part) == [
        (
            "Groups few and whole, one part of the other, are in e1 (Mo 09:00-10:00) and e2"
            " (Mo 09:30-10:30), trips included."
        )
    ]


def test_the_message_of_a_full_fleet_says_when_first_and_how_many_at_most():
    case = small(modes={"minibus": {"fleet": 0}}, rooms={"lib2": {"site": "near"}}, **BUSES)
    events = (
        event("e1", "Mo 09:00", room="lib"),
        event("e2", "Mo 09:30", needs="m", room="lib2"),
        event("e3", "Tu 09:00", room="lib"),
    )
    assert said("group", case, *events) == [
        "2 groups are on trips by minibus at one time (Mo 08:45-10:45), but at most 0 can be."
    ]


def test_every_session_is_looked_at_for_trips():
    # A group by another mode and one that is there already stand before the one that goes
    rows = {
        "groups": {
            "walkers": {"site": "home"},
            "there": {"site": "near", "travel_mode": "minibus"},
            "go": {"travel_mode": "minibus"},
        },
        "needs": {key: {"group": key} for key in ("walkers", "there", "go")},
    }
    case = small(modes={"minibus": {"fleet": 0}}, **rows)
    joint = event("e1", needs="walkers there go", room="lib")
    assert ("group", ("e1",)) in broken(case, joint)


def test_every_fleet_is_judged():
    case = small(modes={"walk": {}, "bike": {"fleet": 1}, "minibus": {"fleet": 0}}, **BUSES)
    assert broken(case, event("e1", room="lib")) == {("group", ("e1",))}


def test_one_group_on_a_trip_is_one():
    case = small(modes={"minibus": {"fleet": 0}}, **BUSES)
    assert said("group", case, event("e1", room="lib")) == [
        "1 group is on a trip by minibus at one time (Mo 08:45-10:15), but at most 0 can be."
    ]
