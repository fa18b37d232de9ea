"""Ways to hold a session, as bits: each start of the week is one bit of a whole number.

What could serve a need, and when, is what `candidates` says, which asks the rules. What two
events cannot have at once (a group, a room, a person, a unit of equipment, a need's day) is a
*thing* here: an event keeps it from other starts. This is a guide for a quick search and no
statement of the rules. It knows some of them in part and others not at all, and errs on either
side; what it leads to is judged by the checker.
"""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from deling.goals.cost import moving, rent, trip_cost
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator

    from deling.candidates import Candidates, Windows
    from deling.domain import Event, Need

Kind = Literal["room", "staff", "equipment", "group", "day", "vehicle"]
Claim = tuple[int, int, int]
"""A thing, the slots before a start, and for how many slots in all an event has it."""
ANY = -1
"""All starts, as bits."""


class Option(NamedTuple):
    """One choice of what a session takes."""

    kind: Kind
    name: str
    """Id of the room, the member of staff, the piece of equipment, the group or the need."""
    starts: int
    """When a session can start with it."""
    tests: tuple[Claim, ...]
    """What must be free for that."""
    takes: tuple[Claim, ...]
    """What is then not free for others."""
    days: int = 0
    """For how many days the start's day is taken, rather than slots; 0 where it is not."""
    price: int = 0
    """About what it costs, in sixtieths of an øre; 0 where nobody asks for the cost."""


class Way(NamedTuple):
    """All ways to hold a session of a need at one site."""

    starts: int
    """When that may be possible."""
    forced: tuple[Option, ...]
    """What no choice is about."""
    choices: tuple[tuple[Option, ...], ...]
    """What has to be chosen, those with the fewest options first; of these, the cheapest first."""
    price: int
    """Of what no choice is about, and of the cheapest there is of the rest."""


class Ways:
    """The ways of some needs.

    Parameters
    ----------
    candidates
        What could serve each need.
    needs
        The needs.
    """

    def __init__(self, candidates: Candidates, needs: Collection[Need]) -> None:
        self._candidates = candidates
        self._case = case = candidates.case
        self.step = case.scenario.calendar.step
        self._things: dict[Hashable, int] = {}
        self._masks: dict[Windows, int] = {}
        self._options: dict[Hashable, Option] = {}
        """Options that several needs share, by all that they follow from."""
        self._sites: dict[str, dict[str, None]] = defaultdict(dict)
        self._pays = "cost" in case.scenario.goals
        self._leaves = {"group": _leaves(case.group_line), "room": _leaves(case.room_line)}
        self._rooms = {need.id: self._by_site(need) for need in needs}
        self._staff = {
            need.id: [candidates.staff(need, skill) for skill, n in need.skills for _ in range(n)]
            for need in needs
        }
        for need_id, asked in self._staff.items():
            for members in asked:
                for member in members:
                    self._sites[member].update(dict.fromkeys(self._rooms[need_id]))
        self.of = {
            need.id: tuple(
                sorted((way for way in self._ways(need) if way.starts), key=attrgetter("price"))
            )
            for need in needs
        }

    @property
    def things(self) -> int:
        """How many things there are so far."""
        return len(self._things)

    def days_around(self, day: int, days: int) -> int:
        """Return the slots of the days that lie less than some days from a day."""
        each = DAY // self.step
        first, last = max(0, day - days + 1), min(6, day + days - 1)
        return ((1 << (last - first + 1) * each) - 1) << first * each

    def _thing(self, *key: Hashable) -> int:
        return self._things.setdefault(key, len(self._things))

    def _claim(self, thing: int, before: int, minutes: int, after: int) -> Claim:
        ahead = -(-before // self.step)
        return thing, ahead, ahead - (-(minutes + after) // self.step)

    def _mask(self, windows: Windows) -> int:
        known = self._masks.get(windows)
        if known is None:
            known = 0
            for low, high in windows:
                first, last = low // self.step, high // self.step
                known |= ((1 << (last - first + 1)) - 1) << first
            self._masks[windows] = known
        return known

    def _by_site(self, need: Need) -> dict[str, dict[str, Windows]]:
        found: dict[str, dict[str, Windows]] = defaultdict(dict)
        for room, windows in self._candidates.rooms(need).items():
            found[self._case.scenario.rooms[room].site][room] = windows
        return found

    def _ways(self, need: Need) -> Iterator[Way]:
        for site, rooms in self._rooms[need.id].items():
            positions = [
                tuple([self._room(need, room, starts) for room, starts in rooms.items()]),
                (self._group(need, site),),
                *[(day,) for day in self._day(need)],
                *[
                    tuple(
                        [
                            self._member(need, member, starts, site)
                            for member, starts in some.items()
                        ]
                    )
                    for some in self._staff[need.id]
                ],
                *[
                    tuple(self._units(need, kind, site))
                    for kind, count in need.equipment
                    for _unit in range(count)
                ],
            ]
            starts = -1
            for some in positions:
                any_of = 0
                for option in some:
                    any_of |= option.starts
                starts &= any_of
            forced = tuple(some[0] for some in positions if len(some) == 1)
            claims = [claim for option in forced for claim in option.tests]
            if len(set(claims)) < len(claims):
                continue  # It would have to take something twice.
            choices = [some for some in positions if len(some) > 1]
            price = 0
            if self._pays:
                choices = [tuple(sorted(some, key=attrgetter("price"))) for some in choices]
                price = sum(min((one.price for one in some), default=0) for some in positions)
            yield Way(starts, forced, tuple(sorted(choices, key=len)), price)

    def _option(
        self,
        kind: Kind,
        name: str,
        starts: int,
        tests: tuple[Claim, ...],
        takes: tuple[Claim, ...],
        price: int,
    ) -> Option:
        return Option(kind, name, starts, tests, takes, price=price if self._pays else 0)

    def _room(self, need: Need, room_id: str, windows: Windows) -> Option:
        key = (room_id, need.minutes, windows)
        known = self._options.get(key)
        if known is None:
            claims = self._of_room(room_id, need.minutes)
            price = rent(self._case.scenario.rooms[room_id], need.minutes)
            known = self._option("room", room_id, self._mask(windows), claims, claims, price)
            self._options[key] = known
        return known

    def _of_room(self, room_id: str, minutes: int) -> tuple[Claim, ...]:
        if not self._case.applies("room"):
            return ()
        after = self._case.scenario.rooms[room_id].turnaround
        return tuple(
            self._claim(self._thing("room", leaf), 0, minutes, after)
            for leaf in self._leaves["room"][room_id]
        )

    def _group(self, need: Need, site: str) -> Option:
        key = (need.group, site, need.minutes)
        known = self._options.get(key)
        if known is None:
            claims: tuple[Claim, ...] = ()
            if self._case.applies("group"):
                way = self._case.group_travel(need.id, site)
                claims = tuple(
                    self._claim(self._thing("group", leaf), way, need.minutes, way)
                    for leaf in self._leaves["group"][need.group]
                )
            price = trip_cost(self._case.group_of(need.id), site, self._case)
            known = self._option("group", need.group, ANY, claims, claims, price)
            self._options[key] = known
        return known

    def _day(self, need: Need) -> Iterator[Option]:
        """Yield that sessions of the need lie days apart, where they do."""
        if need.sessions > 1 and need.min_days_between and self._case.applies("spread"):
            claims = ((self._thing("need", need.id), 0, 1),)
            yield Option("day", need.id, ANY, claims, claims, need.min_days_between)

    def _member(self, need: Need, member_id: str, windows: Windows, site: str) -> Option:
        key = (member_id, site, need.minutes, windows)
        known = self._options.get(key)
        if known is None:
            known = self._options[key] = self._member_at(need, member_id, windows, site)
        return known

    def _member_at(self, need: Need, member_id: str, windows: Windows, site: str) -> Option:
        case = self._case
        member = case.scenario.staff[member_id]
        starts = self._mask(windows)
        minutes = need.minutes
        if member.site != site:
            out = case.travel.minutes(member.site, site, member.travel_mode)
            back = case.travel.minutes(site, member.site, member.travel_mode)
            hours = tuple(
                (start + out, end - back)
                for start, end in case.open_hours_of_staff[member_id]
                if end - start > out + back
            )
            starts &= self._mask(self._candidates.start_windows(need, (hours,)))
            minutes += out + back
        here = self._claim(self._thing("staff", member_id, site), 0, need.minutes, 0)
        stay = self._stay(member_id, site, need.minutes)
        return self._option("staff", member_id, starts, (here,), stay, minutes * member.hourly_cost)

    def _stay(self, member_id: str, site: str, minutes: int) -> tuple[Claim, ...]:
        """Return what an event at a site keeps a person from at this and at other sites."""
        travel, mode = self._case.travel, self._case.scenario.staff[member_id].travel_mode
        return tuple(
            self._claim(
                self._thing("staff", member_id, other),
                travel.minutes(other, site, mode),
                minutes,
                travel.minutes(site, other, mode),
            )
            for other in self._sites[member_id]
        )

    def _units(self, need: Need, kind: str, site: str) -> Iterator[Option]:
        for item_id, windows in self._candidates.equipment(need, kind).items():
            item = self._case.scenario.equipment[item_id]
            if item.portable or item.site == site:
                starts = self._mask(windows)
                for unit in range(item.quantity):
                    claims = self._of_unit(item_id, unit, site, need.minutes)
                    price = moving(item, site)
                    yield self._option("equipment", item_id, starts, claims, claims, price)

    def _of_unit(self, item_id: str, unit: int, site: str, minutes: int) -> tuple[Claim, ...]:
        if not self._case.applies("equipment"):
            return ()
        item = self._case.scenario.equipment[item_id]
        move = 0 if item.site == site else item.move_minutes
        return (self._claim(self._thing("equipment", item_id, unit), move, minutes, move),)

    def taken_by(self, event: Event) -> Iterator[tuple[int, int]]:
        """Yield what an internal event takes: things, each with its slots."""
        case = self._case
        site = case.site_of(event)
        claims = list(self._of_room(event.room, event.minutes))
        for need in (case.scenario.needs[key] for key in event.needs):
            claims += self._group(need, site).takes
            for option in self._day(need):
                yield option.takes[0][0], self.days_around(event.day, option.days)
        for member in event.staff:
            claims += self._stay(member, site, event.minutes)
        for item, units in event.equipment:
            for unit in range(units):
                claims += self._of_unit(item, unit, site, event.minutes)
        start, off_grid = divmod(event.start, self.step)
        for thing, before, total in claims:
            yield thing, slots(start - before, total + bool(off_grid))


def slots(first: int, count: int) -> int:
    """Return some slots as bits; those before the week are left out."""
    if first < 0:
        count, first = count + first, 0
    return ((1 << count) - 1) << first


def reach(taken: int, before: int, total: int) -> int:
    """Return the starts of events that would have some of the slots taken."""
    found, length = taken << before, 1
    while length < total:
        shift = min(length, total - length)
        found |= found >> shift
        length += shift
    return found


def _leaves(lines: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return, for each row, those without parts that it is or consists of."""
    wholes = {whole for line in lines.values() for whole in line[1:]}
    found: dict[str, list[str]] = {key: [] for key in lines}
    for key, line in lines.items():
        if key not in wholes:
            for whole in line:
                found[whole].append(key)
    return {key: tuple(leaves) for key, leaves in found.items()}
