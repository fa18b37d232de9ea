"""The weeks of staff, and what that costs, in compiled code: sessions are put in and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.search.anneal.arrays import (
    BEGINS,
    BILLION,
    COUNT,
    ENDS,
    EVENT,
    EVENTS,
    LENDING,
    LENT,
    MEMBERS,
    MINUTES,
    NOBODY,
    RATE,
    SESSION,
    SITE,
    START,
    WAY,
    WORKING,
)
from deling.search.anneal.hours import NO_MARK, inner, lent_for, working

if TYPE_CHECKING:
    from deling.search.anneal.arrays import Facts, Now


@inner
def enter(facts: Facts, now: Now, session: int) -> None:
    """Put a session that has a place into the week of all who take part."""
    way = now.sessions[session, WAY]
    start = now.sessions[session, START] * facts.layout.step
    end, site = start + now.sessions[session, MINUTES], facts.ways.site[way]
    paid = price_of(facts, now, session)
    now.value[0] += paid - facts.wishes.worth[session]
    cost = facts.wishes.worth[session] - paid
    for number in range(now.sessions.shape[1] - MEMBERS):
        member = now.sessions[session, MEMBERS + number]
        if member != NOBODY:
            lent = facts.ways.lent[way] * lent_for(now.sessions, now.staff, session, member)
            before = now.staff[member, WORKING]
            enter_one(facts, now, member, session, start, end, site, lent)
            cost -= now.staff[member, RATE] / BILLION * (now.staff[member, WORKING] - before)
    now.cost[session] = cost


@inner
def price_of(facts: Facts, now: Now, session: int) -> float:
    """Return what a session costs where it is, apart from staff."""
    way = now.sessions[session, WAY]
    found = facts.ways.price[way]
    for choice in range(facts.layout.choice_from[way + 1] - facts.layout.choice_from[way]):
        found += facts.ways.option_price[now.picks[session, choice]]
    return float(found)


@inner
def enter_one(
    facts: Facts, now: Now, member: int, session: int, start: int, end: int, site: int, lent: int
) -> None:
    """Put an event into somebody's week."""
    staff = now.staff
    at = staff[member, COUNT]
    while at > 0 and staff[member, EVENTS + EVENT * (at - 1) + BEGINS] > start:
        for field in range(EVENT):
            staff[member, EVENTS + EVENT * at + field] = staff[
                member, EVENTS + EVENT * (at - 1) + field
            ]
        at -= 1
    staff[member, EVENTS + EVENT * at + SESSION] = session
    staff[member, EVENTS + EVENT * at + BEGINS] = start
    staff[member, EVENTS + EVENT * at + ENDS] = end
    staff[member, EVENTS + EVENT * at + SITE] = site
    staff[member, EVENTS + EVENT * at + LENT] = lent
    staff[member, COUNT] += 1
    staff[member, LENDING] += lent
    _count_hours(facts, now, member)


@inner
def _count_hours(facts: Facts, now: Now, member: int) -> None:
    before = now.staff[member, WORKING]
    now.staff[member, WORKING] = working(
        now.sessions,
        now.staff,
        member,
        0,
        0,
        NOBODY,
        NO_MARK,
        NO_MARK,
        NOBODY,
    )
    now.value[0] += now.staff[member, RATE] / BILLION * (now.staff[member, WORKING] - before)


@inner
def take_out(facts: Facts, now: Now, session: int) -> None:
    """Take a session out of the weeks of all who take part."""
    staff = now.staff
    for number in range(now.sessions.shape[1] - MEMBERS):
        member = now.sessions[session, MEMBERS + number]
        if member == NOBODY:
            continue
        count = staff[member, COUNT]
        at = 0
        while at < count and staff[member, EVENTS + EVENT * at + SESSION] != session:
            at += 1
        if at == count:
            continue
        staff[member, LENDING] -= staff[member, EVENTS + EVENT * at + LENT]
        for later in range(at, count - 1):
            for field in range(EVENT):
                staff[member, EVENTS + EVENT * later + field] = staff[
                    member, EVENTS + EVENT * (later + 1) + field
                ]
        staff[member, COUNT] -= 1
        _count_hours(facts, now, member)
