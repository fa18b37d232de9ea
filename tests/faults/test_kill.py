"""``deling run`` killed, or asked to end, at any moment."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from faults.process import (
    FLAGSHIP,
    SMALLEST,
    deling,
    leftovers,
    require_complete,
    start,
    state,
    wait_for_search,
)

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signals to processes there")

START, SEARCH, WRITING = 1.5, 2.0, 4.0
"""Seconds within which a kill falls, from the beginning of each part of a run."""


def wait_for_writing(process: subprocess.Popen[str], target: Path) -> None:
    """Wait until a run writes beside its target."""
    wait_for_search(process)
    while process.poll() is None:
        if any(new for left in leftovers(target) for new in (target.parent / left).glob("new/*")):
            return
        time.sleep(0.002)


WAITS: dict[str, tuple[Path, float, Callable[..., None]]] = {
    "start": (FLAGSHIP, START, lambda _process, _target: None),
    "search": (FLAGSHIP, SEARCH, lambda process, _target: wait_for_search(process)),
    "writing": (SMALLEST, WRITING, wait_for_writing),
}


def killed_at(part: str, number: int, earlier: Path, tmp_path: Path) -> str:
    """Kill a run over earlier results at a moment; return which results are there: old or new."""
    target = tmp_path / "area"
    if not target.exists():
        shutil.copytree(earlier, target)
    before = state(target)
    rng = random.Random(f"{part} {number}")
    scenario, seconds, wait = WAITS[part]
    with start("run", scenario, "--time-limit", 60, "--output", target) as process:
        wait(process, target)
        time.sleep(rng.uniform(0, seconds))
        process.kill()
        process.stderr.read()
    require_complete(target)
    return "old" if state(target) == before else "new"


def require_cleared_by_the_next(target: Path) -> None:
    """Fail unless the next run leaves its own results and nothing else."""
    told = deling("run", SMALLEST, "--sharing", "own", "--output", target, "--quiet")
    assert told.returncode == 0, told.stderr
    assert require_complete(target)["sharing"] == "own"
    assert leftovers(target) == []


@pytest.mark.parametrize("part", WAITS)
def test_a_kill_leaves_complete_results_and_the_next_run_clears_up(part, earlier, tmp_path):
    killed_at(part, 0, earlier, tmp_path)
    require_cleared_by_the_next(tmp_path / "area")


@pytest.mark.slow
def test_fifty_kills_leave_complete_results(earlier, tmp_path):
    parts = ["start"] * 10 + ["search"] * 10 + ["writing"] * 30
    found: dict[str, list[str]] = {part: [] for part in WAITS}
    for number, part in enumerate(parts, 1):
        found[part].append(killed_at(part, number, earlier, tmp_path))
    print({part: (ends.count("old"), ends.count("new")) for part, ends in found.items()})
    assert set(found["start"]) == set(found["search"]) == {"old"}
    assert len(found["writing"]) == 30
    require_cleared_by_the_next(tmp_path / "area")


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, id="SIGINT"),
        pytest.param(signal.SIGTERM, id="SIGTERM", marks=pytest.mark.slow),
    ],
)
def test_a_run_asked_to_end_writes_its_best_plan_with_its_bound(number, tmp_path):
    target = tmp_path / "area"
    with start("run", FLAGSHIP, "--time-limit", 600, "--output", target) as process:
        wait_for_search(process)
        time.sleep(1)
        process.send_signal(number)
        said = process.stderr.read()
    assert process.returncode == 130
    assert "Interrupted: this is the best plan found until then." in said
    record = require_complete(target)
    assert (record["ended"], record["interrupted"]) == ("interrupted", True)
    served = record["goals"]["served"]
    assert 112 <= served["value"] <= served["bound"] < 1000
    assert deling("check", FLAGSHIP, target / "plan.csv", "--quiet").returncode == 0


def test_a_run_asked_to_end_while_it_writes_writes_to_the_end(tmp_path):
    target = tmp_path / "area"
    with start("run", SMALLEST, "--output", target) as process:
        wait_for_writing(process, target)
        process.send_signal(signal.SIGINT)
        process.stderr.read()
    assert process.returncode == 130
    assert require_complete(target)["ended"] == "proven"
    assert leftovers(target) == []


@pytest.mark.slow
def test_a_ladder_asked_to_end_writes_the_levels_that_it_has(tmp_path):
    target = tmp_path / "area"
    with start("run", FLAGSHIP, "--ladder", "--time-limit", 900, "--output", target) as process:
        wait_for_search(process)
        process.send_signal(signal.SIGINT)
        process.stderr.read()
    assert process.returncode == 130
    record = require_complete(target)
    assert record["sharing"] == "own"
    assert list(record["plans"]) == ["today", "own"]


def test_a_run_asked_to_end_before_it_searches_leaves_earlier_results(earlier, tmp_path):
    target = tmp_path / "area"
    shutil.copytree(earlier, target)
    before = state(target)
    with start("run", FLAGSHIP, "--output", target) as process:
        time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert process.returncode in (-signal.SIGTERM, 130)
    assert state(target) == before


def test_two_runs_into_one_folder_leave_the_results_of_one(tmp_path):
    target = tmp_path / "area"
    levels = ("own", "area")
    for _turn in range(2):
        runs = [
            start("run", SMALLEST, "--sharing", level, "--output", target, "--quiet")
            for level in levels
        ]
        for process in runs:
            _out, said = process.communicate()
            assert process.returncode == 0, said
        record = require_complete(target)
        assert record["sharing"] in levels
        assert leftovers(target) == []
    assert json.loads((target / "result.json").read_text())["status"] == "optimal"
