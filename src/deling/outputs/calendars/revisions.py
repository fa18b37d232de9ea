"""What of a calendar is new, by the calendar that it replaces: no other memory is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icalendar import Calendar, Event

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_MARKS = ("sequence", "dtstamp", "last-modified")


def read(path: Path | None) -> dict[str, Event]:
    """Return the events of an earlier calendar by identity; none where it cannot be read.

    What somebody has done to the file must not keep the new one from being written.
    """
    if path is None or not path.is_file():
        return {}
    try:
        found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        # The library raises these of a file that is no calendar.
        return {}
    return {str(one["uid"]): one for one in found if isinstance(one, Event) and "uid" in one}


def revise(event: Event, before: Event | None, stamp: dt.datetime) -> None:
    """Mark an event as it was marked before, or as a revision where it says something else."""
    if before is not None and _said(before) == _said(event) and all(m in before for m in _MARKS):
        for mark in _MARKS:
            event[mark] = before[mark]
        return
    earlier = None if before is None else before.get("sequence", 0)
    event.add("sequence", earlier + 1 if isinstance(earlier, int) else 0)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)


def _said(event: Event) -> bytes:
    """Return an event without its marks."""
    plain = event.copy()
    for mark in _MARKS:
        plain.pop(mark, None)
    text: bytes = plain.to_ical()
    return text
