"""One question to the solver: limits, callbacks, and an answer that the checker has judged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from ortools.sat.python import cp_model

from deling.check import check
from deling.domain import LAST_SEED
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.model.read import read_plan
from deling.search.bounds import keeps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from deling.domain import Plan
    from deling.model.build import Build
    from deling.model.variables import Expression
    from deling.search.faults import Faults
    from deling.search.state import State

Status = Literal["optimal", "feasible", "infeasible", "unknown"]

_STATUS: dict[str, Status] = {
    "OPTIMAL": "optimal",
    "FEASIBLE": "feasible",
    "INFEASIBLE": "infeasible",
    "UNKNOWN": "unknown",
}


@dataclass(frozen=True)
class Answer:
    """What the solver says, as far as the checker does not contradict it.

    Attributes
    ----------
    status
        ``optimal`` with a proven best plan; for a model without a goal, any plan.
    plan, values
        The best plan of this call and its goal values; None for a relaxed model, whose plans are
        worth nothing.
    bound
        The optimum of the goal where it is proven, else None; of HiGHS, any bound.
    spent
        Seconds, or what else the search's clock counts.
    """

    status: Status
    plan: Plan | None = None
    values: dict[str, int] | None = None
    bound: int | None = None
    spent: float = 0.0


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Attributes
    ----------
    amount
        Limit, in what the search's clock counts.
    workers
        Threads of the solver.
    seed
        Of the solver's random choices.
    bound_first
        Search for the bound rather than for plans: from the best value that is not excluded yet
        (``objective``), or by the tree of the linear relaxation (``tree``).
    careful
        Begin with the setting of a second try.
    thrifty
        Among plans that serve as much, look for one that leaves more of the budget to others.
    gap
        Distance to the bound, relative to the value, that is good enough.
    """

    amount: float
    workers: int = 1
    seed: int = 1
    bound_first: Literal["objective", "tree"] | None = None
    careful: bool = False
    thrifty: bool = False
    gap: float = 0.0


def solve(
    state: State,
    build: Build,
    goal: str | None,
    effort: Effort,
    *,
    hint: bool = True,
    enough: Callable[[], bool] = lambda: False,
    take: bool = False,
    on_bound: Callable[[int, Mapping[str, int]], bool] | None = None,
) -> Answer:
    """Solve a model for one goal, the held goals kept.

    An answer that is wrong (`Faults`) is dropped and the question asked once more, with another
    setting of the solver.

    Parameters
    ----------
    state
        Knows what the goals before this one have to keep, and can stop the solver.
    build
        The model; its base plan is the hint. Held goals and the objective are set here, so a
        model is good for one goal, and after that for later ones.
    goal
        Id of the goal, None for any plan.
    effort
        Limits.
    hint
        Whether to start the solver at the base plan.
    enough
        Asked after each better bound or plan; True stops the solver.
    take
        Whether each better plan is offered to the search at once.
    on_bound
        Called from the solver's thread for each better bound, with the goals that it holds;
        returns whether the bound may be right.
    """
    build.hold(state.held_before(goal))
    scale = 1
    if goal is not None:
        if GOALS[goal].sense == "min":
            build.model.minimize(build.term(goal))
        elif effort.thrifty:
            spending, most = build.spending
            scale = 1 + most
            build.model.maximize(scale * build.term(goal) - spending)
        else:
            build.model.maximize(build.term(goal))
    if hint:
        build.hint()
    answer = Answer("unknown")
    for careful in (True,) if effort.careful or state.careful else (False, True):
        call = _Call(state, build, goal, scale, enough, take, on_bound)
        answer = call.answer(effort, careful=careful)
        if not call.wrong:
            break
    return answer


def ask(
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    faults: Faults,
    callback: cp_model.CpSolverSolutionCallback | None = None,
) -> str | None:
    """Return the solver's status; None, and a fault noted, where it fails or refuses the model."""
    try:
        name = solver.status_name(solver.solve(model, callback))
    except (MemoryError, RuntimeError) as error:
        faults.add("failed", f"{type(error).__name__} {error}".strip())
        return None
    if name not in _STATUS:
        faults.add("refused", f"{name} {model.validate()}".strip())
        return None
    return str(name)


def set_up(solver: cp_model.CpSolver, seed: int, workers: int = 1, *, careful: bool) -> None:
    """Set what every call of the solver has in common.

    Parameters
    ----------
    careful
        Leave out what transforms the model, and choose otherwise: for a second try.
    """
    parameters = solver.parameters
    parameters.num_workers = workers
    parameters.random_seed = (seed + careful) % (LAST_SEED + 1)
    # The ways of staff are only seen by the full linear relaxation: 2.5 to 100 times faster than
    # the default on neighbourhoods of the flagship, and the only bound of its cost worth having.
    parameters.linearization_level = 1 if careful else 2
    parameters.cp_model_presolve = not careful
    if careful:
        parameters.symmetry_level = 0
    parameters.catch_sigint_signal = False


def for_bounds(solver: cp_model.CpSolver) -> None:
    """Set a solver to search from the best value that is not excluded yet."""
    solver.parameters.use_objective_lb_search = True
    # Probing takes longer than what it finds is worth to this search.
    solver.parameters.cp_model_probing_level = 0


def value_of(solution: cp_model.CpSolver | _PlanCallback, part: Expression) -> int:
    """Return a solution's value of an expression or of a whole number."""
    return part if isinstance(part, int) else solution.value(part)


class _Call:
    """One call of the solver, and whether anything that it says is wrong."""

    def __init__(
        self,
        state: State,
        build: Build,
        goal: str | None,
        scale: int,
        enough: Callable[[], bool],
        take: bool,
        on_bound: Callable[[int, Mapping[str, int]], bool] | None,
    ) -> None:
        self._state = state
        self.build = build
        self._goal = goal
        self._scale = scale
        """What a unit of the goal counts; anything beside it counts less in all."""
        self._enough = enough
        self._take = take
        self._on_bound = on_bound
        self._solver = cp_model.CpSolver()
        self._held = dict(build.held)
        self.wrong = False

    def answer(self, effort: Effort, *, careful: bool) -> Answer:
        state, build, solver = self._state, self.build, self._solver
        set_up(solver, effort.seed, effort.workers, careful=careful)
        parameters = solver.parameters
        state.clock.limit_solver(solver, min(effort.amount, state.clock.left()))
        parameters.relative_gap_limit = effort.gap
        parameters.optimize_with_lb_tree_search = effort.bound_first == "tree"
        if self._goal is not None and GOALS[self._goal].by_unmet:
            # Whether a wish can be met is seen soon; a second look at the model costs more than
            # it gives. For costs it pays.
            parameters.max_presolve_iterations = 1
        if build.options is not None:
            # Its linear relaxation says more than probing finds in more time.
            parameters.cp_model_probing_level = 0
        if effort.bound_first == "objective":
            for_bounds(solver)
        if self._goal is not None and self._on_bound is not None:
            solver.best_bound_callback = self._pass_on
        callback = _PlanCallback(self) if self._take else None
        with state.running(solver, self._enough):
            if state.over:
                return Answer("unknown")
            name = ask(solver, build.model, state.faults, callback)
        if name is None:
            self.wrong = True
            return Answer("unknown")
        spent = state.clock.charge(solver)
        if name == "OPTIMAL" and effort.gap and self._is_open():
            name = "FEASIBLE"
        if name == "INFEASIBLE" and self._base_is_a_solution():
            self._fault("impossible")
        plan = values = None
        if name in ("OPTIMAL", "FEASIBLE") and not build.relaxed:
            plan = read_plan(build, partial(value_of, solver))
            values = self.judged(plan, solver, proven=name == "OPTIMAL")
        # Before its first bound the solver reports 0, which may be wrong: only a proof counts
        # here, better bounds on the way have come through the callback.
        bound = None
        if self._goal is not None and name == "OPTIMAL":
            bound = whole_bound(self._goal, solver.best_objective_bound, self._scale)
            if self._on_bound is not None and not self._on_bound(bound, self._held):
                self.wrong = True
        if self.wrong:
            return Answer("unknown", spent=spent)
        return Answer(_STATUS[name], plan, values, bound, spent)

    def _is_open(self) -> bool:
        """Return whether there is a distance left where some is good enough."""
        return bool(round(self._solver.objective_value - self._solver.best_objective_bound))

    def found(self, plan: Plan, solution: _PlanCallback) -> bool:
        """Offer a plan on the way; return whether the solver should go on."""
        values = self.judged(plan, solution, proven=False)
        if values is not None:
            self._state.take(plan, values)
        return not (self.wrong or self._enough())

    def judged(
        self, plan: Plan, solution: cp_model.CpSolver | _PlanCallback, *, proven: bool
    ) -> dict[str, int] | None:
        """Return a plan's values by the checker, None where they are not what the solver says."""
        values = self._state.judge(plan)
        if values is None:
            self.wrong = True
            return None
        said = {} if self._goal is None else {self._goal: self._value(solution.objective_value)}
        if not keeps(values, {**self._held, **said}):
            self._fault("value")
        elif proven and not keeps(said, {goal: values[goal] for goal in said}):
            self._fault("bound")
        return None if self.wrong else values

    def _pass_on(self, bound: float) -> None:
        assert self._goal is not None
        assert self._on_bound is not None
        if not self._on_bound(whole_bound(self._goal, bound, self._scale), self._held):
            self.wrong = True
        if self.wrong or self._enough():
            self._solver.stop_search()

    def _value(self, objective: float) -> int:
        """Return the goal's value of a solution from what the solver says of it."""
        return math.ceil(round(objective) / self._scale)

    def _base_is_a_solution(self) -> bool:
        """Return whether the plan that the model was built on keeps all that it asks for."""
        base, case = self.build.base, self.build.case
        return not check(base, case) and keeps(evaluate(base, case), self._held)

    def _fault(self, kind: Literal["value", "bound", "impossible"]) -> None:
        self._state.faults.add(kind)
        self.wrong = True


class _PlanCallback(cp_model.CpSolverSolutionCallback):
    def __init__(self, call: _Call) -> None:
        super().__init__()
        self._call = call

    def on_solution_callback(self) -> None:
        plan = read_plan(self._call.build, partial(value_of, self))
        if not self._call.found(plan, self):
            self.stop_search()


def whole_bound(goal: str, bound: float, scale: int = 1) -> int:
    """Return a bound of a whole-numbered goal as a whole number, rounded to the safe side."""
    if GOALS[goal].sense == "max":
        return (math.floor(bound + 1e-6) + scale - 1) // scale
    return math.ceil(bound - 1e-6)
