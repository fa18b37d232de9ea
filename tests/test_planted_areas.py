"""Planted areas: what the generator claims, confirmed by the checker and by the solver."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deling.case import Case
from deling.check import check, check_fixed
from deling.evaluate import evaluate
from deling.optimise import optimise
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from planting import plant, write
from planting.tables import HEADERS

COMMAND = Path(__file__).parent.parent / "benchmarks" / "areas.py"


def planted_case(folder, *arguments):
    planted = plant(*arguments)
    loaded = load(write(planted, folder))
    case = Case(loaded.scenario)
    return planted, case, read_plan(folder / "planted.csv", loaded.scenario), loaded.warnings


@pytest.mark.parametrize(
    ("institutions", "seed", "supply", "extra"),
    [
        (1, 11, "tight", 0.5),
        (2, 12, "loose", 0.0),
        (5, 13, "tight", 0.0),
        (12, 14, "tight", 0.3),
        (12, 15, "loose", 0.3),
        (14, 16, "tight", 0.0),
        (40, 17, "tight", 0.3),
        (40, 18, "loose", 0.0),
    ],
)
def test_planted_plan_and_todays_use_keep_all_rules(tmp_path, institutions, seed, supply, extra):
    planted, case, plan, warnings = planted_case(tmp_path, institutions, seed, supply, extra)
    assert check(plan, case) == []
    assert check(case.scenario.today, case) == []
    assert check_fixed(case) == []
    assert warnings == ()
    assert len(case.scenario.institutions) == institutions
    facts = planted.facts
    assert evaluate(plan, case)["served"] == facts["served"]
    assert sum(len(event.needs) for event in plan.events) == facts["sessions"]
    needs = case.scenario.needs.values()
    assert sum(need.sessions for need in needs) == facts["wanted_sessions"]
    assert facts["served"] <= facts["limit"] <= facts["wanted"]
    if not extra:
        assert facts["served"] == facts["wanted"]


def test_todays_use_is_neither_the_plan_nor_a_part_of_it(tmp_path):
    _planted, case, plan, _warnings = planted_case(tmp_path, 12, 21)
    planned = {event.key for event in plan.events}
    today = case.scenario.today.events
    assert any(event.key in planned for event in today)
    assert any(event.key not in planned for event in today)
    assert len(today) < len(plan.events) / 2


def test_a_tight_plan_has_nothing_to_spare(tmp_path):
    """Most of the staff's hours and of the equipment are in use at some time."""
    slack = {}
    for supply in ("tight", "loose"):
        _planted, case, _plan, _warnings = planted_case(tmp_path / supply, 24, 22, supply)
        staff = case.scenario.staff.values()
        slack[supply] = sum(member.weekly_minutes or 0 for member in staff)
        slack[supply] += sum(100 * item.quantity for item in case.scenario.equipment.values())
    assert slack["loose"] > 1.2 * slack["tight"]


def test_every_column_of_every_table_is_in_use():
    planted = plant(60, 23, "tight", 0.1)
    blank = [
        f"{table} {column}"
        for table, header in HEADERS.items()
        for at, column in enumerate(header.split())
        if not any(str(row[at]) for row in planted.tables[table])
    ]
    assert blank == []


def test_rules_bind(tmp_path):
    """Every other event moved by a little breaks them: the data leave little room."""
    _planted, case, plan, _warnings = planted_case(tmp_path, 26, 24)
    broken = set()
    for by in (-30, 30):
        moved = [
            event.model_copy(update={"start": event.start + by * (at % 2)})
            if event.internal
            else event
            for at, event in enumerate(plan.events)
        ]
        found = check(plan.model_copy(update={"events": tuple(moved)}), case)
        broken.update(breach.rule for breach in found)
    assert broken >= {"room", "group", "staff", "staff_hours", "home_cover", "equipment", "opening"}


def test_sharing_stays_near(tmp_path):
    """In a large area nobody shares with everybody, and hardly anybody beyond the neighbours."""
    tables = plant(60, 25, "loose").tables
    area = {
        row[0]: row[0].split("-")[0].strip("abcdefghijklmnopqrstuvwxyz")
        for row in tables["institutions"]
    }
    columns = HEADERS["staff"].split()
    shared = columns.index("shared_with")
    owner = columns.index("institution")
    far = near = 0
    for row in tables["staff"]:
        for id_ in str(row[shared]).split():
            if id_ == "none":
                continue
            assert id_ in area
            far += area[id_] != area[row[owner]]
            near += area[id_] == area[row[owner]]
    assert 0 < far < near / 10


def test_same_seed_same_bytes(tmp_path):
    texts = []
    for hash_seed in ("0", "1"):
        folder = tmp_path / hash_seed
        subprocess.run(
            [sys.executable, COMMAND, folder, "--institutions", "26", "--extra", "0.2"],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        texts.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    assert texts[0] == texts[1]
    assert set(texts[0]) == {
        "scenario.yaml",
        "planted.csv",
        "planted.json",
        *(f"tables/{name}.csv" for name in HEADERS),
    }
    facts = json.loads(texts[0]["planted.json"])
    rows = list(csv.DictReader(io.StringIO(texts[0]["planted.csv"].decode())))
    assert len(rows) == facts["sessions"]


def test_another_seed_is_another_area():
    assert plant(5, 1).tables != plant(5, 2).tables


@pytest.mark.parametrize(("seed", "supply"), [(31, "tight"), (32, "loose")])
def test_solver_serves_all_that_is_planted(tmp_path, seed, supply):
    planted, case, _plan, _warnings = planted_case(tmp_path, 3, seed, supply)
    case = Case(case.scenario.model_copy(update={"goals": ("served",)}))
    outcome = optimise(case, time_limit=60).goals["served"]
    assert outcome.value == outcome.bound == planted.facts["served"]


@pytest.mark.parametrize(("seed", "supply"), [(41, "tight"), (42, "tight"), (43, "loose")])
def test_no_plan_passes_the_limit(tmp_path, seed, supply):
    planted, case, _plan, _warnings = planted_case(tmp_path, 1, seed, supply, 0.6)
    facts = planted.facts
    case = Case(case.scenario.model_copy(update={"goals": ("served",)}))
    outcome = optimise(case, time_limit=60).goals["served"]
    assert outcome.proven
    assert facts["served"] <= outcome.value <= facts["limit"] < facts["wanted"]
