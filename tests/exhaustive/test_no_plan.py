"""Cases without any valid plan, and searches without the time to find one.

All rules but `fixed` and `keep` are kept by the plan of no events, and fixed events that break a
rule by themselves are mistakes in the input. So a case without a valid plan asks to keep sessions
that only stood thanks to another one: here a stop that makes one long way two short ones, and has
to go since its room is too small.
"""

from __future__ import annotations

from typing import Any

import pytest

import deling.optimise as optimise_module
from deling.optimise import optimise
from deling.search.solve import Answer
from enumerate_plans import best_plan
from exhaustive.agree import agrees, holds, without
from exhaustive.tiny import tiny
from small import bought, event, hours

MUSIC = (("music", 1),)


def stranded(*, fixed: str = "", late: bool = False, **more: Any) -> Any:
    """Ann is at home (n), near (o) and far (m) today; the library is too small for o's group.

    Parameters
    ----------
    fixed
        Ids of today's events that are fixed.
    late
        Whether n may be moved to after m.
    more
        As for `tiny`.
    """
    hall = ["Mo 09:00-10:00", "Mo 14:00-15:00"] if late else ["Mo 09:00-10:00"]
    settings: dict[str, Any] = {
        "rooms": {
            "hall": {"available": hours(*hall), "features": ("stage",)},
            "lib": {"available": hours("Mo 10:00-11:00"), "capacity": 9, "features": ("books",)},
            "barn": {"site": "far", "available": hours("Mo 11:00-12:00"), "features": ("hay",)},
        },
        "staff": {"ann": {}},
        "groups": {"h": {"site": "near"}, "i": {"site": "far"}},
        "needs": {
            "n": {"skills": MUSIC, "features": ("stage",)},
            "o": {"group": "h", "skills": MUSIC, "features": ("books",), "minutes": 50},
            "m": {"group": "i", "skills": MUSIC, "features": ("hay",)},
        },
        "travel": {("home", "far", "bike"): 130, ("far", "home", "bike"): 20},
        "today": tuple(
            event(key, start, minutes, needs=need, room=room, staff="ann", fixed=key in fixed)
            for key, start, minutes, need, room in (
                ("e", "Mo 09:00", 60, "n", "hall"),
                ("f", "Mo 10:05", 50, "o", "lib"),
                ("g", "Mo 11:00", 60, "m", "barn"),
            )
        ),
    }
    settings["travel"]["near", "far", "bike"] = 5
    return tiny(**{**settings, **more})


def test_two_needs_to_keep_that_clash():
    case = stranded()
    assert agrees(case) is None
    result = optimise(case, time_limit=20, workers=1)
    assert result.status == "infeasible"
    said = "\n".join(result.clash)
    assert "rule keep asks for n" in said
    assert "rule keep asks for m" in said
    assert "keep asks for o" not in said
    # The tour that is too long is no rule to switch off, the library's size is.
    assert "Rule capacity stands in the way" in said
    assert "Rule budget stands in the way" not in said


def test_a_fixed_event_and_a_need_to_keep_that_clash():
    case = stranded(fixed="e", late=True)
    assert agrees(case) is None
    said = "\n".join(optimise(case, time_limit=20, workers=1).clash)
    assert "rule fixed asks for e" in said
    assert "rule keep asks for m" in said
    assert "keep asks for n" not in said


@pytest.mark.parametrize("rule", ["keep", "capacity", "fixed"])
def test_without_what_clashes_there_is_a_plan(rule):
    assert agrees(without(stranded(fixed="e", late=True), rule)) is not None


def test_a_need_to_keep_that_can_no_longer_be_bought():
    # A breach of `sessions` names no events, so what was bought is to be kept.
    case = tiny(needs={"n": {"sessions": 2}}, today=(bought("b"),))
    assert agrees(case) is None
    said = "\n".join(optimise(case, time_limit=20, workers=1).clash)
    assert "rule keep asks for n" in said


def test_more_bought_sessions_fixed_than_the_need_wants_is_no_plan():
    case = tiny(
        needs={"n": {"buy_price": 1, "sessions": 1}},
        today=(bought("a", fixed=True), bought("b", fixed=True)),
    )
    assert agrees(case) is None


def test_what_is_left_of_today_is_no_plan_but_there_is_one():
    # Bo lives at the far house and takes over from ann.
    case = stranded(staff={"ann": {}, "bo": {"site": "far", "hourly_cost": 60}})
    best = agrees(case)
    assert best is not None
    assert best.values["cost"] == 60 * 60


@pytest.mark.parametrize("limit", [0.0, 0.001])
def test_no_time_is_never_called_infeasible(limit):
    case = stranded(staff={"ann": {}, "bo": {"site": "far"}})
    result = optimise(case, time_limit=limit, workers=1)
    assert result.status in ("no_plan_in_time", "feasible", "optimal")
    assert (result.plan is None) == (result.status == "no_plan_in_time")


def test_no_time_before_the_solver_knows(monkeypatch):
    monkeypatch.setattr(
        optimise_module, "solve", lambda *_args, **_more: Answer("unknown", None, None, 0.0)
    )
    for staff in ({"ann": {}}, {"ann": {}, "bo": {"site": "far"}}):
        result = optimise(stranded(staff=staff), time_limit=0, workers=1)
        assert result.status == "no_plan_in_time"
        assert result.plan is None
        assert result.clash == ()


def test_no_time_but_a_plan_in_hand():
    # Today is valid, so it is the answer; bounds without any search are still bounds.
    case = tiny(
        rooms={"hall": {"available": hours("Mo 09:00-11:00")}},
        needs={"n": {"sessions": 2}},
        today=(event("e"),),
    )
    result = optimise(case, time_limit=0, workers=1)
    best = best_plan(case)
    assert best is not None
    assert result.status in ("feasible", "optimal")
    assert result.goals["served"].value <= best.values["served"] <= result.goals["served"].bound


def test_a_start_plan_saves_the_search_for_one():
    case = stranded(staff={"ann": {}, "bo": {"site": "far"}})
    best = best_plan(case)
    assert best is not None
    holds(case, optimise(case, start=best.plan, time_limit=20, workers=1), best)
