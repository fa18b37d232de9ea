"""The JSON Schemas that editors read, and the tables they describe."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from deling.goals import GOALS
from deling.rules import RULES
from deling.scenario.cells import ID_PATTERN
from deling.scenario.schema import TABLES, json_schemas
from deling.scenario.settings import GOAL_IDS, RulesShape, TableName

SCHEMAS = json_schemas()
SCENARIO = SCHEMAS["scenario"]
COLUMNS = {
    "sites": "site name latitude longitude",
    "institutions": "institution name sector site opening_hours max_away",
    "rooms": "room name site institution kind area_m2 capacity features available shared_with"
    " shared_hours hourly_cost turnaround part_of",
    "staff": "staff role institution site skills available weekly_hours shared_with shared_hours"
    " lend_hours hourly_cost travel_mode cleared employment",
    "equipment": "equipment kind institution site quantity portable available shared_with"
    " shared_hours move_minutes move_cost",
    "groups": "group name institution site size kind available travel_mode max_travel usual_staff"
    " staff_hourly_cost part_of",
    "needs": "need name group activity sessions minutes weight skills features equipment hours"
    " preferred min_days_between same_staff joint max_participants attendants buy_price",
    "use": "event need source day start minutes room staff equipment fixed",
    "travel": "from to mode minutes",
    "agreements": "institution with kinds",
}
REQUIRED = {
    "sites": "site latitude longitude",
    "institutions": "institution sector site opening_hours",
    "rooms": "room institution capacity",
    "staff": "staff institution skills available",
    "equipment": "equipment kind institution",
    "groups": "group institution size kind",
    "needs": "need group activity sessions minutes",
    "use": "event",
    "travel": "from to mode minutes",
    "agreements": "institution with",
}


def test_one_schema_a_file():
    assert list(SCHEMAS) == ["scenario", *COLUMNS]
    assert get_args(TableName) == tuple(TABLES)


@pytest.mark.parametrize("table", [*COLUMNS])
def test_tables_have_the_contracts_columns(table):
    schema = SCHEMAS[table]
    assert set(schema["properties"]) == set(COLUMNS[table].split())
    assert set(schema["required"]) == set(REQUIRED[table].split())
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("table", [*COLUMNS])
def test_every_column_is_explained(table):
    for column, described in SCHEMAS[table]["properties"].items():
        assert described["title"] == column
        assert described["description"].endswith(".")


def keys(schema, path=""):
    for name, shape in {"": schema, **schema["$defs"]}.items():
        if not name.startswith("cells-"):
            for key, described in shape.get("properties", {}).items():
                yield f"{name}.{key}", described


@pytest.mark.parametrize(("key", "described"), [*keys(SCENARIO)])
def test_every_key_is_explained(key, described):
    assert described["description"].endswith(".")
    assert described["title"] == key.rpartition(".")[2]


def test_editors_know_the_words():
    text = str(SCENARIO)
    for word in ("served", "elder_care", "minibus", "Mo", "sector", "nursery", "agreements"):
        assert f"'{word}'" in text or word in SCENARIO["$defs"], word
    rules = SCENARIO["$defs"]["RulesShape"]["properties"]
    assert list(rules) == list(RulesShape.model_fields)
    assert rules["keep"]["anyOf"][0]["enum"] == ["on", "off"]
    assert rules["grid"]["anyOf"][0]["const"] == "on"
    assert SCENARIO["$defs"]["StaffDayShape"]["properties"]["rest"]["default"] == 11
    assert SCENARIO["$defs"]["SolveShape"]["properties"]["time_limit"]["default"] == 60


def test_changes_know_each_tables_columns():
    rooms = SCENARIO["$defs"]["cells-rooms"]
    assert set(rooms["properties"]) == set(COLUMNS["rooms"].split())
    assert rooms["additionalProperties"] is False


@pytest.mark.parametrize("good", ["a", "9", "børnehus-2_b", "æ"])
def test_ids(good):
    assert re.fullmatch(ID_PATTERN, good)


@pytest.mark.parametrize("bad", ["", "A", "-a", "_a", "a b", "a.b", "é"])
def test_what_is_no_id(bad):
    assert not re.fullmatch(ID_PATTERN, bad)


def test_the_file_knows_the_rules_and_goals_that_exist():
    assert set(RulesShape.model_fields) == {rule.id for rule in RULES}
    switchable = {rule.id for rule in RULES if rule.switchable}
    rules = SCENARIO["$defs"]["RulesShape"]["properties"]
    assert switchable == {name for name, said in rules.items() if "off" in str(said["anyOf"])}
    assert set(GOAL_IDS) == set(GOALS)
