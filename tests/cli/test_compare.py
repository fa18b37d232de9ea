"""``deling compare``."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from deling.cli import reading
from deling.result import Result

from .runner import SMALLEST, run

pytestmark = pytest.mark.usefixtures("folder")


def test_plans_beside_today(plan):
    told = run("compare", SMALLEST, plan, plan)
    assert told.exit_code == 0
    assert "today  edited  edited 2" in told.stdout
    assert "edited breaks rules in" in told.stdout
    assert all(len(line) <= 100 for line in told.stdout.splitlines())


def test_what_an_edit_costs(plan, folder):
    moved = folder / "moved.csv"
    moved.write_text(plan.read_text().replace("Mo,09:30,10:00", "Th,09:30,10:00"))
    told = run("compare", SMALLEST, plan, moved)
    edit = told.stdout.partition("What it brings, from edited to moved")[2]
    assert "Result: 0 sessions and 0 participant hours a week." in edit
    assert re.search(r"Discomfort \(ways, hours, changes\): \d+ before, \d+ after\.", edit)
    assert "Net cost" not in edit
    alone = run("compare", SMALLEST, moved)
    assert "What it brings, from today to moved" in alone.stdout
    assert alone.stdout.count("What it brings, from") == 1


def test_a_plan_in_a_folder_of_results_is_named_by_the_folder(plan, folder):
    (folder / "monday").mkdir()
    plan.rename(folder / "monday" / "plan.csv")
    assert "today  monday" in run("compare", SMALLEST, folder / "monday" / "plan.csv").stdout


def test_json(plan):
    record = json.loads(run("compare", SMALLEST, plan, "--json").stdout)
    assert list(record["plans"]) == ["today", "edited"]
    assert record["plans"]["today"]["goals"]["cost"] == {"value": 427.5}
    assert record["plans"]["edited"]["valid"] is False
    assert record["measures"]["area"]["sessions_served"] == {"today": 8, "edited": 2}
    boernehus = record["measures"]["institution"]["boernehus"]
    assert boernehus["sessions_served"] == {"today": 3, "edited": 1}
    assert record["measures"]["room"]["sal"]["frequency"]["today"] == pytest.approx(4.4)


def test_output(plan, folder):
    told = run("compare", SMALLEST, plan, "--output", "side", "--excel")
    assert told.exit_code == 0
    with (folder / "side/comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file, delimiter=";"))
    assert header[-2:] == ["today", "edited"]
    assert json.loads((folder / "side/result.json").read_text())["files"] == [
        "comparison.csv",
        "result.json",
    ]


def test_the_ladder(folder):
    told = run("compare", SMALLEST, "--workers", 1, "--time-limit", 20, "--output", "steps")
    assert told.exit_code == 0
    plans = sorted(path.name for path in (folder / "steps/plans").iterdir())
    assert plans == ["area.csv", "own.csv", "sector.csv"]
    assert run("check", SMALLEST, "steps/plans/own.csv", "--sharing", "own").exit_code == 0
    assert re.search(r"today +own +sector +area", told.stdout)
    assert "without crossing, no plan can serve more than 10" in told.stdout
    assert told.stdout.count("How good the plan is") == 3


def closed(folder):
    """Return a scenario whose use of today breaks a rule."""
    scenario = folder / "closed.yaml"
    scenario.write_text(
        f"extends: {SMALLEST}\n"
        f"tables: {SMALLEST.parents[1] / 'data/smallest'}\n"
        'change: [{table: rooms, where: {room: stue}, set: {available: "off"}}]\n'
    )
    return scenario


def test_a_ladder_stopped_before_any_plan_leaves_earlier_results(monkeypatch, folder):
    (folder / "steps").mkdir()
    (folder / "steps/result.json").write_text('{"files": ["comparison.csv"]}')
    (folder / "steps/comparison.csv").write_text("earlier")
    monkeypatch.setattr("deling.apart.Searcher._start", lambda _searcher: None)
    monkeypatch.setattr(
        "deling.apart.Searcher.optimise",
        lambda _searcher, case, **_options: Result(
            "no_plan_in_time", case.sharing, None, ended="interrupted"
        ),
    )
    told = run("compare", closed(folder), "--output", "steps")
    assert told.exit_code == 130
    assert (folder / "steps/comparison.csv").read_text() == "earlier"
    assert "Results in" not in told.stdout, "there are none of this one"


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("out/area/plan.csv", "area/plan"),
        ("area.csv", "area.csv"),
        ("out/plans/area.csv", "area"),
        ("out/town/plan.csv", "town"),
        ("moved.xlsx", "moved"),
    ],
)
def test_only_the_plans_of_a_ladder_have_the_names_of_levels(path, label):
    assert reading._label(Path(path)) == label


@pytest.mark.parametrize(
    ("status", "code", "text"),
    [("infeasible", 4, "at any level"), ("no_plan_in_time", 3, "in time at any level")],
)
def test_a_ladder_without_any_plan(monkeypatch, folder, status, code, text):
    monkeypatch.setattr(
        "deling.apart.Searcher.optimise",
        lambda _searcher, case, **_options: Result(
            status, case.sharing, None, clash=("room: a and b",)
        ),
    )
    told = run("compare", closed(folder))
    assert told.exit_code == code
    assert text in told.stderr
    assert "own: room: a and b" in told.stderr
