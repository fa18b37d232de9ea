"""What could be in a plan, as a flat list: every event that any need, or joint needs, could have.

A peer chooses among these *options*, each an event with everything decided, and a number of
sessions to buy. What a single event must fulfil is settled here, by deling's own list; what ties
several events together is the peer's own to state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from deling.candidates import Candidates
from deling.domain import Event, Plan
from deling.goals.comfort import NOT_PREFERRED
from deling.goals.cost import move_cost, released_staff, room_cost, trip_cost
from deling.model.options import Options
from deling.rules import KEEP, RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deling.case import Case
    from deling.domain import EventKey

MOST = 1_000_000
"""Events; so many times as many as a municipality has that a peer could not hold them."""


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
    equipment: tuple[tuple[str, int], ...]
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
        If a rule is switched off, since peers state all of them, or if there are too many events.
    """
    scenario = case.scenario
    if scenario.rules.off:
        raise ValueError(f"peers state all rules, so none can be off: {scenario.rules.off}")
    listed = Options(Candidates(case)).of(scenario.needs, MOST)
    if listed is None:
        raise ValueError(f"there may be more than {MOST} events")
    keys = {event.key for event in listed}
    standing = [
        event
        for event in case.today_by_key.values()
        if event.key not in keys and all(rule.admits_standing(case, event) for rule in RULES)
    ]
    options = [_valued(case, event) for event in (*listed, *standing)]
    places = {option.key: at for at, option in enumerate(options)}
    fixed = [event for event in scenario.today.events if event.fixed]
    at_least = {key: 0 for key, need in scenario.needs.items() if need.buy_price is not None}
    for event in fixed:
        if not event.internal:
            at_least[event.needs[0]] += 1
    stays = [places[event.key] for event in fixed if event.internal]
    return Choices(case, options, stays, at_least, KEEP.kept(case))


def _valued(case: Case, event: Event) -> Option:
    site = case.site_of(event)
    cost = room_cost(event, case) + move_cost(event, case)
    comfort = 0
    for need in (case.scenario.needs[key] for key in event.needs):
        group = case.group_of(need.id)
        cost += trip_cost(group, site, case) - released_staff(event, need, group)
        comfort += 2 * case.group_travel(need.id, site)
        comfort += 0 if case.prefers(need, event.start) else NOT_PREFERRED
    return Option(
        *(event.needs, event.start, event.minutes, event.room, event.staff, event.equipment),
        standing=event.key in case.today_by_key,
        served=sum(case.scenario.needs[key].weight for key in event.needs),
        cost=cost,
        comfort=comfort,
    )
