"""The helper that other tests stand on."""

from areas import area, bought, event, plan


def test_the_default_area_is_valid():
    scenario = area()
    assert list(scenario.rooms) == ["room"]
    assert scenario.needs == {}
    assert scenario.rooms["room"].available[0] == (8 * 60, 16 * 60)


def test_rows_are_completed_with_defaults(tmp_path):
    scenario = area(
        tmp_path,
        settings={"rules": {"keep": "off"}},
        needs=[{"need": "a"}, {"need": "b", "minutes": 30}],
        staff=[{"staff": "bo", "skills": "music art"}],
        use=[{"event": "e", "need": "a", "day": "Mo", "start": "9:00", "room": "room"}],
    )
    assert scenario.needs["b"].minutes == 30
    assert scenario.staff["bo"].skills == ("music", "art")
    assert scenario.rules.off == {"keep"}
    assert scenario.today.events == (event("e", "a"),)


def test_plans_are_written_in_words():
    found = plan(event("e", "a b", "Tu 10:15", 45, "hall", "bo ann", "drums:2"), bought("x", "a"))
    assert found.events[0].staff == ("ann", "bo")
    assert found.events[0].equipment == (("drums", 2),)
    assert found.bought[0].needs == ("a",)
