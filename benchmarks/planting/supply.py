"""Settles hours, quantities, limits and loans around the planted plan, tightly or loosely."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from deling.units import DAY, DAYS, clock, merge, subtract
from planting.houses import hours_of
from planting.things import Block, Member, Room
from planting.world import peak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deling.units import Hours, Interval
    from planting.things import Area, House, Thing
    from planting.world import World

Supply = Literal["tight", "loose"]


class Slack(NamedTuple):
    """How much more there is than the planted plan takes.

    Attributes
    ----------
    window
        Minutes before the first and after the last use of a day.
    hours
        Share of working and lent time.
    extra_day
        Chance of another day of work.
    units
        Chance of one more unit of equipment.
    lent
        Chance that a thing is shared with a house that does not use it.
    narrow
        Chance that a room has hours of its own around its use.
    lessons
        Chance that the owner's own lessons fill a free morning.
    """

    window: tuple[int, ...]
    hours: float
    extra_day: float
    units: float
    lent: float
    narrow: float
    lessons: float


SLACK: dict[Supply, Slack] = {
    "tight": Slack((0, 0, 15, 30), 0.04, 0.1, 0.0, 0.08, 0.5, 0.85),
    "loose": Slack((45, 60, 90, 120), 0.4, 0.5, 0.5, 0.35, 0.1, 0.4),
}


def text_of(hours: Hours) -> str:
    """Return intervals as an opening-hours expression that reads back the same."""
    by_day: dict[int, list[str]] = defaultdict(list)
    for start, end in hours:
        stop = "24:00" if end % DAY == 0 else clock(end)
        by_day[start // DAY].append(f"{clock(start)}-{stop}")
    days_with: dict[str, list[int]] = defaultdict(list)
    for day, times in by_day.items():
        days_with[",".join(times)].append(day)
    return "; ".join(f"{_days_text(days)} {times}" for times, days in days_with.items()) or "off"


def _days_text(days: list[int]) -> str:
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
    return ",".join(DAYS[day] for day in days)


class Settler:
    """Settles one area after another."""

    def __init__(self, world: World, supply: Supply, seed: int) -> None:
        self.world = world
        self._slack = SLACK[supply]
        self._supply = supply
        self._seed = seed
        self._rng = random.Random()
        self._uses: dict[Thing, list[Interval]] = defaultdict(list)

    def note_loans(self, areas: Iterable[Area]) -> None:
        """Note who uses what of whom; some loans of today are offered to nobody anew."""
        rng = random.Random(f"{self._seed} loans")
        for area in areas:
            for event in area.events:
                things: list[Thing] = [event.room, *event.staff, *(i for i, _units in event.items)]
                for thing in things:
                    self._uses[thing].append((event.start, event.end))
                # In one area only: nothing else may serve such a need, and deling explains each.
                if area.number == 0 and event.today and rng.random() < 0.3:
                    continue
                for thing in things:
                    for wish in event.wishes:
                        if wish.group.house is not thing.house:
                            thing.loans[wish.group.house.id].append((event.start, event.end))

    def settle(self, area: Area) -> None:
        """Settle all that an area owns."""
        self._rng = random.Random(f"{self._seed} settle {area.number}")
        for room in area.rooms:
            self._settle_room(room)
            self._share(area, room, willing=room.lent > 0)
        for member in area.staff:
            self._settle_member(member)
            self._share(area, member, willing=True)
        for item in area.items:
            uses = self.world.items[item]
            item.quantity = max(1, peak(uses)) + (self._rng.random() < self._slack.units)
            self._share(area, item, willing=True)
        for group in area.groups:
            if group.max_travel > 0:
                group.max_travel += self._rng.choice((0, 2, 5))
            group.max_travel = max(0, group.max_travel)
        for wish in area.wishes:
            if wish.events and self._rng.random() < 0.6:
                event = self._rng.choice(wish.events)
                start, end = event.start % DAY, event.end % DAY
                wish.preferred_text = f"Mo-Fr {clock(start - 30)}-{clock(end + 30)}"
        self._cover(area)
        self._block(area)

    # One thing

    def _settle_room(self, room: Room) -> None:
        uses = self._uses[room]
        if uses and self._rng.random() < self._slack.narrow:
            frame = room.hours
            spare = (30, 45, 60, 90) if self._supply == "tight" else (90, 120, 180)
            room.hours = self._around(uses, spare, frame)
            room.hours_text = text_of(room.hours)

    def _settle_member(self, member: Member) -> None:
        rng, world = self._rng, self.world
        tours: list[Interval] = []
        minutes, home, mode = world.travel.minutes, member.site.id, member.mode
        for day in sorted(world.days_of[member]):
            events = world.staff[member, day]
            out = minutes(home, events[0].room.site.id, mode)
            back = minutes(events[-1].room.site.id, home, mode)
            tours.append((events[0].start - out, events[-1].end + back))
        frame = member.hours
        member.hours = self._around(tours, self._slack.window, frame)
        if rng.random() < self._slack.extra_day:
            worked = {start // DAY for start, _end in member.hours}
            others = [each for each in frame if each[0] // DAY not in worked]
            if others:
                begin = rng.choice(others)[0] + rng.choice((60, 90, 120, 180))
                member.hours = merge([*member.hours, (begin, begin + rng.choice((90, 120, 180)))])
        member.hours_text = text_of(member.hours)
        work = world.work(member)
        if not member.volunteer or rng.random() < 0.8:
            member.weekly = _quarters(work * (1 + self._slack.hours) + rng.choice((0, 0, 15)))
        lent = sum(
            event.minutes
            for day in world.days_of[member]
            for event in world.staff[member, day]
            if not event.today and any(w.group.house is not member.house for w in event.wishes)
        )
        if member.weekly is not None and rng.random() < 0.6:
            member.lend = _quarters(lent * (1 + self._slack.hours) + rng.choice((0, 15, 30)))

    def _around(self, uses: list[Interval], spare: tuple[int, ...], frame: Hours) -> Hours:
        """Return one interval a day around its uses, with some to spare, within the frame."""
        found = []
        for begin, close in frame:
            inside = [use for use in uses if begin <= use[0] and use[1] <= close]
            if inside:
                first = min(start for start, _end in inside) - self._rng.choice(spare)
                last = max(end for _start, end in inside) + self._rng.choice(spare)
                found.append((max(begin, first // 15 * 15), min(close, -(-last // 15) * 15)))
        return merge(found)

    def _share(self, area: Area, thing: Thing, *, willing: bool) -> None:
        rng = self._rng
        chance = self._slack.lent if willing else 0.0
        near = [
            house.id
            for house in area.houses
            if house is not thing.house
            and house.id not in thing.loans
            and rng.random() < chance * (2 if house.sector == thing.house.sector else 1)
        ]
        thing.sharers = [*thing.loans, *near]
        loans = [use for uses in thing.loans.values() for use in uses]
        if loans and rng.random() < 0.5:
            spare = (0, 15, 30) if self._supply == "tight" else (60, 90, 120)
            thing.shared = self._around(loans, spare, thing.hours) or None

    # Cover and blocks

    def _cover(self, area: Area) -> None:
        away: dict[House, list[tuple[int, int, int]]] = defaultdict(list)
        for member in area.staff:
            for day in self.world.days_of[member]:
                away[member.house] += [(s, e, 1) for s, e in self._absences(member, day)]
        for house in area.houses:
            most = peak(away[house])
            if self._rng.random() < 0.7:
                house.max_away = max(1, most) + (self._supply == "loose")

    def _absences(self, member: Member, day: int) -> Iterable[Interval]:
        minutes, mode, home = self.world.travel.minutes, member.mode, member.site
        since: int | None = None
        events = self.world.staff[member, day]
        for at, event in enumerate(events):
            here = event.room.site
            if here is home:
                continue
            if since is None:
                since = event.start - minutes(home.id, here.id, mode)
            back = minutes(here.id, home.id, mode)
            after = events[at + 1] if at + 1 < len(events) else None
            if after is not None and after.room.site is not home:
                there = after.room.site.id
                if after.start - event.end < back + minutes(home.id, there, mode):
                    continue
            yield since, event.end + back
            since = None

    def _block(self, area: Area) -> None:
        rng = self._rng
        for room in area.rooms:
            for begin, close in hours_of(room.lessons) if room.lessons else ():
                if rng.random() < self._slack.lessons:
                    for start, end in self._gaps(room, begin, close):
                        block = Block(start, end - start, room=room, note="own lessons")
                        self._add_block(area, block)
        for member in area.staff:
            if rng.random() < 0.15:
                self._meeting(area, member)
        for item in area.items:
            if rng.random() < 0.1:
                start = rng.randrange(5) * DAY + rng.randrange(8 * 4, 15 * 4) * 15
                taken = self.world.units_taken(item, start, start + 60)
                if taken < item.quantity:
                    self._add_block(area, Block(start, 60, item=item, note="own use"))

    def _gaps(self, room: Room, begin: int, close: int) -> list[Interval]:
        """Return the hours of lessons that are free in the plan, at least an hour long each."""
        taken = merge(
            [
                (start // 15 * 15, -(-end // 15) * 15)
                for other in room.clashing
                # A lesson after an event waits for the turnaround; one before it does not.
                for start, end in self.world.rooms[other]
            ]
        )
        return [
            (start, end) for start, end in subtract(((begin, close),), taken) if end - start >= 60
        ]

    def _meeting(self, area: Area, member: Member) -> None:
        """Give a member a meeting in their own house where the plan leaves time for it."""
        minutes, mode, home = self.world.travel.minutes, member.mode, member.site.id
        for day in self.world.days_of[member]:
            events = self.world.staff[member, day]
            for earlier, later in itertools.pairwise(events):
                back = minutes(earlier.room.site.id, home, mode)
                out = minutes(home, later.room.site.id, mode)
                start = -(-(earlier.end + back) // 15) * 15
                if start + 30 <= later.start - out:
                    self._add_block(area, Block(start, 30, member=member, note="team meeting"))
                    member.hours = subtract(member.hours, ((start, start + 30),))
                    return

    def _add_block(self, area: Area, block: Block) -> None:
        self.world.add_block(block)
        area.blocks.append(block)


def settle_fleets(world: World, supply: Supply) -> dict[str, int]:
    """Return how many minibuses each municipality needs at least, and one more where loose."""
    most: dict[str, int] = {}
    for (mode, _day), trips in world.trips.items():
        if mode.startswith("minibus"):
            most[mode] = max(most.get(mode, 1), peak((s, e, 1) for s, e in trips))
    return {mode: count + (supply == "loose") for mode, count in sorted(most.items())}


def _quarters(minutes: float) -> int:
    return -(-round(minutes) // 15) * 15
