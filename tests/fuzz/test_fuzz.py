"""Whatever stands in the files: an exit code and a message, in time and in little memory.

Slow, thirty minutes of one core: ``pytest -m slow tests/fuzz -s``. `DELING_FUZZ` says otherwise:
``seed=7,first=20000,minutes=5`` goes on with the inputs of seed 7 after the first 20,000.
What is at fault is kept in ``tests/fuzz/found``, without the mutations that it is at fault
without, and judged in every run from then on.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fuzz import inputs
from fuzz.campaign import MINUTES, Campaign, Worker
from fuzz.inputs import make

FOUND = Path(__file__).parent / "found"
FAST = 250


def campaign(**otherwise: float) -> Campaign:
    """Return a campaign that has been run."""
    asked = {"seed": 1.0, "first": 0.0, "minutes": MINUTES, "most": float("inf"), **otherwise}
    for part in filter(None, os.environ.get("DELING_FUZZ", "").split(",")):
        key, _equals, value = part.partition("=")
        asked[key] = float(value)
    done = Campaign(int(asked["seed"]), int(asked["first"]), FOUND)
    done.run(asked["minutes"], None if asked["most"] == float("inf") else int(asked["most"]))
    print(done)
    return done


def test_several_hundred_inputs(monkeypatch):
    monkeypatch.delenv("DELING_FUZZ", raising=False)
    done = campaign(seed=0, most=FAST)
    assert not done.faults, str(done)
    # They reach beyond the reading of files.
    assert done.ends["check", 0] > FAST // 10
    assert done.ends["check", 2] > FAST // 10
    assert {command for command, _code in done.ends} == {"check", "compare", "report", "run"}


@pytest.mark.slow
def test_as_many_inputs_as_the_time_allows():
    done = campaign()
    assert not done.faults, str(done)


def test_an_input_is_the_same_every_time():
    first = [make(3, number).files() for number in range(20)]
    inputs.area.cache_clear()
    assert [make(3, number).files() for number in range(20)] == first
    assert make(3, 1) != make(4, 1)


def test_what_was_at_fault_once():
    worker = Worker(0)
    try:
        verdicts = {path.name: worker.ask(str(path)) for path in sorted(FOUND.glob("*/"))}
    finally:
        worker.end()
    assert not {name: told.fault for name, told in verdicts.items() if told.fault}
    assert all(told.code == 0 or told.said for told in verdicts.values())
