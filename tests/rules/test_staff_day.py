import pytest

from small import block, broken, event, small

ONE_DAY = {("staff_day", ("e1", "e2"))}


def ann(*, max_sites=3, rest=660, max_span=720, max_minutes=600, **more):
    return small(
        staff={"ann": {}},
        groups={"g": {"site": "near"}, "h": {"site": "far"}, "i": {}},
        needs={
            key: {"group": group, "skills": (("music", 1),)}
            for key, group in (("n", "g"), ("m", "h"), ("k", "i"))
        },
        rooms={"hut": {"site": "far"}},
        staff_day={
            "max_sites": max_sites,
            "rest": rest,
            "max_span": max_span,
            "max_minutes": max_minutes,
        },
        step=1,
        **more,
    )


def near(key, start):
    return event(key, start, needs="n", room="lib", staff="ann")


def at_home(key, start):
    return event(key, start, needs="k", room="hall", staff="ann")


def far(key, start):
    return event(key, start, needs="m", room="hut", staff="ann")


def test_working_minutes_a_day():
    events = near("e1", "Mo 09:00"), near("e2", "Mo 12:00"), near("e3", "Tu 09:00")
    assert broken(ann(max_minutes=140), *events) == set()
    assert broken(ann(max_minutes=139), *events) == ONE_DAY


def test_span_from_first_departure_to_last_return():
    events = near("e1", "Mo 09:00"), near("e2", "Mo 12:00")
    assert broken(ann(max_span=250), *events) == set()
    assert broken(ann(max_span=249), *events) == ONE_DAY
    events = at_home("e1", "Mo 09:00"), at_home("e2", "Mo 12:00")
    assert broken(ann(max_span=240), *events) == set()
    assert broken(ann(max_span=239), *events) == ONE_DAY


def test_different_sites_other_than_the_own():
    day = near("e1", "Mo 09:00"), at_home("e2", "Mo 11:00"), far("e3", "Mo 13:00")
    assert broken(ann(max_sites=2), *day) == set()
    assert broken(ann(max_sites=1), *day) == {("staff_day", ("e1", "e2", "e3"))}
    assert broken(ann(max_sites=1), *day[:2], near("e4", "Mo 15:00")) == set()
    assert broken(ann(max_sites=0), at_home("e1", "Mo 09:00")) == set()


def test_rest_between_consecutive_days_names_both():
    events = near("e1", "Mo 19:55"), near("e2", "Tu 08:05")  # back 21:00, away again 08:00
    assert broken(ann(), *events) == set()
    assert broken(ann(rest=661), *events) == {("staff_day", ("e1", "e2"))}


def test_rest_counts_to_the_next_working_day():
    events = near("e1", "Mo 09:00"), near("e2", "We 09:00")
    assert broken(ann(rest=46 * 60 + 50), *events) == set()
    assert broken(ann(rest=46 * 60 + 51), *events) == {("staff_day", ("e1", "e2"))}


def test_no_rest_is_asked_for_from_sunday_to_monday():
    case = ann()
    events = at_home("e1", "Mo 00:00"), at_home("e2", "Su 23:00")
    assert broken(case, *events) == {("grid", ("e2",))}


@pytest.mark.parametrize("order", [1, -1])
def test_several_tours_make_one_day(order):
    case = ann(max_minutes=139, blocks=(block("b", "Mo 10:30", 60, staff="ann"),))
    events = [near("e1", "Mo 09:00"), near("e2", "Mo 12:00")][::order]
    assert broken(case, *events) == ONE_DAY
