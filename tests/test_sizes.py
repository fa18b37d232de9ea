"""The measurements of planted areas: what is measured, what is kept, a real one."""

from __future__ import annotations

import json
import math
import os
import sys

import sizes
from size_rows import search_row
from sizing.figures import doubts, first_plan
from sizing.measure import thinned
from sizing.processes import run
from sizing.sizes import Measurement, measurements
from sizing.store import Store, key_of


def test_areas_of_one_kind_of_wishes_can_be_measured_alone():
    kinds = {one.extra for one in measurements(["area"], [101], 1.0, ["deling"], [0.0])}
    assert kinds == {0.0}
    assert len({one.extra for one in measurements(["area"], [101])}) == 2


def test_what_is_stored_is_not_measured_again(tmp_path):
    wanted = measurements(["area", "country"])
    assert len(wanted) == 2 * 2 * (5 + 1)
    assert {one.seed for one in wanted} == set(range(101, 106))
    store = Store(tmp_path / "new" / "deling.jsonl")
    assert store.missing(wanted) == wanted
    store.add(search_row())
    assert [one for one in wanted if one not in store.missing(wanted)] == [key_of(search_row())]
    # Another commit is no other measurement; another limit is.
    store.add(search_row(commit="def5678"))
    assert [row["commit"] for row in store.rows()] == ["def5678"]
    shorter = measurements(["area"], [101], 0.5)
    assert store.missing(shorter) == shorter


def test_what_failed_is_measured_again(tmp_path):
    store = Store(tmp_path / "deling.jsonl")
    failed = {key: value for key, value in search_row().items() if key != "found"}
    store.add({**failed, "error": "ended with -9"})
    assert store.missing([key_of(failed)]) == [key_of(failed)]
    store.add(search_row())
    assert store.missing([key_of(failed)]) == []
    assert "error" not in store.rows()[0]


def test_half_a_row_is_none(tmp_path):
    path = tmp_path / "deling.jsonl"
    store = Store(path)
    store.add(search_row(seed=101))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"solver": "deling", "si')
    assert [row["seed"] for row in store.rows()] == [101]
    store.add(search_row(seed=102))
    assert [row["seed"] for row in store.rows()] == [101, 102]
    assert [json.loads(line)["seed"] for line in path.read_text().splitlines()] == [101, 102]


def test_command_measures_only_what_is_missing(tmp_path, monkeypatch):
    asked = []

    def plant(_area, folder):
        (folder / "planted.json").write_text("{}")

    def measure(one, folder, facts, speed):
        asked.append(one)
        if one.what == "search" and one.extra and len(asked) < 5:
            return {**one._asdict(), "others": None, "peak_bytes": 1, "error": "ended with 1"}
        found = {"read": 1, "judge": 1, "ended": "proven", "seconds": 1, "first": 1, "trace": []}
        told = {"others": None, "peak_bytes": 1, "facts": {"served": 1}, "found": found}
        return {**one._asdict(), **told}

    monkeypatch.setattr(sizes, "_plant", plant)
    monkeypatch.setattr(sizes, "_printed", lambda _what: "{}")
    monkeypatch.setattr(sizes, "measure", measure)
    command = ["sizes.py", "--sizes", "area", "--seeds", "7", "--results", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", [*command, "--solvers", "deling"])
    assert sizes.main() == 1
    assert [(one.extra, one.what) for one in asked] == [
        (0.0, "tables"),
        (0.0, "search"),
        (0.3, "tables"),
        (0.3, "search"),
    ]
    assert sizes.main() == 0
    assert [(one.extra, one.what) for one in asked[4:]] == [(0.3, "search")]
    assert sizes.main() == 0
    assert len(asked) == 5
    # Peers only search, at sizes that are meant for them; one that is not there is left out.
    monkeypatch.setattr(sizes, "missing", lambda peer: "gone" if peer == "highs" else None)
    monkeypatch.setattr(sys, "argv", [*command, "--solvers", "deling", "monolith", "highs"])
    assert sizes.main() == 0
    assert [(one.solver, one.extra, one.what) for one in asked[5:]] == [
        ("monolith", 0.0, "search"),
        ("monolith", 0.3, "search"),
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"deling.jsonl", "monolith.jsonl"}
    assert len(measurements(["region"], solvers=["deling", "monolith"])) == 4


def test_memory_of_all_processes_is_measured():
    """A process with 60 MB that starts another with 60 MB needs twice as much."""
    child = "import time; held = bytearray(b'x') * 60_000_000; time.sleep(1.5)"
    parent = (
        "import subprocess, sys; held = bytearray(b'x') * 60_000_000; print('done');"
        f"subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    )
    taken = run([sys.executable, "-c", parent], dict(os.environ))
    assert (taken.code, taken.output) == (0, "done\n")
    assert 60e6 < taken.peak_bytes < 250e6
    if sys.platform == "linux":
        assert taken.peak_bytes > 120e6
        assert taken.others is not None
    assert run([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ)).code == 3


def test_a_tiny_area_is_measured(tmp_path):
    area = ("deling", "tiny", 3, 101, "tight", 0.0)
    wanted = [Measurement(*area, "tables", 0.0), Measurement(*area, "search", 2.0)]
    store = Store(tmp_path / "deling.jsonl")
    assert sizes.measure_area(wanted, store)
    assert store.missing(wanted) == []
    tables, search = store.rows()
    assert doubts(tables) == []
    assert tables["found"]["read"] > 0
    assert doubts(search) == []
    assert first_plan(search, 0) < math.inf
    assert search["found"]["breaches"] == 0
    assert search["found"]["trace"]
    assert search["peak_bytes"] > 50e6
    assert 0.05 < search["speed"]["factor"] < 50


def test_thinned_keeps_the_last_of_each_moment():
    trace = [(at / 1_000, "served", at, 0, 0.0) for at in range(1_000, 2_000)]
    trace.insert(500, (1.4995, "cost", 1, 1, 0.0))
    kept = thinned(trace)
    assert len(kept) < 80
    assert kept[-1] == trace[-1]
    assert trace[500] in kept
    for at, _goal, value, *_rest in (one for one in trace if one[1] == "served"):
        seen = next(one for one in kept if one[1] == "served" and one[2] >= value)
        assert at <= seen[0] <= 1.0101 * at
