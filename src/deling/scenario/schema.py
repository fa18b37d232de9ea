"""All shapes of input by name, and their JSON Schemas for editors and other programs."""

from __future__ import annotations

from typing import Any

from deling.scenario.event_rows import UseRow
from deling.scenario.rows import (
    AgreementRow,
    EquipmentRow,
    GroupRow,
    InstitutionRow,
    NeedRow,
    RoomRow,
    SiteRow,
    StaffRow,
    TravelTableRow,
)
from deling.scenario.settings import DEFAULT_MODES, ScenarioShape
from deling.scenario.shape import RowShape, blank_text, columns

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ANNOTATIONS = ("title", "description", "default")
_NOTES = "^[nN][oO][tT][eE]"

TABLES: dict[str, type[RowShape]] = {
    row.table: row
    for row in (
        SiteRow,
        InstitutionRow,
        RoomRow,
        StaffRow,
        EquipmentRow,
        GroupRow,
        NeedRow,
        UseRow,
        TravelTableRow,
        AgreementRow,
    )
}
"""The tables of a scenario, those that others name first."""


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of the scenario file (``scenario``) and of a row of each table.

    They are for editors and forms: a file that they accept may still be refused by `load`, which
    looks across tables.
    """
    return {
        "scenario": _scenario_schema(),
        **{name: _row_schema(shape) for name, shape in TABLES.items()},
    }


def _scenario_schema() -> dict[str, Any]:
    schema = ScenarioShape.model_json_schema()
    # A file that extends another may leave everything to it.
    del schema["required"]
    schema["anyOf"] = [{"required": ["name", "tables"]}, {"required": ["extends"]}]
    parts = schema["$defs"]
    parts["KnownMode"] = {
        key: part for key, part in parts["ModeShape"].items() if key != "required"
    }
    modes = parts["TravelShape"]["properties"]["modes"]
    ((pattern, own),) = modes.pop("patternProperties").items()
    modes["properties"] = {mode: {"$ref": "#/$defs/KnownMode"} for mode in DEFAULT_MODES}
    modes |= {"additionalProperties": own, "propertyNames": {"pattern": pattern}}
    parts["ChangeShape"]["allOf"] = [_change_of(name) for name in TABLES]
    for shape in (schema, *parts.values()):
        required = ("name", "tables", *shape.get("required", ()))
        for key, field in shape.get("properties", {}).items():
            _tidy(key, field, key not in required)
    parts.update({f"cells-{name}": _cells(shape) for name, shape in TABLES.items()})
    return {"$schema": DIALECT, **schema, "title": "Scenario of deling"}


def _tidy(key: str, field: dict[str, Any], may_be_blank: bool) -> None:
    """Title a key as it is written, show numbers as numbers, and let it be blank."""
    field["title"] = key
    default = field.get("default")
    if isinstance(default, (dict, type(None))):
        field.pop("default", None)
    elif isinstance(default, str) and default.isdigit() | ("." in default):
        field["default"] = float(default)
    if may_be_blank and "anyOf" not in field:
        said = {word: field.pop(word) for word in [*field] if word not in _ANNOTATIONS}
        field["anyOf"] = [said, {"type": "null"}]


def _change_of(table: str) -> dict[str, Any]:
    """Return what `change` may say of one table: its columns."""
    cells = {"$ref": f"#/$defs/cells-{table}"}
    return {
        "if": {"properties": {"table": {"const": table}}},
        "then": {"properties": dict.fromkeys(("where", "set", "add", "drop"), cells)},
    }


def _cells(shape: type[RowShape]) -> dict[str, Any]:
    text = {"type": ["string", "number", "boolean", "null"]}
    described = shape.model_json_schema()["properties"]
    return {
        "properties": {
            name: {
                "description": cell["description"],
                **({"enum": [*cell["enum"], "", None]} if "enum" in cell else text),
            }
            for name, cell in described.items()
        },
        "patternProperties": {_NOTES: text},
        "additionalProperties": False,
    }


def _row_schema(shape: type[RowShape]) -> dict[str, Any]:
    schema = shape.model_json_schema()
    for name, field in columns(shape).items():
        described = schema["properties"][name]
        described["title"] = name
        described.pop("default", None)
        if default := blank_text(field):
            described["default"] = int(default) if default.isdigit() else default
    schema["patternProperties"] = {_NOTES: {"description": "Your own notes."}}
    return {"$schema": DIALECT, **schema, "title": shape.table}
