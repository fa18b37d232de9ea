"""Makes one measurement; run in a process of its own, it prints the figures as JSON.

python -m sizing.measure speed
python -m sizing.measure tables FOLDER
python -m sizing.measure search FOLDER SECONDS
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.optimise import optimise
from deling.preflight import review
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from peers import CORES

if TYPE_CHECKING:
    from deling.result import Result, Update

Figures = dict[str, Any]
Point = tuple[float, str, int, int, float]
"""Seconds since the search's start, goal, value, bound, relative gap."""


def measure_tables(folder: Path) -> Figures:
    """Return how long it takes to read and check the tables, and to judge the planted plan."""
    start = time.perf_counter()
    loaded = load(folder / "scenario.yaml")
    case = Case(loaded.scenario)
    problems = review(case)
    read = time.perf_counter() - start
    plan = read_plan(folder / "planted.csv", loaded.scenario)
    start = time.perf_counter()
    breaches = check(plan, case)
    values = evaluate(plan, case)
    judge = time.perf_counter() - start
    return {
        "read": read,
        "judge": judge,
        "problems": len(loaded.warnings) + len(problems),
        "breaches": len(breaches),
        "judged": values,
    }


def measure_search(folder: Path, seconds: float) -> Figures:
    """Return what a search reaches and when, and what the checker says of its plan."""
    case = Case(load(folder / "scenario.yaml").scenario)
    trace: list[Point] = []
    last: dict[str, tuple[int, int]] = {}

    def add(seconds: float, goal: str, value: int, bound: int, gap: float) -> None:
        if last.get(goal) != (value, bound):
            last[goal] = value, bound
            trace.append((seconds, goal, value, bound, gap))

    def note(result: Result) -> None:
        for goal, outcome in result.goals.items():
            add(result.seconds, goal, outcome.value, outcome.bound, outcome.gap)

    def news(update: Update, result: Result | None) -> None:
        value, bound, gap = update.value, update.bound, update.gap
        if value is not None and bound is not None and gap is not None:
            add(update.seconds, update.goal, value, bound, gap)
        if result is not None:
            note(result)

    result = optimise(case, time_limit=seconds, workers=CORES, news=news)
    note(result)
    return {
        "status": result.status,
        "ended": result.ended,
        "seconds": result.seconds,
        "first": result.seconds_to_first_plan,
        "workers": result.workers,
        "notes": list(result.notes),
        "trace": thinned(trace),
        "breaches": None if result.plan is None else len(check(result.plan, case)),
        "judged": {} if result.plan is None else evaluate(result.plan, case),
    }


def thinned(trace: list[Point]) -> list[Point]:
    """Return the last point of each goal in each hundredth of the time gone.

    So nothing seems to be reached earlier than it was, and at most a hundredth later.
    """
    kept: list[Point] = []
    begun: dict[str, tuple[float, int]] = {}
    for point in trace:
        since, at = begun.get(point[1], (0.0, -1))
        if at >= 0 and point[0] <= 1.01 * since:
            kept[at] = point
        else:
            begun[point[1]] = point[0], len(kept)
            kept.append(point)
    return sorted(kept, key=lambda point: point[0])


def main() -> int:
    """Measure what is asked for and print it."""
    what, *rest = sys.argv[1:]
    if what == "speed":
        from sizing.calibrate import speed

        found: Figures = dict(speed())
    elif what == "tables":
        found = measure_tables(Path(rest[0]))
    else:
        found = measure_search(Path(rest[0]), float(rest[1]))
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
