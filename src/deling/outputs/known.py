"""What an earlier run wrote about a plan: its bounds, read back for those who look at it later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from deling.outputs.folder import RESULT
from deling.outputs.result import goal_number
from deling.result import GoalOutcome, Result
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
            if told.get("sharing") == column.case.sharing and _same(told.get("goals"), column):
                return Result(
                    told["status"],
                    told["sharing"],
                    column.plan,
                    {goal: _outcome(goal, one) for goal, one in told["goals"].items()},
                    seconds=told["seconds"],
                    seed=told["seed"] or 0,
                    workers=told["workers"] or 0,
                    notes=tuple(told["notes"]),
                )
    return Result("feasible", column.case.sharing, column.plan)


def _plans(path: Path, column: Column) -> list[dict[str, Any]]:
    """Return the plans that a record tells of, if it is of the same inputs."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if sorted(record["inputs"].values()) != sorted(column.case.scenario.inputs.values()):
            return []
        # A comparison does not say how each of its plans was searched for.
        run = {key: record.get(key) for key in ("seed", "workers")}
        return [run | plan for plan in record["plans"].values() if "status" in plan]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _same(goals: dict[str, Any] | None, column: Column) -> bool:
    values = {goal: goal_number(goal, value) for goal, value in column.goals.items()}
    return goals is not None and values == {goal: one["value"] for goal, one in goals.items()}


def _outcome(goal: str, told: dict[str, Any]) -> GoalOutcome:
    unit = SIXTIETHS_PER_DKK if goal == "cost" else 1
    value, bound = (round(told[key] * unit) for key in ("value", "bound"))
    return GoalOutcome(value, bound, told["gap"], told["proven"])
