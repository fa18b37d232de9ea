"""A search that counts work in place of time finds the same every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import deling.optimise
import deling.search.split
from by_parts import planted
from deling.optimise import optimise
from deling.search.clock import Clock
from deling.search.state import State
from deling.search.task import Stopping
from planting import plant, write

if TYPE_CHECKING:
    from pathlib import Path

BYTES = """
import sys
import deling.search.split
import deling.optimise
from deling.case import Case
from deling.scenario.load import load
deling.optimise.LARGE = -1
deling.search.split.SESSIONS_EACH = 15
result = deling.optimise.optimise(
    Case(load(sys.argv[1]).scenario), deterministic_limit=float(sys.argv[2]), seed=4
)
print(result.plan.model_dump_json(), result.goals, result.work)
"""


def by_work(file: Path, limit: float, hash_seed: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", BYTES, file, str(limit)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return hashlib.sha256(answer.stdout.encode()).hexdigest()


def test_a_search_that_counts_work_ends_with_the_same_bytes(tmp_path):
    file = write(plant(3, 81, "tight", 0.3), tmp_path)
    assert by_work(file, 0.05, "1") == by_work(file, 0.05, "2")


@pytest.mark.slow
def test_a_long_search_that_counts_work_ends_with_the_same_bytes(tmp_path):
    file = write(plant(14, 82, "tight", 0.3), tmp_path)
    # A unit is about ten seconds here: what is not the solver's work is not counted.
    assert by_work(file, 5, "1") == by_work(file, 5, "2")


@pytest.mark.slow
def test_a_search_that_counts_work_is_the_same_however_long_its_plans_take(monkeypatch, tmp_path):
    """A solver that has found enough is not stopped sooner or later by the clock."""
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 15)
    case, _served = planted(tmp_path, 8, 82, "tight", 0.3)
    quick = optimise(case, deterministic_limit=0.3)
    honest = State.take

    def slow(self, plan, values) -> bool:
        better = honest(self, plan, values)
        time.sleep(0.12)
        return better

    monkeypatch.setattr(State, "take", slow)
    late = optimise(case, deterministic_limit=0.3)
    assert (late.plan, late.goals, late.work) == (quick.plan, quick.goals, quick.work)


@pytest.mark.parametrize("by_work", [True, False])
def test_the_moment_of_a_look_stops_no_solver_where_work_is_counted(by_work):
    ended = threading.Event()
    clock = Clock(1.0, deterministic=by_work)
    with Stopping(SimpleNamespace(over=True, clock=clock, end=ended.set), lambda: False):
        assert ended.wait(0.3 if by_work else 10) is not by_work
    ended.clear()
    with Stopping(SimpleNamespace(over=False, clock=clock, end=ended.set), lambda: True):
        assert ended.wait(10), "a person's end counts at once"


def test_the_last_digit_of_the_work_of_a_solver_is_not_counted():
    clocks = [Clock(1.0, deterministic=True) for _number in range(2)]
    for clock, work in zip(clocks, (0.044313375000000876, 0.04431337500000088), strict=True):
        clock.charge(SimpleNamespace(deterministic_time=work))
    assert clocks[0].spent == clocks[1].spent == pytest.approx(0.044313375)
