"""Cases small enough to enumerate: as `small`, but open for little more than nothing."""

from __future__ import annotations

from typing import Any

from deling.case import Case
from small import small

NEVER: dict[str, Any] = {"available": ()}


def tiny(
    *,
    days: tuple[int, ...] = (0,),
    goals: tuple[str, ...] = ("served", "fairness", "cost", "comfort"),
    step: int = 60,
    travel: dict[tuple[str, str, str], int] | None = None,
    **tables: Any,
) -> Case:
    """Return a case with these rows; the rooms of `small` are closed where nothing is said.

    Parameters
    ----------
    days, goals, step
        Of the calendar and of the search.
    travel
        Minutes of other travel rows than those of `small`, by origin, destination and mode.
    tables
        As for `small`. A need wants one session where nothing else is said.
    """
    rooms = {"hall": NEVER, "lib": NEVER, **tables.pop("rooms", {})}
    needs = {
        key: {"sessions": 1, **row} for key, row in {"n": {}, **tables.pop("needs", {})}.items()
    }
    scenario = small(step=step, rooms=rooms, needs=needs, **tables).scenario
    rows = {(row.origin, row.destination, row.mode): row for row in scenario.travel_rows}
    for key, minutes in (travel or {}).items():
        origin, destination, mode = key
        row = scenario.travel_rows[0].model_copy(
            update={
                "origin": origin,
                "destination": destination,
                "mode": mode,
                "minutes": minutes,
            }
        )
        rows[key] = row
    return Case(
        scenario.model_copy(
            update={
                "calendar": scenario.calendar.model_copy(update={"days": days}),
                "goals": goals,
                "travel_rows": tuple(rows.values()),
            }
        )
    )
