"""``result.json``: what is known of the plan, for programs."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from deling import __version__
from deling.figures import rounded
from deling.measures import MEASURES, PLACES
from deling.outputs.entries import RESULT
from deling.units import dkk

if TYPE_CHECKING:
    from pathlib import Path

    from deling.case import Case
    from deling.compare import Column, Comparison
    from deling.figures import Number
    from deling.measures import Measure
    from deling.outputs.outcome import Outcome
    from deling.outputs.table import Dialect
    from deling.result import GoalOutcome, Result


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the record of a run that has a plan; neither language nor dialect changes it."""
    write_record(record(outcome.result, outcome.case, outcome.comparison), folder)


def write_record(what: dict[str, Any], folder: Path) -> None:
    """Write the record with the list of all files of the run, itself included; so it is last."""
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    what = {**what, "files": sorted([*files, RESULT])}
    with (folder / RESULT).open("w", encoding="utf-8", newline="\n") as file:
        json.dump(what, file, ensure_ascii=False, indent=2)
        file.write("\n")


def record(result: Result, case: Case, comparison: Comparison | None = None) -> dict[str, Any]:
    """Return everything known of a run, ready for JSON."""
    found = {
        "scenario": case.scenario.name,
        **_searched(result),
        "seed": result.seed,
        "workers": result.workers,
        "interrupted": result.interrupted,
        "clash": list(result.clash),
        "version": __version__,
        "versions": {
            "deling": __version__,
            "ortools": _version("ortools"),
            "python": platform.python_version(),
        },
        "inputs": case.scenario.inputs,
    }
    if comparison is not None:
        found["plans"] = {column.label: plan_record(column) for column in comparison.columns}
    return found


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """Return every measure of every plan, ready for JSON."""
    measures: dict[str, Any] = {}
    for row in comparison.rows():
        scope = measures.setdefault(row.scope.level, {})
        if row.scope.id:
            scope = scope.setdefault(row.scope.id, {})
        scope[row.measure.id] = {
            column.label: measure_number(row.measure, value)
            for column, value in zip(comparison.columns, row.values, strict=True)
        }
    return {
        "scenario": comparison.case.scenario.name,
        "version": __version__,
        "inputs": comparison.case.scenario.inputs,
        "plans": {column.label: plan_record(column) for column in comparison.columns},
        "measures": measures,
    }


def plan_record(column: Column) -> dict[str, Any]:
    """Return the values of one plan of a comparison, ready for JSON."""
    found: dict[str, Any] = {
        "sharing": column.case.sharing,
        "valid": not column.breaches,
        "breaches": len(column.breaches),
    }
    if column.result is not None:
        found |= _searched(column.result)
    found["goals"] = (
        _goals(column.result.goals)
        if column.result is not None
        else {goal: {"value": goal_number(goal, value)} for goal, value in column.goals.items()}
    )
    found["measures"] = {
        one.id: measure_number(one, column.measures.value(one.id))
        for one in MEASURES
        if "area" in one.levels
    }
    return found


def goal_number(goal: str, value: int) -> int | float:
    """Return a goal value as files state it: ``cost`` in DKK, the others as they are."""
    return float(dkk(value)) if goal == "cost" else value


def measure_number(one: Measure, value: Number | None) -> int | float | None:
    """Return a measure as a JSON number."""
    if value is None:
        return None
    places = PLACES[one.unit]
    amount = rounded(value, places)
    return float(amount) if places else int(amount)


def _searched(result: Result) -> dict[str, Any]:
    # Where the clock has no say, it is not told either: the same input gives the same file.
    timed = result.work is None
    return {
        "status": result.status,
        "ended": result.ended,
        "sharing": result.sharing,
        "goals": _goals(result.goals),
        "seconds": _thousandths(result.seconds if timed else None),
        "seconds_to_first_plan": _thousandths(result.seconds_to_first_plan if timed else None),
        "work": _thousandths(result.work),
        "notes": list(result.notes),
    }


def _goals(goals: dict[str, GoalOutcome]) -> dict[str, Any]:
    return {
        goal: {
            "value": goal_number(goal, outcome.value),
            "bound": goal_number(goal, outcome.bound),
            "proven": outcome.proven,
            "gap": round(outcome.gap, 6),
        }
        for goal, outcome in goals.items()
    }


def _thousandths(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 3)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
