"""Rows of today's use or of a plan -> events; rows of one event have to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deling.domain import Event, Source
from deling.language import _
from deling.scenario.problems import shown
from deling.units import DAY, DAYS, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deling.scenario.event_rows import EventShape
    from deling.scenario.locate import Row
    from deling.scenario.problems import Problems


class Session(NamedTuple):
    """One row: a session of one need, or a block where there is no need."""

    row: Row
    event: str
    need: str
    source: Source
    start: int | None
    """Minute of the week."""
    minutes: int | None
    room: str
    staff: tuple[str, ...]
    equipment: tuple[tuple[str, int], ...]
    fixed: bool


def session_of(
    row: Row, shape: EventShape, need: str, minutes: int | None, fixed: bool = False
) -> Session:
    """Return a typed row as a session."""
    start = None
    if shape.day is not None and shape.start is not None:
        start = DAYS.index(shape.day) * DAY + shape.start
    equipment = tuple(sorted(shape.equipment))
    return Session(
        row,
        shape.event,
        need,
        shape.source,
        start,
        minutes,
        shape.room,
        shape.staff,
        equipment,
        fixed,
    )


def require(session: Session, columns: Iterable[str], problems: Problems) -> bool:
    """Report blank cells of a row that has to have them."""
    complete = True
    for column in columns:
        if not session.row.text(column):
            message = _("must be filled: an event in the area has a day, a start and a room")
            if not session.need:
                message = _("must be filled: a block (a row without a need) takes its time")
            problems.error(session.row.place(column), column, message)
            complete = False
    return complete


def by_event(sessions: Iterable[Session]) -> dict[str, list[Session]]:
    """Return rows by event, in the order of their first rows."""
    found: dict[str, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.event, []).append(session)
    return found


def report_disagreement(
    sessions: Iterable[Session], length_column: str, problems: Problems
) -> None:
    """Report rows that differ from the first row of their event.

    Parameters
    ----------
    sessions
        Complete rows.
    length_column
        The column that says how long an event lasts.
    """
    for first, *others in by_event(sessions).values():
        for other in others:
            _report_difference(first, other, length_column, problems)


def make_events(sessions: Iterable[Session], need_order: Iterable[str]) -> tuple[Event, ...]:
    """Join the rows of each event.

    Parameters
    ----------
    sessions
        Complete rows that serve a need and agree.
    need_order
        All needs, in the order of their table.
    """
    order = {need: index for index, need in enumerate(need_order)}
    return tuple(
        _event(rows[0], tuple(sorted((row.need for row in rows), key=order.__getitem__)))
        for rows in by_event(sessions).values()
    )


def _event(row: Session, needs: tuple[str, ...]) -> Event:
    if row.source == "bought":
        return Event(id=row.event, needs=needs, source="bought", fixed=row.fixed)
    assert row.start is not None
    assert row.minutes is not None
    return Event(
        id=row.event,
        needs=needs,
        start=row.start,
        minutes=row.minutes,
        room=row.room,
        staff=row.staff,
        equipment=row.equipment,
        fixed=row.fixed,
    )


def _report_difference(
    first: Session, other: Session, length_column: str, problems: Problems
) -> None:
    differing: list[tuple[str, str, str]]
    if first.source != other.source:
        differing = [("source", first.source, other.source)]
    else:
        differing = [
            (column, one, two)
            for column, one, two in (
                ("start", _moment(first), _moment(other)),
                (length_column, _minutes(first), _minutes(other)),
                ("room", first.room, other.room),
                ("staff", " ".join(first.staff), " ".join(other.staff)),
                ("equipment", _units(first), _units(other)),
                ("fixed", _yes_no(first), _yes_no(other)),
            )
            if one != two
        ]
    for column, one, two in differing:
        message = _(
            "the rows of event {event} have to agree in every column but the need: {two} here,"
            " {one} in line {line}"
        )
        message = message.format(
            event=first.event, one=shown(one), two=shown(two), line=first.row.place().line
        )
        problems.error(other.row.place(column), column, message)


def _moment(session: Session) -> str:
    return "" if session.start is None else moment(session.start)


def _minutes(session: Session) -> str:
    return "" if session.minutes is None else f"{session.minutes} min"


def _units(session: Session) -> str:
    return " ".join(f"{item}:{units}" for item, units in session.equipment)


def _yes_no(session: Session) -> str:
    return "yes" if session.fixed else "no"
