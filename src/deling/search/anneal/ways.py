"""Ways to hold a session: as in `deling.search.ways`, as it is today, and as part of another."""

from __future__ import annotations

from collections import Counter, defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from deling.goals.cost import moving, rent
from deling.search.places import Place
from deling.search.ways import ANY, Option, Way, Ways, reach, slots

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from deling.candidates import Candidates
    from deling.domain import Event, Need
    from deling.search.places import Places
    from deling.search.ways import Claim


def guest_key(need_id: str, site: str) -> str:
    """Return the name under which a need's ways to take part at a site are; no id is like it."""
    return f"{need_id}@{site}"


class WaysOfAll(Ways):
    """Ways to hold sessions, today's among them, and to take part in sessions of other needs.

    Parameters
    ----------
    candidates
        What could serve each need.
    needs
        The needs.
    today
        By need: what it has today that may stand as it is.
    """

    def __init__(
        self, candidates: Candidates, needs: Collection[Need], today: dict[str, list[Event]]
    ) -> None:
        self._today = today
        self.as_today: dict[int, Event] = {}
        """What stands as today, by the id of its way's first option."""
        self._given: dict[str, list[Claim]] = {}
        """Vehicles of what is not moved, by its events."""
        super().__init__(candidates, needs)
        joint = self._case.applies("joint")
        self.guests: dict[str, list[str]] = {
            need.id: list(self._rooms[need.id]) if joint and need.joint is not None else []
            for need in needs
        }
        """By need: sites at which it can join others."""
        for need in needs:
            for site in self.guests[need.id]:
                self.of[guest_key(need.id, site)] = tuple(self._as_guest(need, site))

    def _ways(self, need: Need) -> Iterator[Way]:
        if not self.as_today:
            # Before anybody's: what they do at one site keeps them from all others.
            for event in (each for events in self._today.values() for each in events):
                for member in event.staff:
                    self._sites[member].setdefault(self._case.site_of(event))
        for event in self._today.get(need.id, ()):
            yield from self._of_today(need, event)
        for way in super()._ways(need):
            yield from self._with_vehicle(need, way)

    def _units(self, need: Need, kind: str, site: str) -> Iterator[Option]:
        """Yield units of equipment, without the time for which they are taken by blocks."""
        for option in super()._units(need, kind, site):
            blocked = 0
            item = self._case.scenario.equipment[option.name]
            for thing, before, total in option.tests:
                for block, units in self._case.blocks_of_equipment[option.name]:
                    # Of several alike, the last ones.
                    of_block = range(item.quantity - units, item.quantity)
                    if any(thing == self._thing("equipment", item.id, one) for one in of_block):
                        first = block.start // self.step
                        taken = slots(first, -(-block.end // self.step) - first)
                        blocked |= reach(taken, before, total)
            yield option._replace(starts=option.starts & ~blocked)

    def _of_today(self, need: Need, event: Event) -> Iterator[Way]:
        """Yield the way in which an event of today stands."""
        start = 1 << event.start // self.step
        site, rooms = self._case.site_of(event), self._case.scenario.rooms
        claims = self._of_room(event.room, event.minutes)
        price = rent(rooms[event.room], event.minutes)
        room = self._option("room", event.room, start, claims, claims, price)
        self.as_today[id(room)] = event
        options = [room, self._group(need, site), *self._day(need)]
        for member in event.staff:
            here = (self._claim(self._thing("staff", member, site), 0, event.minutes, 0),)
            stay = self._stay(member, site, event.minutes)
            options.append(self._option("staff", member, start, here, stay, 0))
        for item, units in event.equipment:
            price = moving(self._case.scenario.equipment[item], site)
            for unit in range(units):
                claims = self._of_unit(item, unit, site, event.minutes)
                each = price if unit == 0 else 0  # All are moved at once.
                options.append(self._option("equipment", item, start, claims, claims, each))
        yield from self._with_vehicle(need, Way(start, tuple(options), (), 0))

    def _with_vehicle(self, need: Need, way: Way) -> Iterator[Way]:
        """Yield a way, with a choice of vehicle where the group goes by one of few."""
        options = (*way.forced, *(some[0] for some in way.choices))
        room = next(one.name for one in options if one.kind == "room")
        vehicles = self._vehicles(need, self._case.scenario.rooms[room].site)
        if vehicles is None:
            yield way
        elif vehicles:
            yield way._replace(choices=(*way.choices, vehicles))

    def _vehicles(self, need: Need, site: str) -> tuple[Option, ...] | None:
        """Return the vehicles by which a need's group goes to a site; None if they are not few."""
        group = self._case.group_of(need.id)
        fleet = self._case.scenario.travel.modes[group.travel_mode].fleet
        if fleet is None or site == group.site or not self._case.applies("group"):
            return None
        out = self._case.group_travel(need.id, site)
        found = []
        for number in range(fleet):
            thing = self._thing("vehicle", group.travel_mode, number)
            claims = (self._claim(thing, out, need.minutes, out),)
            found.append(self._vehicle(group.travel_mode, claims))
        return tuple(found)

    def _vehicle(self, mode: str, claims: tuple[Claim, ...]) -> Option:
        key = mode, claims
        known = self._options.get(key)
        if known is None:
            known = self._options[key] = self._option("vehicle", mode, ANY, claims, claims, 0)
        return known

    def _as_guest(self, need: Need, site: str) -> Iterator[Way]:
        """Yield the ways in which a need takes part in what others have at a site."""
        starts = 0
        for windows in self._rooms[need.id][site].values():
            starts |= self._mask(windows)
        options = self._group(need, site), *self._day(need)
        vehicles = self._vehicles(need, site)
        if vehicles is None:
            yield Way(starts, options, (), 0)
        for vehicle in vehicles or ():
            yield Way(starts, (*options, vehicle), (), 0)

    def give_vehicles(self, events: Iterable[Event]) -> None:
        """Let each trip of what stays have a vehicle, where these are few."""
        taken: dict[int, int] = defaultdict(int)
        self._given = {}
        for event in sorted(events, key=attrgetter("start")):
            claims = self._given[event.id] = []
            for need in (self._case.scenario.needs[key] for key in event.needs):
                for option in self._vehicles(need, self._case.site_of(event)) or ():
                    thing, before, total = option.takes[0]
                    mask = slots(event.start // self.step - before, total + 1)
                    if not taken[thing] & mask:
                        taken[thing] |= mask
                        claims.append(option.takes[0])
                        break

    def taken_by(self, event: Event) -> Iterator[tuple[int, int]]:
        """Yield what an internal event takes: things, each with its slots."""
        yield from super().taken_by(event)
        for thing, before, total in self._given[event.id]:
            yield thing, slots(event.start // self.step - before, total + 1)

    def guest_at(
        self, need_id: str, site: str, start: int, beside: Places, taken: Places
    ) -> Place | None:
        """Return the place at which a need takes part in an event, or None where it cannot."""
        slot, off_grid = divmod(start, self.step)
        for way in () if off_grid else self.of.get(guest_key(need_id, site), ()):
            if way.starts >> slot & 1 and all(
                places.is_free(option, slot) for places in (beside, taken) for option in way.forced
            ):
                return Place(slot, way.forced)
        return None

    def place_of(self, need_id: str, event: Event, beside: Places) -> Place | None:
        """Return the place at which an event is for a need, or None where no way leads there.

        Parameters
        ----------
        beside
            What has a place already: one of several alike that are there, it takes another.
        """
        start, off_grid = divmod(event.start, self.step)
        for way in () if off_grid else self.of[need_id]:
            if way.starts >> start & 1:
                options = _matching(way, event, start, beside)
                if options is not None:
                    return Place(start, options)
        return None


def _matching(way: Way, event: Event, start: int, beside: Places) -> tuple[Option, ...] | None:
    """Return the options of a way that are what an event has; None where there are none."""
    left: Counter[tuple[str, str]] = Counter()
    left["room", event.room] = 1
    left.update(("staff", member) for member in event.staff)
    for item, units in event.equipment:
        left["equipment", item] = units
    found: list[Option] = []
    for options in (*((one,) for one in way.forced), *way.choices):
        for one in options:
            asked = one.kind, one.name
            is_asked = one.kind in ("group", "day", "vehicle") or left[asked] > 0
            if is_asked and one not in found and beside.is_free(one, start):
                left[asked] -= 1
                found.append(one)
                break
        else:
            return None
    return tuple(found) if all(count <= 0 for count in left.values()) else None
