"""``plan.csv``, and ``plans/`` of a ladder: the one form that every program reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.evaluate import session_costs
from deling.figures import ore_in_dkk
from deling.outputs.table import PLAIN, Cell, Dialect, write_table
from deling.units import DAYS, clock, end_clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deling.case import Case
    from deling.compare import Column, Comparison
    from deling.domain import Event, Plan
    from deling.outputs.outcome import Outcome

HEADER = (
    "event",
    "need",
    "group",
    "institution",
    "source",
    "day",
    "start",
    "end",
    "room",
    "site",
    "staff",
    "equipment",
    "participants",
    "cost",
)


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the plan; neither language nor dialect changes this file."""
    write_plan(outcome.plan, outcome.case, folder / "plan.csv")


def write_ladder(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the plan of every level of a ladder into ``plans/``."""
    if len(searched_for(outcome.comparison)) > 1:
        write_plans(outcome.comparison, folder)


def write_plans(comparison: Comparison, folder: Path) -> None:
    """Write the plans that were searched for into ``plans/``."""
    for column in searched_for(comparison):
        write_plan(column.plan, column.case, folder / "plans" / f"{column.label}.csv")


def searched_for(comparison: Comparison) -> list[Column]:
    """Return the columns with plans that a search has found."""
    return [column for column in comparison.columns if column.result is not None]


def write_plan(plan: Plan, case: Case, path: Path) -> None:
    """Write a plan in its fixed form."""
    write_table(path, HEADER, _rows(plan, case), PLAIN)


def in_order(plan: Plan) -> list[Event]:
    """Return internal events by time, then the bought ones."""
    return sorted(plan.events, key=lambda event: (not event.internal, event.start, event.id))


def _rows(plan: Plan, case: Case) -> Iterator[tuple[Cell, ...]]:
    costs = session_costs(plan, case)
    for event in in_order(plan):
        where: tuple[str, ...] = ("",) * 7
        if event.internal:
            where = (
                DAYS[event.day],
                clock(event.start),
                end_clock(event.end),
                event.room,
                case.site_of(event),
                " ".join(event.staff),
                " ".join(f"{item}:{units}" for item, units in event.equipment),
            )
        for need in event.needs:
            group = case.group_of(need)
            cost = ore_in_dkk(costs[event.id, need])
            yield (
                event.id,
                need,
                group.id,
                group.institution,
                event.source,
                *where,
                group.size,
                cost,
            )
