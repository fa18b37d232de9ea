"""A plan that changes event by event, indexed by what its events take."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from deling.domain import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deling.case import Case
    from deling.domain import Event

Taken = tuple[Literal["need", "group", "room", "staff", "equipment", "employer", "fleet"], str]
"""What an event takes: a need, the outermost group of its line, a room, a member of staff, a piece
of equipment, somebody of an employer, a trip of a fleet."""


class Board:
    """The events of a plan, found by what they take.

    Parameters
    ----------
    case
        The whole scenario.
    plan
        What to begin with.
    """

    def __init__(self, case: Case, plan: Plan) -> None:
        self._case = case
        self._events: dict[str, Event] = {}
        self._by: dict[Taken, dict[str, None]] = defaultdict(dict)
        for event in plan.events:
            self.put(event)

    def put(self, event: Event) -> None:
        """Add an event; its id must be new."""
        if event.id in self._events:
            raise ValueError(f"there is an event {event.id} already")
        self._events[event.id] = event
        for taken in self.taken_by(event):
            self._by[taken][event.id] = None

    def remove(self, event: Event) -> None:
        """Take an event away."""
        del self._events[event.id]
        for taken in set(self.taken_by(event)):
            del self._by[taken][event.id]

    def __len__(self) -> int:
        return len(self._events)

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._events

    def that_take(self, things: Iterable[Taken]) -> dict[str, Event]:
        """Return the events that take any of some things, by id."""
        return {key: self._events[key] for taken in things for key in self._by.get(taken, ())}

    def plan(self) -> Plan:
        """Return the plan as it stands."""
        return Plan(events=tuple(self._events.values()))

    def taken_by(self, event: Event) -> Iterator[Taken]:
        """Yield all that an event takes."""
        case = self._case
        for need in event.needs:
            yield "need", need
            yield "group", case.group_line[case.scenario.needs[need].group][-1]
        if not event.internal:
            return
        yield "room", event.room
        site = case.site_of(event)
        for member_id in event.staff:
            yield "staff", member_id
            yield "employer", case.scenario.staff[member_id].institution
        for item, _units in event.equipment:
            yield "equipment", item
        for need in event.needs:
            group = case.group_of(need)
            if (
                group.site != site
                and case.scenario.travel.modes[group.travel_mode].fleet is not None
            ):
                yield "fleet", group.travel_mode
