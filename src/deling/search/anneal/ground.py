"""What annealing is about: the sessions of a plan, and all that they could take, as arrays."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from deling.check import check
from deling.domain import Event
from deling.event_ids import bought_id, held_id
from deling.rules import KEEP
from deling.search.anneal.arrays import (
    COUNT,
    EVENT,
    EVENTS,
    INTERVALS,
    MANY,
    MILLION,
    MOST_EVENTS,
    NOBODY,
    WEIGHT,
    WISHED,
    Facts,
    Joining,
    Ways,
    Wishes,
)
from deling.search.anneal.ways import WaysOfAll, guest_key
from deling.search.cells import Cells
from deling.search.ejections import Wishes as Names
from deling.search.layout import Table
from deling.search.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deling.domain import Need, Plan
    from deling.search.anneal.arrays import Whole
    from deling.search.eject.times import Times
    from deling.search.places import Place

KEPT = 1000.0
"""What it costs besides to leave out a session that is kept from today."""
MINUTE = 0.0025
"""What a minute of somebody's time is worth, in sessions, so that others find time."""
BUY = 0.5
"""What the price of one session or another is worth, in sessions, so that cheap ones are bought."""


class Ground:
    """The sessions that may be moved, and the ways to hold them beside what stays.

    Parameters
    ----------
    times
        Start times, by what could serve each need.
    plan
        A valid plan.
    """

    def __init__(self, times: Times, plan: Plan) -> None:
        self.times = times
        self.case = case = times.case
        self._scenario = scenario = case.scenario
        self.sites = {site: at for at, site in enumerate(scenario.sites)}
        by_employer = sorted(scenario.staff.values(), key=lambda member: member.institution)
        self.members = {member.id: at for at, member in enumerate(by_employer)}
        """Numbers of staff, those of an institution one after the other."""
        self._rooms = {room: at for at, room in enumerate(scenario.rooms)}
        self._items = {item: at for at, item in enumerate(scenario.equipment)}
        self._institutions = {key: at for at, key in enumerate(scenario.institutions)}
        needs = list(scenario.needs.values())
        self._fixed = {event.key for event in scenario.today.events if event.fixed}
        self.ways = WaysOfAll(times.candidates, needs, self._today())
        self._bound: set[str] = set()
        """Needs that have the staff of something that is not moved."""
        self.standing, self.moving = self._sorted(plan)
        self.sessions, self.places, self.bought = self._sessions(needs, plan)
        cells = Cells(self.ways, Places(self.ways, self.standing))
        guests = [guest_key(key, site) for key, some in self.ways.guests.items() for site in some]
        names = [*(need.id for need in self.sessions), *guests]
        self.table = Table(Names(names, [0] * len(names)), cells)
        self.cells = cells
        self.wishes = self._wished()
        """What each session asks for: columns up to `arrays.WISHED`."""
        self.facts = Facts(self.table.layout, self._worth(), self._ways(), self._joining())

    def _today(self) -> dict[str, list[Event]]:
        """Return today's events that may stand as they are, by need."""
        named = {key for breach in check(self._scenario.today, self.case) for key in breach.events}
        found = {
            key: [
                event
                for event in events
                if event.id not in named
                and event.key not in self._fixed
                and event.start % self.times.step == 0
                and event.minutes == self._scenario.needs[key].minutes
            ]
            for key, events in self.times.today.items()
        }
        return {key: events for key, events in found.items() if events}

    # What the plan has

    def _sorted(self, plan: Plan) -> tuple[list[Event], list[dict[str, Place]]]:
        """Return the events that stay, and where the others are, the host first."""
        stay = {
            event.id
            for event in plan.internal
            if event.key in self._fixed
            # What may be as it is because it is so today, and is no way of a single need.
            or (len(event.needs) > 1 and self.case.stands_as_today(event))
        }
        while True:
            stay = self._with_bound(stay, plan)
            standing = [event for event in plan.internal if event.id in stay]
            self.ways.give_vehicles(standing)
            beside = Places(self.ways, standing)
            moving, out = [], set()
            for event in sorted(plan.internal, key=attrgetter("start")):  # So that few are enough.
                if event.id in stay:
                    continue
                places = self._places_of(event, beside)
                if places is None:
                    out.add(event.id)
                    continue
                for place in places.values():
                    beside.put(len(beside.of), place)
                moving.append(places)
            if not out:
                return standing, moving
            stay |= out

    def _with_bound(self, stay: set[str], plan: Plan) -> set[str]:
        """Return ids of what is not moved, and of what is to have the same staff as any of it."""
        if self.case.applies("same_staff"):
            needs = self._scenario.needs
            self._bound = {
                need
                for event in plan.internal
                if event.id in stay
                for need in event.needs
                if needs[need].same_staff
            }
        return stay | {
            event.id for event in plan.internal if not self._bound.isdisjoint(event.needs)
        }

    def _places_of(self, event: Event, beside: Places) -> dict[str, Place] | None:
        """Return the places of those in an event, the host first; None where no way is so."""
        site = self.case.site_of(event)
        for host in event.needs:
            first = self.ways.place_of(host, event, beside)
            if first is None:
                continue
            taken = Places(self.ways, ())
            taken.put(0, first)
            places = {host: first}
            for guest in event.needs:
                if guest != host:
                    place = self.ways.guest_at(guest, site, event.start, beside, taken)
                    if place is None:
                        break
                    taken.put(len(places), place)
                    places[guest] = place
            if len(places) == len(event.needs):
                return places
        return None

    def _sessions(
        self, needs: Sequence[Need], plan: Plan
    ) -> tuple[list[Need], list[tuple[int, Place, int]], list[int]]:
        """Return the need of each session, which are where and with whom, and which are bought."""
        fixed = Counter(
            need for event in self._scenario.today.bought if event.fixed for need in event.needs
        )
        bought = Counter(need for event in plan.bought for need in event.needs)
        always = {
            need: count if need in self._bound else min(count, fixed[need])
            for need, count in bought.items()
        }
        self.bought_always = [
            Event(id=bought_id(need), needs=(need,), source="bought")
            for need, count in always.items()
            for _session in range(count)
        ]
        """What is bought whatever else is."""
        stays = Counter(need for event in self.standing for need in event.needs)
        stays.update(always)
        self._stays = stays
        sessions: list[Need] = []
        first: dict[str, int] = {}
        for need in needs:
            first[need.id] = len(sessions)
            if need.id not in self._bound and self._is_possible(need):
                sessions += [need] * max(0, need.sessions - stays[need.id])
        places: list[tuple[int, Place, int]] = []
        for some in self.moving:
            host = NOBODY
            for key, place in some.items():
                places.append((first[key], place, host))
                host = first[key] if host == NOBODY else host
                first[key] += 1
        are_bought = []
        for key in bought:
            for _session in range(bought[key] - always[key]):
                are_bought.append(first[key])
                first[key] += 1
        return sessions, places, are_bought

    def _is_possible(self, need: Need) -> bool:
        """Return whether there is any way to serve a need."""
        return bool(
            self.ways.of[need.id] or need.buy_price is not None or self.ways.guests[need.id]
        )

    def name(self, session: int, place: Place, host: int) -> str:
        """Return the name under which the ways to a session's place are."""
        need = self.sessions[session].id
        if host == NOBODY:
            return need
        names = [guest_key(need, site) for site in self.ways.guests[need]]
        return next(
            name for name in names if any(way.forced is place.options for way in self.ways.of[name])
        )

    def event(self, needs: tuple[str, ...], way: int, picks: Sequence[int], start: int) -> Event:
        """Return the event of some needs, the host first, that are in a way of the host's.

        Parameters
        ----------
        picks
            The option of each choice.
        start
            The slot.
        """
        outline = self.table.ways[way]
        today = self.ways.as_today.get(id(outline.forced[0])) if outline.forced else None
        if today is not None and len(needs) == 1:
            return today
        chosen: dict[str, list[str]] = {"room": [], "staff": [], "equipment": []}
        picked = [self.table.options[pick] for pick in picks[: len(outline.choices)]]
        for option in (*outline.forced, *picked):
            if option.kind in chosen:
                chosen[option.kind].append(option.name)
        minute = start * self.ways.step
        return Event(
            id=held_id(needs[0], minute),
            needs=needs,
            start=minute,
            minutes=self._scenario.needs[needs[0]].minutes,
            room=chosen["room"][0],
            staff=tuple(sorted(chosen["staff"])),
            equipment=tuple(sorted(Counter(chosen["equipment"]).items())),
        )

    @property
    def most_staff(self) -> int:
        """Most staff that a session can have."""
        counts = [
            sum(1 for option in way.forced if option.kind == "staff") + len(way.choices)
            for way in self.table.ways
        ]
        return max([1, *counts])

    # Arrays

    def _wished(self) -> Whole:
        case = self.case
        limited, budget = case.applies("capacity"), case.applies("budget")
        same = case.applies("same_staff")
        tagged = dict.fromkeys(need.id for need in self.sessions if self.ways.guests[need.id])
        self._tagged = {need: number for number, need in enumerate(tagged)}
        first: dict[str, int] = {}
        rows = []
        for number, need in enumerate(self.sessions):
            group = case.group_of(need.id)
            begin = first.setdefault(need.id, number)
            end = begin + need.sessions - self._stays[need.id]
            most = need.max_participants
            rows.append(
                (
                    need.weight,
                    need.minutes,
                    self._institutions[group.institution],
                    NOBODY if need.buy_price is None else need.buy_price * budget,
                    *((begin, end) if same and need.same_staff else (NOBODY, NOBODY)),
                    self._tagged.get(need.id, NOBODY),
                    group.size,
                    most if limited and most is not None else MANY,
                )
            )
        return np.array(rows, dtype=np.int64).reshape(len(rows), WISHED)

    def _worth(self) -> Wishes:
        case = self.case
        kept = KEEP.kept(case) if case.applies("keep") else {}
        got = Counter(self._stays)
        areas = self._scenario.rules.floor_area if case.applies("floor_area") else {}
        worth, area = [], []
        for need in self.sessions:
            must = got[need.id] < kept.get(need.id, 0)
            got[need.id] += 1
            worth.append(float(need.weight) + KEPT * must)
            self.wishes[len(worth) - 1, WEIGHT] += MANY * must  # Never the best without it.
            group = case.group_of(need.id)
            area.append(float(group.size * areas.get(group.kind, 0)))
        prices = [need.buy_price for need in self.sessions if need.buy_price]
        rate = BUY / median(prices) if prices else 0.0
        return Wishes(np.array(worth), np.array(area), np.array([rate]))

    def _ways(self) -> Ways:
        table, scenario = self.table, self._scenario
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
                        lent[way] = int(id(option) not in self.ways.as_today)
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
            kind: _whole(
                [names[option.name] if option.kind == kind else NOBODY for option in table.options]
                or [NOBODY]
            )
            for kind, names in numbers.items()
        }
        return Ways(
            _whole(site),
            _whole(lent),
            _whole(room),
            *_rows(members),
            *_rows(items),
            of_kind["room"],
            of_kind["staff"],
            of_kind["equipment"],
        )

    def _joining(self) -> Joining:
        scenario, case = self._scenario, self.case
        tagged = [scenario.needs[need] for need in self._tagged]
        by_tag: dict[str | None, list[int]] = defaultdict(list)
        for number, need in enumerate(self.sessions):
            if need.id in self._tagged:
                by_tag[need.joint].append(number)
        covers = np.zeros((len(tagged), len(tagged)), dtype=np.bool_)
        guest_from, guest_to = np.zeros((2, len(tagged), len(self.sites)), dtype=np.int64)
        begins = np.zeros((len(self.table.ways), self.times.ticks), dtype=np.bool_)
        things = len(self._rooms) + len(self.members) + len(self._items)
        row = np.full((len(tagged), things), NOBODY)
        masks: list[np.ndarray] = []
        known: dict[int, int] = {}
        of_tag: dict[str | None, dict[tuple[str, str], None]] = defaultdict(dict)
        """Rooms, staff and equipment that anybody with a tag can have."""
        for need in tagged:
            for way in self.table.of_need[need.id]:
                outline = self.table.ways[way]
                options = [*outline.forced, *(one for some in outline.choices for one in some[0])]
                for one in options:
                    if one.kind in ("room", "staff", "equipment"):
                        of_tag[need.joint][one.kind, one.name] = None
        for at, need in enumerate(tagged):
            for host in range(len(tagged)):
                covers[host, at] = _covers(tagged[host], need) and not case.related_groups(
                    tagged[host].group, need.group
                )
            for site in self.ways.guests[need.id]:
                some = self.table.of_need[guest_key(need.id, site)]
                guest_from[at, self.sites[site]] = some.start
                guest_to[at, self.sites[site]] = some.stop
                for way in some:
                    begins[way, self.table.ways[way].slots] = True
            rooms = {room.id: mask for room, mask in self.times.rooms(need)}
            for kind, name in of_tag[need.joint]:
                mask = rooms.get(name) if kind == "room" else self.times.thing(need, name)
                if mask is None:
                    continue
                if id(mask) not in known:
                    known[id(mask)] = len(masks)
                    masks.append(mask)
                row[at, self._thing(kind, name)] = known[id(mask)]
        limits = case.applies("capacity")
        return Joining(
            *_rows(
                [
                    [one for one in by_tag[need.joint] if self.sessions[one].id != need.id]
                    for need in tagged
                ]
            ),
            covers,
            guest_from,
            guest_to,
            begins,
            row,
            np.array(masks or [np.zeros(self.times.ticks, dtype=np.bool_)]),
            _whole([room.capacity if limits else MANY for room in scenario.rooms.values()]),
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
        case, scenario, times = self.case, self._scenario, self.times
        hours, cover = case.applies("staff_hours"), case.applies("home_cover")
        sites = len(self.sites)
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
                round(MINUTE * MILLION) if limited else 0,
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


def _whole(numbers: Sequence[int]) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def _rows(rows: Iterable[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    rows = list(rows)
    ends = [0, *accumulate(map(len, rows))]
    return _whole(ends), _whole([one for row in rows for one in row])
