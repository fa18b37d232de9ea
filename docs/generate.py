"""Keeps the generated parts of the documentation in step with the code.

A generated part of a Markdown page stands between two comments::

    <!-- generated: rules -->
    ...
    <!-- end -->

Its content comes from the function of that name in `PARTS`: tables of the file format from the
shapes that read it, rules and goals from their own sentences, files from the writers' headers. A
part may also be the output of a command, ``<!-- output: deling check area.yaml -->``; with titles
after it, ``<!-- output: deling check area.yaml; What; Why -->``, only the paragraphs that begin so.
Outputs of a search (``<!-- search: deling run ... -->``) are refreshed only when asked for, since
they take time and may depend on it.

    python docs/generate.py            rewrite the pages
    python docs/generate.py --check    say which pages are out of step, and exit 1 if any is
    python docs/generate.py --search   rewrite the outputs of searches as well
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deling.cli import COMMANDS
from deling.goals import GOALS
from deling.measures import MEASURES, PLACES
from deling.outputs import changes, dated, staff_hours, unmet
from deling.outputs.plan import HEADER as PLAN_HEADER
from deling.outputs.schedules import institutions, rooms, staff
from deling.rules import RULES
from deling.scenario.event_rows import PlanRow
from deling.scenario.schema import TABLES, json_schemas
from deling.scenario.settings import DEFAULT_MODES
from deling.scenario.shape import columns, references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from deling.scenario.shape import RowShape

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
PART = re.compile(
    r"^<!-- (?P<kind>generated|output|search): (?P<what>.+?) -->\n(?P<content>.*?)^<!-- end -->$",
    re.MULTILINE | re.DOTALL,
)
SCENARIO = json_schemas()["scenario"]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [list(header), ["---"] * len(header), *(list(row) for row in rows)]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def sentence(text: str) -> str:
    """Return a text as it stands in a cell of a table."""
    return text.replace("\n", " ").removesuffix(".")


# What a cell or a setting may hold


def values(schema: dict[str, Any]) -> str:
    """Say in words what a schema allows."""
    choices = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    return " or ".join(dict.fromkeys(_values(one) for one in choices))


def _values(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return "keys of its own"
    if "oneOf" in schema:
        return " or ".join(_values(one) for one in schema["oneOf"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " ".join(f"`{word}`" for word in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_values(schema['items'])}"
    if schema.get("type") == "object":
        return "values by name"
    if schema.get("type") in ("integer", "number"):
        return _number(schema)
    if schema.get("format") == "date":
        return "date, `2026-08-31`"
    return PATTERNS.get(schema.get("pattern", ""), "text")


def _number(schema: dict[str, Any]) -> str:
    if "multipleOf" in schema:
        return "DKK"
    kind = "whole number" if schema["type"] == "integer" else "number"
    if "exclusiveMinimum" in schema:
        return f"{kind} > {schema['exclusiveMinimum']}"
    low, high = schema["minimum"], schema["maximum"]
    return f"{kind} ≥ {low}" if high > 1440 or not low else f"{kind} {low} to {high}"


_ID = "[a-zæøå0-9][a-zæøå0-9_-]*"
PATTERNS = {
    f"^{_ID}$": "id",
    rf"^{_ID}(:[0-9]+)?( +{_ID}(:[0-9]+)?)*$": "list",
    "^[A-Z]{2}$": "two letters",
    r"^\d{4}-W\d{2}$": "week, `2026-W37`",
    r"^\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?$": "dates or ranges of dates",
    r"^\d?\d:\d\d": "time, `09:30`",
}


def default(schema: dict[str, Any], required: bool) -> str:
    """Say what a blank stands for."""
    if required:
        return "**must be filled**"
    if (value := schema.get("default")) in (None, "", []):
        return ""
    if isinstance(value, list):
        return f"`[{', '.join(value)}]`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


# The parts


def settings(name: str) -> str:
    """Return the keys of a section of the scenario file."""
    schema = SCENARIO if name == "scenario" else SCENARIO["$defs"][name]
    required = schema.get("required", ["name", "tables"] if name == "scenario" else [])
    return table(
        ("key", "holds", "default", "meaning"),
        (
            (
                f"`{key}`",
                values(field),
                default(field, key in required),
                sentence(field["description"]),
            )
            for key, field in schema["properties"].items()
        ),
    )


def modes() -> str:
    """Return the ways to travel that every scenario has."""
    keys = ("speed", "fixed", "trip_cost", "fleet")
    blank = {"fixed": "0", "trip_cost": "0", "fleet": "no limit"}
    return table(
        ("mode", *(f"`{key}`" for key in keys)),
        (
            (f"`{mode}`", *((blank | given)[key] for key in keys))
            for mode, given in DEFAULT_MODES.items()
        ),
    )


def tables() -> str:
    """Return every column of every table."""
    return "\n\n".join(_table(shape) for shape in TABLES.values())


def _table(shape: type[RowShape]) -> str:
    schema = json_schemas()[shape.table]
    named = references(shape)
    must = "This table is required." if shape.required else "This table may be missing."
    key = " + ".join(f"`{column}`" for column in shape.key)
    rows = []
    for column in columns(shape):
        field = schema["properties"][column]
        holds = values(field)
        if column in named:
            target = named[column]
            of = (
                "a mode of the scenario file"
                if target == "modes"
                else f"[`{target}`](#{target}csv)"
            )
            holds = f"list of ids of {of}" if holds == "list" else f"id of {of}"
        elif field.get("minLength"):
            holds = "opening hours"
        needed = column in schema.get("required", ())
        meaning = sentence(field["description"].replace(" (opening hours)", ""))
        rows.append((f"`{column}`", holds, default(field, needed), meaning))
    about = (shape.__doc__ or "").strip()
    body = table(("column", "holds", "blank means", "meaning"), rows)
    return f"### `{shape.table}.csv`\n\n{about} Key: {key}. {must}\n\n{body}"


def rules() -> str:
    """Return every rule with its sentence."""
    return table(
        ("rule", "holds when", "can be switched off"),
        (
            (
                f"[`{rule.id}`](#{rule.id})",
                sentence(rule.sentence),
                "yes" if rule.switchable else "no",
            )
            for rule in RULES
        ),
    )


def rule_settings() -> str:
    """Return the rules that have parameters in the scenario file."""
    found = SCENARIO["$defs"]
    plain = {"on", "off"}
    rows = []
    for key, field in found["RulesShape"]["properties"].items():
        if {*_words(field)} - plain or "oneOf" in field["anyOf"][0]:
            rows.append((f"`{key}`", sentence(field["description"])))
    for key, field in found["StaffDayShape"]["properties"].items():
        text = f"{sentence(field['description'])}; {default(field, False)} by default"
        rows.append((f"`staff_day: {{{key}: …}}`", text))
    return table(("key under `rules`", "meaning"), rows)


def _words(field: dict[str, Any]) -> Iterable[str]:
    for one in field["anyOf"]:
        yield from one.get("enum", [one["const"]] if "const" in one else [])


def goals() -> str:
    """Return every goal with its sentence."""
    best = {"max": "most", "min": "least"}
    return table(
        ("goal", "value", "best"),
        ((f"`{goal.id}`", sentence(goal.sentence), best[goal.sense]) for goal in GOALS.values()),
    )


def measures() -> str:
    """Return every measure, its unit and where it is reported."""
    levels = {
        "area": "area",
        "sector": "sector",
        "institution": "institution",
        "kind": "kind of group",
        "room": "room",
    }
    return table(
        ("measure", "what it is", "unit", "decimals", "reported for"),
        (
            (
                f"`{one.id}`",
                one.label,
                one.unit,
                str(PLACES[one.unit]),
                ", ".join(name for level, name in levels.items() if level in one.levels),
            )
            for one in MEASURES
        ),
    )


def header(names: Sequence[str]) -> str:
    """Return the columns of a file."""
    return ", ".join(f"`{name}`" for name in names)


def plan_columns() -> str:
    """Return the columns of a plan file with their meaning."""
    described = {key: sentence(field.description or "") for key, field in columns(PlanRow).items()}
    return table(
        ("column", "meaning"), ((f"`{column}`", described[column]) for column in PLAN_HEADER)
    )


def commands() -> str:
    """Return every command with its line of help."""
    return table(
        ("command", "what it does"),
        ((f"`deling {name}`", sentence(text)) for name, (_module, text) in COMMANDS.items()),
    )


PARTS: dict[str, Callable[[], str]] = {
    "settings": lambda: settings("scenario"),
    "calendar": lambda: settings("CalendarShape"),
    "season": lambda: settings("SeasonShape"),
    "travel": lambda: settings("TravelShape"),
    "mode": lambda: settings("ModeShape"),
    "modes": modes,
    "change": lambda: settings("ChangeShape"),
    "solve": lambda: settings("SolveShape"),
    "tables": tables,
    "rules": rules,
    "rule settings": rule_settings,
    "goals": goals,
    "measures": measures,
    "plan.csv": plan_columns,
    "schedules of institutions": lambda: header(institutions.HEADER),
    "schedules of staff": lambda: header(staff.HEADER),
    "schedules of rooms": lambda: header(rooms.HEADER),
    "schedule_dated.csv": lambda: header(dated.HEADER),
    "changes.csv": lambda: header(changes.HEADER),
    "unmet.csv": lambda: header(unmet.HEADER),
    "staff.csv": lambda: header(staff_hours.HEADER),
    "commands": commands,
}


# Pages


def output(what: str) -> str:
    """Return a command and what it prints, or the paragraphs with the titles after it."""
    command, *titles = (part.strip() for part in what.split(";"))
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "DELING_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command}: {done.stderr}")
    paragraphs = done.stdout.strip().split("\n\n")
    if titles:
        paragraphs = [one for one in paragraphs if one.startswith(tuple(titles))]
    return "\n\n".join([f"```text\n$ {command}", *paragraphs]) + "\n```"


def page(text: str, *, search: bool = False) -> str:
    """Return a page with its generated parts renewed."""

    def renewed(part: re.Match[str]) -> str:
        kind, what = part["kind"], part["what"]
        if kind == "search" and not search:
            return part[0]
        content = PARTS[what]() if kind == "generated" else output(what)
        gap = "\n" if kind == "generated" else ""
        return f"<!-- {kind}: {what} -->\n{gap}{content}\n{gap}<!-- end -->"

    return PART.sub(renewed, text)


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or say which are out of step."""
    stale = False
    for path in PAGES:
        old = path.read_text(encoding="utf-8")
        new = page(old, search="--search" in arguments)
        if new == old:
            continue
        stale = True
        if "--check" in arguments:
            name = str(path.relative_to(ROOT))
            lines = difflib.unified_diff(
                old.splitlines(), new.splitlines(), name, "generated", "", "", 1
            )
            print(*lines, sep="\n")
        else:
            path.write_text(new, encoding="utf-8", newline="\n")
            print(path.relative_to(ROOT))
    return int(stale and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
