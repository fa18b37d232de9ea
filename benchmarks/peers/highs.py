"""HiGHS: the same linear model of a whole area as one mixed-integer programme."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from deling.goals import GOALS
from peers import CORES
from peers.in_order import improve_in_order
from peers.linear import MANY
from peers.options import choices
from peers.rules import Rows

if TYPE_CHECKING:
    from deling.case import Case
    from peers.notes import Notes

NEARLY = 1e-3
"""What a bound may be off by because of the solver's tolerances."""


def solve(case: Case, seconds: float, notes: Notes) -> bool:
    """Search for the best plan; return whether it is proven."""
    improve = Highs(Rows(choices(case)), notes).improve
    return improve_in_order(improve, seconds, notes)


class Highs:
    """The model of an area, and the plan in hand."""

    def __init__(self, rows: Rows, notes: Notes) -> None:
        self._rows, self._notes = rows, notes
        model = rows.model
        entries = [terms for terms, _least, _most in model.rows]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(model.columns), len(entries)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = np.array(model.columns, dtype=float).T
        lp.row_lower_ = self._bounds([least for _terms, least, _most in model.rows])
        lp.row_upper_ = self._bounds([most for _terms, _least, most in model.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, entries)])
        lp.a_matrix_.index_ = np.array([at for terms in entries for at in terms])
        lp.a_matrix_.value_ = np.array([f for terms in entries for f in terms.values()], float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
        self._known: list[float] = []
        self._highs = highspy.Highs()
        self._highs.silent()
        self._highs.setOptionValue("threads", CORES)
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        # It would begin anew for the few columns that the root leaves out.
        self._highs.setOptionValue("mip_allow_restart", False)
        self._highs.passModel(lp)
        self._highs.cbMipImprovingSolution += self._note

    @staticmethod
    def _bounds(values: list[int]) -> np.ndarray[Any, np.dtype[np.float64]]:
        bounds = np.array(values, dtype=float)
        bounds[bounds >= MANY] = highspy.kHighsInf
        bounds[bounds <= -MANY] = -highspy.kHighsInf
        return bounds

    def _note(self, event: Any) -> None:
        values = np.rint(event.data_out.mip_solution).astype(int).tolist()
        self._notes.add(partial(self._rows.told, values))

    def improve(self, goal: str, seconds: float) -> bool:
        """Improve a goal and hold it at what was found; return whether it is proven best."""
        terms, more = self._rows.model.goals[goal]
        columns = np.array(list(terms), dtype=np.int32)
        factors = np.array(list(terms.values()), dtype=float)
        # Numbers near 1 leave the tolerances their meaning.
        scale = max(abs(factors).max(), 1.0)
        largest = GOALS[goal].sense == "max"
        highs = self._highs
        count = highs.getNumCol()
        highs.changeColsCost(count, np.arange(count, dtype=np.int32), np.zeros(count))
        highs.changeColsCost(len(columns), columns, factors / scale)
        sense = highspy.ObjSense.kMaximize if largest else highspy.ObjSense.kMinimize
        highs.changeObjectiveSense(sense)
        highs.setOptionValue("time_limit", max(0.0, seconds))
        if self._known:
            # Last of all, since what changes the model forgets it.
            start = highspy.HighsSolution()
            start.col_value = self._known
            highs.setSolution(start)
        else:
            today = [float(option.standing) for option in self._rows.options]
            highs.setSolution(len(today), np.arange(len(today), dtype=np.int32), np.array(today))
        highs.run()
        best: bool = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        info = highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return False
        values = np.rint(np.array(highs.getSolution().col_value)).astype(int)
        self._notes.add(partial(self._rows.told, values.tolist()))
        value = int(values[columns] @ factors.astype(int))
        proven = info.mip_dual_bound * scale + more
        if math.isfinite(proven):
            bound = math.ceil(proven - NEARLY) if largest else math.floor(proven + NEARLY)
            self._notes.prove(goal, bound)
        edges = (value, highspy.kHighsInf) if largest else (-highspy.kHighsInf, value)
        highs.addRow(edges[0] / scale, edges[1] / scale, len(columns), columns, factors / scale)
        self._known = values.astype(float).tolist()
        return best
