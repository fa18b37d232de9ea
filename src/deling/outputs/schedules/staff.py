"""``schedules/staff/<staff>.csv``: the ways and events of one member of staff, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.language import N_, _
from deling.outputs.file_names import file_name
from deling.outputs.schedules import describe
from deling.outputs.schedules.row import Row
from deling.outputs.table import Cell, Dialect, write_table
from deling.tours import roster
from deling.units import clock, day_of, end_clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deling.domain import Block, Event, StaffMember
    from deling.outputs.outcome import Outcome
    from deling.outputs.schedules.row import Kind
    from deling.tours import Link, Tour

HEADER = (
    N_("day"),
    N_("start"),
    N_("end"),
    N_("minutes"),
    N_("what"),
    N_("activity"),
    N_("groups"),
    N_("participants"),
    N_("room"),
    N_("place"),
    N_("from"),
    N_("to"),
    N_("travel by"),
    N_("equipment"),
    N_("to be brought"),
    N_("together with"),
    N_("event"),
)


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the week of every member of staff, an empty one too."""
    header = [_(column) for column in HEADER]
    for member, rows in weeks(outcome).items():
        path = folder / "schedules" / "staff" / file_name(member, "csv")
        write_table(path, header, (row.cells for row in rows), dialect)


def weeks(outcome: Outcome) -> dict[str, list[Row]]:
    """Return everyone's rows in order of time."""
    known = roster(outcome.plan, outcome.case).weeks
    blocks: dict[str, list[Block]] = {member: [] for member in outcome.scenario.staff}
    for block in outcome.scenario.blocks:
        for key in block.staff:
            blocks[key].append(block)
    found = {}
    for member in outcome.scenario.staff.values():
        rows = [_block(block) for block in blocks[member.id]]
        if member.id in known:
            for tour in known[member.id].tours:
                rows.extend(_tour(outcome, member, tour))
        found[member.id] = sorted(rows, key=lambda row: row.start)
    return found


def _tour(outcome: Outcome, member: StaffMember, tour: Tour) -> Iterator[Row]:
    case = outcome.case
    first, last = case.site_of(tour.events[0]), case.site_of(tour.events[-1])
    yield from _way(outcome, member, tour.departure, tour.out, member.site, first)
    for event, link in zip(tour.events, (*tour.links, None), strict=True):
        yield _event(outcome, member, event)
        if link is not None:
            yield from _link(outcome, member, link)
    yield from _way(outcome, member, tour.events[-1].end, tour.back, last, member.site)


def _link(outcome: Outcome, member: StaffMember, link: Link) -> Iterator[Row]:
    case = outcome.case
    here, there = case.site_of(link.earlier), case.site_of(link.later)
    if link.goes_home:
        back = case.travel.minutes(here, member.site, member.travel_mode)
        out = case.travel.minutes(member.site, there, member.travel_mode)
        yield from _way(outcome, member, link.earlier.end, back, here, member.site)
        yield from _way(outcome, member, link.later.start - out, out, member.site, there)
        return
    yield from _way(outcome, member, link.earlier.end, link.travel, here, there)
    if link.waiting:
        start = link.earlier.end + link.travel
        site = names.site(outcome.scenario, there)
        yield _line(start, link.waiting, "wait", _("waiting"), place=site)


def _way(
    outcome: Outcome, member: StaffMember, start: int, minutes: int, here: str, there: str
) -> Iterator[Row]:
    if minutes:
        yield _line(
            start,
            minutes,
            "way",
            _("travel"),
            **{
                "from": names.site(outcome.scenario, here),
                "to": names.site(outcome.scenario, there),
                "travel by": names.mode(member.travel_mode),
            },
        )


def _event(outcome: Outcome, member: StaffMember, event: Event) -> Row:
    colleagues = (
        names.staff(outcome.scenario, other) for other in event.staff if other != member.id
    )
    return _line(
        event.start,
        event.minutes,
        "session",
        _("session"),
        activity=names.event(outcome.scenario, event),
        groups=describe.groups(outcome, event),
        participants=describe.participants(outcome, event),
        room=describe.room(outcome, event),
        place=describe.place(outcome, event),
        equipment=describe.equipment(outcome, event),
        event=event.id,
        **{
            "to be brought": describe.brought(outcome, event),
            "together with": describe.SEPARATOR.join(colleagues),
        },
    )


def _block(block: Block) -> Row:
    return _line(block.start, block.minutes, "block", _("taken otherwise"), event=block.id)


def _line(start: int, minutes: int, kind: Kind, what: str, **cells: Cell) -> Row:
    known: dict[str, Cell] = {
        "day": names.day(day_of(start)),
        "start": clock(start),
        "end": end_clock(start + minutes),
        "minutes": minutes,
        "what": what,
        **cells,
    }
    return Row(start, kind, tuple(known.get(column) for column in HEADER))
