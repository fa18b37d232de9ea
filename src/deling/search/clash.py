"""Why there is no valid plan: a smallest set of rows and the rules that they clash with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from deling.language import _
from deling.model.build import Build
from deling.rules import RULES_BY_ID
from deling.search.clock import Clock
from deling.search.solve import ask, set_up

if TYPE_CHECKING:
    from collections.abc import Collection

    from deling.domain import Plan
    from deling.search.state import State

LEAST = 5.0
"""Seconds, or units of work, worth waiting for an answer even when the limit is used up."""


def find_clash(state: State, base: Plan) -> tuple[str, ...] | None:
    """Return the rows that cannot hold together and the rules that keep them apart.

    The rows come from the solver's unsatisfiable core, are confirmed without it and then dropped
    one by one as long as the rest still clashes (Chinneck's deletion filter). A rule is named if
    the rows could hold together without it.

    Parameters
    ----------
    state
        The search. What is left of its limit is for this; what is not settled by then is kept in
        the answer.
    base
        As for `Build`.

    Returns
    -------
    tuple or None
        None if the rows can hold together after all.
    """
    return _Filter(state, base).lines()


class _Filter:
    def __init__(self, state: State, base: Plan) -> None:
        self._state = state
        self._base = base
        self._clock = Clock(max(LEAST, state.clock.left()), deterministic=state.clock.deterministic)
        self._build = Build(state.candidates, base, explain=True)

    def lines(self) -> tuple[str, ...] | None:
        build, candidates = self._build, self._state.candidates
        everything = list(range(len(build.rows)))
        rows = everything
        core = self._core()
        if core is not None and self._clash(core):
            rows = core
        for row in list(rows):
            fewer = [other for other in rows if other != row]
            if self._clash(fewer):
                rows = fewer
        if rows == everything and self._can_hold(build, rows):
            return None
        clashing = {build.rows[row][:2] for row in rows}
        lines = [_row_line(build, rule, row) for rule, row in sorted(clashing)]
        for rule in candidates.rules:
            if rule.switchable and rule.id not in {"keep", "fixed"}:
                without = Build(candidates, self._base, without={rule.id}, explain=True)
                same = [at for at, row in enumerate(without.rows) if row[:2] in clashing]
                if self._can_hold(without, same):
                    lines.append(
                        _("Rule {rule} stands in the way: {sentence}").format(
                            rule=rule.id, sentence=_(RULES_BY_ID[rule.id].sentence)
                        )
                    )
        return tuple(lines)

    def _core(self) -> list[int] | None:
        """Return rows of which the solver says that they clash; it may name wrong ones."""
        build = self._build
        build.model.clear_assumptions()
        build.model.add_assumptions([literal for _rule, _row, literal in build.rows])
        solver = cp_model.CpSolver()
        name = self._ask(solver, build.model)
        build.model.clear_assumptions()
        if name != "INFEASIBLE":
            return None
        named = set(solver.sufficient_assumptions_for_infeasibility())
        return [at for at, row in enumerate(build.rows) if row[2].index in named]

    def _clash(self, rows: Collection[int]) -> bool:
        """Return whether it is proven that these rows cannot hold together."""
        return self._status(self._build, rows) == "INFEASIBLE"

    def _can_hold(self, build: Build, rows: Collection[int]) -> bool:
        return self._status(build, rows) in ("OPTIMAL", "FEASIBLE")

    def _status(self, build: Build, rows: Collection[int]) -> str | None:
        model = build.model.clone()
        for at in rows:
            literal = build.rows[at][2]
            model.add_bool_or([model.get_bool_var_from_proto_index(literal.index)])
        return self._ask(cp_model.CpSolver(), model)

    def _ask(self, solver: cp_model.CpSolver, model: cp_model.CpModel) -> str | None:
        left = self._clock.left()
        state = self._state
        set_up(solver, seed=1, careful=state.careful)
        self._clock.limit_solver(solver, left)
        with state.running(solver, lambda: state.interrupted):
            if left == 0 or state.interrupted:
                return "UNKNOWN"
            name = ask(solver, model, state.faults)
        if name is not None:
            self._clock.charge(solver)
        return name


def _row_line(build: Build, rule: str, row: str) -> str:
    scenario = build.case.scenario
    table = "needs" if row in scenario.needs and rule == "keep" else "use"
    if rule == "fixed" and row in scenario.needs:
        table = "needs"
    place = scenario.places.get((table, row))
    return _("{place}: rule {rule} asks for {row}: {sentence}").format(
        place=place or table, rule=rule, row=row, sentence=_(RULES_BY_ID[rule].sentence)
    )
