"""``schedules/<institution>.csv``: the week of one institution, one row a session."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling import names
from deling.language import N_, _
from deling.outputs.file_names import file_name
from deling.outputs.plan import in_order
from deling.outputs.schedules import describe
from deling.outputs.table import Cell, Dialect, write_table
from deling.units import clock, end_clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deling.domain import Event
    from deling.outputs.outcome import Outcome

HEADER = (
    N_("day"),
    N_("start"),
    N_("end"),
    N_("role"),
    N_("activity"),
    N_("group"),
    N_("participants"),
    N_("own staff along"),
    N_("together with"),
    N_("room"),
    N_("place"),
    N_("staff"),
    N_("equipment"),
    N_("to be brought"),
    N_("leave"),
    N_("back"),
    N_("travel minutes each way"),
    N_("travel by"),
    N_("price in DKK"),
    N_("compared with today"),
    N_("event"),
    N_("need"),
)


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the week of every institution, an empty one too."""
    found: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for event in in_order(outcome.plan):
        for need in event.needs:
            for institution, role in roles(outcome, event, need):
                found[institution].append(_row(outcome, event, need, role))
    header = [_(column) for column in HEADER]
    for institution in outcome.scenario.institutions:
        path = folder / "schedules" / file_name(institution, "csv")
        write_table(path, header, found[institution], dialect)


def roles(outcome: Outcome, event: Event, need: str) -> Iterator[tuple[str, str]]:
    """Yield each institution that a session concerns, and how.

    An institution whose own group takes part has that group's row and no other of the event.
    """
    scenario = outcome.scenario
    home = outcome.case.institution_of(need).id
    if not event.internal:
        yield home, _("takes part (bought outside)")
        return
    there = {outcome.case.institution_of(other).id for other in event.needs}
    found: dict[str, list[str]] = defaultdict(list)
    found[home].append(_("takes part"))
    owners = [(scenario.rooms[event.room].institution, _("lends the room"))]
    owners += [(scenario.staff[key].institution, _("sends staff")) for key in event.staff]
    owners += [
        (scenario.equipment[key].institution, _("lends equipment")) for key, _n in event.equipment
    ]
    for owner, role in owners:
        if owner not in there and role not in found[owner]:
            found[owner].append(role)
    for institution, several in found.items():
        yield institution, ", ".join(several)


def _row(outcome: Outcome, event: Event, need: str, role: str) -> tuple[Cell, ...]:
    scenario, case = outcome.scenario, outcome.case
    group = case.group_of(need)
    who: tuple[Cell, ...] = (
        role,
        names.need(scenario, need),
        names.group(scenario, group.id),
        group.size,
        scenario.needs[need].attendants,
    )
    end = (describe.price(outcome, event, need), describe.change(outcome, event, need))
    if not event.internal:
        return ("", "", "", *who, *("",) * 10, *end, event.id, need)
    travel = case.group_travel(need, case.site_of(event))
    way: tuple[Cell, ...] = ("", "", 0, "")
    if travel:
        way = (
            clock(event.start - travel),
            clock(event.end + travel),
            travel,
            names.mode(group.travel_mode),
        )
    return (
        names.day(event.day),
        clock(event.start),
        end_clock(event.end),
        *who,
        describe.groups(outcome, event, apart_from=need),
        describe.room(outcome, event),
        describe.place(outcome, event),
        describe.staff(outcome, event),
        describe.equipment(outcome, event),
        describe.brought(outcome, event),
        *way,
        *end,
        event.id,
        need,
    )
