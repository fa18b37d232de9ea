"""Rows and settings -> the files that `deling` reads."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from deling.domain import SECTORS
from deling.scenario.schema import TABLES
from deling.scenario.shape import columns
from deling.units import DAY, DAYS, clock, end_clock
from planting.catalogue import SECTOR_HOURS
from planting.ground import BUS_COST, DETOUR
from planting.houses import WEEK
from planting.supply import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planting.things import Area, Event, Group, House, Thing

Cell = str | int
Table = list[tuple[Cell, ...]]
HEADERS = {name: " ".join(columns(shape)) for name, shape in TABLES.items()}
# The order of plan.csv, and notes for those who read the table.
HEADERS["use"] = "event need source day start minutes room staff equipment fixed note"
PLAN_HEADER = (
    "event need group institution source day start end room site staff equipment participants"
)


class Sharers:
    """Writes with whom things are shared: sectors where all of one are meant, ids otherwise."""

    def __init__(self, houses: Sequence[House]) -> None:
        self._sector = {house.id: house.sector for house in houses}
        self._sizes = Counter(self._sector.values())

    def cells(self, thing: Thing) -> tuple[str, str]:
        """Return `shared_with`, `none` where nobody shares, and `shared_hours`."""
        return self._with(thing), "" if thing.shared is None else text_of(thing.shared)

    def _with(self, thing: Thing) -> str:
        ids = thing.sharers
        if len(ids) == len(self._sector) - 1:
            return "all" if ids else "none"
        meant = Counter(self._sector[id_] for id_ in ids)
        own = thing.house.sector
        whole = [s for s in SECTORS if meant[s] and meant[s] == self._sizes[s] - (s == own)]
        rest = [id_ for id_ in ids if self._sector[id_] not in whole]
        return " ".join([*whole, *rest]) or "none"


def make_tables(
    areas: Sequence[Area],
    rows: Sequence[tuple[str, str, str, int]],
    agreements: Sequence[tuple[House, House, str]],
    bought_today: Sequence[str],
) -> dict[str, Table]:
    """Return the rows of all tables, in the order of `HEADERS`."""
    sharers = Sharers([house for area in areas for house in area.houses])
    tables: dict[str, Table] = {name: [] for name in HEADERS}
    for area in areas:
        tables["sites"] += [
            (s.id, f"Sted {s.id}", str(s.latitude), str(s.longitude)) for s in area.sites
        ]
        tables["institutions"] += [
            (h.id, h.name, h.sector, h.site.id, SECTOR_HOURS[h.sector], _or_blank(h.max_away))
            for h in area.houses
        ]
        tables["rooms"] += _rooms(area, sharers)
        tables["staff"] += _staff(area, sharers)
        tables["equipment"] += _equipment(area, sharers)
        tables["groups"] += _groups(area)
        tables["needs"] += _needs(area)
        tables["use"] += _blocks(area)
    number = 0
    for area in areas:
        for event in (*area.events, *area.moved):
            if event.today or event in area.moved:
                number += 1
                tables["use"] += _use(f"t{number}", event)
    tables["use"] += [
        (f"tk{at + 1}", need, "bought", "", "", "", "", "", "", "", "")
        for at, need in enumerate(bought_today)
    ]
    tables["travel"] = list(rows)
    tables["agreements"] = [(one.id, other.id, kinds) for one, other, kinds in agreements]
    return tables


def plan_rows(areas: Sequence[Area]) -> Iterator[tuple[Cell, ...]]:
    """Yield the planted plan in the form of `plan.csv`."""
    planted = [(event.wishes, "internal", _where(event)) for area in areas for event in area.events]
    nowhere = ("",) * 7  # from day to equipment
    bought = [
        ([wish], "bought", nowhere)
        for area in areas
        for wish in area.wishes
        for _session in range(wish.bought)
    ]
    for number, (wishes, source, where) in enumerate([*planted, *bought], start=1):
        for wish in wishes:
            group = wish.group
            yield (f"p{number}", wish.id, group.id, group.house.id, source, *where, group.size)


def scenario_text(name: str, fleets: dict[str, int], towns: Sequence[str], budget: int) -> str:
    """Return the scenario file."""
    modes = [
        f"    {mode}: {{speed: 30, fixed: 10, trip_cost: {BUS_COST}, fleet: {fleets.get(mode, 1)}}}"
        for mode in towns
    ]
    return "\n".join(
        [
            "# A planted area: made by benchmarks/areas.py, describes nobody.",
            f"name: {name}",
            "tables: tables",
            "calendar:",
            "  country: DK",
            f"  week: {WEEK}",
            "  days: [Mo, Tu, We, Th, Fr]",
            "  step: 15",
            "  season:",
            "    first: 2026-08-31",
            "    last: 2027-06-25",
            "    closed: [2026-10-12/2026-10-16, 2026-12-19/2027-01-03]",
            "sharing: area",
            "travel:",
            f"  detour: {DETOUR}",
            "  modes:",
            "    walk: {speed: 4.5}",
            "    stroll: {speed: 2.5}",
            "    bike: {speed: 14, fixed: 2}",
            "    car: {speed: 30, fixed: 4}",
            *modes,
            "rules:",
            "  floor_area: {nursery: 3, kindergarten: 2}",
            "  staff_day: {max_hours: 10, max_span: 12, rest: 11, max_sites: 3}",
            f"  budget: {budget}",
            "goals: [served, fairness, cost, comfort]",
            "solve: {time_limit: 60, seed: 1}",
            "",
        ]
    )


def csv_text(header: str, rows: Sequence[tuple[Cell, ...]]) -> str:
    """Return rows below a header as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split())
    writer.writerows(rows)
    return text.getvalue()


# Tables


def _rooms(area: Area, sharers: Sharers) -> Table:
    return [
        (
            room.id,
            room.name,
            _site(room),
            room.house.id,
            room.kind,
            room.area_m2 or "",
            room.capacity,
            " ".join(room.features),
            room.hours_text,
            *sharers.cells(room),
            _or_blank(room.cost),
            _or_blank(room.turnaround),
            room.whole.id if room.whole is not None else "",
        )
        for room in area.rooms
    ]


def _staff(area: Area, sharers: Sharers) -> Table:
    return [
        (
            member.id,
            member.role,
            member.house.id,
            _site(member),
            " ".join(member.skills),
            member.hours_text,
            _hours(member.weekly),
            *sharers.cells(member),
            _hours(member.lend),
            _or_blank(member.cost),
            member.mode,
            "" if member.cleared else "no",
            "volunteer" if member.volunteer else "",
        )
        for member in area.staff
    ]


def _equipment(area: Area, sharers: Sharers) -> Table:
    return [
        (
            item.id,
            item.kind,
            item.house.id,
            _site(item),
            item.quantity,
            "yes" if item.portable else "no",
            item.hours_text,
            *sharers.cells(item),
            _or_blank(item.move_minutes),
            _or_blank(item.move_cost),
        )
        for item in area.items
    ]


def _groups(area: Area) -> Table:
    return [
        (
            group.id,
            group.name,
            group.house.id,
            _site(group),
            group.size,
            group.kind,
            group.hours_text,
            group.mode,
            group.max_travel,
            group.usual_staff,
            group.staff_cost,
            group.whole.id if group.whole is not None else "",
        )
        for group in area.groups
    ]


def _needs(area: Area) -> Table:
    return [
        (
            wish.id,
            wish.name,
            wish.group.id,
            wish.activity.split("-")[0],
            wish.sessions,
            wish.minutes,
            wish.weight if wish.weight != 1 else "",
            _counted(wish.skills),
            " ".join(wish.features),
            _counted(wish.equipment),
            wish.hours_text,
            wish.preferred_text,
            wish.apart if wish.apart != 1 else "",
            "yes" if wish.same_staff else "",
            wish.joint,
            "" if wish.limit is None else wish.limit,
            wish.attendants,
            wish.price or "",
        )
        for wish in area.wishes
    ]


def _blocks(area: Area) -> Table:
    return [
        (
            f"b{area.number + 1}-{at + 1}",
            "",
            "",
            DAYS[block.start // DAY],
            clock(block.start),
            block.minutes,
            block.room.id if block.room is not None else "",
            block.member.id if block.member is not None else "",
            f"{block.item.id}:1" if block.item is not None else "",
            "",
            block.note,
        )
        for at, block in enumerate(area.blocks)
    ]


def _use(id_: str, event: Event) -> Table:
    day, start, _end, room, _site, staff, items = _where(event)
    fixed = "yes" if event.fixed else ""
    return [
        (id_, wish.id, "", day, start, "", room, staff, items, fixed, "") for wish in event.wishes
    ]


def _where(event: Event) -> tuple[str, ...]:
    return (
        DAYS[event.start // DAY],
        clock(event.start),
        end_clock(event.end),
        event.room.id,
        event.room.site.id,
        " ".join(sorted(member.id for member in event.staff)),
        " ".join(sorted(f"{item.id}:{units}" for item, units in event.items)),
    )


# Cells


def _site(thing: Thing | Group) -> str:
    return "" if thing.site is thing.house.site else thing.site.id


def _or_blank(value: int | None) -> Cell:
    return "" if value is None else value


def _hours(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes / 60:g}"


def _counted(counts: tuple[tuple[str, int], ...]) -> str:
    return " ".join(name if count == 1 else f"{name}:{count}" for name, count in counts)
