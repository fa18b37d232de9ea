"""What could be in a plan, as a flat list: every event that any need, or joint needs, could have.

A peer chooses among these *options*, each an event with everything decided, and a number of
sessions to buy. What a single event must fulfil is settled here, by deling's candidates; what
ties several events together is the peer's own to state.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple, cast

from deling.candidates import Candidates
from deling.domain import Event, Plan
from deling.goals.comfort import NOT_PREFERRED
from deling.goals.cost import move_cost, released_staff, room_cost, trip_cost
from deling.rules import KEEP, RULES, RULES_BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from deling.candidates import Windows
    from deling.case import Case
    from deling.domain import EventKey, Need

Units = tuple[tuple[str, int], ...]
TOGETHER = ("joint", "capacity", "floor_area")
"""Rules that a joint event may break though each of its needs could be there alone."""


class Option(NamedTuple):
    """One event that a plan may hold, with what an event has of names and times.

    Attributes
    ----------
    needs, start, minutes, room, staff, equipment
        As of an event.
    standing
        Whether it stands as today.
    served
        Weight.
    cost
        Without the working minutes of staff, in sixtieths of an øre.
    comfort
        Without what is moved or dropped.
    """

    needs: tuple[str, ...]
    start: int
    minutes: int
    room: str
    staff: tuple[str, ...]
    equipment: Units
    standing: bool = False
    served: int = 0
    cost: int = 0
    comfort: int = 0

    @property
    def end(self) -> int:
        """First minute after the event."""
        return self.start + self.minutes

    @property
    def key(self) -> EventKey:
        """What has to agree for an event to stand as today."""
        return frozenset(self.needs), *self[1:6]


@dataclass(frozen=True)
class Choices:
    """All that a plan of a case may hold.

    Attributes
    ----------
    options
        Every event there may be, each once.
    fixed
        Positions of the options that stand in every plan.
    bought_at_least
        Need -> sessions that have to be bought, for needs that can be.
    kept
        Need -> sessions that it must have.
    """

    case: Case
    options: list[Option]
    fixed: list[int]
    bought_at_least: dict[str, int]
    kept: Mapping[str, int]

    def plan(self, chosen: Sequence[int], bought: Mapping[str, int]) -> Plan:
        """Return the plan of some options and numbers of bought sessions."""
        today = {event.key: event.id for event in self.case.scenario.today.internal}
        events = []
        for number, at in enumerate(chosen):
            option = self.options[at]
            names = {"id": today.get(option.key, f"new-{number}"), "needs": option.needs}
            times = {"start": option.start, "minutes": option.minutes, "room": option.room}
            events.append(Event(**names, **times, staff=option.staff, equipment=option.equipment))
        for need, count in bought.items():
            for number in range(count):
                name = f"bought-{need}-{number}"
                events.append(Event(id=name, needs=(need,), source="bought"))
        return Plan(events=tuple(events))


def choices(case: Case) -> Choices:
    """Return all that a plan may hold.

    Raises
    ------
    ValueError
        If a rule is switched off, since peers state all of them.
    """
    scenario = case.scenario
    if scenario.rules.off:
        raise ValueError(f"peers state all rules, so none can be off: {scenario.rules.off}")
    candidates = Candidates(case)
    found: dict[EventKey, Option] = {}
    for needs in _served_together(case):
        for option in _events(candidates, needs):
            found.setdefault(option.key, option)
    for event in scenario.today.internal:
        if all(rule.admits_standing(case, event) for rule in RULES):
            option = Option(*(getattr(event, name) for name in Option._fields[:6]))
            found.setdefault(option.key, option)
    options = [_valued(case, option) for option in found.values()]
    places = {option.key: at for at, option in enumerate(options)}
    fixed = [event for event in scenario.today.events if event.fixed]
    at_least = {key: 0 for key, need in scenario.needs.items() if need.buy_price is not None}
    for event in fixed:
        if not event.internal:
            at_least[event.needs[0]] += 1
    stays = [places[event.key] for event in fixed if event.internal]
    return Choices(case, options, stays, at_least, KEEP.kept(case))


def _served_together(case: Case) -> Iterator[tuple[Need, ...]]:
    """Yield each need, and each set of needs that one event may serve."""
    tags: dict[tuple[str, int], list[Need]] = defaultdict(list)
    for need in case.scenario.needs.values():
        yield (need,)
        if need.joint is not None:
            tags[need.joint, need.minutes].append(need)
    for needs in tags.values():
        most = max(room.capacity for room in case.scenario.rooms.values())
        for count in range(2, len(needs) + 1):
            fitting = [
                some
                for some in combinations(needs, count)
                if sum(case.group_of(need.id).size for need in some)
                <= min(
                    most,
                    *(most if n.max_participants is None else n.max_participants for n in some),
                )
                and not any(
                    case.related_groups(one.group, other.group)
                    for one, other in combinations(some, 2)
                )
            ]
            yield from fitting
            if not fitting:
                break


def _events(candidates: Candidates, needs: tuple[Need, ...]) -> Iterator[Option]:
    """Yield every event of some needs that no rule refuses by itself."""
    case = candidates.case
    skills = _largest([need.skills for need in needs])
    kinds = _largest([need.equipment for need in needs])
    staff = {
        skill: _common([_starts(case, candidates.staff(need, skill)) for need in needs])
        for skill in skills
    }
    items = {
        kind: _common([_starts(case, candidates.equipment(need, kind)) for need in needs])
        for kind in kinds
    }
    rooms = _common([_starts(case, candidates.rooms(need)) for need in needs])
    ids, minutes = tuple(need.id for need in needs), needs[0].minutes
    for room, starts in rooms.items():
        if len(needs) > 1 and not _fit(case, ids, min(starts, default=0), minutes, room):
            continue
        site = case.scenario.rooms[room].site
        for start in sorted(starts):
            free = {
                skill: [member for member, times in some.items() if start in times]
                for skill, some in staff.items()
            }
            at_hand = {
                kind: [
                    item
                    for item, times in some.items()
                    if start in times and _may_be_at(case, item, site)
                ]
                for kind, some in items.items()
            }
            teams = sorted(set(_teams(list(skills.items()), free)))
            loads = list(_loads(case, kinds, at_hand))
            for team, load in product(teams, loads):
                yield Option(ids, start, minutes, room, team, load)


def _fit(case: Case, ids: tuple[str, ...], start: int, minutes: int, room: str) -> bool:
    event = Event(id="together", needs=ids, start=start, minutes=minutes, room=room)
    return all(RULES_BY_ID[rule].holds_alone(case, event) for rule in TOGETHER)


def _may_be_at(case: Case, item: str, site: str) -> bool:
    equipment = case.scenario.equipment[item]
    return equipment.portable or equipment.site == site


def _largest(several: list[Units]) -> dict[str, int]:
    found: dict[str, int] = {}
    for asked in several:
        for name, count in asked:
            found[name] = max(found.get(name, 0), count)
    return {name: count for name, count in found.items() if count}


def _starts(case: Case, windows: dict[str, Windows]) -> dict[str, set[int]]:
    step = case.scenario.calendar.step
    return {
        thing: {start for low, high in some for start in range(low, high + 1, step)}
        for thing, some in windows.items()
    }


def _common(several: list[dict[str, set[int]]]) -> dict[str, set[int]]:
    """Return the start times that all have in common, thing by thing."""
    first, *others = several
    found = {}
    for thing, starts in first.items():
        left = starts.intersection(*(other.get(thing, set()) for other in others))
        if left:
            found[thing] = left
    return found


def _teams(asked: list[tuple[str, int]], free: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield staff who cover the skills asked for, each with one of theirs."""
    if not asked:
        yield ()
        return
    (skill, count), *others = asked
    for some in combinations(free[skill], count):
        for rest in _teams(others, free):
            if not set(some) & set(rest):
                yield tuple(sorted((*some, *rest)))


def _loads(case: Case, kinds: dict[str, int], at_hand: dict[str, list[str]]) -> Iterator[Units]:
    """Yield equipment that covers the kinds asked for."""
    ways = [list(_shares(case, at_hand[kind], count)) for kind, count in kinds.items()]
    for some in product(*ways):
        yield tuple(sorted(units for share in some for units in share))


def _shares(case: Case, items: list[str], count: int) -> Iterator[Units]:
    if not count:
        yield ()
    elif items:
        first, *others = items
        for units in range(min(count, case.scenario.equipment[first].quantity), -1, -1):
            for rest in _shares(case, others, count - units):
                yield ((first, units), *rest) if units else rest


def _valued(case: Case, option: Option) -> Option:
    needs = [case.scenario.needs[need] for need in option.needs]
    site = case.scenario.rooms[option.room].site
    # It has all that is asked of an event here.
    event = cast("Event", option)
    cost = room_cost(event, case) + move_cost(event, case)
    comfort = 0
    for need in needs:
        group = case.group_of(need.id)
        cost += trip_cost(group, site, case) - released_staff(event, need, group)
        comfort += 2 * case.group_travel(need.id, site)
        comfort += 0 if case.prefers(need, option.start) else NOT_PREFERRED
    return option._replace(
        standing=option.key in case.today_by_key,
        served=sum(need.weight for need in needs),
        cost=cost,
        comfort=comfort,
    )
