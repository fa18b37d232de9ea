"""What sessions ask for, who may join whom and what staff can do, as arrays."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deling.goals.cost import released
from deling.rules import KEEP
from deling.search.anneal.arrays import (
    BILLION,
    COUNT,
    EVENT,
    EVENTS,
    INTERVALS,
    MANY,
    MOST_EVENTS,
    NOBODY,
    WEIGHT,
    WISHED,
    Facts,
    Joining,
    Ways,
    Wishes,
)
from deling.search.anneal.ways import guest_key
from deling.search.layout import rows_of, whole
from deling.units import SIXTIETHS_PER_DKK

if TYPE_CHECKING:
    from deling.domain import Need
    from deling.search.anneal.arrays import Whole
    from deling.search.anneal.ground import Ground
    from deling.search.ways import Option

KEPT = 1000.0
"""What it costs besides to leave out a session that is kept from today."""
BUY = 0.5
"""What the price of one session or another is worth, in sessions, so that cheap ones are bought."""


class Values(NamedTuple):
    """What is worth how much, in sessions."""

    minute: float
    """One of somebody whose hours are limited, so that others find time."""
    krone: float
    """One DKK of what the plan costs, sessions that are bought included."""


class Counted:
    """All that there is, by number.

    Parameters
    ----------
    ground
        The sessions, and the ways to hold them.
    values
        What time and money are worth.
    """

    def __init__(self, ground: Ground, values: Values) -> None:
        self._values = values
        self._ground = ground
        self._case = ground.case
        self._scenario = scenario = ground.case.scenario
        self.sites = {site: at for at, site in enumerate(scenario.sites)}
        by_employer = sorted(scenario.staff.values(), key=lambda member: member.institution)
        self.members = {member.id: at for at, member in enumerate(by_employer)}
        """Numbers of staff, those of an institution one after the other."""
        self._rooms = {room: at for at, room in enumerate(scenario.rooms)}
        self._items = {item: at for at, item in enumerate(scenario.equipment)}
        self._institutions = {key: at for at, key in enumerate(scenario.institutions)}
        self.wishes = self._wished()
        """What each session asks for: columns up to `arrays.WISHED`."""
        self.facts = Facts(ground.table.layout, self._worth(), self._ways(), self._joining())

    def _wished(self) -> Whole:
        case = self._case
        limited = case.applies("capacity")
        same = case.applies("same_staff")
        tagged = dict.fromkeys(
            need.id for need in self._ground.sessions if self._ground.ways.guests[need.id]
        )
        self._tagged = {need: number for number, need in enumerate(tagged)}
        first: dict[str, int] = {}
        rows = []
        for number, need in enumerate(self._ground.sessions):
            group = case.group_of(need.id)
            begin = first.setdefault(need.id, number)
            end = begin + need.sessions - self._ground.stays[need.id]
            most = need.max_participants
            rows.append(
                (
                    need.weight,
                    need.minutes,
                    self._institutions[group.institution],
                    NOBODY if need.buy_price is None else need.buy_price,
                    *((begin, end) if same and need.same_staff else (NOBODY, NOBODY)),
                    self._tagged.get(need.id, NOBODY),
                    group.size,
                    most if limited and most is not None else MANY,
                )
            )
        return np.array(rows, dtype=np.int64).reshape(len(rows), WISHED)

    def _worth(self) -> Wishes:
        case = self._case
        kept = KEEP.kept(case) if case.applies("keep") else {}
        got = Counter(self._ground.stays)
        areas = self._scenario.rules.floor_area if case.applies("floor_area") else {}
        worth, area = [], []
        for need in self._ground.sessions:
            must = got[need.id] < kept.get(need.id, 0)
            got[need.id] += 1
            worth.append(float(need.weight) + KEPT * must)
            self.wishes[len(worth) - 1, WEIGHT] += MANY * must  # Never the best without it.
            group = case.group_of(need.id)
            area.append(float(group.size * areas.get(group.kind, 0)))
        prices = [need.buy_price for need in self._ground.sessions if need.buy_price]
        rate = self._values.krone / 100
        if prices and not rate and case.applies("budget"):
            rate = BUY / median(prices)
        return Wishes(np.array(worth), np.array(area), np.array([rate]))

    def _ways(self) -> Ways:
        table, scenario = self._ground.table, self._scenario
        count = len(table.ways)
        site, lent, room = [NOBODY] * count, [1] * count, [NOBODY] * count
        members: list[list[int]] = [[] for _way in range(count)]
        items: list[list[int]] = [[] for _way in range(count)]
        for key, ways in table.of_need.items():
            for way in ways:
                outline = table.ways[way]
                for option in outline.forced:
                    if option.kind == "room":
                        room[way] = self._rooms[option.name]
                        site[way] = self.sites[scenario.rooms[option.name].site]
                        lent[way] = int(id(option) not in self._ground.ways.as_today)
                    elif option.kind == "staff":
                        members[way].append(self.members[option.name])
                    elif option.kind == "equipment":
                        items[way].append(self._items[option.name])
                for choice in outline.choices:
                    one = choice.options[0]
                    if one.kind == "room":
                        site[way] = self.sites[scenario.rooms[one.name].site]
                if "@" in key:
                    site[way] = self.sites[key.split("@")[1]]
        numbers = {"room": self._rooms, "staff": self.members, "equipment": self._items}
        of_kind = {
            kind: whole(
                [names[option.name] if option.kind == kind else NOBODY for option in table.options]
                or [NOBODY]
            )
            for kind, names in numbers.items()
        }
        return Ways(
            whole(site),
            whole(lent),
            whole(room),
            *rows_of(members),
            *rows_of(items),
            of_kind["room"],
            of_kind["staff"],
            of_kind["equipment"],
            np.array(self._prices() or [0.0]),
            np.array([self._values.krone * _price(option) for option in table.options] or [0.0]),
        )

    def _prices(self) -> list[float]:
        """Return what each way costs apart from staff and choices."""
        table, found = self._ground.table, [0.0] * len(self._ground.table.ways)
        for key, ways in table.of_need.items():
            need = self._scenario.needs[key.split("@")[0]]
            freed = released(need.minutes, need, self._case.group_of(need.id)) / SIXTIETHS_PER_DKK
            for way in ways:
                price = sum(_price(option) for option in table.ways[way].forced)
                found[way] = self._values.krone * (price - freed)
        return found

    def _joining(self) -> Joining:
        scenario, case = self._scenario, self._case
        tagged = [scenario.needs[need] for need in self._tagged]
        by_tag: dict[str | None, list[int]] = defaultdict(list)
        for number, need in enumerate(self._ground.sessions):
            if need.id in self._tagged:
                by_tag[need.joint].append(number)
        covers = np.zeros((len(tagged), len(tagged)), dtype=np.bool_)
        guest_from, guest_to = np.zeros((2, len(tagged), len(self.sites)), dtype=np.int64)
        begins = np.zeros((len(self._ground.table.ways), self._ground.times.ticks), dtype=np.bool_)
        things = len(self._rooms) + len(self.members) + len(self._items)
        row = np.full((len(tagged), things), NOBODY)
        masks: list[np.ndarray] = []
        known: dict[int, int] = {}
        of_tag: dict[str | None, dict[tuple[str, str], None]] = defaultdict(dict)
        """Rooms, staff and equipment that anybody with a tag can have."""
        for need in tagged:
            for way in self._ground.table.of_need[need.id]:
                outline = self._ground.table.ways[way]
                options = [*outline.forced, *(one for some in outline.choices for one in some[0])]
                for one in options:
                    if one.kind in ("room", "staff", "equipment"):
                        of_tag[need.joint][one.kind, one.name] = None
        for at, need in enumerate(tagged):
            for host in range(len(tagged)):
                covers[host, at] = _covers(tagged[host], need) and not case.related_groups(
                    tagged[host].group, need.group
                )
            for site in self._ground.ways.guests[need.id]:
                some = self._ground.table.of_need[guest_key(need.id, site)]
                guest_from[at, self.sites[site]] = some.start
                guest_to[at, self.sites[site]] = some.stop
                for way in some:
                    begins[way, self._ground.table.ways[way].slots] = True
            rooms = {room.id: mask for room, mask in self._ground.times.rooms(need)}
            for kind, name in of_tag[need.joint]:
                mask = rooms.get(name) if kind == "room" else self._ground.times.thing(need, name)
                if mask is None:
                    continue
                if id(mask) not in known:
                    known[id(mask)] = len(masks)
                    masks.append(mask)
                row[at, self._thing(kind, name)] = known[id(mask)]
        limits = case.applies("capacity")
        return Joining(
            *rows_of(
                [
                    [one for one in by_tag[need.joint] if self._ground.sessions[one].id != need.id]
                    for need in tagged
                ]
            ),
            covers,
            guest_from,
            guest_to,
            begins,
            row,
            np.array(masks or [np.zeros(self._ground.times.ticks, dtype=np.bool_)]),
            whole([room.capacity if limits else MANY for room in scenario.rooms.values()]),
            np.array(
                [
                    float(MANY) if room.area_m2 is None else float(room.area_m2)
                    for room in scenario.rooms.values()
                ]
            ),
        )

    def _thing(self, kind: str, name: str) -> int:
        """Return the number of a room, a member of staff or a piece of equipment."""
        if kind == "room":
            return self._rooms[name]
        if kind == "staff":
            return len(self._rooms) + self.members[name]
        return len(self._rooms) + len(self.members) + self._items[name]

    def staff(self) -> Whole:
        """Return a row for each member of staff, who has nothing to do yet."""
        case, scenario, times = self._case, self._scenario, self._ground.times
        hours, cover = case.applies("staff_hours"), case.applies("home_cover")
        sites, values = len(self.sites), self._values
        rows = np.full((len(self.members), INTERVALS + times.ticks + 2 * sites), NOBODY)
        rows[:, COUNT : EVENTS + EVENT * MOST_EVENTS] = 0
        employers = [scenario.staff[key].institution for key in self.members]
        for at, key in enumerate(self.members):
            member, row = scenario.staff[key], rows[at]
            away = scenario.institutions[member.institution].max_away
            weekly, lent = member.weekly_minutes, member.lend_minutes
            first = employers.index(member.institution)
            limited = hours and weekly is not None
            row[:COUNT] = (
                weekly if limited else MANY,
                lent if hours and lent is not None else MANY,
                self.sites[member.site],
                self._institutions[member.institution],
                away if cover and away is not None else MANY,
                first,
                first + employers.count(member.institution),
                round(
                    (
                        values.minute * limited
                        + values.krone * member.hourly_cost / SIXTIETHS_PER_DKK
                    )
                    * BILLION
                ),
                times.ticks,
            )
            intervals = row[INTERVALS : INTERVALS + times.ticks]
            for number, (low, high) in enumerate(case.open_hours_of_staff[key]):
                intervals[-(-low // times.step) : -(-high // times.step)] = number
            row[INTERVALS + times.ticks :] = [
                minutes
                for site in self.sites
                for minutes in (
                    case.travel.minutes(member.site, site, member.travel_mode),
                    case.travel.minutes(site, member.site, member.travel_mode),
                )
            ]
        return rows


def _price(option: Option) -> float:
    """Return what an option costs, in DKK; staff is paid by the hours of its week."""
    return 0.0 if option.kind == "staff" else option.price / SIXTIETHS_PER_DKK


def _covers(host: Need, guest: Need) -> bool:
    """Return whether the staff and equipment that one need asks for do for another as well."""
    skills, equipment = dict(host.skills), dict(host.equipment)
    return (
        host.joint == guest.joint
        and host.id != guest.id
        and host.minutes == guest.minutes
        and all(skills.get(skill, 0) >= count for skill, count in guest.skills)
        and all(equipment.get(kind, 0) >= count for kind, count in guest.equipment)
    )
