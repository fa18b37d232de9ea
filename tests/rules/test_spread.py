from small import bought, broken, event, said, small


def apart(days, **more):
    return small(needs={"n": {"min_days_between": days, "buy_price": 1, **more}})


BOTH = {("spread", ("e1", "e2"))}


def test_sessions_lie_days_apart():
    monday, tuesday = event("e1", "Mo 12:00"), event("e2", "Tu 09:00")
    assert broken(apart(1), monday, tuesday) == set()
    assert broken(apart(2), monday, tuesday) == BOTH
    assert broken(apart(2), monday, event("e2", "We 09:00")) == set()


def test_zero_allows_the_same_day():
    day = event("e1", "Mo 12:00"), event("e2", "Mo 09:00")
    assert broken(apart(0), *day) == set()
    assert broken(apart(1), *day) == BOTH


def test_neighbours_are_named_by_day_then_id():
    events = event("e3", "Mo 08:00"), event("e1", "Mo 12:00"), event("e2", "Mo 10:00")
    assert broken(apart(1), *events) == {("spread", ("e1", "e2")), ("spread", ("e2", "e3"))}
    later = event("e0", "Tu 08:00")
    assert broken(apart(2), *events, later) == {
        ("spread", ("e1", "e2")),
        ("spread", ("e2", "e3")),
        ("spread", ("e0", "e3")),
    }


def test_sunday_and_monday_are_not_neighbours():
    assert broken(apart(2), event("e1", "Mo 09:00"), event("e2", "Su 09:00")) == {("grid", ("e2",))}


def test_bought_sessions_have_no_day():
    assert broken(apart(4), event("e1"), bought("e2"), bought("e3")) == set()


def test_sessions_in_joint_events_count_for_each_need():
    case = small(
        groups={"h": {}},
        needs={
            "n": {"joint": "j", "min_days_between": 2},
            "m": {"group": "h", "joint": "j"},
        },
    )
    joint = event("e1", "Mo 09:00", needs="n m")
    assert broken(case, joint, event("e2", "Tu 09:00")) == BOTH
    assert broken(case, joint, event("e2", "Tu 09:00", needs="m")) == set()


def test_the_message_counts_the_days():
    first, second, third = "e1 (Tu 09:00-10:00)", "e2 (We 09:00-10:00)", "e3 (Fr 09:00-10:00)"
    events = event("e1", "Tu 09:00"), event("e2", "We 09:00"), event("e3", "Fr 09:00")
    but = "apart, but at least 3 are asked for."
    assert said("spread", apart(3), *events) == [
        f"Sessions {first} and {second} of need n lie 1 day {but}",
        f"Sessions {second} and {third} of need n lie 2 days {but}",
    ]


def test_a_need_with_one_session_does_not_end_the_search():
    case = small(needs={"m": {}, "n": {"min_days_between": 2}})
    alone = event("e0", "Mo 12:00", needs="m")
    assert broken(case, alone, event("e1", "Mo 09:00"), event("e2", "Tu 09:00")) == BOTH
