"""Where a session could be at the least cost: the weight of what is in its way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deling.goals.cost import moving, rent
from deling.goals.cost import price as price_of
from deling.search.eject.table import NEVER
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from deling.domain import Equipment, Event, Need, Room, StaffMember
    from deling.search.eject.bill import Bill
    from deling.search.eject.conflicts import Conflicts, Limit
    from deling.search.eject.table import Held, Table
    from deling.search.eject.times import Mask, Times

    Costs = NDArray[np.float64]

TO_BUY = 0.9
"""Cost of a bought session: dearer than a free place, cheaper than what is thrown out."""
TRIES = 20
"""Start times at which one person may turn out to be asked for twice before a room is given up."""


class Taste(NamedTuple):
    """What makes a place a good one."""

    price: float
    """Weight of what an event costs on average."""
    noise: float
    """Most that chance adds to a weight."""
    relative: float
    """Most that it adds besides, relative to the weight."""
    buys: bool
    """Whether to buy, to join others and to stand as today is weighed by what it costs as well;
    else anything that is free is as good as can be."""


@dataclass(frozen=True)
class Place:
    """Where a session could be; without a room, it is bought."""

    cost: float
    start: int = 0
    room: str = ""
    staff: tuple[str, ...] = ()
    equipment: tuple[tuple[str, int], ...] = ()
    joins: Held | None = None
    """The event that the session becomes part of."""


@dataclass(frozen=True)
class _AtSite:
    """What a need meets at a site, whatever the room."""

    costs: Costs
    staff: dict[str, tuple[list[str], Costs]]
    """By skill: who could come, and a row of costs for each."""
    items: dict[str, tuple[list[str], Costs]]
    """By kind: what could be used, and a row of costs for each."""


class Places:
    """Chooses places.

    Parameters
    ----------
    times, table
        As for `Conflicts`.
    conflicts
        What is in the way.
    bill
        What events cost.
    taste
        Which places are good ones.
    seed
        Of what chance adds.
    """

    def __init__(
        self,
        times: Times,
        table: Table,
        conflicts: Conflicts,
        bill: Bill,
        taste: Taste,
        seed: int,
    ) -> None:
        self._case = times.case
        self._times = times
        self._table = table
        self._conflicts = conflicts
        self._bill = bill
        self._taste = taste
        self._rate = taste.price / bill.average if bill.average else 0.0
        """Weight of a sixtieth of an øre."""
        self._noise = np.random.default_rng(seed)

    def best(self, need: Need) -> Place | None:
        """Return the place with the least in the way, or None where there is none."""
        best: Place | None = None
        for place in self._certain(need):
            if place.cost < (NEVER if best is None else best.cost):
                best = place
        if best is not None and best.cost == 0 and not self._taste.buys:
            return best
        taste = self._taste
        at_sites: dict[str, _AtSite | None] = {}
        for room, mask in self._times.rooms(need):
            if room.site not in at_sites:
                at_sites[room.site] = self._at_site(need, room.site)
            there = at_sites[room.site]
            if there is None:
                continue
            costs = there.costs + self._in_room(need, room)
            costs += self._rate * rent(room, need.minutes)
            costs += (taste.noise + taste.relative * costs) * self._noise.random(len(costs))
            costs[~mask] = np.inf
            for _try in range(TRIES):
                tick = int(costs.argmin())
                if costs[tick] >= (NEVER if best is None else best.cost):
                    break
                staff, items = self._who(need, there, tick), _what(need, there, tick)
                if staff is not None and items is not None:
                    start = tick * self._times.step
                    best = Place(float(costs[tick]), start, room.id, staff, items)
                    break
                costs[tick] = np.inf
        return best

    def _certain(self, need: Need) -> Iterator[Place]:
        """Yield what leaves nothing to choose: to buy, to join others, to stand as today."""
        table, bill = self._table, self._bill
        if need.buy_price is not None:
            in_the_way = self._conflicts.to_pay(need.buy_price)
            freed = sum(self._case.buying_price(held.event) for held in in_the_way)
            if table.left + freed >= need.buy_price:
                price = self._rate * price_of(need) if self._taste.buys else TO_BUY
                yield Place(price + _weight(in_the_way))
        for key in self._times.with_tag.get(need.joint or "", ()):
            for held in table.by_need[key].values():
                if held.weight < NEVER and self._may_join(need, held):
                    joint = self._joint(need, held)
                    if joint is None:
                        continue
                    others = self._conflicts.of_joining(need, held, joint)
                    if others is not None:
                        cost = _weight(others)
                        if self._taste.buys:
                            cost += self._rate * (bill.of(joint) - bill.of(held.event))
                        yield Place(cost, equipment=joint.equipment, joins=held)
        stands = {held.event.key for held in table.by_need[need.id].values()}
        for event in self._times.today.get(need.id, ()):
            if event.key not in stands:
                cost = _weight(self._conflicts.beside(need, event))
                if self._taste.buys:
                    cost += self._rate * bill.of(event)
                yield Place(cost, event.start, event.room, event.staff, event.equipment)

    def _may_join(self, need: Need, held: Held) -> bool:
        """Return whether a session could become part of an event, as far as is plain."""
        event, needs = held.event, self._case.scenario.needs
        asked = {pair for key in event.needs for pair in needs[key].skills}
        if not asked.issuperset(need.skills):
            return False
        ids = (*event.needs, need.id)
        if not self._times.candidates.fit_together(ids, event.room, event.start):
            return False
        return self._times.admits(need, event)

    def _joint(self, need: Need, held: Held) -> Event | None:
        """Return an event with what a need asks for besides; None where that is not to be had."""
        times, event, rows = self._times, held.event, self._case.scenario
        equipment = dict(event.equipment)
        for kind, count in need.equipment:
            there = {key: n for key, n in equipment.items() if rows.equipment[key].kind == kind}
            if sum(there.values()) >= count:
                continue
            usable = [
                item
                for item, mask in times.usable(need, kind, count, held.site)
                if mask[event.start // times.step]
            ]
            if not usable:
                return None
            equipment = {key: n for key, n in equipment.items() if key not in there}
            equipment[min(usable, key=partial(self._in_use, held, count)).id] = count
        needs = (*event.needs, need.id)
        joint = event.model_copy(
            update={"needs": needs, "equipment": tuple(sorted(equipment.items()))}
        )
        # What is as today needs nobody's consent; with one more need, it does.
        if joint.equipment == event.equipment and not self._case.stands_as_today(event):
            return joint
        others = (rows.needs[key] for key in event.needs)
        return joint if all(times.admits(other, joint) for other in others) else None

    def _in_use(self, held: Held, count: int, item: Equipment) -> float:
        """Return the weight of what an event would take equipment from."""
        limit = self._conflicts.units(item, count, held.site)
        return _weight(limit.exceeded(held.event, (held.event.id,)))

    # Costs of all start times at once

    def _in_room(self, need: Need, room: Room) -> Costs:
        costs = np.zeros(self._times.ticks)
        minutes = need.minutes + room.turnaround
        for other in self._times.clashing_rooms[room.id]:
            turnaround = self._case.scenario.rooms[other].turnaround
            for held in self._table.by_room[other].values():
                where = self._times.overlapping(held.start, held.end + turnaround, minutes)
                costs[where] += held.weight
        return costs

    def _at_site(self, need: Need, site: str) -> _AtSite | None:
        """Return the costs of all but the room, or None where somebody or something is missing."""
        times, conflicts = self._times, self._conflicts
        costs = np.full(times.ticks, self._rate * self._bill.of_site(need, site))
        for held, around in conflicts.of_group(need, site):
            where = times.overlapping(held.start - around, held.end + around, need.minutes)
            costs[where] += held.weight
        fleet = conflicts.fleet(need, site)
        if fleet is not None:
            costs += self._within(need, fleet)
        day = DAY // times.step
        for at in self._case.scenario.calendar.days:
            costs[at * day : (at + 1) * day] += _weight(conflicts.too_close(need, at))
        staff: dict[str, tuple[list[str], Costs]] = {}
        for skill, count in need.skills:
            members = times.staff(need, skill)
            if len(members) < count:
                return None
            table = np.stack([self._of_member(need, site, who, mask) for who, mask in members])
            if need.same_staff:
                for row, (who, _mask) in zip(table, members, strict=True):
                    row += _weight(conflicts.without(need, who.id))
            costs += np.partition(table, count - 1, axis=0)[:count].sum(axis=0)
            staff[skill] = ([who.id for who, _mask in members], table)
        items: dict[str, tuple[list[str], Costs]] = {}
        for kind, count in need.equipment:
            usable = times.usable(need, kind, count, site)
            if not usable:
                return None
            table = np.stack(
                [self._of_item(need, site, each, mask, count) for each, mask in usable]
            )
            costs += table.min(axis=0)
            items[kind] = ([item.id for item, _mask in usable], table)
        return _AtSite(costs, staff, items)

    def _of_member(self, need: Need, site: str, member: StaffMember, mask: Mask) -> Costs:
        times, travel, mode = self._times, self._case.travel, member.travel_mode
        costs = np.zeros(times.ticks)
        held_by = self._table.by_member[member.id].values()
        for held in held_by:
            there = travel.minutes(site, held.site, mode)
            back = travel.minutes(held.site, site, mode)
            where = times.overlapping(held.start - there, held.end + back, need.minutes)
            costs[where] += held.weight
        lightest = min((held.weight for held in held_by), default=NEVER)
        if self._conflicts.lends_too_much(need, member):
            np.maximum(costs, lightest, out=costs)
        else:
            too_long = self._conflicts.too_long(need, site, member)
            if too_long is not None:
                costs[too_long] = np.maximum(costs[too_long], lightest)
        cover = self._conflicts.cover(member, site)
        if cover is not None:
            costs += self._within(need, cover)
        costs += self._rate * self._bill.of_member(member, site, need.minutes)
        costs[~(mask & times.at_work(member, site, need.minutes))] = NEVER
        return costs

    def _of_item(self, need: Need, site: str, item: Equipment, mask: Mask, count: int) -> Costs:
        costs = self._within(need, self._conflicts.units(item, count, site))
        costs += self._rate * moving(item, site)
        costs[~mask] = NEVER
        return costs

    def _within(self, need: Need, limit: Limit) -> Costs:
        """Return what it costs to keep to a limit."""
        times = self._times
        costs, units, blocked = (np.zeros(times.ticks) for _each in range(3))
        for held, start, end, taken in limit.uses:
            where = times.overlapping(start - limit.after, end + limit.before, need.minutes)
            units[where] += taken
            if held is None:
                blocked[where] += taken
            else:
                costs[where] += held.weight
        costs[units <= limit.most] = 0
        costs[blocked > limit.most] = NEVER
        return costs

    def _who(self, need: Need, there: _AtSite, tick: int) -> tuple[str, ...] | None:
        """Return who takes part at a time: those who cost least, by chance among equals."""
        chosen: list[str] = []
        for skill, count in need.skills:
            members, table = there.staff[skill]
            costs = table[:, tick] + self._taste.noise * self._noise.random(len(members))
            found = [
                members[at]
                for at in costs.argsort()
                if costs[at] < NEVER and members[at] not in chosen
            ]
            if len(found) < count:
                return None
            chosen += found[:count]
        return tuple(sorted(chosen))


def _what(need: Need, there: _AtSite, tick: int) -> tuple[tuple[str, int], ...] | None:
    """Return what is used at a time."""
    chosen: list[tuple[str, int]] = []
    for kind, count in need.equipment:
        items, table = there.items[kind]
        at = int(table[:, tick].argmin())
        if table[at, tick] >= NEVER:
            return None
        chosen.append((items[at], count))
    return tuple(sorted(chosen))


def _weight(some: Iterable[Held]) -> float:
    return sum(held.weight for held in some)
