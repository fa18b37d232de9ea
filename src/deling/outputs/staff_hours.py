"""``staff.csv``: how much each member of staff works, travels, waits and is lent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.figures import in_hours, rounded
from deling.language import N_, _
from deling.outputs.table import Cell, Dialect, write_table
from deling.tours import roster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from pathlib import Path

    from deling.domain import StaffMember
    from deling.outputs.outcome import Outcome
    from deling.tours import Week

HEADER = (
    N_("staff"),
    N_("role"),
    N_("institution"),
    N_("employment"),
    N_("sessions"),
    N_("hours in sessions"),
    N_("hours on the way"),
    N_("hours waiting"),
    N_("working hours"),
    N_("most hours a week"),
    N_("hours for other institutions"),
    N_("working hours today"),
)


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write one row a member of staff, in the order of the table."""
    header = [_(column) for column in HEADER]
    write_table(folder / "staff.csv", header, rows(outcome), dialect)


def rows(outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each member of staff."""
    now = roster(outcome.scenario.today, outcome.case).weeks
    weeks = roster(outcome.plan, outcome.case).weeks
    for member in outcome.scenario.staff.values():
        yield _row(outcome, member, weeks.get(member.id), now.get(member.id))


def _row(
    outcome: Outcome, member: StaffMember, week: Week | None, now: Week | None
) -> tuple[Cell, ...]:
    most = member.weekly_minutes
    return (
        member.id,
        member.role,
        names.institution(outcome.scenario, member.institution),
        _(names.EMPLOYMENT[member.employment]),
        len(week.events) if week else 0,
        _hours(week.event_minutes if week else 0),
        _hours(week.travel if week else 0),
        _hours(week.waiting if week else 0),
        _hours(week.working if week else 0),
        None if most is None else _hours(most),
        _hours(_lent(outcome, member, week) if week else 0),
        _hours(now.working if now else 0),
    )


def _lent(outcome: Outcome, member: StaffMember, week: Week) -> int:
    """Return the minutes of events that serve a group of another institution."""
    return sum(
        event.minutes
        for event in week.events
        if any(outcome.case.institution_of(need).id != member.institution for need in event.needs)
    )


def _hours(minutes: int) -> Decimal:
    return rounded(in_hours(minutes), 2)
