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
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from deling.domain import Event, Season
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


def occurrences(outcome: Outcome, season: Season) -> Iterator[tuple[dt.date, Event]]:
    """Yield every event on every date that it takes place, by date and time."""
    off = days_off(outcome.scenario.calendar, season)
    events: dict[int, list[Event]] = defaultdict(list)
    for event in in_order(outcome.plan):
        if event.internal:
            events[event.day].append(event)
    dates = sorted(
        (date, day) for day in events for date in weekly_dates(season, day) if date not in off
    )
    for date, day in dates:
        for event in events[day]:
            yield date, event


def _rows(outcome: Outcome, season: Season) -> Iterator[tuple[Cell, ...]]:
    # An event takes place on dozens of dates: it is described once.
    described = {event.id: _sessions(outcome, event) for event in outcome.plan.internal}
    for date, event in occurrences(outcome, season):
        for session in described[event.id]:
            yield (date.isoformat(), *session)


def _sessions(outcome: Outcome, event: Event) -> list[tuple[Cell, ...]]:
    weekday, start, end = names.day(event.day), clock(event.start), end_clock(event.end)
    return [(weekday, start, end, *details(outcome, event, need)) for need in event.needs]


def details(outcome: Outcome, event: Event, need: str) -> tuple[str | int, ...]:
    """Return the cells of a session from the activity on."""
    scenario = outcome.scenario
    group = outcome.case.group_of(need)
    return (
        names.need(scenario, need),
        names.group(scenario, group.id),
        names.institution(scenario, group.institution),
        describe.room(outcome, event),
        names.site(scenario, outcome.case.site_of(event)),
        describe.staff(outcome, event),
        describe.equipment(outcome, event),
        group.size,
        event.id,
        need,
    )
