"""The use of rooms by day and hour."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from deling import names
from deling.figures import rounded
from deling.language import _
from deling.measures import BY_ID, RoomTime, Tally, room_times
from deling.units import DAY, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deling.figures import Number
    from deling.outputs.outcome import Outcome
    from deling.units import Interval

MEASURES = ("frequency", "occupancy", "utilisation")
SHADES = (1, 10, 20, 40, 60)
"""Percents from which a cell is darker."""


def hours_of(times: Iterable[RoomTime]) -> range:
    """Return the hours of the day at which any room is available."""
    spans = [span for time in times for span in time.available]
    if not spans:
        return range(8, 16)
    return range(
        min(start % DAY for start, _end in spans) // 60,
        max((end - start) + start % DAY + 59 for start, end in spans) // 60,
    )


def tables(today: Outcome, proposed: Outcome) -> list[dict[str, Any]]:
    """Return a table a measure for all rooms together, today beside proposed."""
    sides = [list(room_times(one.plan, one.case).values()) for one in (today, proposed)]
    days = proposed.scenario.calendar.days
    hours = hours_of(sides[0])
    sums = [_by_hour(side) for side in sides]
    found = []
    for key in MEASURES:
        of = BY_ID[key].of
        rows = [
            {
                "hour": f"{hour:02d}–{hour + 1:02d}",
                "cells": [_cell(of(side[day * 24 + hour])) for side in sums for day in days],
            }
            for hour in hours
        ]
        found.append({"id": key, "label": _(BY_ID[key].label), "rows": rows})
    return [{"days": [names.day(day) for day in days], "tables": found}]


def data(today: Outcome, proposed: Outcome) -> dict[str, Any]:
    """Return the sums of each room and hour, for the script to add up."""
    sides = [room_times(one.plan, one.case) for one in (today, proposed)]
    days, hours = proposed.scenario.calendar.days, hours_of(sides[0].values())
    scenario = proposed.scenario
    rooms = {}
    for key, room in scenario.rooms.items():
        cells = []
        for day in days:
            for hour in hours:
                window = _window(day, hour)
                one, two = (side[key].within(window) for side in sides)
                sums = [one.available]
                for tally in (one, two):
                    sums += [tally.booked, tally.seat_minutes, tally.filled_minutes]
                cells.append(sums if any(sums) else 0)
        rooms[key] = {
            "name": names.room(scenario, key),
            "house": room.institution,
            "cells": cells,
        }
    return {"hours": list(hours), "shades": SHADES, "rooms": rooms}


def _window(day: int, hour: int) -> tuple[tuple[int, int]]:
    start = day * DAY + hour * 60
    return ((start, start + 60),)


def _by_hour(times: Iterable[RoomTime]) -> defaultdict[int, Tally]:
    """Return the sums of all rooms in each hour of the week, each stretch of time cut once."""
    sums: defaultdict[int, Tally] = defaultdict(Tally)
    for time in times:
        for hour, minutes in _cut(time.available):
            sums[hour].available += minutes
        for hour, minutes in _cut(time.booked):
            sums[hour].booked += minutes
        for hour, minutes in _cut(merge([(start, end) for start, end, _people in time.filled])):
            sums[hour].seat_minutes += time.room.capacity * minutes
        for start, end, people in time.filled:
            for hour, minutes in _cut([(start, end)]):
                sums[hour].filled_minutes += people * minutes
    return sums


def _cut(spans: Iterable[Interval]) -> Iterator[tuple[int, int]]:
    """Yield the hours of the week that each span touches, with its minutes in them."""
    for start, end in spans:
        for hour in range(start // 60, (end + 59) // 60):
            yield hour, min(end, hour * 60 + 60) - max(start, hour * 60)


def _cell(value: Number | None) -> dict[str, Any]:
    """Return what stands in a cell and the step of its shade."""
    if value is None:
        return {"text": "", "shade": 0}
    percent = int(rounded(value, 0))
    return {"text": str(percent), "shade": bisect_right(SHADES, percent)}
