"""Numbers with what they count, in the singular or the plural of the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.figures import shown, signed
from deling.language import ngettext

if TYPE_CHECKING:
    from fractions import Fraction


def events(count: int) -> str:
    """Return ``1 event``."""
    return ngettext("{count} event", "{count} events", count).format(count=shown(count))


def institutions(count: int) -> str:
    """Return ``1 institution``."""
    return ngettext("{count} institution", "{count} institutions", count).format(count=shown(count))


def rooms(count: int) -> str:
    """Return ``1 room``."""
    return ngettext("{count} room", "{count} rooms", count).format(count=shown(count))


def staff(count: int) -> str:
    """Return ``1 member of staff``."""
    return ngettext("{count} member of staff", "{count} staff", count).format(count=shown(count))


def groups(count: int) -> str:
    """Return ``1 group``."""
    return ngettext("{count} group", "{count} groups", count).format(count=shown(count))


def needs(count: int) -> str:
    """Return ``1 need that wants`` or ``2 needs that want``, to go on with sessions."""
    return ngettext("{count} need that wants", "{count} needs that want", count).format(
        count=shown(count)
    )


def sessions(count: int, *, sign: bool = False) -> str:
    """Return ``1 session``, or ``+1 session``."""
    return ngettext("{count} session", "{count} sessions", abs(count)).format(
        count=signed(count) if sign else shown(count)
    )


def participants(count: int) -> str:
    """Return ``1 participant``."""
    return ngettext("{count} participant", "{count} participants", count).format(count=shown(count))


def participant_hours(hours: Fraction, *, sign: bool = False) -> str:
    """Return ``1 participant hour``, or ``+1 participant hour``."""
    text = signed(hours) if sign else shown(hours)
    # As it is shown, so that 1.2 hours, shown as 1, are one.
    return ngettext(
        "{count} participant hour",
        "{count} participant hours",
        1 if text in ("1", "+1", "-1") else 2,
    ).format(count=text)
