"""What somebody's time costs, in compiled code: hours, lending, colleagues, the same staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numba import njit

from deling.search.anneal.arrays import (
    BACK,
    BEGINS,
    BILLION,
    COLLEAGUE_FROM,
    COLLEAGUE_TO,
    COUNT,
    EMPLOYER,
    ENDS,
    EVENT,
    EVENTS,
    HERE,
    HOME,
    IN_OPTION,
    INSTITUTION,
    INTERVALS,
    LENDING,
    LENT,
    MEMBERS,
    MINUTES,
    MOST,
    MOST_AWAY,
    MOST_EVENTS,
    MOST_LENT,
    NEVER,
    NOBODY,
    OUT,
    RATE,
    SAME_FROM,
    SAME_TO,
    SESSION,
    SITE,
    SLOTS,
    WAY,
    WORKING,
)
from deling.units import WEEK

if TYPE_CHECKING:
    from deling.search.anneal.arrays import Real, Whole

NO_MARK = -1


# No `_nrt`: where arrays come and go nowhere, counting who refers to them is most of the work.
inner = njit(
    cache=True,
    nogil=True,
    error_model="numpy",
    no_cpython_wrapper=True,
    no_cfunc_wrapper=True,
    _nrt=False,
)
"""Of what compiled code alone calls: a way in from Python takes long to compile."""


@inner
def cost_of_member(
    sessions: Whole,
    staff: Whole,
    cost: Real,
    session: int,
    member: int,
    start: int,
    site: int,
    counts_as_lent: int,
    here: int,
    in_option: int,
    limit: float,
) -> float:
    """Return what has to go, and what time is lost, for somebody to take part.

    Those that have either mark are gone. What is a limit or more may be more than is told.
    """
    if staff[member, HOME] != site and staff[member, MOST_AWAY] == 0:
        return NEVER
    if staff[member, COUNT] >= MOST_EVENTS:
        return NEVER
    minutes = sessions[session, MINUTES]
    rate = staff[member, RATE] / BILLION
    lent = counts_as_lent * lent_for(sessions, staff, session, member)
    away = (
        staff[member, INTERVALS + staff[member, SLOTS] + 2 * site + OUT]
        + staff[member, INTERVALS + staff[member, SLOTS] + 2 * site + BACK]
    )
    if away == 0 and lent == 0 and staff[member, WORKING] + minutes <= staff[member, MOST]:
        found = rate * minutes
    else:
        too_much = staff[member, LENDING] + lent - staff[member, MOST_LENT]
        some_gone = False
        for at in range(staff[member, COUNT]):
            other = staff[member, EVENTS + EVENT * at + SESSION]
            if sessions[other, HERE] == here or sessions[other, IN_OPTION] == in_option:
                too_much -= staff[member, EVENTS + EVENT * at + LENT]
                some_gone = True
        if lent == 0:
            too_much = 0
        before = staff[member, WORKING]
        if some_gone:
            before = working(sessions, staff, member, 0, 0, NOBODY, here, in_option, NOBODY)
        after = working(
            sessions,
            staff,
            member,
            start,
            start + minutes,
            site,
            here,
            in_option,
            NOBODY,
        )
        found = rate * (after - before)
        fits = after <= staff[member, MOST]
        if not fits or too_much > 0:
            other = in_the_way(
                sessions,
                staff,
                cost,
                member,
                start,
                start + minutes,
                site,
                here,
                in_option,
                fits,
                too_much,
            )
            if other == NOBODY:
                return NEVER
            found += cost[other]
    if found >= limit:
        return float(found)
    for other in range(sessions[session, SAME_FROM], sessions[session, SAME_TO]):
        if (
            other != session
            and sessions[other, WAY] >= 0
            and sessions[other, HERE] != here
            and sessions[other, IN_OPTION] != in_option
            and not takes_part(sessions, member, other)
        ):
            found += cost[other]
    if staff[member, HOME] != site:
        other = away_too(
            sessions,
            staff,
            cost,
            member,
            start,
            start + minutes,
            site,
            here,
            in_option,
        )
        if other != NOBODY:
            found += cost[other]
    return float(found)


@inner
def lent_for(sessions: Whole, staff: Whole, session: int, member: int) -> int:
    """Return the minutes for which a session lends somebody."""
    own = sessions[session, INSTITUTION] == staff[member, EMPLOYER]
    return 0 if own else int(sessions[session, MINUTES])


@inner
def takes_part(sessions: Whole, member: int, session: int) -> bool:
    """Return whether somebody takes part in a session."""
    for number in range(sessions.shape[1] - MEMBERS):
        if sessions[session, MEMBERS + number] == member:
            return True
    return False


@inner
def in_the_way(
    sessions: Whole,
    staff: Whole,
    cost: Real,
    member: int,
    start: int,
    end: int,
    site: int,
    here: int,
    in_option: int,
    fits: bool,
    too_much: int,
) -> int:
    """Return the session that costs least of those without which somebody's hours are enough."""
    found, least = NOBODY, NEVER
    for at in range(staff[member, COUNT]):
        other = staff[member, EVENTS + EVENT * at + SESSION]
        if sessions[other, HERE] == here or sessions[other, IN_OPTION] == in_option:
            continue
        if cost[other] < least and staff[member, EVENTS + EVENT * at + LENT] >= too_much:
            if not fits:
                minutes = working(
                    sessions,
                    staff,
                    member,
                    start,
                    end,
                    site,
                    here,
                    in_option,
                    other,
                )
                if minutes > staff[member, MOST]:
                    continue
            found, least = other, cost[other]
    return found


@inner
def away_too(
    sessions: Whole,
    staff: Whole,
    cost: Real,
    member: int,
    start: int,
    end: int,
    site: int,
    here: int,
    in_option: int,
) -> int:
    """Return the session that costs least of colleagues away then, where they are too many."""
    first, last = staff[member, COLLEAGUE_FROM], staff[member, COLLEAGUE_TO]
    if last - first <= staff[member, MOST_AWAY]:
        return NOBODY
    leaves, returns = (
        start - staff[member, INTERVALS + staff[member, SLOTS] + 2 * site + OUT],
        end + staff[member, INTERVALS + staff[member, SLOTS] + 2 * site + BACK],
    )
    found, least, count = NOBODY, NEVER, 0
    for other in range(first, last):
        if other == member:
            continue
        is_away = 0
        for at in range(staff[other, COUNT]):
            where = staff[other, EVENTS + EVENT * at + SITE]
            if where == staff[other, HOME]:
                continue
            event = staff[other, EVENTS + EVENT * at + SESSION]
            if sessions[event, HERE] == here or sessions[event, IN_OPTION] == in_option:
                continue
            if (
                staff[other, EVENTS + EVENT * at + BEGINS]
                - staff[other, INTERVALS + staff[other, SLOTS] + 2 * where + OUT]
                < returns
                and leaves
                < staff[other, EVENTS + EVENT * at + ENDS]
                + staff[other, INTERVALS + staff[other, SLOTS] + 2 * where + BACK]
            ):
                is_away = 1
                if found == NOBODY or cost[event] < least:
                    found, least = event, cost[event]
        count += is_away
    return found if count >= staff[member, MOST_AWAY] else NOBODY


@inner
def working(
    sessions: Whole,
    staff: Whole,
    member: int,
    start: int,
    end: int,
    site: int,
    here: int,
    in_option: int,
    without: int,
) -> int:
    """Return somebody's working minutes without some events, and with a new one if it has a site.

    As in `deling.tours`.
    """
    count, slots = staff[member, COUNT], staff[member, SLOTS]
    found = 0
    last_interval, last_end, last_site = -2, 0, NOBODY
    at, is_in = 0, site == NOBODY
    while at < count or not is_in:
        if at < count:
            other = staff[member, EVENTS + EVENT * at + SESSION]
            if (
                other == without
                or sessions[other, HERE] == here
                or sessions[other, IN_OPTION] == in_option
            ):
                at += 1
                continue
        if not is_in and (at >= count or start < staff[member, EVENTS + EVENT * at + BEGINS]):
            begins, ends, where = start, end, site
            is_in = True
        else:
            begins, ends = (
                staff[member, EVENTS + EVENT * at + BEGINS],
                staff[member, EVENTS + EVENT * at + ENDS],
            )
            where = staff[member, EVENTS + EVENT * at + SITE]
            at += 1
        now = staff[member, INTERVALS + begins * slots // WEEK]
        found += ends - begins
        if now >= 0 and now == last_interval:
            home = (
                staff[member, INTERVALS + staff[member, SLOTS] + 2 * last_site + BACK]
                + staff[member, INTERVALS + staff[member, SLOTS] + 2 * where + OUT]
            )
            found += max(0, min(begins - last_end, home))
        else:
            if last_site != NOBODY:
                found += staff[member, INTERVALS + staff[member, SLOTS] + 2 * last_site + BACK]
            found += staff[member, INTERVALS + staff[member, SLOTS] + 2 * where + OUT]
        last_interval, last_end, last_site = now, ends, where
    if last_site != NOBODY:
        found += staff[member, INTERVALS + staff[member, SLOTS] + 2 * last_site + BACK]
    return found
