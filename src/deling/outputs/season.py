"""The dates of the season: on which days of it the typical week takes place."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deling.domain import Calendar, Season

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)


def days_off(calendar: Calendar, season: Season) -> frozenset[dt.date]:
    """Return the closed days and the public holidays of the country.

    A country whose holidays nobody has written down has none.
    """
    found = set(_holidays(calendar.country, season.first.year, season.last.year))
    for first, last in season.closed:
        found.update(first + n * _DAY for n in range((last - first).days + 1))
    return frozenset(found)


@lru_cache(maxsize=8)
def _holidays(country: str, first: int, last: int) -> frozenset[dt.date]:
    # Imported here since it takes its time, and only a season asks for it.
    from holidays import country_holidays

    try:
        return frozenset(country_holidays(country, years=range(first, last + 1)))
    except NotImplementedError:
        return frozenset()


def weekly_dates(season: Season, day: int) -> list[dt.date]:
    """Return every date of the season on a day of the week, Monday being 0."""
    date = season.first + ((day - season.first.weekday()) % 7) * _DAY
    found = []
    while date <= season.last:
        found.append(date)
        date += _WEEK
    return found


def moment_on(date: dt.date, minute: int) -> dt.datetime:
    """Return a minute of the week as local time on the date of its day.

    Minutes past the day's own midnight are on the days after it.
    """
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minute)
