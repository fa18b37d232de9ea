"""What an earlier run wrote about a plan: its bounds, read back for those who look at it later."""

from __future__ import annotations

from contextlib import suppress
from math import isfinite
from typing import TYPE_CHECKING, Any, get_args

from deling.outputs.entries import RESULT, record_of
from deling.outputs.result import goal_number
from deling.result import Ended, GoalOutcome, Result
from deling.units import SIXTIETHS_PER_DKK

if TYPE_CHECKING:
    from pathlib import Path

    from deling.compare import Column


def known_of(column: Column, path: Path) -> Result:
    """Return what is known of a plan from the ``result.json`` beside or above its file.

    Nothing is taken over unless the inputs and the goal values are still the same: the bounds of
    another scenario, or of the plan before somebody edited it, would be wrong.
    """
    for folder in (path.parent, path.parent.parent):
        for told in _plans(folder / RESULT, column):
            # The file may have been changed by anybody, into anything.
            with suppress(ValueError, OverflowError, KeyError, TypeError, AttributeError):
                if told["sharing"] == column.case.sharing and _same(told["goals"], column):
                    return _result(told, column)
    return Result("feasible", column.case.sharing, column.plan)


def _result(told: dict[str, Any], column: Column) -> Result:
    if told["status"] not in ("optimal", "feasible") or told["ended"] not in get_args(Ended):
        raise ValueError(told)
    work = told["work"]
    return Result(
        told["status"],
        told["sharing"],
        column.plan,
        {goal: _outcome(goal, one) for goal, one in told["goals"].items()},
        seconds=0.0 if work is not None else _number(told["seconds"]),
        seed=int(told["seed"] or 0),
        workers=int(told["workers"] or 0),
        ended=told["ended"],
        work=None if work is None else _number(work),
        notes=tuple(str(note) for note in told["notes"]),
    )


def _plans(path: Path, column: Column) -> list[dict[str, Any]]:
    """Return the plans that a record tells of, if it is of the same inputs."""
    try:
        record = record_of(path.parent)
        if sorted(record["inputs"].values()) != sorted(column.case.scenario.inputs.values()):
            return []
        # A comparison does not say how each of its plans was searched for.
        run = {key: record.get(key) for key in ("seed", "workers")}
        return [run | plan for plan in record["plans"].values() if "status" in plan]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _same(goals: dict[str, Any], column: Column) -> bool:
    values = {goal: goal_number(goal, value) for goal, value in column.goals.items()}
    return values == {goal: one["value"] for goal, one in goals.items()}


def _number(told: Any) -> float:
    number = float(told)
    if not isfinite(number):
        raise ValueError(told)
    return number


def _outcome(goal: str, told: dict[str, Any]) -> GoalOutcome:
    unit = SIXTIETHS_PER_DKK if goal == "cost" else 1
    value, bound = (round(told[key] * unit) for key in ("value", "bound"))
    return GoalOutcome(value, bound, _number(told["gap"]), told["proven"] is True)
