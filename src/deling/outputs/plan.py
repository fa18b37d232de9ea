"""``plan.csv``, and ``plans/`` of a ladder: the one form that every program reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deling.evaluate import session_costs
from deling.figures import ore_in_dkk
from deling.outputs.table import PLAIN, Cell, Dialect, write_table
from deling.units import DAY, DAYS, clock, end_clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal
    from pathlib import Path

    from deling.case import Case
    from deling.compare import Column, Comparison
    from deling.domain import Event, Plan
    from deling.outputs.outcome import Outcome


class PlanRow(NamedTuple):
    """A session of a plan, in the columns of ``plan.csv``.

    Attributes
    ----------
    day, start, end, room, site, staff, equipment
        None for a bought session; ``start`` and ``end`` in minutes of the day, up to 1440.
    participants
        Of the session's group.
    cost
        In DKK.
    """

    event: str
    need: str
    group: str
    institution: str
    source: str
    day: str | None
    start: int | None
    end: int | None
    room: str | None
    site: str | None
    staff: str | None
    equipment: str | None
    participants: int
    cost: Decimal


HEADER = PlanRow._fields
_Text = str | None
_Where = tuple[_Text, int | None, int | None, _Text, _Text, _Text, _Text]
"""The columns from ``day`` to ``equipment``."""
_NOWHERE: _Where = (None, None, None, None, None, None, None)


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
    rows = plan_rows(plan, case, session_costs(plan, case))
    write_table(path, HEADER, map(_with_clock, rows), PLAIN)


def _with_clock(row: PlanRow) -> tuple[Cell, ...]:
    if row.start is None or row.end is None:
        return row
    at = HEADER.index("start")
    return (*row[:at], clock(row.start), end_clock(row.end), *row[at + 2 :])


def in_order(plan: Plan) -> list[Event]:
    """Return internal events by time, then the bought ones."""
    return sorted(plan.events, key=lambda event: (not event.internal, event.start, event.id))


def plan_rows(plan: Plan, case: Case, costs: Mapping[tuple[str, str], int]) -> Iterator[PlanRow]:
    """Yield the sessions of a plan, event by event.

    Parameters
    ----------
    plan, case
        The plan and its case.
    costs
        What each session costs, in øre, by event and need.
    """
    for event in in_order(plan):
        where = _NOWHERE
        if event.internal:
            start = event.start % DAY
            where = (
                DAYS[event.day],
                start,
                start + event.minutes,
                event.room,
                case.site_of(event),
                " ".join(event.staff),
                " ".join(f"{item}:{units}" for item, units in event.equipment),
            )
        for need in event.needs:
            group = case.group_of(need)
            yield PlanRow(
                event.id,
                need,
                group.id,
                group.institution,
                event.source,
                *where,
                group.size,
                ore_in_dkk(costs[event.id, need]),
            )
