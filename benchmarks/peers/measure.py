"""Measures a peer on one area; run in a process of its own, it prints the figures as JSON.

python -m peers.measure PEER FOLDER SECONDS
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.scenario.load import load
from deling.search.start import without_breaches
from peers import CORES, solver_of
from peers.notes import Notes

if TYPE_CHECKING:
    from deling.domain import Plan

Point = tuple[float, str, int, int | None, float | None]
"""Seconds, goal, value, bound and gap; a peer need not tell a bound."""


class Judge:
    """The best plan so far, by deling's checker and goals, and how it came about.

    Events that breaches name are dropped from a plan; one that is not valid even then is none.

    Attributes
    ----------
    plan
        Without what was dropped; None before the first.
    dropped
        How many events.
    values, said
        Its goals, by deling and by the peer.
    first
        Seconds to the first valid plan.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._bounds: dict[str, int] = {}
        self._last: dict[str, tuple[int, int | None]] = {}
        self.plan: Plan | None = None
        self.dropped = 0
        self.values: dict[str, int] = {}
        self.said: dict[str, int] = {}
        self.first: float | None = None
        self.trace: list[Point] = []

    def hear(self, seconds: float, given: Plan, said: dict[str, int]) -> None:
        """Judge a plan."""
        plan = without_breaches(given, self._case)
        if check(plan, self._case):
            return
        values = evaluate(plan, self._case)
        if self.plan is None:
            self.first = seconds
        elif self._rank(values) >= self._rank(self.values):
            return
        self.plan, self.values, self.said = plan, values, said
        self.dropped = len(given.events) - len(plan.events)
        self._tell(seconds)

    def bound(self, seconds: float, goal: str, bound: int) -> None:
        """Note what the peer has proven of a goal."""
        self._bounds[goal] = bound
        self._tell(seconds)

    def _rank(self, values: dict[str, int]) -> tuple[int, ...]:
        """Return what is less the better the values are, in the order of the goals."""
        goals = self._case.scenario.goals
        return tuple(-values[g] if GOALS[g].sense == "max" else values[g] for g in goals)

    def _tell(self, seconds: float) -> None:
        for goal, value in self.values.items():
            bound = self._bounds.get(goal)
            if self.plan is not None and self._last.get(goal) != (value, bound):
                self._last[goal] = value, bound
                gap: float | None = None
                if bound is not None:
                    gap = GOALS[goal].gap(value, bound, self.plan, self._case)
                self.trace.append((seconds, goal, value, bound, gap))


def measure(peer: str, case: Case, seconds: float) -> dict[str, Any]:
    """Return what a peer reaches and when."""
    solve, notes = solver_of(peer), Notes()
    proven = solve(case, seconds, notes)
    ended = notes.seconds
    judge = Judge(case)
    bounds = list(notes.bounds)
    for found in notes.found:
        while bounds and bounds[0][0] <= found.seconds:
            judge.bound(*bounds.pop(0))
        judge.hear(found.seconds, *found.tell())
    for known in bounds:
        judge.bound(*known)
    return {
        "status": _status(proven, judge),
        "ended": "proven" if proven else "time_limit",
        "seconds": ended,
        "first": judge.first,
        "workers": CORES,
        "notes": [],
        "trace": judge.trace,
        "breaches": None if judge.plan is None else len(check(judge.plan, case)),
        "dropped": judge.dropped,
        "said": judge.said,
        "judged": judge.values,
    }


def _status(proven: bool, judge: Judge) -> str:
    if judge.plan is None:
        return "no_plan_in_time"
    return "optimal" if proven else "feasible"


def main() -> int:
    """Measure and print."""
    peer, folder, seconds = sys.argv[1:]
    case = Case(load(Path(folder) / "scenario.yaml").scenario)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as output:
        # What solvers say of themselves is no part of the figures.
        os.dup2(2, 1)
        print(json.dumps(measure(peer, case, float(seconds))), file=output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
