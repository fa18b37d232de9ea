import pytest

from small import block, broken, event, said, small

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


@pytest.mark.parametrize("span", [299, 300])
def test_the_day_lasts_from_the_first_departure_of_any_tour_to_the_last_return_of_any(span):
    # e1 runs into a block, so that it is a tour of its own: it begins before e2 and ends after it
    noon = block("b", "Mo 12:00", 30, staff="ann")
    case = ann(max_span=span, blocks=(noon,), off=("group", "room"))
    long = event("e1", "Mo 08:30", 300, needs="k", staff="ann")
    found = broken(case, long, at_home("e2", "Mo 09:00"))
    assert (("staff_day", ("e1", "e2")) in found) == (span < 300)


def test_a_later_tour_may_leave_before_an_earlier_one():
    # From home at 10:00 to an event there, and from home at 09:50 to one far away
    parts = block("b", "Mo 10:05", 1, staff="ann")
    day = event("e1", "Mo 10:00", 5, needs="k", staff="ann"), far("e2", "Mo 10:10")
    for span, holds in ((100, True), (99, False)):
        case = ann(max_span=span, blocks=(parts,))
        assert (("staff_day", ("e1", "e2")) not in broken(case, *day)) == holds


def test_the_messages():
    day = near("e1", "Tu 09:00"), far("e2", "Tu 12:00")
    case = ann(max_minutes=100, max_span=200, max_sites=1)
    span, sites, work = said("staff_day", case, *day)
    assert span == (
        "Staff ann has 265 minutes from first departure to last return on Tu, but at most 200"
        " are allowed."
    )
    assert sites == "Staff ann is at 2 other sites on Tu (far, near), but at most 1 are allowed."
    assert work == (
        "Staff ann works 170 minutes on Tu, travel included, but at most 100 are allowed."
    )


@pytest.mark.parametrize(
    ("own", "others"), [("home", "far, near"), ("near", "far, home"), ("far", "home, near")]
)
def test_sites_are_named_in_order(own, others):
    case = small(
        staff={"ann": {"site": own}}, rooms={"hut": {"site": "far"}}, staff_day={"max_sites": 1}
    )
    day = [
        event(key, start, room=room, staff="ann")
        for key, start, room in (
            ("e1", "Mo 08:00", "lib"),
            ("e2", "Mo 11:00", "hall"),
            ("e3", "Mo 14:00", "hut"),
        )
    ]
    (message,) = said("staff_day", case, *day)
    assert f"({others})" in message


def test_the_message_about_rest():
    events = near("e1", "Mo 19:55"), near("e2", "Tu 08:05")
    (message,) = said("staff_day", ann(rest=661), *events)
    assert message == (
        "Staff ann is back at Mo 21:00 and leaves again at Tu 08:00: 660 minutes of rest, but"
        " at least 661 are due."
    )


@pytest.mark.parametrize(("start", "name"), [("Mo", "Mo"), ("Su", "Su")])
def test_the_message_names_the_day(start, name):
    (message,) = said("staff_day", ann(max_minutes=59), at_home("e1", f"{start} 09:00"))
    assert message.startswith(f"Staff ann works 60 minutes on {name}, ")


def test_the_day_has_a_name_even_past_the_week():
    beyond = at_home("e1", "Mo 09:00")
    beyond = beyond.model_copy(update={"start": beyond.start + 8 * 24 * 60})
    (message,) = said("staff_day", ann(max_minutes=59), beyond)
    assert message.startswith("Staff ann works 60 minutes on Tu, ")


def test_one_site_is_one():
    assert said("staff_day", ann(max_sites=0), near("e1", "Mo 09:00")) == [
        "Staff ann is at 1 other site on Mo (near), but at most 0 are allowed."
    ]
