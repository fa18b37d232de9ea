"""The sharing ladder climbs from plan to plan and never down."""

from __future__ import annotations

import pytest

from deling import ladder
from deling.compare import Column, Step
from deling.domain import SHARING_LEVELS, Plan
from deling.errors import InvalidPlanError
from deling.goals import GOALS
from deling.measures import AREA, Scope
from deling.result import GoalOutcome, Result
from small import event, small

ONE = Plan(events=(event("a"),))
TWO = Plan(events=(event("a"), event("b", "Tu 09:00")))
VISIT = Plan(events=(*TWO.events, event("c", "We 09:00", room="lib")))


def climb(found, case=None, **options):
    """Climb with a search that finds a plan, or None, a level; return the ladder and the calls."""
    case = case or small(today=ONE.events)
    calls = []

    def optimise(here, **told):
        calls.append((here.sharing, told))
        plan = found[here.sharing]
        if isinstance(plan, Result):
            return plan
        goals = {}
        if plan is not None:
            values = Column("", plan, here).goals
            goals = {key: GoalOutcome(value, value, 0, True) for key, value in values.items()}
        return Result("optimal" if plan else "infeasible", here.sharing, plan, goals)

    return ladder.climb(case, search=optimise, **options), calls


def test_each_level_starts_from_the_plan_before():
    found, calls = climb({"own": TWO, "sector": TWO, "area": VISIT})
    assert [column.label for column in found.comparison.columns] == [
        "today",
        "own",
        "sector",
        "area",
    ]
    assert [told["start"] for _level, told in calls] == [ONE.model_copy(), TWO, TWO]
    assert found.comparison.columns[-1].plan == VISIT
    assert not found.interrupted


def test_the_time_limit_is_for_the_whole_and_levels_share_what_is_left():
    _found, calls = climb(
        {"own": TWO, "sector": TWO, "area": TWO}, time_limit=30, seed=7, workers=2
    )
    assert [round(told["time_limit"]) for _level, told in calls] == [10, 15, 30]
    assert {told["seed"] for _level, told in calls} == {7}


def test_three_times_the_scenarios_limit_by_default():
    _found, calls = climb({"own": TWO, "sector": TWO, "area": TWO})
    assert round(calls[0][1]["time_limit"]) == 60


def test_a_level_that_finds_less_keeps_the_plan_before():
    found, _calls = climb({"own": TWO, "sector": ONE, "area": VISIT})
    sector = found.results["sector"]
    assert sector.plan == TWO
    assert sector.status == "feasible"
    assert sector.goals["served"] == GoalOutcome(2, 1, 0.5, False)
    for goal in ("fairness", "cost", "comfort"):
        # Bounds of plans that serve less say nothing here; those that need no search still hold.
        value = found.comparison.columns[1].goals[goal]
        assert sector.goals[goal].value == value
        assert sector.goals[goal].bound == GOALS[goal].plain_bound(small(today=ONE.events))
    assert "kept" in sector.notes[0]


def test_a_level_without_any_plan_keeps_the_plan_before():
    found, _calls = climb({"own": TWO, "sector": None, "area": None})
    assert found.results["area"].plan == TWO
    for goal, outcome in found.results["area"].goals.items():
        assert outcome.value == found.comparison.columns[1].goals[goal]
        assert outcome.bound == GOALS[goal].plain_bound(small(today=ONE.events))
    assert list(found.results["area"].goals) == ["served", "fairness", "cost", "comfort"]


def test_a_level_below_that_has_none_does_not_stop_the_climb():
    broken = small(today=(event("a"), event("b", "Mo 09:30")))
    plans = {"own": None, "sector": None, "area": VISIT}
    found, calls = climb(plans, broken)
    assert [column.label for column in found.comparison.columns] == ["today", "area"]
    assert calls[-1][1]["start"] is None


def test_a_deterministic_limit_is_for_the_whole_and_levels_share_what_is_left():
    by_level = {level: Result("feasible", level, TWO, work=5.0) for level in SHARING_LEVELS}
    _found, calls = climb(by_level, deterministic_limit=30)
    assert [told["deterministic_limit"] for _level, told in calls] == [10, 12.5, 20]


def test_an_interrupt_ends_the_climb():
    stopped = Result("feasible", "own", TWO, ended="interrupted")
    found, calls = climb({"own": stopped, "sector": TWO, "area": TWO})
    assert found.interrupted
    assert len(calls) == 1


def test_a_plan_that_breaks_a_rule_is_refused():
    with pytest.raises(InvalidPlanError, match="sharing: "):
        climb({"own": VISIT, "sector": VISIT, "area": VISIT})


def test_a_step_says_what_it_brings_to_whom():
    case = small(today=ONE.events, rooms={"lib": {"hourly_cost": 10000}})
    step = Step(Column("sector", TWO, case), Column("area", VISIT, case))
    gain = step.gains[AREA]
    assert (gain.sessions, gain.participant_minutes, gain.net_cost) == (1, 600, 60 * 10000)
    assert step.gains[Scope("institution", "books")].sessions == 0
    assert step.difference("rooms_borrowed_across") == 60
