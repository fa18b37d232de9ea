"""``schedule_dated.csv``: the season day by day, one row a session."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling import names
from deling.language import N_, _
from deling.outputs.plan import in_order
from deling.outputs.schedules import describe
from deling.outputs.season import days_off, weekly_dates
from deling.outputs.table import Cell, Dialect, write_table
from deling.units import clock, end_clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deling.domain import Season
    from deling.outputs.outcome import Outcome

HEADER = (
    N_("date"),
    N_("weekday"),
    N_("start"),
    N_("end"),
    N_("activity"),
    N_("group"),
    N_("institution"),
    N_("room"),
    N_("site"),
    N_("staff"),
    N_("equipment"),
    N_("participants"),
    N_("event"),
    N_("need"),
)


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write every session of the season by date and time, where the scenario has a season.

    Bought sessions have no time of their own and are left out.
    """
    season = outcome.scenario.calendar.season
    if season is not None:
        header = [_(column) for column in HEADER]
        write_table(folder / "schedule_dated.csv", header, _rows(outcome, season), dialect)


def _rows(outcome: Outcome, season: Season) -> Iterator[tuple[Cell, ...]]:
    off = days_off(outcome.scenario.calendar, season)
    sessions: dict[int, list[tuple[Cell, ...]]] = defaultdict(list)
    for event in in_order(outcome.plan):
        if event.internal:
            weekday, place = names.day(event.day), outcome.case.site_of(event)
            for need in event.needs:
                group = outcome.case.group_of(need)
                row: tuple[Cell, ...] = (
                    weekday,
                    clock(event.start),
                    end_clock(event.end),
                    names.need(outcome.scenario, need),
                    names.group(outcome.scenario, group.id),
                    names.institution(outcome.scenario, group.institution),
                    describe.room(outcome, event),
                    names.site(outcome.scenario, place),
                    describe.staff(outcome, event),
                    describe.equipment(outcome, event),
                    group.size,
                    event.id,
                    need,
                )
                sessions[event.day].append(row)
    dates = sorted(
        (date, day) for day in sessions for date in weekly_dates(season, day) if date not in off
    )
    for date, day in dates:
        for session in sessions[day]:
            yield (date.isoformat(), *session)
