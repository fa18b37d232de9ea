"""The watching itself: what hangs, dies, grows or raises is seen."""

from __future__ import annotations

import json

import pytest

from fuzz import campaign as module
from fuzz.campaign import Campaign, Worker
from fuzz.inputs import Input
from fuzz.saved import COMMAND, read, save

PATCH = """
import os, sys, time
import click, deling.cli
WAYS = {
    "raise": lambda: 1 / 0,
    "exit": lambda: sys.exit(7),
    "silent": lambda: sys.exit(2),
    "grow": lambda: bytearray(1100 * 2**20) and None,
    "hang": lambda: time.sleep(60),
    "die": lambda: os._exit(5),
    "stray": lambda: open("stray.txt", "w").close(),
}
@click.command()
@click.argument("way")
def main(way):
    WAYS[way]()
deling.cli.main = main
"""


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        ("raise", "ZeroDivisionError"),
        ("exit", "exit code 7"),
        ("silent", "exit code 2 without a message"),
        ("grow", "MB"),
        ("hang", "hangs"),
        ("die", "the process ended with 5"),
        ("stray", "wrote ['stray.txt']"),
    ],
)
def test_faults_are_seen(tmp_path, monkeypatch, way, fault):
    (tmp_path / "sitecustomize.py").write_text(PATCH)
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / COMMAND).write_text(json.dumps({"command": [way]}))
    monkeypatch.setattr(module, "PATIENCE", 3 if way == "hang" else 30)
    worker = Worker(0, first=str(tmp_path))
    try:
        verdict = worker.ask(str(tmp_path / "case"))
    finally:
        worker.end()
    assert fault in verdict.fault


def test_a_saved_input_is_read_back(tmp_path):
    case = Input("base", (("table", "1"), ("data", "2")), ("check", "area.yaml"))
    save(case, tmp_path / "one", "why")
    assert read(tmp_path / "one") == (case.files(), case.command)


def test_what_is_at_fault_is_saved_without_what_does_not_matter(tmp_path, monkeypatch):
    class Told:
        def __init__(self, seed):
            pass

        def ask(self, what):
            steps = module.make(0, 0).steps
            gone = what[1] if isinstance(what, list) else []
            at_fault = steps and len(steps) - 1 not in gone
            return module.Verdict(0, 0.0, "", "exit code 9" if at_fault else "")

        def end(self):
            pass

    monkeypatch.setattr(module, "Worker", Told)
    monkeypatch.setattr(
        module, "make", lambda *_: Input("base", (("soft", "1"),) * 3, ("check", "area.yaml"))
    )
    done = Campaign(0, 0, tmp_path)
    done.run(1, most=1)
    assert len(json.loads((tmp_path / "0-0" / COMMAND).read_text())["steps"]) == 1
