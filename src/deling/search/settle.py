"""One plan among the proven best, the same whenever and wherever it is computed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from deling.domain import Plan
from deling.model.build import Build
from deling.model.read import read_plan
from deling.search.prove import MOST_LISTED
from deling.search.solve import ask, set_up, value_of

if TYPE_CHECKING:
    from deling.search.state import State

DETERMINISTIC_LIMIT = 2.0
"""The solver's own measure of work, which does not depend on the machine."""


def settle(state: State, seed: int) -> None:
    """Replace the best plan by the one that a single thread finds among all plans as good.

    Which of the best plans a search ends with depends on its threads and on the clock. Once all
    goals are proven, this asks for any plan with these values, in one thread, without a hint and
    without a clock, so that the answer depends on scenario, seed and version alone.
    """
    options = state.options.of(state.free, MOST_LISTED)
    build = Build(state.candidates, Plan(events=()), options=options)
    _plan, values = state.best()
    build.hold({goal: values[goal] for goal in state.order})
    for careful in (True,) if state.careful else (False, True):
        solver = cp_model.CpSolver()
        set_up(solver, seed, careful=careful)
        solver.parameters.max_deterministic_time = DETERMINISTIC_LIMIT
        with state.running(solver, lambda: state.interrupted):
            if state.interrupted:
                return
            name = ask(solver, build.model, state.faults)
        if name == "UNKNOWN":
            return
        if name == "INFEASIBLE":
            state.faults.add("impossible")
        elif name is not None and state.replace(read_plan(build, partial(value_of, solver))):
            return
