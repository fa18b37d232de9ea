"""What the comparison with the enumeration has found: each mistake in a case as small as can be."""

from __future__ import annotations

from exhaustive.agree import agrees
from exhaustive.tiny import tiny
from small import event, hours

MUSIC = (("music", 1),)
MORNING = hours("Mo 09:00-10:00")


def test_a_stop_that_is_not_held_leaves_its_activity_free():
    # The model let no activity begin outside the open hours of those who do not serve it.
    best = agrees(
        tiny(
            rooms={"lib": {"available": hours("Mo 09:00-10:00", "Mo 11:00-12:00")}},
            staff={
                "ann": {"available": hours("Mo 08:50-10:40"), "site": "far"},
                "bo": {"available": hours("Mo 09:10-12:20"), "site": "far"},
            },
            needs={"n": {"skills": MUSIC, "sessions": 2, "minutes": 30}},
        )
    )
    assert best is not None
    assert best.values["served"] == 1


def test_a_day_without_work_asks_for_no_rest():
    # More rest than what is left of the week after Saturday evening forbade that evening.
    best = agrees(
        tiny(
            days=(5, 6),
            rooms={"hall": {"available": hours("Sa 20:00-21:00", "Su 20:00-21:00")}},
            staff={"ann": {}},
            needs={"n": {"skills": MUSIC, "preferred": hours("Sa 20:00-21:00")}},
            staff_day={"rest": 40 * 60},
        )
    )
    assert best is not None
    assert best.values["comfort"] == 0


def test_a_day_before_without_work_asks_for_no_rest():
    best = agrees(
        tiny(
            days=(0, 1),
            rooms={"hall": {"available": hours("Mo 02:00-03:00", "Tu 02:00-03:00")}},
            staff={"ann": {"available": hours("Mo 00:00-24:00", "Tu 00:00-24:00")}},
            needs={"n": {"skills": MUSIC, "preferred": hours("Tu 02:00-03:00")}},
            staff_day={"rest": 40 * 60},
        )
    )
    assert best is not None
    assert best.values["comfort"] == 0


def test_more_units_than_there_are_cannot_stand_though_nothing_else_uses_them():
    today = (event("e", equipment="drums:2"),)
    best = agrees(
        tiny(
            rooms={"hall": {"available": MORNING}},
            equipment={"drums": {"institution": "books", "shared_with": ("none",)}},
            needs={"n": {"sessions": 1, "equipment": (("drum", 2),)}},
            today=today,
        )
    )
    assert best is not None
    assert best.values["served"] == 0
