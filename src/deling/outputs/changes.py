"""``changes.csv``: what is different from today, session by session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.language import N_, _
from deling.outputs.schedules.describe import CHANGES
from deling.outputs.table import Cell, Dialect, write_table
from deling.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deling.domain import Event
    from deling.measures import Change
    from deling.outputs.outcome import Outcome

HEADER = (
    N_("change"),
    N_("institution"),
    N_("group"),
    N_("activity"),
    N_("today"),
    N_("room today"),
    N_("staff today"),
    N_("proposed"),
    N_("room proposed"),
    N_("staff proposed"),
    N_("need"),
)


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write one row a session of today or of the plan."""
    header = [_(column) for column in HEADER]
    write_table(folder / "changes.csv", header, rows(outcome), dialect)


def rows(outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each session of today or of the plan."""
    for change in outcome.changes:
        yield _row(outcome, change)


def _row(outcome: Outcome, change: Change) -> tuple[Cell, ...]:
    scenario = outcome.scenario
    group = outcome.case.group_of(change.need)
    return (
        _(CHANGES[change.kind]),
        names.institution(scenario, group.institution),
        names.group(scenario, group.id),
        names.need(scenario, change.need),
        *_event(outcome, change.before),
        *_event(outcome, change.after),
        change.need,
    )


def _event(outcome: Outcome, event: Event | None) -> tuple[str, str, str]:
    if event is None:
        return ("", "", "")
    if not event.internal:
        return (_("bought outside"), "", "")
    scenario = outcome.scenario
    return (
        f"{names.day(event.day)} {clock(event.start)}",
        names.room(scenario, event.room),
        "; ".join(names.staff(scenario, member) for member in event.staff),
    )
