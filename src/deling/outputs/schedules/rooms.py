"""``schedules/rooms/<room>.csv``: what takes a room's time, turnaround and blocks included."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling import names
from deling.language import N_, _
from deling.outputs.file_names import file_name
from deling.outputs.schedules import describe
from deling.outputs.schedules.row import Row
from deling.outputs.table import Cell, Dialect, write_table
from deling.units import clock, day_of, end_clock

if TYPE_CHECKING:
    from pathlib import Path

    from deling.domain import Block, Event
    from deling.outputs.outcome import Outcome
    from deling.outputs.schedules.row import Kind

HEADER = (
    N_("day"),
    N_("start"),
    N_("end"),
    N_("what"),
    N_("in"),
    N_("activity"),
    N_("groups"),
    N_("participants"),
    N_("capacity"),
    N_("staff"),
    N_("equipment"),
    N_("event"),
)

_Rows = dict[str, list[Row]]


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the week of every room, an empty one too."""
    header = [_(column) for column in HEADER]
    for room, rows in weeks(outcome).items():
        path = folder / "schedules" / "rooms" / file_name(room, "csv")
        write_table(path, header, (row.cells for row in rows), dialect)


def weeks(outcome: Outcome) -> _Rows:
    """Return every room's rows in order of time.

    What takes place in a part of the room, or in a whole around it, takes it as well.
    """
    rows: _Rows = defaultdict(list)
    for event in outcome.plan.internal:
        _add_event(outcome, event, rows)
    for block in outcome.scenario.blocks:
        _add_block(outcome, block, rows)
    return {room: sorted(rows[room], key=lambda row: row.start) for room in outcome.scenario.rooms}


def _add_event(outcome: Outcome, event: Event, rows: _Rows) -> None:
    scenario = outcome.scenario
    booked = scenario.rooms[event.room]
    for room in sorted(outcome.case.clashing_rooms[event.room]):
        row = _line(
            event.start,
            event.minutes,
            "session",
            _("session"),
            activity=names.event(scenario, event),
            groups=describe.groups(outcome, event),
            participants=describe.participants(outcome, event),
            capacity=booked.capacity,
            staff=describe.staff(outcome, event),
            equipment=describe.equipment(outcome, event),
            event=event.id,
            **_elsewhere(outcome, room, event.room),
        )
        rows[room].append(row)
        if booked.turnaround:
            row = _line(
                event.end,
                booked.turnaround,
                "turnaround",
                _("turnaround"),
                event=event.id,
                **_elsewhere(outcome, room, event.room),
            )
            rows[room].append(row)


def _add_block(outcome: Outcome, block: Block, rows: _Rows) -> None:
    if block.room is None:
        return
    for room in sorted(outcome.case.clashing_rooms[block.room]):
        row = _line(
            block.start,
            block.minutes,
            "block",
            _("taken otherwise"),
            event=block.id,
            **_elsewhere(outcome, room, block.room),
        )
        rows[room].append(row)


def _elsewhere(outcome: Outcome, room: str, booked: str) -> dict[str, Cell]:
    return {} if room == booked else {"in": names.room(outcome.scenario, booked)}


def _line(start: int, minutes: int, kind: Kind, what: str, **cells: Cell) -> Row:
    known: dict[str, Cell] = {
        "day": names.day(day_of(start)),
        "start": clock(start),
        "end": end_clock(start + minutes),
        "what": what,
        **cells,
    }
    return Row(start, kind, tuple(known.get(column) for column in HEADER))
