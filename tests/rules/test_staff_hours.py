from small import broken, event, said, small

WEEK = {("staff_hours", ("e1", "e2"))}


def school(member, **more):
    return small(
        staff={"ann": member},
        groups={"g": {"site": "near"}, "h": {"institution": "books", "site": "near"}},
        needs={
            "n": {"skills": (("music", 1),)},
            "m": {"group": "h", "skills": (("music", 1),)},
        },
        step=5,
        **more,
    )


def visit(key, start, needs="n"):
    return event(key, start, needs=needs, room="lib", staff="ann")


def test_legs_count_as_work():
    days = visit("e1", "Mo 09:00"), visit("e2", "Tu 09:00")
    assert broken(school({"weekly_minutes": 140}), *days) == set()
    assert broken(school({"weekly_minutes": 139}), *days) == WEEK


def test_a_gap_counts_up_to_the_way_home_and_back():
    for start, minutes in (
        ("Mo 10:00", 130),  # no gap
        ("Mo 10:05", 135),  # waiting
        ("Mo 10:10", 140),  # home and back
        ("Mo 15:00", 140),  # the time at home is not work
    ):
        events = visit("e1", "Mo 09:00"), visit("e2", start)
        assert broken(school({"weekly_minutes": minutes}), *events) == set()
        assert broken(school({"weekly_minutes": minutes - 1}), *events) == WEEK


def test_lent_minutes_are_those_of_events_for_others_without_travel():
    events = visit("e1", "Mo 09:00", "m"), visit("e2", "Tu 09:00")
    assert broken(school({"lend_minutes": 60}), *events) == set()
    assert broken(school({"lend_minutes": 59}), *events) == WEEK


def test_a_joint_event_with_one_group_of_others_is_lent():
    case = small(
        staff={"ann": {"lend_minutes": 59}},
        groups={"h": {"institution": "books"}},
        needs={
            "n": {"skills": (("music", 1),), "joint": "j"},
            "m": {"group": "h", "joint": "j"},
        },
    )
    assert broken(case, event("e1", needs="n m", staff="ann")) == {("staff_hours", ("e1",))}


def test_what_stands_as_today_is_not_lent_anew():
    today = visit("e1", "Mo 09:00", "m")
    case = school({"lend_minutes": 60}, today=(today,))
    assert broken(case, today, visit("e2", "Tu 09:00", "m")) == set()
    case = school({"lend_minutes": 59}, today=(today,))
    assert broken(case, today, visit("e2", "Tu 09:00", "m")) == WEEK


def test_no_limit_is_no_limit_and_zero_is_none():
    assert broken(school({}), visit("e1", "Mo 09:00", "m")) == set()
    one = {("staff_hours", ("e1",))}
    assert broken(school({"lend_minutes": 0}), visit("e1", "Mo 09:00", "m")) == one
    assert broken(school({"weekly_minutes": 0}), visit("e1", "Mo 09:00")) == one


def test_everyone_is_judged():
    case = small(
        staff={"ann": {}, "bob": {"lend_minutes": 0}},
        groups={"h": {"institution": "books"}},
        needs={"m": {"group": "h", "skills": (("music", 2),)}},
    )
    assert broken(case, event("e1", needs="m", staff="ann bob")) == {("staff_hours", ("e1",))}


def test_the_messages_say_how_much_it_is_and_how_much_is_agreed():
    days = visit("e1", "Mo 09:00", "m"), visit("e2", "Tu 09:00")
    lent, works = said("staff_hours", school({"weekly_minutes": 139, "lend_minutes": 59}), *days)
    assert lent == (
        "Staff ann serves other institutions for 60 minutes in the week beyond today's loans,"
        " but at most 59 are lent."
    )
    assert works == (
        "Staff ann works 140 minutes in the week, travel included, but at most 139 are agreed."
    )
