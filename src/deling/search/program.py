"""One question to HiGHS about a long list of events: a plan that the checker has judged, a bound.

HiGHS begins with the linear relaxation of all rows at once, and looks for plans between its
solution and the plan in hand. A municipality of 1,500 wanted sessions gets within 1 % of the best
in half a minute, where CP-SAT has hardly begun. OR-Tools brings it along.
"""

from __future__ import annotations

import math
import threading
import time
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from ortools.math_opt.python import mathopt

from deling.domain import LAST_SEED
from deling.goals import GOALS
from deling.model.options import likely
from deling.model.program import as_program
from deling.model.read import read_plan
from deling.search.bounds import keeps
from deling.search.fractions import Fractions
from deling.search.solve import Answer

if TYPE_CHECKING:
    from collections.abc import Set

    from ortools.math_opt.model_pb2 import ModelProto

    from deling.domain import EventKey
    from deling.model.build import Build
    from deling.model.variables import Expression
    from deling.search.state import State

HEURISTICS = 0.5
"""Share of its work in which HiGHS looks for plans."""
TOLERANCE = 1e-6
"""Relative error of a bound that is reckoned with."""
LOOK_EACH = 0.1
"""Seconds between two looks whether the search is over."""
LATE = 0.06
"""Share of its time by which HiGHS may be late: between two looks at the clock it works on."""


def solve_program(
    state: State,
    build: Build,
    term: Expression,
    goal: str,
    seconds: float,
    seed: int,
    gap: float,
    among: Set[EventKey] | None = None,
) -> Answer:
    """Make a term as good as possible for a goal, with the rows that the model has.

    HiGHS cannot be told to stop before its time is up: where the search is over earlier, it is left
    to itself and its answer is not waited for.

    Parameters
    ----------
    state
        Of the search; its clock must count seconds.
    build
        The model, of listed events. Of a relaxed one, the answer has no plan.
    term
        What to improve.
    goal
        Which way is better, and what a plan's value is compared with.
    seconds
        At most. Some are kept back, so that what HiGHS has found by then is not lost.
    seed
        Of random choices.
    gap
        Distance to the bound, relative to the value, that is good enough.
    among
        Events to choose from, beside those of the base plan, those of plans in fractions, and what
        else is `likely`; None for all of the model's. The bound is then that of fractions.

    Returns
    -------
    Answer
        Its bound holds whatever the status is.
    """
    maximised = GOALS[goal].sense == "max"
    if maximised:
        build.model.maximize(term)
    else:
        build.model.minimize(term)
    started = time.monotonic()
    program = as_program(build.model)
    if program is None:
        return Answer("unknown")
    try:
        relaxed = None if among is None else _narrow(build, program, among, seed)
    except _FAILURES as error:
        state.faults.add("failed", _told(error))
        return Answer("unknown", spent=time.monotonic() - started)
    unit = _counted_in_units(program)
    left = (1 - LATE) * seconds - (time.monotonic() - started)
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.1, left)),
        random_seed=seed % (LAST_SEED + 1),
        relative_gap_tolerance=gap,
    )
    # A second look at the root takes as long as the first for the few columns that this left out.
    parameters.highs.bool_options["mip_allow_restart"] = False
    model = mathopt.Model.from_model_proto(program)
    del program  # As large as all that HiGHS begins with.
    start = mathopt.ModelSolveParameters()
    if build.relaxed:
        # Cuts at the root give nearly all of a bound, and its plans are worth nothing.
        parameters.heuristics = mathopt.Emphasis.OFF
        parameters.node_limit = 1
    else:
        # Plans come of what a good plan and the relaxation have in common, hardly of branching.
        parameters.highs.double_options["mip_heuristic_effort"] = HEURISTICS
        parameters.highs.int_options["mip_pscost_minreliable"] = 0
        start.solution_hints.append(_hint(build, model))
    call = _Call(model, parameters, start)
    call.start()
    while call.is_alive() and not state.over:
        call.join(LOOK_EACH)
    spent = time.monotonic() - started
    result = call.result
    if call.failure is not None:
        state.faults.add("failed", call.failure)
    if result is None:
        return Answer("unknown", spent=spent)
    if result.termination.reason in _FAILED:
        state.faults.add("refused", result.termination.detail)
        return Answer("unknown", spent=spent)
    if result.termination.reason == mathopt.TerminationReason.INFEASIBLE:
        if state.plan is not None:
            state.faults.add("impossible")
        return Answer("unknown", spent=spent)
    bound = _whole(unit * result.dual_bound() if relaxed is None else relaxed, maximised=maximised)
    if build.relaxed or not result.solutions:
        return Answer("unknown", bound=bound, spent=spent)
    plan = read_plan(build, call.value)
    values = state.judge(plan)
    if values is None:
        return Answer("unknown", bound=bound, spent=spent)
    if not keeps(values, build.held):
        state.faults.add("value")
        return Answer("unknown", bound=bound, spent=spent)
    proven = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    proven = proven and not gap and among is None
    return Answer("optimal" if proven else "feasible", plan, values, bound, spent)


def _narrow(build: Build, program: ModelProto, among: Set[EventKey], seed: int) -> float:
    """Leave of a program only what is likely, with the base plan; return a bound of the whole."""
    column = {
        activity.event.key: activity.present.index
        for activity in build.activities
        if activity.event is not None and activity.present is not build.true
    }
    fractions = Fractions(program, column.values(), seed)
    wished = fractions.cheapest() | fractions.nearly_cheapest()
    known = among | {event.key for event in build.base.internal}
    known |= {key for key, at in column.items() if at in wished}
    kept = {event.key for event in likely(build.options or (), known)}
    standing = {each.event.key for each in build.activities if each.standing and each.event}
    for key, at in column.items():
        if key not in kept and key not in standing:
            program.variables.upper_bounds[at] = 0
    return fractions.bound


def _counted_in_units(program: ModelProto) -> int:
    """Count an objective in the largest unit of which all costs are whole; return that.

    The tolerances of HiGHS are absolute: with numbers near 1 they mean what they are meant to.
    """
    objective = program.objective
    costs = [int(each) for each in objective.linear_coefficients.values]
    unit = math.gcd(*costs, int(objective.offset)) or 1
    objective.offset /= unit
    objective.linear_coefficients.values[:] = [each / unit for each in costs]
    return unit


_FAILED = {
    mathopt.TerminationReason.NUMERICAL_ERROR,
    mathopt.TerminationReason.OTHER_ERROR,
    mathopt.TerminationReason.IMPRECISE,
}


_FAILURES = (MemoryError, RuntimeError, ValueError)
"""What MathOpt raises where HiGHS fails."""


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()


def _hint(build: Build, model: mathopt.Model) -> mathopt.SolutionHint:
    """Return the base plan as far as its events are choices of the model."""
    build.hint()
    hint = build.model.proto.solution_hint
    values = zip(hint.vars, hint.values, strict=True)
    return mathopt.SolutionHint(
        variable_values={model.get_variable(at): float(value) for at, value in values}
    )


class _Call(threading.Thread):
    """HiGHS at work, beside somebody who looks whether that is still wanted."""

    def __init__(
        self,
        model: mathopt.Model,
        parameters: mathopt.SolveParameters,
        start: mathopt.ModelSolveParameters,
    ) -> None:
        super().__init__(daemon=True)
        self._model = model
        self._parameters = parameters
        self._start = start
        self.result: mathopt.SolveResult | None = None
        self.failure: str | None = None

    def run(self) -> None:
        try:
            self.result = mathopt.solve(
                self._model,
                mathopt.SolverType.HIGHS,
                params=self._parameters,
                model_params=self._start,
            )
        except _FAILURES as error:
            self.failure = _told(error)

    @cached_property
    def _values(self) -> dict[int, int]:
        assert self.result is not None
        return {at.id: round(value) for at, value in self.result.variable_values().items()}

    def value(self, part: Expression) -> int:
        """Return a solution's value of a variable, a literal or a whole number."""
        if isinstance(part, int):
            return part
        return self._values[part.index] if part.index >= 0 else 1 - self._values[-part.index - 1]


def _whole(bound: float, *, maximised: bool) -> int | None:
    """Return a bound of a whole number, rounded to the safe side; None where there is none."""
    if not math.isfinite(bound):
        return None
    slack = TOLERANCE * max(1.0, abs(bound))
    return math.floor(-bound + slack) if maximised else math.ceil(bound - slack)
