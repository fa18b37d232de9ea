"""``deling init`` and ``deling schema``."""

from __future__ import annotations

import json

from deling.cli.schema import schema_text
from deling.scenario.schema import json_schemas

from .runner import ROOT, SMALLEST, run

PACKAGE = ROOT / "src" / "deling"


def test_init_copies_a_scenario_that_keeps_all_rules(tmp_path):
    told = run("init", tmp_path / "area")
    assert told.exit_code == 0
    assert f"deling run {tmp_path / 'area' / 'scenario.yaml'}" in told.stdout
    assert (tmp_path / "area" / "scenario.schema.json").exists()
    assert run("check", tmp_path / "area" / "scenario.yaml").exit_code == 0


def test_init_overwrites_nothing(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    for folder in (tmp_path, tmp_path / "mine.txt"):
        told = run("init", folder)
        assert told.exit_code == 2
        assert "not empty" in told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_template_is_the_smallest_scenario():
    templates = PACKAGE / "templates"
    text = SMALLEST.read_text(encoding="utf-8")
    for ours, copied in (
        ("../src/deling/schemas/scenario.schema.json", "scenario.schema.json"),
        ("../data/smallest", "tables"),
        ("data/smallest", "tables"),
        ("scenarios/smallest.yaml", "scenario.yaml"),
    ):
        text = text.replace(ours, copied)
    assert (templates / "scenario.yaml").read_text(encoding="utf-8") == text
    tables = {path.name: path.read_bytes() for path in (ROOT / "data/smallest").glob("*.csv")}
    assert {path.name: path.read_bytes() for path in (templates / "tables").iterdir()} == tables


def test_schema_prints_the_scenarios():
    told = run("schema")
    assert told.exit_code == 0
    assert json.loads(told.stdout) == json_schemas()["scenario"]


def test_the_schema_that_scenarios_name_is_in_step():
    committed = PACKAGE / "schemas" / "scenario.schema.json"
    assert committed.read_text(encoding="utf-8") == schema_text(json_schemas()["scenario"])
    for scenario in (ROOT / "scenarios").glob("*.yaml"):
        first = scenario.read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (scenario.parent / named).resolve() == committed, scenario


def test_schema_writes_every_table_too(tmp_path):
    told = run("schema", "--output", tmp_path / "schemas")
    assert told.exit_code == 0
    written = {path.name for path in (tmp_path / "schemas").iterdir()}
    assert written == {f"{name}.schema.json" for name in json_schemas()}


def test_schema_into_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    assert run("schema", "--output", tmp_path / "file").exit_code == 2
