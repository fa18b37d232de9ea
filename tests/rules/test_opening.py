import pytest

from deling.rules import RULES_BY_ID
from small import block, broken, event, hours, said, small

OPENING = {("opening", ("e1",))}
MORNING = hours("Mo 09:00-10:00")


def test_the_room_is_open_from_start_to_end():
    case = small(rooms={"hall": {"available": MORNING}})
    assert broken(case, event("e1", "Mo 09:00")) == set()
    assert broken(case, event("e1", "Mo 08:45")) == OPENING
    assert broken(case, event("e1", "Mo 09:15")) == OPENING


def test_the_event_lies_within_one_interval():
    case = small(rooms={"hall": {"available": hours("Mo 09:00-09:30", "Mo 09:45-11:00")}})
    assert broken(case, event("e1", "Mo 09:00")) == OPENING
    assert broken(case, event("e1", "Mo 10:00")) == set()


def test_the_turnaround_may_run_past_opening():
    case = small(rooms={"hall": {"available": MORNING, "turnaround": 30}})
    assert broken(case, event("e1", "Mo 09:00")) == set()


def test_each_piece_of_equipment_is_available():
    case = small(
        equipment={"d": {"available": MORNING}, "f": {"kind": "flute"}},
        needs={"n": {"equipment": (("drum", 1), ("flute", 1))}},
    )
    assert broken(case, event("e1", "Mo 09:00", equipment="d f")) == set()
    assert broken(case, event("e1", "Mo 09:15", equipment="d f")) == OPENING


def test_moving_equipment_may_run_past_its_hours():
    case = small(
        equipment={"d": {"available": MORNING, "move_minutes": 20}},
        needs={"n": {"equipment": (("drum", 1),)}},
    )
    assert broken(case, event("e1", "Mo 09:00", room="lib", equipment="d")) == set()


def test_the_hours_of_every_need_count():
    case = small(
        needs={
            "n": {"joint": "j"},
            "m": {"group": "h", "joint": "j", "hours": MORNING},
        },
        groups={"h": {}},
    )
    assert broken(case, event("e1", "Mo 09:00", needs="n m")) == set()
    assert broken(case, event("e1", "Mo 10:00", needs="n m")) == OPENING
    assert broken(case, event("e1", "Mo 10:00", needs="n")) == set()


def test_no_hours_at_all_are_never():
    assert broken(small(needs={"n": {"hours": ()}}), event("e1")) == OPENING


def test_the_group_is_available_from_leaving_to_being_back():
    case = small(groups={"g": {"available": hours("Mo 08:50-10:10")}})
    assert broken(case, event("e1", "Mo 09:00", room="lib")) == set()
    for available in ("Mo 08:51-10:10", "Mo 08:50-10:09"):
        case = small(groups={"g": {"available": hours(available)}})
        assert broken(case, event("e1", "Mo 09:00", room="lib")) == OPENING
        assert broken(case, event("e1", "Mo 09:00", room="hall")) == set()


def test_a_trip_over_midnight_breaks():
    assert broken(small(), event("e1", "Mo 00:00", room="lib")) == OPENING
    assert broken(small(), event("e1", "Mo 23:00", room="lib")) == OPENING


def _with_ann(*available: str, **more):
    return small(
        staff={"ann": {"available": hours(*available)}},
        needs={"n": {"skills": (("music", 1),)}},
        groups={"g": {"site": "near"}},
        **more,
    )


def test_the_tour_of_staff_lies_within_one_open_interval():
    visit = event("e1", "Mo 09:00", room="lib", staff="ann")
    assert broken(_with_ann("Mo 08:55-10:05"), visit) == set()
    assert broken(_with_ann("Mo 08:56-10:05"), visit) == OPENING
    assert broken(_with_ann("Mo 08:55-10:04"), visit) == OPENING


def test_a_tour_that_is_too_long_names_its_first_or_its_last_event():
    case = _with_ann("Mo 09:00-12:00")
    first, middle, last = (
        event("e3", "Mo 09:00", room="lib", staff="ann"),
        event("e2", "Mo 10:00", room="lib", staff="ann"),
        event("e1", "Mo 11:00", room="lib", staff="ann"),
    )
    assert broken(case, first, middle, last) == {("opening", ("e3",)), ("opening", ("e1",))}
    assert broken(case, middle, last) == {("opening", ("e1",))}
    assert broken(case, first, middle) == {("opening", ("e3",))}
    assert broken(case, middle) == set()


@pytest.mark.parametrize("start", ["Mo 08:00", "Mo 11:30", "Tu 09:00"])
def test_an_event_in_no_open_interval_breaks(start):
    assert (
        broken(_with_ann("Mo 08:55-10:05"), event("e1", start, room="lib", staff="ann")) == OPENING
    )


def test_a_block_splits_the_open_interval_of_staff():
    visit = event("e1", "Mo 09:00", room="lib", staff="ann")
    free = block("b", "Mo 10:05", 60, staff="ann")
    assert broken(_with_ann("Mo 08:00-16:00", blocks=(free,)), visit) == set()
    for clash in (block("b", "Mo 10:04", 60, staff="ann"), block("b", "Mo 08:30", 26, staff="ann")):
        assert broken(_with_ann("Mo 08:00-16:00", blocks=(clash,)), visit) == OPENING


def test_opening_cannot_be_switched_off():
    assert not RULES_BY_ID["opening"].switchable


HERE = "e1 (Mo 09:00-10:00)"


def test_the_messages_about_things_say_when_they_are_open_that_day():
    shut = hours("Mo 07:00-08:00", "Mo 09:30-12:00", "Tu 08:00-16:00")
    case = small(
        rooms={"hall": {"available": shut}},
        equipment={"d": {"available": hours("Mo 12:00-16:00", "Tu 08:00-16:00")}},
        needs={"n": {"hours": hours("Mo 12:00-13:00")}},
    )
    assert said("opening", case, event("e1", equipment="d")) == [
        f"Equipment d is not available for all of {HERE}; available that day: 12:00-16:00.",
        f"Event {HERE} is outside the hours of need n: 12:00-13:00.",
        f"Room hall is not open for all of {HERE}; open that day: 07:00-08:00, 09:30-12:00.",
    ]


def test_the_message_about_a_group_has_its_trip():
    case = small(groups={"g": {"available": hours("Mo 09:00-10:00")}})
    not_available = f"Group g is not available for all of {HERE}, trips included"
    assert said("opening", case, event("e1", room="lib")) == [
        f"{not_available} (Mo 08:50-10:10); available that day: 09:00-10:00."
    ]


def test_the_messages_about_staff():
    visit = event("e1", "Mo 09:00", room="lib", staff="ann")
    assert said("opening", _with_ann("Mo 09:15-10:00"), visit) == [
        f"Staff ann is not available for all of {HERE}; available that day: 09:15-10:00."
    ]
    assert said("opening", _with_ann("Mo 09:00-10:00"), visit) == [
        f"Staff ann has to leave at Mo 08:55 for {HERE}, but is available from Mo 09:00 only.",
        f"Staff ann is back from {HERE} at Mo 10:05, but available until Mo 10:00 only.",
    ]


def test_every_tour_is_judged():
    visits = [
        event(f"e{at}", f"{day} 09:00", room="lib", staff="ann")
        for at, day in enumerate(("Mo", "Tu", "We"))
    ]
    case = _with_ann("Tu 08:00-16:00", "We 09:00-16:00")
    assert broken(case, *visits) == {("opening", ("e0",)), ("opening", ("e2",))}
