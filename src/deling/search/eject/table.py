"""A plan that is tried out: events come and go, and what was done can be taken back."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deling.domain import Event, Plan
from deling.event_ids import under_free_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from deling.case import Case

NEVER = 1e6
"""Weight of what cannot be thrown out, and cost of what cannot be."""


@dataclass(eq=False)
class Held:
    """An event of the plan."""

    event: Event
    site: str
    """Where it is; blank for a bought one."""
    weight: float
    """What it costs to throw it out."""

    @property
    def start(self) -> int:
        """Minute of the week."""
        return self.event.start

    @property
    def end(self) -> int:
        """First minute after it."""
        return self.event.start + self.event.minutes


class Table:
    """The events of a plan by what they hold.

    Parameters
    ----------
    case
        The scenario.
    plan
        What to begin with.
    free
        Ids of the needs that may be moved.
    thrown
        How often each need has been thrown out: the next time, it weighs more.
    """

    def __init__(
        self, case: Case, plan: Plan, free: Collection[str], thrown: Counter[str] | None = None
    ) -> None:
        self._case = case
        self._free = free
        self._fixed = {event.key for event in case.scenario.today.events if event.fixed}
        self._all: dict[str, Held] = {}
        self._done: list[tuple[Held, bool]] = []
        """What was put and what was removed, in order."""
        self.thrown: Counter[str] = Counter() if thrown is None else thrown
        self.by_room: dict[str, dict[str, Held]] = defaultdict(dict)
        self.by_group: dict[str, dict[str, Held]] = defaultdict(dict)
        """By the outermost group of a line."""
        self.by_member: dict[str, dict[str, Held]] = defaultdict(dict)
        self.by_item: dict[str, dict[str, Held]] = defaultdict(dict)
        self.by_fleet: dict[str, dict[str, Held]] = defaultdict(dict)
        """By the travel mode of a group on a trip, where its fleet is limited."""
        self.by_employer: dict[str, dict[str, Held]] = defaultdict(dict)
        """By the employer of somebody away, where it limits how many may be."""
        self.by_need: dict[str, dict[str, Held]] = defaultdict(dict)
        """Internal events only."""
        self.version: Counter[str] = Counter()
        """By member of staff: another one whenever their events have changed."""
        self.bought: dict[str, Held] = {}
        self.left: float = float("inf")
        """What is left of the budget, in øre."""
        budget = case.scenario.rules.budget
        if budget is not None and case.applies("budget"):
            self.left = budget
        for event in plan.events:
            self.put(event)
        self._done.clear()

    def plan(self) -> Plan:
        """Return the plan as it stands."""
        return Plan(events=tuple(held.event for held in self._all.values()))

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._all

    def put(self, event: Event) -> Held:
        """Add an event."""
        site = self._case.site_of(event) if event.internal else ""
        held = Held(event, site, self._weight(event))
        self._add(held)
        self._done.append((held, True))
        return held

    def _weight(self, event: Event) -> float:
        """Return what it costs at present to throw an event out."""
        if event.key in self._fixed or not all(need in self._free for need in event.needs):
            return NEVER
        return sum(1.0 + self.thrown[need] for need in event.needs)

    def forget_thrown(self) -> None:
        """Let all weigh as if nothing had been thrown out yet."""
        self.thrown.clear()
        for held in self._all.values():
            held.weight = self._weight(held.event)

    def remove(self, held: Held) -> None:
        """Take an event away."""
        self._drop(held)
        self._done.append((held, False))

    def of(self, event_id: str) -> Held:
        """Return what is held under an id."""
        return self._all[event_id]

    def movable(self) -> list[tuple[str, Event]]:
        """Return the events that may be moved, with their ids."""
        return [(key, held.event) for key, held in self._all.items() if held.weight < NEVER]

    def needs_of(self, event_id: str) -> tuple[str, ...]:
        """Return the needs that an event serves."""
        return self._all[event_id].event.needs

    def drop(self, event_id: str) -> tuple[str, ...]:
        """Take away the event of an id; return its needs."""
        held = self._all[event_id]
        self.remove(held)
        return held.event.needs

    def renew(self, needs: frozenset[str], events: Iterable[Event]) -> None:
        """Put events in place of all those that serve some needs alone; cannot be taken back."""
        for held in self._of(needs):
            self._drop(held)
        for event in under_free_ids(events, self.__contains__):
            self.put(event)
        self._done.clear()

    def mark(self) -> int:
        """Return a point to go back to."""
        return len(self._done)

    def undo(self, mark: int) -> None:
        """Take back all that was done since."""
        while len(self._done) > mark:
            held, put = self._done.pop()
            if put:
                self._drop(held)
            else:
                held.weight = self._weight(held.event)  # In vain, it was thrown out once more.
                self._add(held)

    def since(self, mark: int) -> frozenset[str]:
        """Return the ids of events that are new since."""
        return frozenset(held.event.id for held, put in self._done[mark:] if put)

    def changed(self, mark: int) -> tuple[frozenset[str], tuple[Event, ...]]:
        """Return the needs that anything was done to since, and the events of them alone."""
        needs = frozenset(need for held, _put in self._done[mark:] for need in held.event.needs)
        return needs, tuple(held.event for held in self._of(needs))

    def _of(self, needs: frozenset[str]) -> list[Held]:
        """Return the events that serve some needs alone."""
        found: dict[str, Held] = {}
        for need in sorted(needs):
            found |= self.by_need[need]
        found |= self.bought
        return [held for held in found.values() if needs.issuperset(held.event.needs)]

    def _add(self, held: Held) -> None:
        event = held.event
        self._all[event.id] = held
        if not held.site:
            self.bought[event.id] = held
            self.left -= self._case.buying_price(event)
            return
        for places in self._places_of(event):
            places[event.id] = held
        self._count(event)

    def _drop(self, held: Held) -> None:
        event = held.event
        del self._all[event.id]
        if not held.site:
            del self.bought[event.id]
            self.left += self._case.buying_price(event)
            return
        for places in self._places_of(event):
            places.pop(event.id, None)
        self._count(event)

    def _count(self, event: Event) -> None:
        for member in event.staff:
            self.version[member] += 1

    def _places_of(self, event: Event) -> list[dict[str, Held]]:
        """Return all lists that an event stands in; some may be the same."""
        case = self._case
        scenario, site = case.scenario, case.site_of(event)
        trips = [
            group.travel_mode
            for need in event.needs
            if (group := case.group_of(need)).site != site
            and scenario.travel.modes[group.travel_mode].fleet is not None
        ]
        employers = [
            member.institution
            for member in (scenario.staff[key] for key in event.staff)
            if member.site != site
            and scenario.institutions[member.institution].max_away is not None
        ]
        return [
            self.by_room[event.room],
            *(self.by_fleet[mode] for mode in trips),
            *(self.by_employer[employer] for employer in employers),
            *(self.by_need[need] for need in event.needs),
            *(
                self.by_group[case.group_line[scenario.needs[need].group][-1]]
                for need in event.needs
            ),
            *(self.by_member[member] for member in event.staff),
            *(self.by_item[item] for item, _units in event.equipment),
        ]
