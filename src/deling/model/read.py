"""From a solution of the model back to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.domain import Event, Plan
from deling.event_ids import bought_id, free_id, held_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.model.build import Build
    from deling.model.variables import Activity, Expression

    Value = Callable[[Expression], int]


def read_plan(build: Build, value: Value) -> Plan:
    """Return the plan that a solution stands for.

    Events of today keep their ids, and so do the events of the plan that the model was built
    on where no event of today has the same; a new one is named after its first need, day and
    time.

    Parameters
    ----------
    build
        The model.
    value
        The solution's value of an expression over the model.
    """
    case = build.case
    ids = [
        {key: event.id for key, event in case.today_by_key.items()},
        {event.key: event.id for event in build.base.internal},
    ]
    events = [
        activity.event or _event(build, activity, value)
        for activity in build.activities
        if value(activity.present)
    ]
    # Those with the first claim to a name come first.
    events.sort(key=lambda event: [event.key not in known for known in ids])
    named: list[Event] = []
    taken: set[str] = set()
    for event in events:
        claims = [known[event.key] for known in ids if event.key in known]
        free = [name for name in claims if name not in taken]
        stem = held_id(event.needs[0], event.start)
        name = free[0] if free else free_id(stem, taken.__contains__)
        taken.add(name)
        named.append(event.model_copy(update={"id": name, "fixed": False}))
    named.sort(key=lambda event: (event.start, event.id))
    return Plan(events=(*named, *_bought(build, value, {event.id for event in named})))


def _event(build: Build, activity: Activity, value: Value) -> Event:
    units = [(item, value(count)) for item, count in activity.units.items()]
    return Event(
        id=activity.id,
        needs=tuple(need for need, held in activity.sessions.items() if value(held)),
        start=value(activity.start),
        minutes=activity.minutes,
        room=next(room for room, used in activity.rooms.items() if value(used)),
        staff=tuple(sorted(member for member, used in activity.staff.items() if value(used))),
        equipment=tuple(sorted((item, count) for item, count in units if count)),
    )


def _bought(build: Build, value: Value, taken: set[str]) -> list[Event]:
    """Return the bought sessions, under today's ids as far as these reach."""
    ids: dict[str, list[str]] = {}
    for event in (*build.case.scenario.today.bought, *build.base.bought):
        names = ids.setdefault(event.needs[0], [])
        if event.id not in names:
            names.append(event.id)
    events: list[Event] = []
    for need, count in build.bought.items():
        for number in range(value(count)):
            names = [name for name in ids.get(need, ()) if name not in taken]
            stem = bought_id(need, number + 1)
            name = names[0] if names else free_id(stem, taken.__contains__)
            taken.add(name)
            events.append(Event(id=name, needs=(need,), source="bought"))
    return events
