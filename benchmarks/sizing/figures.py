"""Figures of a row, in seconds of the reference machine."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sizing.measure import Point
    from sizing.store import Row

BUSY = 0.25
"""Cores that others may use meanwhile; a row with more is told as disturbed."""
CROWD = 1.0
"""The same where only the load before the start is known."""


def disturbed(row: Row) -> bool:
    """Return whether something else was at work on the machine."""
    if row["others"] is None:
        return bool(row["load"] > CROWD)
    return bool(row["others"] > BUSY)


def trace(row: Row, goal: str) -> list[Point]:
    """Return how a goal's value and bound went, in seconds of the reference machine."""
    factor = row["speed"]["factor"]
    points = row["found"]["trace"] if "found" in row else []
    return [(at / factor, *rest) for at, *rest in points if rest[0] == goal]


def first_plan(row: Row, within: float) -> float | None:
    """Return when the first valid plan was found; see `when_served`."""
    first = None if "error" in row else row["found"]["first"]
    times = [] if first is None else [float(first) / float(row["speed"]["factor"])]
    return _known(row, times, within)


def when_served(row: Row, share: float, within: float) -> float | None:
    """Return when a share of what is planted was served, by weight.

    Parameters
    ----------
    row
        A search.
    share
        1 is all of it.
    within
        Seconds in which it should happen.

    Returns
    -------
    float | None
        Infinite if it never was; None if the search was given less than the seconds, so nobody
        knows.
    """
    enough = share * row["facts"]["served"]
    times = [at for at, _goal, value, _bound, _gap in trace(row, "served") if value >= enough]
    return _known(row, times, within)


def when_gap(row: Row, goal: str, gap: float, within: float) -> float | None:
    """Return when a goal was proven to be this close to the best; see `when_served`."""
    times = [at for at, *_values, found in trace(row, goal) if found <= gap]
    return _known(row, times, within)


def gap_at(row: Row, goal: str, seconds: float) -> float | None:
    """Return the gap of a goal at a time: infinite without a plan, None if nobody knows."""
    found = [gap for at, *_values, gap in trace(row, goal) if at <= seconds]
    if _length(row) < seconds:
        return None
    return found[-1] if found else math.inf


def _known(row: Row, times: list[float], within: float) -> float | None:
    if times:
        return times[0]
    return None if _length(row) < within else math.inf


def _length(row: Row) -> float:
    """Return the seconds for which something is known; what is proven stays as it is."""
    if "error" in row or row["found"]["ended"] == "proven":
        return math.inf
    return float(row["limit"])


def median(values: list[float | None]) -> float | None:
    """Return the median, in which one never reached counts as infinite; None if one is unknown."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known and len(known) == len(values) else None


def doubts(row: Row) -> list[str]:
    """Return what is wrong with a row, in words; nothing if all is well."""
    if "error" in row:
        return [f"failed: {row['error']}"]
    found, facts = row["found"], row["facts"]
    told = []
    if found["breaches"]:
        told.append(f"the checker finds {found['breaches']} breaches in the plan")
    last = {goal: (value, bound) for _at, goal, value, bound, _gap in found.get("trace", ())}
    for goal, (value, bound) in last.items():
        if found["judged"].get(goal) != value:
            told.append(f"`{goal}` is {found['judged'].get(goal)}, not {value} as the solver says")
        if goal == "served" and bound is not None and not facts["served"] <= bound:
            told.append(f"the bound {bound} is below the {facts['served']} of the planted plan")
        if goal == "served" and value > facts["limit"]:
            told.append(f"{value} served is more than the {facts['limit']} that can be")
    if row["what"] == "tables" and found["judged"]["served"] != facts["served"]:
        told.append("the planted plan does not serve what the generator says")
    if found.get("dropped"):
        told.append(f"{found['dropped']} events were dropped, since rules are broken with them")
    for goal, value in found.get("said", {}).items():
        if not found["dropped"] and found["judged"][goal] != value:
            told.append(f"`{goal}` is {found['judged'][goal]}, not {value} as the peer says")
    told += found.get("notes", ())
    return told
