"""What plans in fractions hold, and a choice among that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ortools.math_opt.python import mathopt

from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.model.build import Build
from deling.model.program import as_program
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.clock import Clock
from deling.search.fractions import Fractions
from deling.search.program import solve_program
from deling.search.state import State
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.draw import case_of
from planting import plant, write

if TYPE_CHECKING:
    from deling.domain import Plan


def costs_of(case: Case, plan: Plan) -> tuple[State, Build] | None:
    """Return a search and a model of the costs of what a plan serves, None without a list."""
    state = State(Candidates(case), Clock(60.0), 0.0, None)
    assert state.offer(plan)
    options = state.options.of(state.free, 10_000)
    if options is None:
        return None
    build = Build(state.candidates, plan, state.free, options=options)
    build.hold(state.held_before("cost"))
    build.model.minimize(build.term("cost"))
    return state, build


def columns(build: Build) -> dict[int, object]:
    return {
        activity.present.index: activity.event
        for activity in build.activities
        if activity.present is not build.true
    }


@pytest.fixture
def planted(tmp_path) -> tuple[Case, Plan]:
    case = Case(load(write(plant(6, 83, "tight"), tmp_path)).scenario)
    return case, read_plan(tmp_path / "planted.csv", case.scenario)


def test_a_plan_in_fractions_holds_few_of_many_events_and_costs_no_more_than_any(planted):
    case, plan = planted
    _state, build = costs_of(case, plan)
    events = columns(build)
    fractions = Fractions(as_program(build.model), events, 1)
    held = fractions.cheapest()
    assert held <= events.keys()
    assert len(plan.internal) / 2 < len(held) < len(events) / 2
    assert fractions.bound <= evaluate(plan, case)["cost"]


def test_others_are_nearly_as_cheap_and_differ_by_chance(planted):
    case, plan = planted
    _state, build = costs_of(case, plan)
    program = as_program(build.model)
    before = program.SerializeToString(deterministic=True)
    fractions = Fractions(program, columns(build), 1)
    cheapest = fractions.cheapest()
    bound = fractions.bound
    first, second = fractions.nearly_cheapest(), fractions.nearly_cheapest()
    assert len({cheapest, first, second}) == 3
    assert fractions.bound == bound, "that of other prices is none"
    assert program.SerializeToString(deterministic=True) == before
    again = Fractions(program, columns(build), 1)
    assert again.nearly_cheapest() == first, "the same seed"


def test_a_choice_among_likely_events_is_a_plan_and_its_bound_that_of_all(planted):
    case, plan = planted
    state, build = costs_of(case, plan)
    term = build.term("cost")
    known = frozenset(event.key for event in plan.internal)
    chosen = solve_program(state, build, term, "cost", 30.0, 1, 0.0, known)
    assert len(state.faults) == 0
    assert check(chosen.plan, case) == []
    assert chosen.status == "feasible", "of all there may be, another may be better"
    _state, build = costs_of(case, plan)
    best = solve_program(state, build, build.term("cost"), "cost", 60.0, 1, 0.0)
    assert chosen.bound <= best.bound
    assert best.values["cost"] <= chosen.values["cost"] <= evaluate(plan, case)["cost"]
    assert chosen.values["cost"] < evaluate(plan, case)["cost"], "fractions tell of cheaper ones"


@pytest.mark.parametrize("error", [MemoryError("none left"), RuntimeError("broken"), ValueError()])
def test_a_relaxation_that_fails_is_told_and_the_search_goes_on(planted, monkeypatch, error):
    case, plan = planted
    state, build = costs_of(case, plan)

    def fail(*_what, **_more):
        raise error

    monkeypatch.setattr(mathopt, "solve", fail)
    answer = solve_program(state, build, build.term("cost"), "cost", 30.0, 1, 0.0, frozenset())
    assert answer.plan is None
    assert answer.bound is None
    assert len(state.faults) == 1


@pytest.mark.parametrize("seed", range(5300, 5330))
def test_the_bound_of_fractions_is_never_above_the_best_plan(seed):
    case = case_of(seed)
    case = Case(case.scenario.model_copy(update={"goals": ("served", "cost")}))
    try:
        best = best_plan(case, most_events=150, most_plans=6000)
    except TooManyPlansError:
        return
    if best is None:
        return
    question = costs_of(case, best.plan)
    if question is None:
        return
    state, build = question
    if as_program(build.model) is None:
        return
    answer = solve_program(state, build, build.term("cost"), "cost", 20.0, 1, 0.0, frozenset())
    assert len(state.faults) == 0
    if not state.over:  # Else that it costs the least is known, and HiGHS is not waited for.
        assert answer.bound <= best.values["cost"] <= answer.values["cost"]
