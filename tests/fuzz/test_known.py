"""A `result.json` that somebody has changed into anything: it is not believed."""

from __future__ import annotations

import json
import os
from random import Random
from typing import TYPE_CHECKING

import pytest

from deling.outputs.entries import record_of, written_files
from fuzz.campaign import Worker
from fuzz.inputs import area
from fuzz.mutate import data

if TYPE_CHECKING:
    from pathlib import Path

WRONG = (
    b"",
    b"[" * 200_000,
    b'{"plans": []}',
    b'{"plans": {"area": []}, "inputs": 3}',
    b'{"files": 3}',
    b"\xff\xfe",
    b"null",
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return a folder with an area and the output of a run."""
    folder = tmp_path_factory.mktemp("ran")
    worker = Worker(0)
    for name, content in area("base").items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    command = ["run", "area.yaml", "--output", "out", "--time-limit", "2", "--quiet"]
    assert worker.ask({"folder": str(folder), "command": command}).fault == ""
    yield folder, worker
    worker.end()


def spoiled(record: bytes) -> list[bytes]:
    found = [*WRONG]
    for seed in range(40):
        files = {"result.json": record}
        data(Random(seed), files)
        found.append(files["result.json"])
    told = json.loads(record)
    for path in (("status",), ("sharing",), ("goals",), ("seconds",), ("seed",), ("notes",)):
        for value in (None, 3, "x", [], {}, 1e400):
            changed = json.loads(record)
            changed["plans"]["area"][path[0]] = value
            found.append(json.dumps(changed).encode())
    for goal in told["plans"]["area"]["goals"]:
        for key in ("value", "bound", "gap", "proven"):
            changed = json.loads(record)
            changed["plans"]["area"]["goals"][goal][key] = "x"
            found.append(json.dumps(changed).encode())
    return found


def test_a_report_beside_any_result(ran):
    folder, worker = ran
    record = (folder / "out" / "result.json").read_bytes()
    command = ["report", "area.yaml", "out/plan.csv", "--output", "page.html", "--quiet"]
    for wrong in spoiled(record):
        (folder / "out" / "result.json").write_bytes(wrong)
        verdict = worker.ask({"folder": str(folder), "command": command})
        assert (verdict.code, verdict.fault) == (0, ""), wrong[:500]
    (folder / "out" / "result.json").write_bytes(record)


def test_a_record_that_is_a_pipe_is_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "result.json")
    with pytest.raises(ValueError, match=r"result\.json"):
        record_of(tmp_path)
    assert written_files(tmp_path) == set()


def test_files_elsewhere_are_none_of_delings(tmp_path: Path) -> None:
    names = ["plan.csv", "schedules/a.csv", "../x", "/etc/passwd", "a/../../x", "", ".", 3]
    (tmp_path / "result.json").write_text(json.dumps({"files": names}))
    assert written_files(tmp_path) == {"plan.csv", "schedules/a.csv"}
