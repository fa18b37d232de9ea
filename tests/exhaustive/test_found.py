"""What the comparison with the enumeration has found: each mistake in a case as small as can be."""

from __future__ import annotations

from deling.case import Case
from deling.optimise import optimise
from enumerate_plans import best_plan
from exhaustive.agree import agrees, holds
from exhaustive.tiny import tiny
from small import event, hours, plan

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


def test_units_are_not_counted_where_the_rule_is_off():
    # The model took no more units than there are, whether or not the rule applied.
    best = agrees(
        tiny(
            rooms={"hall": {"available": MORNING}},
            equipment={"drums": {"quantity": 1}},
            needs={"n": {"equipment": (("drum", 2),)}},
            off=("equipment",),
        )
    )
    assert best is not None
    assert best.values["served"] == 1


def test_same_staff_may_ask_for_staff_whom_nothing_else_asks_for():
    # With `needs_met` off the model gave no staff to new events, so none could join today's.
    best = agrees(
        tiny(
            rooms={"hall": {"available": hours("Mo 09:00-10:00", "Mo 11:00-12:00")}},
            staff={"ann": {"skills": ("craft",), "hourly_cost": 100}},
            needs={"n": {"sessions": 2, "same_staff": True, "preferred": MORNING}},
            today=(event("e", staff="ann", fixed=True),),
            off=("needs_met",),
        )
    )
    assert best is not None
    assert best.values["served"] == 2


def test_same_staff_of_a_guest_without_skills():
    best = agrees(
        tiny(
            rooms={"hall": {"available": hours("Mo 09:00-10:00", "Mo 11:00-12:00")}},
            staff={"ann": {}, "bo": {}},
            groups={"h": {}},
            needs={
                "n": {"joint": "song"},
                "m": {"group": "h", "joint": "song", "sessions": 2, "same_staff": True},
            },
            today=(event("e", needs="m", staff="bo", fixed=True),),
            off=("needs_met",),
        )
    )
    assert best is not None
    assert best.values["served"] == 3


def test_two_events_may_stand_as_one_of_today_where_no_rule_is_against_it():
    # 9:15 is off the grid, so new events are excused only by standing as today.
    best = agrees(
        tiny(
            rooms={"hall": {"available": hours("Mo 09:15-10:15")}},
            needs={"n": {"sessions": 2}},
            today=(event("e", "Mo 09:15"),),
            off=("room", "group"),
        )
    )
    assert best is not None
    assert best.values["served"] == 2


def test_ids_are_unique_though_a_plan_and_today_use_one_for_different_events():
    case = tiny(
        rooms={"hall": {"available": hours("Mo 09:00-11:00")}},
        needs={"n": {}, "m": {"group": "h", "weight": 2}},
        groups={"h": {}},
        today=(event("e", needs="n"),),
        off=("keep",),
    )
    start = plan(event("e", "Mo 10:00", needs="m"))
    result = optimise(case, start=start, time_limit=60, workers=1)
    holds(case, result, best_plan(case))
    assert result.plan is not None
    assert sorted((found.id, found.needs) for found in result.plan.events) == [
        ("e", ("n",)),
        ("m-mo1000", ("m",)),
    ]


def test_another_site_that_is_no_way_off_is_another_site():
    # The library stands beside the school: no minutes by the estimate from the map. From there it
    # is 18 minutes to the far house by a row, from the school 35 by the estimate.
    case = tiny(
        rooms={
            "lib": {"available": MORNING, "features": ("books",)},
            "barn": {"site": "far", "available": hours("Mo 10:00-11:00"), "features": ("hay",)},
        },
        groups={"g": {"site": "near"}, "h": {"site": "far"}},
        staff={"ann": {"hourly_cost": 60}},
        needs={
            "n": {"skills": MUSIC, "features": ("books",), "minutes": 40},
            "m": {"skills": MUSIC, "features": ("hay",), "group": "h"},
        },
    )
    scenario = case.scenario
    sites = dict(scenario.sites)
    sites["far"] = sites["far"].model_copy(update={"latitude": 55.70})
    rows = tuple(
        row
        for row in scenario.travel_rows
        if row.mode != "bike" or "home" not in (row.origin, row.destination)
    )
    case = Case(scenario.model_copy(update={"sites": sites, "travel_rows": rows}))
    assert case.travel.minutes("home", "near", "bike") == 0
    assert case.travel.minutes("home", "far", "bike") == 35
    best = agrees(case)
    assert best is not None
    assert best.values["served"] == 2
    assert best.values["cost"] == 60 * (0 + 40 + 20 + 60 + 35)


def test_staff_whom_nobody_asks_for_may_shorten_a_way():
    # By the rows it is 70 minutes to the far house, but 5 and 18 by way of the library. With
    # `needs_met` off, ann may take part there on her way, which the model did not know.
    best = agrees(
        tiny(
            step=30,
            rooms={
                "lib": {"available": hours("Mo 09:30-10:00")},
                "barn": {"site": "far", "available": hours("Mo 10:30-11:30")},
            },
            staff={"ann": {"hourly_cost": 60}},
            groups={"h": {"site": "far"}},
            needs={"n": {"minutes": 30}, "m": {"group": "h"}},
            today=(event("e", "Mo 10:30", needs="m", room="barn", staff="ann", fixed=True),),
            travel={("home", "far", "bike"): 70},
            off=("needs_met",),
        )
    )
    assert best is not None
    assert best.values["cost"] == 60 * (5 + 30 + 30 + 60 + 70)


def test_same_staff_reaches_on_to_the_other_sessions_of_a_guest():
    # Of n, ann's fixed event and the joint one have the same staff, so m's other session too.
    best = agrees(
        tiny(
            rooms={"hall": {"available": hours("Mo 09:00-12:00")}},
            staff={"ann": {}},
            groups={"h": {"available": hours("Mo 10:00-12:00")}},
            needs={
                "n": {"sessions": 2, "same_staff": True, "joint": "song"},
                "m": {"group": "h", "sessions": 2, "same_staff": True, "joint": "song"},
            },
            today=(event("e", staff="ann", fixed=True),),
            off=("needs_met",),
        )
    )
    assert best is not None
    assert best.values["served"] == 4
