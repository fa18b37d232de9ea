"""Why there is no valid plan: a smallest set of rows and the rules that they clash with."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from deling.language import _
from deling.model.build import Build
from deling.rules import RULES_BY_ID

if TYPE_CHECKING:
    from collections.abc import Collection

    from deling.candidates import Candidates
    from deling.domain import Plan

SECONDS_AT_LEAST = 5.0
"""Worth waiting for an answer, even when the time limit is used up."""


def find_clash(candidates: Candidates, base: Plan, seconds: float) -> tuple[str, ...]:
    """Return the rows that cannot hold together and the rules that keep them apart.

    The rows come from the solver's unsatisfiable core, are confirmed without it and then dropped
    one by one as long as the rest still clashes (Chinneck's deletion filter). A rule is named if
    the rows could hold together without it.

    Parameters
    ----------
    candidates, base
        As for `Build`.
    seconds
        Time for all of it; what is not settled by then is kept in the answer.
    """
    ends = time.monotonic() + max(SECONDS_AT_LEAST, seconds)
    build = Build(candidates, base, explain=True)
    rows = list(range(len(build.rows)))
    core = _core(build, ends)
    if core is not None and _clashes(build, core, ends):
        rows = core
    for row in list(rows):
        fewer = [other for other in rows if other != row]
        if _clashes(build, fewer, ends):
            rows = fewer
    clashing = {build.rows[row][:2] for row in rows}
    lines = [_row_line(build, rule, row) for rule, row in sorted(clashing)]
    for rule in candidates.rules:
        if rule.switchable and rule.id not in {"keep", "fixed"}:
            relaxed = Build(candidates, base, without={rule.id}, explain=True)
            same = [at for at, row in enumerate(relaxed.rows) if row[:2] in clashing]
            if _status(relaxed, same, ends) in ("OPTIMAL", "FEASIBLE"):
                lines.append(
                    _("Rule {rule} stands in the way: {sentence}").format(
                        rule=rule.id, sentence=_(RULES_BY_ID[rule.id].sentence)
                    )
                )
    return tuple(lines)


def _row_line(build: Build, rule: str, row: str) -> str:
    scenario = build.case.scenario
    table = "needs" if row in scenario.needs and rule == "keep" else "use"
    if rule == "fixed" and row in scenario.needs:
        table = "needs"
    place = scenario.places.get((table, row))
    return _("{place}: rule {rule} asks for {row}: {sentence}").format(
        place=place or table, rule=rule, row=row, sentence=_(RULES_BY_ID[rule].sentence)
    )


def _core(build: Build, ends: float) -> list[int] | None:
    """Return rows of which the solver says that they clash; it may name wrong ones."""
    build.model.clear_assumptions()
    build.model.add_assumptions([literal for _rule, _row, literal in build.rows])
    solver = _solver(ends)
    name = solver.status_name(solver.solve(build.model))
    build.model.clear_assumptions()
    if name != "INFEASIBLE":
        return None
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [at for at, row in enumerate(build.rows) if row[2].index in named]


def _clashes(build: Build, rows: Collection[int], ends: float) -> bool:
    """Return whether it is proven that these rows cannot hold together."""
    return _status(build, rows, ends) == "INFEASIBLE"


def _status(build: Build, rows: Collection[int], ends: float) -> str:
    if time.monotonic() >= ends:
        return "UNKNOWN"
    model = build.model.clone()
    for at in rows:
        literal = build.rows[at][2]
        model.add_bool_or([model.get_bool_var_from_proto_index(literal.index)])
    solver = _solver(ends)
    return str(solver.status_name(solver.solve(model)))


def _solver(ends: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, ends - time.monotonic())
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    return solver
