"""Ctrl-C at any moment, once and again: the best plan or the earlier results, and nothing left."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.process import (
    FLAGSHIP,
    PROGRAM,
    command,
    deling,
    environment,
    leftovers,
    require_complete,
    start,
    state,
    wait_for_search,
)
from planting import plant, write

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signals to groups there")

PRESSED = """
import os, signal, sys
class Press:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            for _time in range({times}):
                os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Press())
"""


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("name", ["click", "deling.cli.run", "deling.scenario.build"])
def test_while_it_is_loaded(earlier, tmp_path, name, times):
    target = tmp_path / "area"
    shutil.copytree(earlier, target)
    before = state(target)
    program, main = PROGRAM.rsplit("; from ", 1)
    pressed = f"{program}\n{PRESSED.format(name=name, times=times)}\nfrom {main}"
    told = subprocess.run(
        [sys.executable, "-c", pressed, "run", FLAGSHIP, "--output", target],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert (told.returncode, told.stderr) == (130, "Interrupted.\n")
    assert state(target) == before
    assert leftovers(target) == []


@pytest.fixture
def mark(monkeypatch) -> str:
    """Return what stands in the environment of all processes that are started."""
    word = f"DELING_TEST_MARK={random.getrandbits(64):x}"
    monkeypatch.setenv(*word.split("="))
    return word


def marked(mark: str) -> Iterator[str]:
    """Yield the command lines of processes that are alive and bear a mark."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            dead = (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            there = mark.encode() in (folder / "environ").read_bytes().split(b"\0")
            if there and not dead:
                yield (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue


def require_gone(mark: str) -> None:
    """Fail unless all processes that bear a mark end within seconds."""
    deadline = time.monotonic() + 10
    while left := list(marked(mark)):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def press(process: subprocess.Popen[str], times: int, gap: float) -> None:
    """Press Ctrl-C as a terminal does: for all of a group."""
    for number in range(times):
        if number:
            time.sleep(gap)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)


def require_quiet(process: subprocess.Popen[str], said: str, mark: str) -> None:
    """Fail unless a run has ended with a word, and with all that it started."""
    assert process.returncode == 130, said
    assert said.splitlines()[-1].startswith("Interrupted")
    for word in ("Traceback", "Exception ignored", "resource_tracker", "Error"):
        assert word not in said
    require_gone(mark)


def test_twice_during_a_search_writes_its_best_plan(tmp_path, mark):
    target = tmp_path / "area"
    options = ("--time-limit", 600, "--output", target)
    with start("run", FLAGSHIP, *options, start_new_session=True) as process:
        wait_for_search(process)
        press(process, 2, gap=0.02)
        said = process.stderr.read()
    require_quiet(process, said, mark)
    assert require_complete(target)["ended"] == "interrupted"
    assert deling("check", FLAGSHIP, target / "plan.csv", "--quiet").returncode == 0


@pytest.mark.slow
def test_at_many_moments_of_a_search_by_parts(earlier, tmp_path, mark):
    """From before its modules are loaded until its results are written, once, twice and often."""
    file = write(plant(30, 88, "tight", 0.3), tmp_path)
    target = tmp_path / "out" / "area"
    found: list[str] = []
    for number in range(36):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(earlier, target)
        before = state(target)
        rng = random.Random(number)
        run = command("run", file, "--time-limit", 8, "--workers", 2, "--output", target)
        with subprocess.Popen(
            run,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            start_new_session=True,
        ) as process:
            if number % 3:
                wait_for_search(process)
            time.sleep(rng.uniform(0.3, 3 if number % 3 else 12))
            press(process, 1 + number % 4, rng.choice((0.01, 0.3, 1.2)))
            said = process.stderr.read()
        if process.returncode == 0:  # it was done before
            found.append("done")
            require_gone(mark)
            continue
        require_quiet(process, said, mark)
        assert leftovers(target) == []
        if state(target) == before:
            found.append("old")
            continue
        found.append(require_complete(target)["ended"])
        assert deling("check", file, target / "plan.csv", "--quiet").returncode == 0
    print({end: found.count(end) for end in sorted(set(found))})
    assert found.count("interrupted") > 12


SCRIPT = """
import signal
import sys
from pathlib import Path
import deling.optimise
import deling.search.split
from deling.case import Case
from deling.check import check
from deling.scenario.load import load

honest = deling.optimise.Candidates

def candidates(case):
    print("searches", flush=True)
    return honest(case)

if __name__ == "__main__":
    deling.optimise.LARGE = -1
    deling.optimise.Candidates = candidates
    deling.search.split.SESSIONS_EACH = 20
    case = Case(load(Path(sys.argv[1])).scenario)
    result = deling.optimise.optimise(case, time_limit=600, workers=2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    assert check(result.plan, case) == []
    print(result.ended, result.notes, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    "after", [0.0, 1.0, *(pytest.param(each / 3, marks=pytest.mark.slow) for each in range(1, 15))]
)
def test_twice_in_a_script_of_ones_own(tmp_path, mark, after):
    """Its workers get the signal too, some of them while they load."""
    file = write(plant(4, 83, "tight", 0.2), tmp_path)
    (tmp_path / "script.py").write_text(SCRIPT)
    with subprocess.Popen(
        [sys.executable, tmp_path / "script.py", file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
        start_new_session=True,
    ) as process:
        assert process.stdout.readline() == "searches\n"
        time.sleep(after)
        press(process, 2, gap=0.01)
        began = time.monotonic()
        told = process.stdout.readline()
        assert time.monotonic() - began < 30, "a second or two on a quiet machine"
        _rest, said = process.communicate("")
    assert (process.returncode, said) == (0, "")
    assert told == "interrupted ()\n"
    require_gone(mark)
