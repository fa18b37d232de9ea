"""The base plan as a hint: what each choice of the model would be for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.domain import Event
    from deling.model.build import Build
    from deling.model.variables import Activity, BoolLiteral


def hints(build: Build) -> Iterator[tuple[BoolLiteral, int]]:
    """Yield each variable once, with its value in the base plan.

    Counts, ways of staff and whatever else follows from these is left to the solver.
    """
    serving = _serving(build)
    seen: set[int] = set()
    for activity in build.activities:
        if activity.present is build.true:
            continue
        event = serving.get(id(activity))
        for variable, value in _choices(build, activity, event):
            if variable.index not in seen:
                seen.add(variable.index)
                yield variable, value
    bought: dict[str, int] = {}
    for event in build.base.bought:
        bought[event.needs[0]] = bought.get(event.needs[0], 0) + 1
    for need, count in build.bought.items():
        if not isinstance(count, int):
            yield count, bought.get(need, 0)


def _serving(build: Build) -> dict[int, Event]:
    """Return the event of the base plan that each activity stands for, by its identity."""
    fixed = {
        activity.event.key: activity for activity in build.activities if activity.event is not None
    }
    open_places: dict[tuple[str, int], list[Activity]] = {}
    for activity in build.activities:
        if activity.flexible:
            host = next(iter(activity.sessions))
            open_places.setdefault((host, activity.day), []).append(activity)
    order = {need: number for number, need in enumerate(build.case.scenario.needs)}
    found: dict[int, Event] = {}
    for event in sorted(build.base.internal, key=lambda event: event.start):
        held_by = fixed.get(event.key)
        if held_by is None:
            host = min(event.needs, key=lambda need: order[need])
            places = open_places.get((host, event.day), [])
            held_by = places.pop(0) if places else None
        if held_by is not None:
            found[id(held_by)] = event
    return found


def _choices(
    build: Build, activity: Activity, event: Event | None
) -> Iterator[tuple[BoolLiteral, int]]:
    yield activity.present, int(event is not None)
    if not activity.flexible:
        return
    for need, held in activity.sessions.items():
        yield held, int(event is not None and need in event.needs)
    for room, used in activity.rooms.items():
        yield used, int(event is not None and room == event.room)
    units = dict(event.equipment) if event is not None else {}
    for item, used in activity.equipment.items():
        yield used, int(item in units)
        if activity.units[item] is not used:
            yield activity.units[item], units.get(item, 0)
    for member, serves in activity.staff.items():
        yield serves, int(event is not None and member in event.staff)
    if event is not None and activity.tick is not None:
        step = build.case.scenario.calendar.step
        yield activity.tick, (event.start - activity.day * DAY) // step
