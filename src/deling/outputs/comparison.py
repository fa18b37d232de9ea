"""``comparison.csv``: every measure of every plan, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.figures import Number, rounded
from deling.goals import GOALS
from deling.language import N_, _
from deling.measures import PLACES
from deling.outputs.table import Cell, Dialect, write_table
from deling.units import dkk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deling.compare import Comparison
    from deling.measures import Unit
    from deling.outputs.outcome import Outcome

LEVELS = {
    "area": N_("area"),
    "sector": N_("sector"),
    "institution": N_("institution"),
    "kind": N_("kind of group"),
    "room": N_("room"),
}


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the comparison."""
    write_comparison(outcome.comparison, folder / "comparison.csv", dialect)


def write_comparison(comparison: Comparison, path: Path, dialect: Dialect) -> None:
    """Write one row a scope and measure, one column a plan."""
    header = [
        _("scope"),
        _("id"),
        _("name"),
        _("measure"),
        _("description"),
        _("unit"),
        *(names.plan(column.label) for column in comparison.columns),
    ]
    write_table(path, header, [*_goal_rows(comparison), *_rows(comparison)], dialect)


def _goal_rows(comparison: Comparison) -> Iterator[list[Cell]]:
    for goal in comparison.case.scenario.goals:
        yield [
            _(LEVELS["area"]),
            "",
            _("The whole area"),
            f"goal_{goal}",
            _(GOALS[goal].sentence),
            _(names.GOAL_UNITS[goal]) if goal == "cost" else "",
            *(
                dkk(column.goals[goal]) if goal == "cost" else column.goals[goal]
                for column in comparison.columns
            ),
        ]


def _rows(comparison: Comparison) -> Iterator[list[Cell]]:
    for row in comparison.rows():
        yield [
            _(LEVELS[row.scope.level]),
            row.scope.id,
            names.scope(comparison.case, row.scope),
            row.measure.id,
            _(row.measure.label),
            names.unit(row.measure.unit),
            *(_cell(value, row.measure.unit) for value in row.values),
        ]


def _cell(value: Number | None, unit: Unit) -> Cell:
    if value is None:
        return None
    places = PLACES[unit]
    amount = rounded(value, places)
    return amount if places else int(amount)
