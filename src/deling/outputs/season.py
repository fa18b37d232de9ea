"""The dates of the season: on which days of it the typical week takes place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deling.scenario.public_holidays import public_holidays

if TYPE_CHECKING:
    from deling.domain import Calendar, Season

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)


def days_off(calendar: Calendar, season: Season) -> frozenset[dt.date]:
    """Return the closed days and the public holidays of the country.

    A country whose holidays are not known has none.
    """
    found = set(public_holidays(calendar.country, season) or ())
    for first, last in season.closed:
        found.update(first + n * _DAY for n in range((last - first).days + 1))
    return frozenset(found)


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
