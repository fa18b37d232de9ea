from deling.rules import RULES_BY_ID
from small import broken, event, said, small

GRID = {("grid", ("e1",))}


def test_any_start_on_the_grid_of_any_calendar_day_holds():
    case = small(needs={"n": {"min_days_between": 1}})
    assert broken(case, event("e1", "Mo 00:00"), event("e2", "Fr 23:00")) == set()


def test_days_outside_the_calendar_break():
    assert broken(small(), event("e1", "Sa 09:00")) == GRID


def test_the_grid_is_counted_from_midnight_of_each_day():
    case = small(step=25, needs={"n": {"minutes": 50}})
    assert broken(case, event("e1", "Tu 00:25", 50)) == set()
    # 24:00 is no multiple of 25, so that the grid of the week would differ from the grid of the day
    assert broken(case, event("e1", "Tu 00:10", 50)) == GRID


def test_a_start_off_the_grid_breaks_unless_the_event_stands_as_today():
    today = event("old", "Mo 09:05")
    assert broken(small(), event("e1", "Mo 09:05")) == GRID
    case = small(today=(today,))
    assert broken(case, event("e1", "Mo 09:05")) == set()
    assert broken(case, event("e1", "Mo 09:05", room="lib")) == GRID


def test_every_need_of_the_event_asks_for_its_minutes():
    assert broken(small(), event("e1", minutes=59)) == GRID
    case = small(
        needs={"n": {"joint": "j"}, "m": {"group": "h", "joint": "j", "minutes": 45}},
        groups={"h": {}},
    )
    assert broken(case, event("e1", needs="n m")) == GRID | {("joint", ("e1",))}


def test_length_and_day_bind_today_too():
    short, saturday = event("e1", minutes=30), event("e1", "Sa 09:00")
    assert broken(small(today=(short,)), short) == GRID
    assert broken(small(today=(saturday,)), saturday) == GRID


def test_an_event_ends_at_midnight_at_the_latest():
    case = small(off=("opening",))
    assert broken(case, event("e1", "Mo 23:00")) == set()
    assert broken(case, event("e1", "Mo 23:15")) == GRID


def test_an_event_past_the_end_of_the_week_is_judged():
    late = event("e1", "Su 23:30")
    assert broken(small(), late) == {("grid", ("e1",)), ("opening", ("e1",))}
    beyond = late.model_copy(update={"start": 8 * 24 * 60})
    assert broken(small(), beyond) == {("grid", ("e1",)), ("opening", ("e1",))}


def test_grid_cannot_be_switched_off():
    assert not RULES_BY_ID["grid"].switchable


def test_the_messages():
    crooked = event("e1", "Sa 23:35", minutes=45)
    assert said("grid", small(), crooked) == [
        "Event e1 (Sa 23:35-00:20) does not start on the grid of 15 minutes.",
        "Event e1 (Sa 23:35-00:20) is on a day that the plan is not made for.",
        "Event e1 (Sa 23:35-00:20) lasts 45 minutes, but need n asks for 60.",
        "Event e1 (Sa 23:35-00:20) runs past midnight.",
    ]
