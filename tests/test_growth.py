"""Ten times as large takes about ten times as long: everything but the searching itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

import pytest

from deling.board import Board
from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.part import Cutter
from deling.preflight import review
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.split import split
from planting import plant, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

MOST = 25
"""Times as long for ten times as much: twice by the square would be a hundred times."""
SECONDS = {"read": 30.0, "reviewed": 15.0, "judged": 10.0, "split": 15.0}
"""Of the processor, for 1,000 institutions: several times what it takes."""


def measured(folder: Path, institutions: int) -> dict[str, float]:
    """Return the processor's seconds of each stage."""
    write(plant(institutions, 21, "tight", 0.0), folder)
    taken: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        result = work()
        taken[stage] = time.process_time() - began
        return result

    scenario = timed("read", lambda: load(folder / "scenario.yaml")).scenario
    case = Case(scenario)
    problems = timed("reviewed", lambda: review(case))
    assert not [problem for problem in problems if problem.severity == "error"]
    plan = read_plan(folder / "planted.csv", scenario)
    breaches, values = timed("judged", lambda: (check(plan, case), evaluate(plan, case)))
    assert breaches == []
    assert values["fairness"] == 0
    cutter = Cutter(case)
    areas = timed("split", lambda: (Board(case, plan), split(case, cutter, 1))[1])
    assert sum(map(len, areas)) == len(scenario.needs)
    return taken


@pytest.mark.slow
def test_ten_times_as_much_is_read_judged_and_split_in_about_ten_times_as_long(tmp_path):
    measured(tmp_path / "warm", 12)
    small = measured(tmp_path / "small", 100)
    large = measured(tmp_path / "large", 1_000)
    assert {stage: large[stage] for stage in large if large[stage] > SECONDS[stage]} == {}
    slow = {stage: large[stage] / small[stage] for stage in large}
    assert {stage: times for stage, times in slow.items() if times > MOST} == {}
