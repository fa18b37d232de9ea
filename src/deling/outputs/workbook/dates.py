"""The season day by day with real dates, for pivoting by week or month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.figures import shown
from deling.language import _
from deling.outputs import dated
from deling.outputs.workbook.book import Column
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.domain import Event, Season
    from deling.outputs.outcome import Outcome
    from deling.outputs.workbook.book import Book, Form, Value

MOST = 200_000
"""Rows up to which the sheet is made: a fifth of what a sheet can hold."""
_FORMS: tuple[tuple[Form, float], ...] = (
    ("date", 12),
    ("text", 8),
    ("time", 8),
    ("time", 8),
    ("text", 24),
    ("text", 22),
    ("text", 26),
    ("text", 22),
    ("text", 22),
    ("text", 36),
    ("text", 26),
    ("whole", 12),
    ("id", 22),
    ("id", 22),
)


def add(book: Book, outcome: Outcome) -> None:
    """Add the sheet, where the scenario has a season."""
    season = outcome.scenario.calendar.season
    if season is None:
        return
    count = sum(len(event.needs) for _date, event in dated.occurrences(outcome, season))
    if count > MOST:
        text = _("The {count} dates of the season are in {file}; the workbook has {most} at most.")
        book.missing.append(
            text.format(count=shown(count), file="schedule_dated.csv", most=shown(MOST))
        )
        return
    columns = [
        Column(_(title), form, width)
        for title, (form, width) in zip(dated.HEADER, _FORMS, strict=True)
    ]
    sheet = book.sheet(_("Dates"), _("Every session on every date of the season"))
    book.table(sheet, columns, _rows(outcome, season), keep=4)


def _rows(outcome: Outcome, season: Season) -> Iterator[tuple[Value, ...]]:
    described = {event.id: _sessions(outcome, event) for event in outcome.plan.internal}
    for date, event in dated.occurrences(outcome, season):
        for session in described[event.id]:
            yield (date, *session)


def _sessions(outcome: Outcome, event: Event) -> list[tuple[Value, ...]]:
    weekday, start = names.day(event.day), event.start % DAY
    when = (weekday, start, start + event.minutes)
    return [(*when, *dated.details(outcome, event, need)) for need in event.needs]
