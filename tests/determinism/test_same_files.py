"""The same scenario, seed and version: the same files, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from faults.process import ROOT, SMALLEST, deling, state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
BUSY = "while True: pass"


@contextmanager
def load(processes: int) -> Iterator[None]:
    """Keep the machine busy with something else."""
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _number in range(processes)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def files(folder: Path, *arguments: object, seed: str, workers: int = 1) -> dict[str, str]:
    """Run deling with some order of sets; return what identifies each file that it wrote."""
    told = deling(
        *("run", *arguments, "--output", folder, "--quiet", "--workers", workers),
        env={"PYTHONHASHSEED": seed},
    )
    assert told.returncode == 0, told.stderr
    return state(folder)


def plans(folder: Path) -> dict[str, str]:
    """Return the files that hold neither seconds nor workers."""
    timed = {"result.json", "report.html", "deling.xlsx"}
    return {name: is_ for name, is_ in state(folder).items() if name not in timed}


@pytest.mark.parametrize("ladder", [(), ("--ladder",)], ids=["area", "ladder"])
def test_a_deterministic_limit_gives_the_same_files(tmp_path, ladder):
    arguments = (SMALLEST, "--deterministic-limit", 0.3, *ladder)
    first = files(tmp_path / "first", *arguments, seed="1", workers=1)
    with load(3):
        second = files(tmp_path / "second", *arguments, seed="2", workers=2)
    assert len(first) > 20
    assert first == second


def test_proven_plans_are_the_same_on_one_worker_and_on_two(tmp_path):
    for number in (1, 2):
        files(tmp_path / str(number), SMALLEST, "--ladder", seed=str(number), workers=number)
    assert plans(tmp_path / "1") == plans(tmp_path / "2")


def test_a_comparison_with_a_deterministic_limit_is_the_same(tmp_path):
    arguments = ("compare", SMALLEST, "--deterministic-limit", 0.3, "--quiet", "--output")
    with ThreadPoolExecutor(2) as both:
        told = list(both.map(lambda name: deling(*arguments, tmp_path / name), ("1", "2")))
    assert [one.returncode for one in told] == [0, 0]
    assert state(tmp_path / "1") == state(tmp_path / "2")


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_every_shipped_scenario_gives_the_same_files(tmp_path, scenario):
    arguments = (scenario, "--deterministic-limit", 1)
    first = files(tmp_path / "first", *arguments, seed="1", workers=1)
    with load(2):
        second = files(tmp_path / "second", *arguments, seed="2", workers=2)
    assert first == second


@pytest.mark.slow
def test_a_shipped_level_that_is_proven_is_the_same_on_one_worker_and_on_two(tmp_path):
    flagship = ROOT / "scenarios" / "hedehusene.yaml"
    for number in (1, 2):
        folder = tmp_path / str(number)
        files(
            *(folder, flagship, "--sharing", "own", "--time-limit", 600),
            seed=str(number),
            workers=number,
        )
        assert '"status": "optimal"' in (folder / "result.json").read_text(encoding="utf-8")
    assert plans(tmp_path / "1") == plans(tmp_path / "2")


def test_both_limits_at_once_are_refused():
    told = deling("run", SMALLEST, "--time-limit", 1, "--deterministic-limit", 1)
    assert told.returncode == 2
    assert "exclude each other" in told.stderr
