"""Flat tables: one row a session, room, member of staff, wish or change, for pivoting."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from deling import names
from deling.figures import in_hours, rounded
from deling.language import N_, _
from deling.measures import PLACES, Scope
from deling.outputs import changes, staff_hours, unmet
from deling.outputs.comparison import LEVELS
from deling.outputs.plan import in_order
from deling.outputs.schedules import describe
from deling.outputs.workbook.book import Column
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.domain import Event
    from deling.outputs.outcome import Outcome
    from deling.outputs.workbook.book import Book, Form, Value

_SESSIONS: tuple[tuple[str, Form, float], ...] = (
    (N_("day number"), "whole", 8),
    (N_("day"), "text", 6),
    (N_("start"), "time", 8),
    (N_("end"), "time", 8),
    (N_("minutes"), "whole", 8),
    (N_("institution"), "text", 26),
    (N_("sector"), "text", 13),
    (N_("group"), "text", 22),
    (N_("kind of group"), "text", 18),
    (N_("activity"), "text", 24),
    (N_("participants"), "whole", 12),
    (N_("participant hours"), "tenths", 12),
    (N_("room"), "text", 22),
    (N_("room of"), "text", 26),
    (N_("site"), "text", 22),
    (N_("staff"), "text", 36),
    (N_("equipment"), "text", 26),
    (N_("joint"), "text", 8),
    (N_("room borrowed"), "text", 10),
    (N_("staff borrowed"), "text", 10),
    (N_("bought"), "text", 8),
    (N_("travel minutes each way"), "whole", 12),
    (N_("price in DKK"), "amount", 12),
    (N_("compared with today"), "text", 14),
    (N_("event"), "id", 22),
    (N_("need"), "id", 22),
)
_ROOMS: tuple[tuple[str, Form, float], ...] = (
    (N_("id"), "id", 16),
    (N_("room"), "text", 26),
    (N_("institution"), "text", 26),
    (N_("site"), "text", 22),
    (N_("kind"), "text", 14),
    (N_("capacity"), "whole", 10),
    (N_("m²"), "tenths", 9),
    (N_("hours available"), "tenths", 11),
    (N_("hours booked today"), "tenths", 11),
    (N_("hours booked"), "tenths", 11),
    (N_("frequency today"), "percent", 11),
    (N_("frequency"), "percent", 11),
    (N_("occupancy today"), "percent", 11),
    (N_("occupancy"), "percent", 11),
    (N_("utilisation today"), "percent", 11),
    (N_("utilisation"), "percent", 11),
)
_HOURS: tuple[Form, float] = ("amount", 12)
_STAFF: tuple[tuple[Form, float], ...] = (
    ("id", 18),
    ("text", 24),
    ("text", 26),
    ("text", 12),
    ("whole", 10),
    *(_HOURS,) * 7,
)
_COUNT: tuple[Form, float] = ("whole", 9)
_UNMET: tuple[tuple[Form, float], ...] = (
    ("text", 26),
    ("text", 22),
    ("text", 24),
    *(_COUNT,) * 5,
    ("text", 90),
    ("id", 22),
)
_CHANGES: tuple[tuple[Form, float], ...] = (
    ("text", 10),
    ("text", 26),
    ("text", 22),
    ("text", 24),
    ("text", 15),
    ("text", 22),
    ("text", 30),
    ("text", 15),
    ("text", 22),
    ("text", 30),
    ("id", 22),
)


def add_comparison(book: Book, outcome: Outcome) -> None:
    """Add every measure of every plan."""
    title = _("Comparison")
    sheet = book.sheet(title, _("Every measure of today and of the plan"))
    plans = outcome.comparison.columns
    columns = [
        Column(_("scope"), "text", 14),
        Column(_("id"), "id", 16),
        Column(_("name"), "text", 30),
        Column(_("description"), "text", 46),
        Column(_("unit"), "text", 9),
        *(Column(names.plan(plan.label), "amount", 13) for plan in plans),
        Column(_("difference"), "amount", 13),
        Column(_("measure"), "id", 28),
    ]
    book.table(sheet, columns, (), keep=4)
    at = 0
    for at, row in enumerate(outcome.comparison.rows(), start=1):
        about = (
            _(LEVELS[row.scope.level]),
            row.scope.id,
            names.scope(outcome.case, row.scope),
            _(row.measure.label),
            names.unit(row.measure.unit),
        )
        for column, text in enumerate(about):
            book.put(sheet, at, column, text, columns[column].form)
        first, last = row.values[0], row.values[-1]
        change = None if first is None or last is None else Fraction(last) - Fraction(first)
        form: Form = "percent" if row.measure.unit == "%" else _DECIMALS[PLACES[row.measure.unit]]
        for column, value in enumerate([*row.values, change], start=len(about)):
            book.put(sheet, at, column, value, form)
        book.put(sheet, at, len(columns) - 1, row.measure.id, "id")
    sheet.autofilter(0, 0, at, len(columns) - 1)


_DECIMALS: tuple[Form, ...] = ("whole", "tenths", "amount")


def add_lists(book: Book, outcome: Outcome) -> None:
    """Add the sheets with a row a session, room, member of staff, unmet wish and change."""
    lists: list[tuple[str, str, list[Column], Iterator[tuple[Value, ...]], int]] = [
        (
            _("Sessions"),
            _("All sessions with times and figures, for pivot tables"),
            [Column(_(title), form, width) for title, form, width in _SESSIONS],
            _sessions(outcome),
            4,
        ),
        (
            _("Rooms"),
            _("How well each room is used"),
            [Column(_(title), form, width) for title, form, width in _ROOMS],
            _rooms(outcome),
            2,
        ),
        (
            _("Staff"),
            _("What each member of staff works, travels, waits and is lent"),
            _columns(staff_hours.HEADER, _STAFF),
            staff_hours.rows(outcome),
            1,
        ),
        (
            _("Unmet wishes"),
            _("Wishes that are not met in full, and what is known of why"),
            _columns(unmet.HEADER, _UNMET),
            unmet.rows(outcome),
            2,
        ),
        (
            _("Changes"),
            _("What is different from today, session by session"),
            _columns(changes.HEADER, _CHANGES),
            changes.rows(outcome),
            2,
        ),
    ]
    for title, about, columns, rows, keep in lists:
        book.table(book.sheet(title, about), columns, rows, keep=keep)


def _columns(header: tuple[str, ...], forms: tuple[tuple[Form, float], ...]) -> list[Column]:
    return [
        Column(_(title), form, width) for title, (form, width) in zip(header, forms, strict=True)
    ]


def _sessions(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for event in in_order(outcome.plan):
        for need in event.needs:
            yield _session(outcome, event, need)


def _session(outcome: Outcome, event: Event, need: str) -> tuple[Value, ...]:
    scenario, case = outcome.scenario, outcome.case
    group, house = case.group_of(need), case.institution_of(need)
    minutes = event.minutes if event.internal else scenario.needs[need].minutes
    when: tuple[Value, ...] = (None,) * 4
    where: tuple[Value, ...] = (None,) * 5
    marks: tuple[Value, ...] = (None,) * 3
    travel: Value = None
    if event.internal:
        room, start = scenario.rooms[event.room], event.start % DAY
        when = (event.day + 1, names.day(event.day), start, start + minutes)
        where = (
            describe.room(outcome, event),
            names.institution(scenario, room.institution),
            names.site(scenario, room.site),
            describe.staff(outcome, event),
            describe.equipment(outcome, event),
        )
        marks = (
            _mark(len(event.needs) > 1),
            _mark(room.institution != house.id),
            _mark(any(scenario.staff[key].institution != house.id for key in event.staff)),
        )
        travel = case.group_travel(need, room.site)
    return (
        *when,
        minutes,
        names.institution(scenario, house.id),
        _(names.SECTORS[house.sector]),
        names.group(scenario, group.id),
        _(names.KINDS[group.kind]),
        names.need(scenario, need),
        group.size,
        rounded(in_hours(group.size * minutes), 2),
        *where,
        *marks,
        _mark(not event.internal),
        travel,
        describe.price(outcome, event, need),
        describe.change(outcome, event, need),
        event.id,
        need,
    )


def _mark(holds: bool) -> str:
    return _("yes") if holds else _("no")


def _rooms(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    scenario = outcome.scenario
    now, then = outcome.comparison.columns[0].measures, outcome.chosen.measures
    for room in scenario.rooms.values():
        figures: list[Value] = []
        for key in ("frequency", "occupancy", "utilisation"):
            for measures in (now, then):
                value = measures.value(key, Scope("room", room.id))
                figures.append(None if value is None else rounded(value, 4))
        yield (
            room.id,
            names.room(scenario, room.id),
            names.institution(scenario, room.institution),
            names.site(scenario, room.site),
            room.kind,
            room.capacity,
            room.area_m2,
            rounded(in_hours(then.rooms[room.id].available), 2),
            rounded(in_hours(now.rooms[room.id].booked), 2),
            rounded(in_hours(then.rooms[room.id].booked), 2),
            *figures,
        )
