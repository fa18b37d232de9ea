"""Clock text, opening hours and money as whole numbers.

Times are minutes of the typical week, counted from Monday 00:00 (0) to Sunday 24:00 (10080).
Money is in whole øre, and costs are summed in *sixtieths of an øre*, since minutes × øre an hour
is a whole number of those.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from deling.language import N_, _

DAY = 24 * 60
WEEK = 7 * DAY
DAYS = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))
"""The days as files name them."""
SIXTIETHS_PER_ORE = 60
SIXTIETHS_PER_DKK = 100 * SIXTIETHS_PER_ORE

Interval = tuple[int, int]
Hours = tuple[Interval, ...]
"""Sorted half-open intervals in minutes of the week; none crosses a midnight, none touch."""

ALWAYS: Hours = tuple((day * DAY, (day + 1) * DAY) for day in range(7))

_MINUTE = dt.timedelta(minutes=1)
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")


def parse_clock(text: str) -> int:
    """Return the minute of the day of ``8:00``, ``08:00``, ``08:00:00`` or ``24:00``.

    Raises
    ------
    ValueError
        If the text is no time of day.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    hour, minute = int(match[1]), int(match[2])
    if minute > 59 or hour * 60 + minute > DAY:
        raise ValueError(text)
    return hour * 60 + minute


def clock(minute: int) -> str:
    """Return a minute of the day, or of the week, as ``HH:MM``."""
    return f"{minute % DAY // 60:02d}:{minute % 60:02d}"


def end_clock(minute: int) -> str:
    """Return an end as ``HH:MM``; an end at midnight is ``24:00``."""
    return "24:00" if minute % DAY == 0 else clock(minute)


def day_of(minute: int) -> int:
    """Return the day of a minute of the week, Monday being 0."""
    return minute // DAY


def moment(minute: int) -> str:
    """Return a minute of the week as ``Mo 08:15``, the day in the reader's language."""
    return f"{_(DAYS[minute // DAY % 7])} {clock(minute)}"


def merge(intervals: list[Interval]) -> Hours:
    """Return the union as sorted intervals, cut at every midnight, joined where they touch."""
    cut: list[Interval] = []
    for start, end in intervals:
        at = start
        while at < end:
            midnight = (at // DAY + 1) * DAY
            cut.append((at, min(end, midnight)))
            at = midnight
    merged: list[Interval] = []
    for start, end in sorted(cut):
        if merged and start <= merged[-1][1] and start // DAY == merged[-1][0] // DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=4096)
def intersect(first: Hours, second: Hours) -> Hours:
    """Return what lies in both."""
    found: list[Interval] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start, end = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if start < end:
            found.append((start, end))
        if first[i][1] <= second[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def subtract(hours: Hours, taken: Hours) -> Hours:
    """Return what lies in ``hours`` and not in ``taken``."""
    left: list[Interval] = []
    for start, end in hours:
        at = start
        for begin, stop in taken:
            if stop <= at or begin >= end:
                continue
            if begin > at:
                left.append((at, begin))
            at = max(at, stop)
        if at < end:
            left.append((at, end))
    return tuple(left)


def covering(hours: Hours, start: int, end: int) -> Interval | None:
    """Return the one interval that holds ``[start, end)`` whole, or None."""
    for interval in hours:
        if end <= interval[1]:  # the first that may hold it; all later ones start later
            return interval if interval[0] <= start else None
    return None


def length(hours: Hours) -> int:
    """Return the minutes in the intervals."""
    return sum(end - start for start, end in hours)


@lru_cache(maxsize=64)
def monday_of(week: str) -> dt.date:
    """Return the Monday of an ISO week written ``2026-W37``.

    Raises
    ------
    ValueError
        If there is no such week.
    """
    match = _WEEK.fullmatch(week.strip())
    if match is None:
        raise ValueError(week)
    return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)


@lru_cache(maxsize=4096)
def parse_hours(text: str, monday: dt.date) -> Hours:
    """Evaluate an OpenStreetMap ``opening_hours`` expression on a typical week.

    Public holidays do not count, ``unknown`` counts as closed, and what is open past Sunday's
    midnight belongs to Monday.

    Parameters
    ----------
    text
        The expression, such as ``Mo-Fr 08:00-14:00; We 08:00-12:00`` or ``off``.
    monday
        First day of the week.

    Raises
    ------
    ValueError
        With the parser's reason, if the expression cannot be read.
    """
    # Its type stubs leave ParserError out.
    from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

    try:
        expression = OpeningHours(text)
    except ParserError as error:
        raise ValueError(str(error)) from None
    first = dt.datetime.combine(monday, dt.time())
    # Eight, since Sunday may go on into Monday; and over several days, the parser loses all but the
    # first after `|| unknown`.
    at_once = 1 if "||" in text else 8
    days = [first + dt.timedelta(days=day) for day in range(0, 9, at_once)]
    found = merge(
        [
            ((start - first) // _MINUTE, (end - first) // _MINUTE)
            for begin, until in pairwise(days)
            for start, end, state, _comment in expression.intervals(begin, until)
            if state == State.OPEN
        ]
    )
    week = [interval for interval in found if interval[0] < WEEK]
    if week and week[-1][1] == WEEK:
        week += [(0, end - WEEK) for start, end in found if start == WEEK]
    return merge(week)


def ore(dkk: Decimal) -> int:
    """Return an amount in DKK with at most two decimals as whole øre.

    Raises
    ------
    ValueError
        If it has more decimals.
    """
    amount = dkk * 100
    if amount != amount.to_integral_value():
        raise ValueError(str(dkk))
    return int(amount)


def dkk(sixtieths: int) -> Decimal:
    """Return a cost in sixtieths of an øre as DKK, rounded to øre (halves away from zero)."""
    whole = (abs(sixtieths) + SIXTIETHS_PER_ORE // 2) // SIXTIETHS_PER_ORE
    amount = Decimal(whole).scaleb(-2)
    return -amount if sixtieths < 0 and whole else amount
