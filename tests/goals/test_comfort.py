from deling.goals import GOALS
from small import bought, event, hours, plan, small


def value(case, *events):
    return GOALS["comfort"].value(plan(*events), case)


def test_travel_of_groups_both_ways_by_session():
    case = small(groups={"h": {"travel_mode": "bike"}, "i": {"site": "near"}})
    assert value(case, event("e1")) == 0
    assert value(case, event("e1", room="lib"), event("e2", "Tu 09:00", room="lib")) == 40
    case = small(
        groups={"h": {"travel_mode": "bike"}, "i": {"site": "near"}},
        needs={"m": {"group": "h"}, "k": {"group": "i"}},
    )
    assert value(case, event("e1", needs="n m k", room="lib")) == 2 * (10 + 5)


def test_thirty_for_each_session_not_within_one_preferred_interval():
    case = small(
        groups={"h": {}},
        needs={
            "n": {"preferred": hours("Mo 09:00-10:00", "Mo 10:30-12:00")},
            "m": {"group": "h"},
        },
    )
    assert value(case, event("e1", "Mo 09:00")) == 0
    assert value(case, event("e1", "Mo 09:15")) == 30
    assert value(case, event("e1", "Mo 09:45"), event("e2", "Tu 09:00")) == 60
    assert value(case, event("e1", "Mo 09:45", needs="m")) == 0
    assert value(case, event("e1", "Mo 09:45", needs="n m")) == 30


def test_preferred_hours_hold_all_of_an_event_whatever_its_length():
    case = small(needs={"n": {"preferred": hours("Mo 09:00-10:00")}})
    assert value(case, event("e1", "Mo 09:00", minutes=61)) == 30
    assert value(case, event("e1", "Mo 09:30", minutes=30)) == 0


def test_never_preferred_is_never():
    assert value(small(needs={"n": {"preferred": ()}}), event("e1")) == 30


def test_ten_for_each_session_of_today_at_another_time_or_room():
    today = event("t1"), event("t2", "Tu 09:00")
    case = small(today=today, rooms={"gym": {}}, staff={"ann": {}})
    assert value(case) == 20
    assert value(case, *today) == 0
    assert value(case, event("x", staff="ann"), event("y", "Tu 09:15")) == 10
    assert value(case, event("x", room="gym"), event("y", "We 09:00")) == 20


def test_joint_events_of_today_count_session_by_session():
    rows = {"groups": {"h": {}}, "needs": {"m": {"group": "h"}}}
    case = small(today=(event("t1", needs="n m"),), **rows)
    assert value(case, event("x", needs="m")) == 10
    assert value(case, event("x"), event("y", needs="m")) == 0


def test_bought_sessions_are_neither_travel_nor_change():
    case = small(
        needs={"n": {"buy_price": 1, "preferred": hours("Mo 09:00-10:00")}}, today=(bought("t1"),)
    )
    assert value(case) == 0
    assert value(case, bought("x")) == 0


def test_its_name_and_direction():
    assert GOALS["comfort"].id == "comfort"
    assert GOALS["comfort"].sense == "min"


def test_no_plan_is_better_than_one_without_a_way_or_a_change():
    case = small(today=(event("t1"),), needs={"n": {"preferred": hours("Mo 09:00-10:00")}})
    assert GOALS["comfort"].plain_bound(case) == 0 == value(case, event("e1"))
