"""Entries of a week as an iCalendar file of the season."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from deling import __version__
from deling.language import language
from deling.outputs.calendars.revisions import revise
from deling.outputs.season import days_off, moment_on, weekly_dates
from deling.units import DAY, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from deling.domain import Scenario
    from deling.outputs.calendars.entries import Entry

ZONE = "Europe/Copenhagen"
_ZONE = ZoneInfo(ZONE)


class Writer:
    """Writes the calendars of one scenario.

    Parameters
    ----------
    made
        The date that new and changed events are marked with.
    """

    def __init__(self, scenario: Scenario, made: dt.date) -> None:
        season = scenario.calendar.season
        assert season is not None
        self._stem = scenario.stem
        self._off = days_off(scenario.calendar, season)
        self._dates = [weekly_dates(season, day) for day in range(7)]
        self._zone = _zone()
        # A date alone, so that the same plan on the same day gives the same bytes.
        self._stamp = dt.datetime.combine(made, dt.time(), dt.UTC)

    def calendar(
        self,
        kind: str,
        owner: str,
        title: str,
        entries: Iterable[Entry],
        earlier: Mapping[str, Event],
    ) -> bytes:
        """Return a calendar file.

        Parameters
        ----------
        kind, owner
            Whose calendar it is: ``rooms`` and the id of a room.
        title
            What a program shows as its name.
        earlier
            The events of the file that this one replaces, by identity.
        """
        calendar = Calendar()
        calendar.add("prodid", f"-//deling//deling {__version__}//{language().upper()}")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", vText(title))
        calendar.add("x-wr-timezone", ZONE)
        calendar.add("refresh-interval", dt.timedelta(days=1), {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "P1D")
        calendar.add_component(self._zone)
        for entry in entries:
            event = self._event(entry, f"deling:{self._stem}:{kind}:{owner}:{entry.identity}")
            if event is not None:
                revise(event, earlier.get(str(event["uid"])), self._stamp)
                calendar.add_component(event)
        text: bytes = calendar.to_ical()
        return text

    def _event(self, entry: Entry, identity: str) -> Event | None:
        """Return one weekly event, or None where no day of the season is left for it."""
        dates = self._dates[day_of(entry.start)]
        held = [date for date in dates if date not in self._off]
        if not held:
            return None
        starts = entry.start % DAY

        def at(date: dt.date, minute: int = starts) -> dt.datetime:
            return moment_on(date, minute).replace(tzinfo=_ZONE)

        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE_URL, identity)}")
        event.add("dtstart", at(held[0]))
        event.add("dtend", at(held[0], starts + entry.minutes))
        if len(held) > 1:
            until = at(held[-1]).astimezone(dt.UTC)
            event.add("rrule", {"freq": "weekly", "until": until})
        if out := [at(date) for date in dates if held[0] < date < held[-1] and date in self._off]:
            event.add("exdate", out)
        event.add("summary", entry.summary)
        event.add("location", entry.location)
        if entry.position is not None:
            event.add("geo", entry.position)
        event.add("description", "\n".join(entry.lines))
        return event


def _zone() -> Timezone:
    """Return the rules of the time zone.

    As rules rather than dates, which Outlook misreads.
    """
    zone = Timezone()
    zone.add("tzid", ZONE)
    winter, summer = dt.timedelta(hours=1), dt.timedelta(hours=2)
    for kind, name, first, before, after in (
        (TimezoneDaylight(), "CEST", dt.datetime(1996, 3, 31, 2), winter, summer),
        (TimezoneStandard(), "CET", dt.datetime(1996, 10, 27, 3), summer, winter),
    ):
        kind.add("dtstart", first)
        kind.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1su"})
        kind.add("tzoffsetfrom", before)
        kind.add("tzoffsetto", after)
        kind.add("tzname", name)
        zone.add_component(kind)
    return zone
