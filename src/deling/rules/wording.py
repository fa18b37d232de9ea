"""How messages name events and hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import _
from deling.units import DAY, Hours, Interval, clock, end_clock, moment

if TYPE_CHECKING:
    from deling.domain import Event


def span(interval: Interval) -> str:
    """Return ``Mo 09:00-09:45``."""
    return f"{moment(interval[0])}-{end_clock(interval[1])}"


def named(event: Event) -> str:
    """Return ``e7 (Mo 09:00-09:45)``."""
    return f"{event.id} ({span((event.start, event.end))})"


def hours_on(hours: Hours, day: int) -> str:
    """Return the hours of one day as ``08:00-12:00, 13:00-16:00``."""
    that_day = [f"{clock(start)}-{end_clock(end)}" for start, end in hours if start // DAY == day]
    return ", ".join(that_day) or _("closed")


def amount(name: str, count: int) -> str:
    """Return ``music`` or ``music:2``."""
    return name if count == 1 else f"{name}:{count}"
