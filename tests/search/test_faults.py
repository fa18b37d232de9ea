"""A solver that fails or is wrong: caught by the checker, asked once more otherwise, reported."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python import cp_model

import deling.optimise
import deling.search.cheaper
import deling.search.improve
import deling.search.solve
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.optimise import optimise
from deling.scenario.load import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.result import Result

SCENARIOS = Path(__file__).parents[2] / "scenarios"
HONEST = cp_model.CpSolver.solve
BEST = 12
"""Sessions by weight that the best plan of the smallest scenario serves."""


@pytest.fixture(scope="module")
def smallest() -> Case:
    return Case(load(SCENARIOS / "smallest.yaml").scenario)


@pytest.fixture(params=["whole model", "neighbourhoods"])
def way(request, monkeypatch) -> str:
    """Both ways of searching, by the solver alone."""
    monkeypatch.setattr(deling.search.improve, "CHAINS_EACH", 0)
    monkeypatch.setattr(deling.search.cheaper, "TURNS", 0)
    if request.param == "neighbourhoods":
        monkeypatch.setattr(deling.optimise, "SMALL", 0)
        monkeypatch.setattr(deling.optimise, "AT_ONCE", -1)  # All that is found, the solver finds.
    return request.param


def is_careful(solver: cp_model.CpSolver) -> bool:
    """Return whether a solver has the setting of a second try."""
    return not solver.parameters.cp_model_presolve


@pytest.fixture
def faulty(monkeypatch) -> Callable[..., Counter[str]]:
    """Replace the one call of the solver: `fault` tells what becomes of a first or second try."""

    def install(fault, second=HONEST) -> Counter[str]:
        tries: Counter[str] = Counter()

        def solve(self, model, callback=None):
            careful = is_careful(self)
            tries["second" if careful else "first"] += 1
            return (second if careful else fault)(self, model, callback)

        monkeypatch.setattr(cp_model.CpSolver, "solve", solve)
        return tries

    return install


def refuses(self, _model, _callback=None):
    """Refuse every model."""
    broken = cp_model.CpModel()
    broken.proto.variables.add()
    return HONEST(self, broken)


def fails(_self, _model, _callback=None):
    raise RuntimeError("the solver is out of order")


def has_no_memory(_self, _model, _callback=None):
    raise MemoryError


def denies(self, _model, _callback=None):
    """Say that there is no plan."""
    model = cp_model.CpModel()
    model.add_bool_or([])
    return HONEST(self, model)


def require_sound(result: Result, case: Case) -> None:
    """Fail unless the plan is valid and nothing is claimed of it that is not so."""
    assert result.plan is not None
    assert check(result.plan, case) == []
    values = evaluate(result.plan, case)
    assert {goal: outcome.value for goal, outcome in result.goals.items()} == {
        goal: values[goal] for goal in case.scenario.goals
    }
    served = result.goals["served"]
    assert served.value <= BEST <= served.bound


FAULTS = {
    refuses: "The solver refused a question; it was asked otherwise",
    fails: "The solver failed; it was asked otherwise",
    has_no_memory: "First: MemoryError",
    denies: "The solver found no plan where there is one",
}


@pytest.mark.parametrize(("fault", "told"), FAULTS.items(), ids=lambda one: str(one)[:15])
def test_a_failure_is_asked_again_and_the_search_still_proves_its_plan(
    smallest, way, faulty, fault, told
):
    faults = iter([fault] * 6)
    tries = faulty(lambda *call: next(faults, HONEST)(*call))
    result = optimise(smallest, time_limit=60, workers=1)
    require_sound(result, smallest)
    assert 1 <= tries["second"] <= 6
    assert result.status == "optimal"
    assert result.goals["served"].value == BEST
    assert told in "\n".join(result.notes)


@pytest.mark.parametrize(("fault", "told"), FAULTS.items(), ids=lambda one: str(one)[:15])
def test_a_solver_that_always_fails_leaves_the_plan_of_today(smallest, way, faulty, fault, told):
    tries = faulty(fault, second=fault)
    result = optimise(smallest, time_limit=1, workers=1)
    require_sound(result, smallest)
    assert tries["second"] >= 1
    assert tries["first"] - tries["second"] in (0, 1), "the time may end in between"
    assert result.plan == smallest.scenario.today
    assert result.status == "feasible"
    assert told in "\n".join(result.notes)


def spoilt(plan: Plan) -> Plan:
    """Return a plan with one event held twice, which breaks rules."""
    double = next(iter(plan.internal)).model_copy(update={"id": "double"})
    return Plan(events=(*plan.events, double))


def read_wrongly(monkeypatch, when: Callable[[bool], bool]) -> None:
    """Let the solver hand out plans that break rules."""
    honest = deling.search.solve.read_plan

    def read(build, value):
        solution = value.args[0]
        careful = isinstance(solution, cp_model.CpSolver) and is_careful(solution)
        plan = honest(build, value)
        return spoilt(plan) if when(careful) else plan

    monkeypatch.setattr("deling.search.solve.read_plan", read)


def test_a_plan_that_breaks_a_rule_is_dropped_and_asked_for_again(
    smallest, way, faulty, monkeypatch
):
    tries = faulty(HONEST)
    wrong = iter([True] * 2)
    read_wrongly(monkeypatch, lambda careful: not careful and next(wrong, False))
    result = optimise(smallest, time_limit=60, workers=1)
    require_sound(result, smallest)
    assert result.status == "optimal"
    assert 1 <= tries["second"] <= 2
    assert "gave a plan that breaks a rule; the plan was discarded (2 times)" in result.notes[0]


def test_a_solver_that_only_gives_wrong_plans_changes_nothing(smallest, way, faulty, monkeypatch):
    tries = faulty(HONEST)
    read_wrongly(monkeypatch, lambda _careful: True)
    result = optimise(smallest, time_limit=1, workers=1)
    require_sound(result, smallest)
    assert tries["second"] >= 1
    assert result.plan == smallest.scenario.today
    assert "breaks a rule" in result.notes[0]


def test_a_plan_that_is_not_worth_what_the_solver_says_is_dropped(smallest, way, monkeypatch):
    honest = cp_model.CpSolver.objective_value

    def boast(self):
        # Better by one, whether more is better or less.
        return honest.fget(self) + (1 if self.best_objective_bound > 0 else -1)

    monkeypatch.setattr(cp_model.CpSolver, "objective_value", property(boast))
    result = optimise(smallest, time_limit=3, workers=1)
    require_sound(result, smallest)
    assert any("valued a plan better than it is" in note for note in result.notes)


def test_a_bound_that_a_plan_beats_is_never_called_a_proof(smallest, way, monkeypatch):
    honest = deling.search.solve.whole_bound
    monkeypatch.setattr(
        "deling.search.solve.whole_bound",
        lambda goal, bound, scale: 5 if goal == "served" else honest(goal, bound, scale),
    )
    result = optimise(smallest, time_limit=6, workers=1)
    require_sound(result, smallest)
    served = result.goals["served"]
    assert served.bound == 13, "what is plain without a search"
    assert not served.proven
    assert result.status == "feasible"
    assert any("A valid plan beats what the solver said" in note for note in result.notes)


@pytest.mark.parametrize("denials", [1, 2])
def test_no_valid_plan_is_only_said_when_it_is_confirmed(smallest, faulty, monkeypatch, denials):
    """Without a plan to start from, a solver that denies at first is not believed."""
    monkeypatch.setattr("deling.optimise.find_start", lambda _state, _given: False)
    answers = iter([denies] * denials)
    faulty(lambda *call: next(answers, HONEST)(*call))
    result = optimise(smallest, time_limit=20, workers=1)
    require_sound(result, smallest)
    assert "found no plan where there is one" in result.notes[0]
