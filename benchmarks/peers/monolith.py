"""One CP-SAT model of a whole area: all options at once, goal after goal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from deling.goals import GOALS
from peers import CORES
from peers.in_order import improve_in_order
from peers.options import choices
from peers.rules import Rows

if TYPE_CHECKING:
    from deling.case import Case
    from peers.linear import Terms
    from peers.notes import Notes


def solve(case: Case, seconds: float, notes: Notes) -> bool:
    """Search for the best plan; return whether it is proven."""
    improve = _Monolith(Rows(choices(case)), notes).improve
    return improve_in_order(improve, seconds, notes)


class _Monolith:
    def __init__(self, rows: Rows, notes: Notes) -> None:
        self._rows, self._notes = rows, notes
        self._model = cp_model.CpModel()
        self._columns = [
            self._model.new_bool_var("") if span == (0, 1) else self._model.new_int_var(*span, "")
            for span in rows.model.columns
        ]
        for terms, least, most in rows.model.rows:
            if most == 1 and least <= 0 and self._plain(terms):
                self._model.add_at_most_one(self._columns[at] for at in terms)
            else:
                self._model.add_linear_constraint(self._sum(terms), least, most)

    def _plain(self, terms: Terms) -> bool:
        span = self._rows.model.columns
        return all(factor == 1 and span[at] == (0, 1) for at, factor in terms.items())

    def _sum(self, terms: Terms) -> cp_model.LinearExprT:
        columns = [self._columns[at] for at in terms]
        return cp_model.LinearExpr.weighted_sum(columns, list(terms.values()))

    def improve(self, goal: str, seconds: float) -> bool:
        """Improve a goal and hold it at what was found; return whether it is proven best."""
        sense = GOALS[goal].sense
        terms, more = self._rows.model.goals[goal]
        best = GOALS[goal].plain_bound(self._rows.case)
        aim = self._sum(terms) + more
        if sense == "max":
            self._model.maximize(aim)
        else:
            self._model.minimize(aim)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = CORES
        solver.parameters.max_time_in_seconds = max(0.0, seconds)
        watch = _Watch(self._rows, self._notes, best)
        status = solver.solve(self._model, watch)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        values = [solver.value(column) for column in self._columns]
        value = round(solver.objective_value)
        bound = round(solver.best_objective_bound)
        bound = min(bound, best) if sense == "max" else max(bound, best)
        self._notes.prove(goal, bound)
        if sense == "max":
            self._model.add(aim >= value)
        else:
            self._model.add(aim <= value)
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for column, known in zip(self._columns, values, strict=True):
            self._model.add_hint(column, known)
        return value == bound


class _Watch(cp_model.CpSolverSolutionCallback):
    """Notes each plan, and ends the search at a value that cannot be better."""

    def __init__(self, rows: Rows, notes: Notes, best: int) -> None:
        super().__init__()
        self._rows, self._notes, self._best = rows, notes, best

    def on_solution_callback(self) -> None:
        self._notes.add(partial(self._rows.told, list(self.response_proto.solution)))
        if round(self.objective_value) == self._best:
            self.stop_search()
