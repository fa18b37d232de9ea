"""A model's rows say what the model says, and HiGHS finds by them what CP-SAT finds."""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

import deling.search.program
from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.model.build import Build
from deling.model.program import as_program
from deling.scenario.load import load
from deling.search.clock import Clock
from deling.search.program import solve_program
from deling.search.state import State
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.draw import case_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
COLUMNS = 4
literals = st.lists(st.integers(-COLUMNS, COLUMNS - 1), min_size=1, max_size=3)
clauses = st.tuples(
    st.sampled_from(["one at most", "one", "or", "and", "row"]),
    literals,
    st.lists(st.integers(-3, 3), min_size=COLUMNS, max_size=COLUMNS),
    st.tuples(st.integers(-4, 3), st.integers(0, 4)),
    st.lists(st.integers(-COLUMNS, COLUMNS - 1), max_size=2),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(clauses, max_size=4), st.lists(st.integers(-3, 3), min_size=4, max_size=4))
def test_rows_allow_what_the_model_allows(stated, worth):
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _each in range(COLUMNS)]

    def literal(number: int):
        return columns[number] if number >= 0 else ~columns[-number - 1]

    for kind, some, factors, (least, width), unless in stated:
        those = [literal(number) for number in some]
        if kind == "one at most":
            model.add_at_most_one(those)
        elif kind == "one":
            model.add_exactly_one(those)
        else:
            total = sum(a * b for a, b in zip(factors, columns, strict=True))
            constraint = {
                "or": lambda those=those: model.add_bool_or(those),
                "and": lambda those=those: model.add_bool_and(those),
                "row": lambda total=total, least=least, width=width: model.add_linear_constraint(
                    total, least, least + width
                ),
            }[kind]()
            constraint.only_enforce_if([literal(number) for number in unless])
    model.maximize(sum(a * b for a, b in zip(worth, columns, strict=True)) + 2)
    program = as_program(model)
    assert program is not None
    for values in product((0, 1), repeat=COLUMNS):
        fixed = model.clone()
        for at, value in enumerate(values):
            fixed.add(fixed.get_bool_var_from_proto_index(at) == value)
        allowed = cp_model.CpSolver().solve(fixed) == cp_model.OPTIMAL
        assert keeps_rows(program, values) == allowed
    assert program.objective.offset == -2
    linear = program.objective.linear_coefficients
    assert dict(zip(linear.ids, linear.values, strict=True)) == {
        at: -value for at, value in enumerate(worth) if value
    }


def keeps_rows(program, values) -> bool:
    """Return whether some values keep all rows of a program."""
    totals = [0.0] * len(program.linear_constraints.ids)
    matrix = program.linear_constraint_matrix
    for row, column, factor in zip(
        matrix.row_ids, matrix.column_ids, matrix.coefficients, strict=True
    ):
        totals[row] += factor * values[column]
    rows = program.linear_constraints
    return all(
        least <= total <= most
        for least, total, most in zip(rows.lower_bounds, totals, rows.upper_bounds, strict=True)
    )


def test_what_is_no_row_is_not_made_one():
    model = cp_model.CpModel()
    some = [model.new_int_var(0, 3, "") for _each in range(3)]
    assert as_program(model) is not None
    model.add_max_equality(some[0], some[1:])
    assert as_program(model) is None


@pytest.mark.parametrize("domain", [[0, 0, 3, 3]])
def test_ranges_with_holes_are_no_columns_or_rows(domain):
    holed = cp_model.CpModel()
    holed.new_int_var_from_domain(cp_model.Domain.from_flat_intervals(domain), "")
    assert as_program(holed) is None or not holed.proto.constraints
    model = cp_model.CpModel()
    column = model.new_int_var(0, 3, "")
    model.add_linear_expression_in_domain(column, cp_model.Domain.from_flat_intervals(domain))
    assert as_program(model) is None


@pytest.mark.parametrize(
    ("costs", "offset", "unit"),
    [([500, -1500, 1000], 2500, 500), ([500, 1500], 750, 250), ([3, 7], 0, 1), ([], 0, 1)],
)
def test_costs_are_counted_in_the_largest_unit_of_which_all_are_whole(costs, offset, unit):
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _each in costs]
    model.minimize(sum(a * b for a, b in zip(costs, columns, strict=True)) + offset)
    program = as_program(model)
    assert deling.search.program._counted_in_units(program) == unit
    assert program.objective.offset * unit == offset
    assert [unit * each for each in program.objective.linear_coefficients.values] == costs
    assert all(each.is_integer() for each in program.objective.linear_coefficients.values)


def asked(case, *, relaxed: bool = False) -> tuple[State, Build] | None:
    """Return a search without a plan and a model of all events, None if there is no list."""
    state = State(Candidates(case), Clock(60.0), 0.0, None)
    options = state.options.of(state.free, 10_000)
    if options is None:
        return None
    build = Build(state.candidates, Plan(events=()), state.free, relaxed=relaxed, options=options)
    return state, build


@pytest.mark.parametrize("seed", range(5200, 5230))
def test_the_first_goal_is_as_good_as_by_enumeration(seed):
    case = case_of(seed)
    question = asked(case)
    try:
        best = best_plan(case, most_events=150, most_plans=6000)
    except TooManyPlansError:
        return
    if question is None or best is None:
        return
    state, build = question
    goal = state.order[0]
    answer = solve_program(state, build, build.term(goal), goal, 20.0, 1, 0.0)
    assert len(state.faults) == 0
    if answer.plan is None:
        assert as_program(build.model) is None
        return
    assert answer.status == "optimal"
    assert answer.values[goal] == best.values[goal] == answer.bound
    _state, build = asked(case, relaxed=True)
    loose = solve_program(state, build, build.term(goal), goal, 20.0, 1, 0.0)
    assert loose.plan is None
    if loose.bound is not None:
        assert not GOALS[goal].better(best.values[goal], loose.bound)


def test_it_begins_with_the_plan_there_is(smallest, monkeypatch):
    """What it is told to begin with allows that plan, and nothing that serves more."""
    honest = mathopt.solve

    def begun(model, solver, *, model_params, **more):
        (start,) = model_params.solution_hints
        for variable, value in start.variable_values.items():
            variable.lower_bound = variable.upper_bound = value
        return honest(model, solver, model_params=model_params, **more)

    best = answered(smallest)[0].plan
    monkeypatch.setattr(deling.search.program.mathopt, "solve", begun)
    for plan in (smallest.scenario.today, best):
        state = State(Candidates(smallest), Clock(60.0), 0.0, None)
        options = state.options.of(state.free, 10_000)
        build = Build(state.candidates, plan, state.free, options=options)
        answer = solve_program(state, build, build.term("served"), "served", 20.0, 1, 0.0)
        assert answer.values["served"] == evaluate(plan, smallest)["served"]


# Faults


@pytest.fixture(scope="module")
def smallest() -> Case:
    return Case(load(SCENARIOS / "smallest.yaml").scenario)


def answered(case: Case, *, relaxed: bool = False, begun: bool = True):
    """Return what HiGHS says of a whole case, and what was found wrong with it."""
    question = asked(case, relaxed=relaxed)
    assert question is not None
    state, build = question
    if begun:
        assert state.offer(case.scenario.today)
    answer = solve_program(state, build, build.term("served"), "served", 20.0, 1, 0.0)
    return answer, state.faults


def test_without_a_fault_the_best_plan_is_found(smallest):
    answer, faults = answered(smallest)
    assert len(faults) == 0
    assert answer.status == "optimal"
    assert answer.bound == answer.values["served"] == 12
    assert check(answer.plan, smallest) == []


def test_a_solver_that_fails_is_noted(smallest, monkeypatch):
    def fails(*_arguments, **_more):
        raise RuntimeError("out of order")

    monkeypatch.setattr(deling.search.program.mathopt, "solve", fails)
    answer, faults = answered(smallest)
    assert (answer.status, answer.plan, answer.bound) == ("unknown", None, None)
    assert [(kind, example) for kind, _count, example in faults.found()] == [
        ("failed", "RuntimeError out of order")
    ]


def result(reason, **more):
    """Return what MathOpt would answer."""
    termination = SimpleNamespace(reason=reason, detail="so it is")
    return SimpleNamespace(termination=termination, **more)


@pytest.mark.parametrize("reason", ["NUMERICAL_ERROR", "OTHER_ERROR", "IMPRECISE"])
def test_a_solver_in_trouble_is_not_believed(smallest, monkeypatch, reason):
    told = result(getattr(mathopt.TerminationReason, reason), dual_bound=lambda: -1.0)
    monkeypatch.setattr(deling.search.program.mathopt, "solve", lambda *_a, **_k: told)
    answer, faults = answered(smallest)
    assert (answer.plan, answer.bound) == (None, None)
    assert [(kind, example) for kind, _count, example in faults.found()] == [
        ("refused", "so it is")
    ]


@pytest.mark.parametrize("begun", [True, False])
def test_that_there_is_no_plan_is_not_believed_beside_one(smallest, monkeypatch, begun):
    told = result(mathopt.TerminationReason.INFEASIBLE, dual_bound=lambda: 0.0)
    monkeypatch.setattr(deling.search.program.mathopt, "solve", lambda *_a, **_k: told)
    answer, faults = answered(smallest, begun=begun)
    assert (answer.plan, answer.bound) == (None, None)
    assert [kind for kind, *_rest in faults.found()] == (["impossible"] if begun else [])


def test_a_wrong_plan_is_refused_by_the_judge_and_its_bound_stands(smallest, monkeypatch):
    honest = mathopt.solve

    def wrong(model, *arguments, **more):
        found = honest(model, *arguments, **more)
        everything = dict.fromkeys(found.variable_values(), 1.0)
        return SimpleNamespace(
            termination=found.termination,
            dual_bound=found.dual_bound,
            solutions=found.solutions,
            variable_values=lambda: everything,
        )

    monkeypatch.setattr(deling.search.program.mathopt, "solve", wrong)
    answer, faults = answered(smallest)
    assert answer.plan is None
    assert answer.bound == 12
    assert [kind for kind, *_rest in faults.found()] == ["breach"]


def test_a_plan_that_does_not_keep_what_it_has_to_is_refused(smallest):
    state, build = asked(smallest)
    # Nobody told the model.
    build.held = {"served": 13}
    answer = solve_program(state, build, build.term("served"), "served", 20.0, 1, 0.0)
    assert answer.plan is None
    assert [kind for kind, *_rest in state.faults.found()] == ["value"]


def test_an_answer_that_is_no_longer_wanted_is_not_waited_for(smallest, monkeypatch):
    def endless(*_arguments, **_more):
        time.sleep(5)

    monkeypatch.setattr(deling.search.program.mathopt, "solve", endless)
    state, build = asked(smallest)
    state.end()
    began = time.monotonic()
    answer = solve_program(state, build, build.term("served"), "served", 20.0, 1, 0.0)
    assert time.monotonic() - began < 2
    assert (answer.plan, answer.bound) == (None, None)
    assert len(state.faults) == 0


def test_a_solver_that_uses_all_its_time_is_still_heard(smallest, monkeypatch):
    honest = mathopt.solve

    def slow(model, solver, *, params, **more):
        found = honest(model, solver, params=params, **more)
        # A little late as well: it looks at the clock now and then.
        time.sleep(params.time_limit.total_seconds() + 0.05)
        return found

    monkeypatch.setattr(deling.search.program.mathopt, "solve", slow)
    state, build = asked(smallest)
    state = State(state.candidates, Clock(2.0), 0.0, None)
    answer = solve_program(state, build, build.term("served"), "served", 2.0, 1, 0.0)
    assert answer.plan is not None
    assert answer.bound == answer.values["served"] == 12
