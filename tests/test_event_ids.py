"""Ids of new events: told from need, day and time, and never the same twice."""

from deling.domain import Event
from deling.event_ids import bought_id, free_id, held_id, under_free_ids


def test_events_are_named_after_need_day_and_time():
    assert held_id("music", (24 + 9) * 60 + 5) == "music-tu0905"
    assert bought_id("music") == "music-bought-1"
    assert bought_id("music", 3) == "music-bought-3"


def test_a_name_that_is_taken_is_numbered():
    assert free_id("a", set().__contains__) == "a"
    assert free_id("a", {"a"}.__contains__) == "a-2"
    assert free_id("a", {"a", "a-2"}.__contains__) == "a-3"


def test_new_events_get_ids_that_no_other_has():
    events = [Event(id=name, needs=(need,)) for need, name in enumerate_needs("a", "a", "a-2", "b")]
    named = under_free_ids(events, {"a-3"}.__contains__)
    assert [event.id for event in named] == ["a", "a-2", "a-2-2", "b"]
    assert [event.needs for event in named] == [event.needs for event in events]
    assert under_free_ids(events[:1], {"a", "a-2"}.__contains__)[0].id == "a-3"


def enumerate_needs(*names: str) -> list[tuple[str, str]]:
    return [(f"need-{number}", name) for number, name in enumerate(names)]
