"""The search as a whole: steady, honest about its bounds, and stopped by time or a person."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import deling.optimise
from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.optimise import optimise
from deling.scenario.load import load
from deling.search.clock import Clock
from deling.search.neighbourhoods import NEIGHBOURHOODS, Rivals, View
from deling.search.start import without_breaches
from deling.search.state import State

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def smallest() -> Case:
    return Case(load(SCENARIOS / "smallest.yaml").scenario)


@pytest.fixture(scope="module")
def flagship() -> Case:
    return Case(load(SCENARIOS / "hedehusene.yaml").scenario)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_proven_plans_do_not_depend_on_threads_or_on_the_way_there(
    smallest: Case, workers: int, monkeypatch: pytest.MonkeyPatch
):
    direct = optimise(smallest, workers=2, time_limit=60)
    monkeypatch.setattr(deling.optimise, "SMALL", 0)
    by_neighbourhoods = optimise(smallest, workers=workers, time_limit=60)
    assert direct.status == by_neighbourhoods.status == "optimal"
    assert direct.plan == by_neighbourhoods.plan


def test_a_start_plan_is_never_made_worse(smallest: Case):
    best = optimise(smallest, time_limit=60)
    again = optimise(smallest, start=best.plan, time_limit=0)
    assert best.plan is not None
    assert again.plan == best.plan
    assert again.status == "feasible"
    assert {goal: outcome.value for goal, outcome in again.goals.items()} == {
        goal: outcome.value for goal, outcome in best.goals.items()
    }


def test_a_short_search_of_the_flagship_is_valid_and_better_than_today(flagship: Case):
    told = []
    result = optimise(flagship, time_limit=4, workers=2, watch=told.append)
    assert result.plan is not None
    assert check(result.plan, flagship) == []
    assert result.notes == ()
    assert result.goals["served"].value > evaluate(flagship.scenario.today, flagship)["served"]
    assert {update.goal for update in told} <= set(GOALS)
    for goal, outcome in result.goals.items():
        assert not GOALS[goal].better(outcome.value, outcome.bound), goal


def test_a_gap_that_is_asked_for_ends_the_search(smallest: Case):
    result = optimise(smallest, gap=1e9, time_limit=60)
    assert result.seconds < 30
    assert result.plan is not None


def test_neighbourhoods_free_whole_events(flagship: Case):
    candidates = Candidates(flagship)
    plan = flagship.scenario.today
    free = frozenset(flagship.scenario.needs)
    view = View(candidates, plan, Rivals(candidates, free), free)
    rng = random.Random(7)
    for neighbourhood in NEIGHBOURHOODS:
        for _ in range(5):
            free = neighbourhood.pick(view, 12, rng)
            assert free <= set(flagship.scenario.needs)
            for event in plan.events:
                assert free.isdisjoint(event.needs) or free.issuperset(event.needs)


def test_what_is_left_of_a_broken_plan_is_valid(flagship: Case):
    today = flagship.scenario.today
    loose = next(event for event in today.internal if not event.fixed)
    doubled = loose.model_copy(update={"id": "twice"})
    broken = Plan(events=(*today.events, doubled))
    assert check(broken, flagship)
    left = without_breaches(broken, flagship)
    assert {event.id for event in left.events} < {event.id for event in broken.events}
    assert not [breach for breach in check(left, flagship) if breach.rule not in {"keep", "fixed"}]


def test_a_plan_with_a_breach_is_refused_and_remembered(smallest: Case):
    state = State(Candidates(smallest), Clock(10), 0.0, None)
    today = smallest.scenario.today
    doubled = today.internal[0].model_copy(update={"id": "twice"})
    assert not state.offer(Plan(events=(*today.events, doubled)))
    assert state.plan is None
    assert len(state.faults) == 1
    assert state.offer(today)
    assert not state.offer(today), "as good is not better"


def test_a_bound_that_a_valid_plan_beats_is_not_used(smallest: Case):
    state = State(Candidates(smallest), Clock(10), 0.0, None)
    state.bound("served", 12)
    assert state.offer(smallest.scenario.today)
    state.bound("served", state.values["served"] - 1)
    assert state.bounds["served"] == GOALS["served"].plain_bound(smallest), "nor any before it"
    assert len(state.faults) == 1


def test_a_bound_is_dropped_when_a_later_plan_beats_it(smallest: Case):
    state = State(Candidates(smallest), Clock(10), 0.0, None)
    state.bound("served", 8)
    assert state.offer(smallest.scenario.today)
    assert state.bounds["served"] == GOALS["served"].plain_bound(smallest)
    assert len(state.faults) == 1


def test_a_goal_whose_bounds_were_wrong_twice_has_none_any_more(smallest: Case):
    state = State(Candidates(smallest), Clock(10), 0.0, None)
    assert state.offer(smallest.scenario.today)
    for bound, known in ((12, 12), (8, 13), (11, 11), (8, 13), (12, 13)):
        state.bound("served", bound)
        assert state.bounds["served"] == known
    assert not state.reached("served")


def test_a_bound_is_only_kept_for_plans_that_it_was_proven_for(smallest: Case):
    state = State(Candidates(smallest), Clock(10), 0.0, None)
    today = smallest.scenario.today
    assert state.offer(today)
    now = dict(state.values)
    plain = {goal: state.bounds[goal] for goal in state.order}
    assert state.bound("cost", now["cost"] - 5, {"served": now["served"]})
    assert state.bound("comfort", now["comfort"] - 5, {"fairness": now["fairness"]})
    # More are served, at the price of fairness: nothing is known of its comfort.
    assert state.take(today, {**now, "served": now["served"] + 1, "fairness": now["fairness"] + 1})
    assert state.bounds["cost"] == now["cost"] - 5
    assert state.bounds["comfort"] == plain["comfort"]
    assert state.bound("comfort", now["comfort"] - 5, {"fairness": now["fairness"]})
    assert state.bounds["comfort"] == plain["comfort"]
    assert not len(state.faults)


def test_bounds_only_get_tighter(smallest: Case):
    state = State(Candidates(smallest), Clock(10), 0.0, None)
    for bound in (12, 14, 11):
        state.bound("served", bound)
    assert state.bounds["served"] == 11
    for bound in (5, 3, 8):
        state.bound("cost", bound)
    assert state.bounds["cost"] == 8
