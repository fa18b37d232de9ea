"""One call of the solver: parameters, callbacks and the answer in whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ortools.sat.python import cp_model

from deling.goals import GOALS
from deling.model.read import read_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.domain import Plan
    from deling.model.build import Build
    from deling.model.variables import Expression
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
    """What the solver says.

    Attributes
    ----------
    status
        ``optimal`` with a proven best plan; for a model without a goal, any plan.
    plan
        The best plan of this call, not yet judged.
    bound
        The optimum of the goal where it is proven, else None.
    """

    status: Status
    plan: Plan | None
    bound: int | None
    seconds: float


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Attributes
    ----------
    seconds
        Wall-clock limit.
    workers
        Threads of the solver.
    seed
        Of the solver's random choices.
    bound_first
        Search for the bound rather than for plans: from the best value that is not excluded yet
        (``objective``), or by the tree of the linear relaxation (``tree``).
    """

    seconds: float
    workers: int = 1
    seed: int = 1
    bound_first: Literal["objective", "tree"] | None = None


def solve(
    state: State,
    build: Build,
    goal: str | None,
    effort: Effort,
    *,
    hint: bool = True,
    enough: Callable[[], bool] = lambda: False,
    on_plan: Callable[[Plan], object] | None = None,
    on_bound: Callable[[int], None] | None = None,
) -> Answer:
    """Solve a model for one goal, the held goals kept.

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
    on_plan, on_bound
        Called from the solver's thread for each better plan and each better bound.
    """
    hold_goals(build, state.held_before(goal))
    if goal is not None:
        term = build.term(goal)
        if GOALS[goal].sense == "max":
            build.model.maximize(term)
        else:
            build.model.minimize(term)
    if hint:
        build.hint()
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(0.01, effort.seconds)
    parameters.num_workers = effort.workers
    parameters.random_seed = effort.seed
    # The ways of staff are only seen by the full linear relaxation: 2.5 to 100 times faster than
    # the default on neighbourhoods of the flagship, and the only bound of its cost worth having.
    parameters.linearization_level = 2
    parameters.use_objective_lb_search = effort.bound_first == "objective"
    parameters.optimize_with_lb_tree_search = effort.bound_first == "tree"
    if effort.bound_first == "objective":
        # Probing takes longer than what it finds is worth to this search.
        parameters.cp_model_probing_level = 0
    parameters.catch_sigint_signal = False
    if goal is not None and on_bound is not None:

        def pass_on(bound: float) -> None:
            on_bound(_whole(goal, bound))
            if enough():
                solver.stop_search()

        solver.best_bound_callback = pass_on
    callback = _PlanCallback(build, on_plan, enough) if on_plan is not None else None
    with state.running(solver, enough):
        if state.over:
            return Answer("unknown", None, None, 0.0)
        name = solver.status_name(solver.solve(build.model, callback))
    if name not in _STATUS:
        raise RuntimeError(f"the solver refuses the model: {name} {build.model.validate()}")
    status = _STATUS[name]
    plan = None
    if status in ("optimal", "feasible"):
        plan = read_plan(build, lambda part: value_of(solver, part))
    # Without a plan the solver says 0 for a bound that it does not have; the bounds that it had
    # on the way went to `on_bound`.
    # Before its first bound the solver reports 0, which may be wrong: only a proof counts here,
    # better bounds on the way have come through the callback.
    bound = None
    if goal is not None and status == "optimal":
        bound = _whole(goal, solver.best_objective_bound)
    return Answer(status, plan, bound, solver.wall_time)


def hold_goals(build: Build, held: dict[str, int]) -> None:
    """Keep goals that are done at their values."""
    for goal, value in held.items():
        if build.holds(goal, value):
            continue
        term = build.term(goal)
        build.model.add(term >= value if GOALS[goal].sense == "max" else term <= value)


def _whole(goal: str, bound: float) -> int:
    """Return a bound of a whole-numbered goal as a whole number, rounded to the safe side."""
    if GOALS[goal].sense == "max":
        return math.floor(bound + 1e-6)
    return math.ceil(bound - 1e-6)


def value_of(solution: cp_model.CpSolver | _PlanCallback, part: Expression) -> int:
    """Return a solution's value of an expression or of a whole number."""
    return part if isinstance(part, int) else solution.value(part)


class _PlanCallback(cp_model.CpSolverSolutionCallback):
    def __init__(
        self, build: Build, on_plan: Callable[[Plan], object], enough: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._build = build
        self._on_plan = on_plan
        self._enough = enough

    def on_solution_callback(self) -> None:
        self._on_plan(read_plan(self._build, lambda part: value_of(self, part)))
        if self._enough():
            self.stop_search()
