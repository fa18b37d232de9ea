"""Whose event a session could join at the least cost, in compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.search.anneal.arrays import (
    ALLOWED,
    COUNT,
    EMPLOYER,
    EVENT,
    EVENTS,
    HERE,
    HOST,
    INSTITUTION,
    LENDING,
    LENT,
    LIMIT,
    MARK,
    MEMBERS,
    MINUTES,
    MOST_LENT,
    NEVER,
    NOBODY,
    PRESENT,
    ROOM,
    SAME_FROM,
    SAME_TO,
    SESSION,
    SIZE,
    START,
    TAGGED,
    WAITS,
    WAY,
)
from deling.search.anneal.guests import have_same_staff
from deling.search.anneal.hours import inner
from deling.units import DAY

if TYPE_CHECKING:
    from deling.search.anneal.arrays import Facts, Now


@inner
def cheapest_host(facts: Facts, now: Now, session: int, most: float) -> tuple[float, int, int]:
    """Return what it costs at least to join another session, which, and in what way; or -1."""
    joining, sessions = facts.joining, now.sessions
    tagged = sessions[session, TAGGED]
    found, best_way, least = NOBODY, WAITS, most
    for number in range(joining.session_from[tagged], joining.session_from[tagged + 1]):
        host = joining.sessions[number]
        if sessions[host, WAY] < 0 or sessions[host, HOST] != NOBODY:
            continue
        if joining.covers[sessions[host, TAGGED], tagged] and _may_join(facts, now, session, host):
            site = facts.ways.site[sessions[host, WAY]]
            for way in range(joining.guest_from[tagged, site], joining.guest_to[tagged, site]):
                if not joining.begins[way, sessions[host, START]]:
                    continue
                price = _to_join(facts, now, way, host)
                if price < least:
                    found, best_way, least = host, way, price
    return least, found, best_way


@inner
def _may_join(facts: Facts, now: Now, session: int, host: int) -> bool:
    """Return whether a session could be part of another one's event, whoever is in the way."""
    joining, sessions = facts.joining, now.sessions
    room = sessions[host, ROOM]
    present = sessions[host, PRESENT] + sessions[session, SIZE]
    return bool(
        present <= joining.capacity[room]
        and present <= sessions[host, ALLOWED]
        and present <= sessions[session, LIMIT]
        and now.area[host] + facts.wishes.area[session] <= joining.area[room]
        and _has_its_staff(facts, now, session, host)
        and _is_admitted(facts, now, session, host)
        and _may_be_lent(facts, now, session, host)
    )


@inner
def _has_its_staff(facts: Facts, now: Now, session: int, host: int) -> bool:
    """Return whether an event has the staff of the other sessions of a need, if it has to."""
    for other in range(now.sessions[session, SAME_FROM], now.sessions[session, SAME_TO]):
        placed = other != session and now.sessions[other, WAY] >= 0
        if placed and not have_same_staff(now, host, other):
            return False
    return True


@inner
def _is_admitted(facts: Facts, now: Now, session: int, host: int) -> bool:
    """Return whether room, staff and equipment of an event can serve a need at that time."""
    layout, ways, joining = facts.layout, facts.ways, facts.joining
    rooms, members = len(joining.capacity), len(now.staff)
    tagged = now.sessions[session, TAGGED]
    way, start = now.sessions[host, WAY], now.sessions[host, START]
    if not _admits(facts, tagged, now.sessions[host, ROOM], start):
        return False
    for number in range(now.sessions.shape[1] - MEMBERS):
        member = now.sessions[host, MEMBERS + number]
        if member != NOBODY and not _admits(facts, tagged, rooms + member, start):
            return False
    for number in range(ways.item_from[way], ways.item_from[way + 1]):
        if not _admits(facts, tagged, rooms + members + ways.items[number], start):
            return False
    for choice in range(layout.choice_from[way + 1] - layout.choice_from[way]):
        item = ways.option_item[now.picks[host, choice]]
        if item >= 0 and not _admits(facts, tagged, rooms + members + item, start):
            return False
    return True


@inner
def _admits(facts: Facts, tagged: int, thing: int, start: int) -> bool:
    row = facts.joining.row[tagged, thing]
    return row >= 0 and bool(facts.joining.admits[row, start])


@inner
def _may_be_lent(facts: Facts, now: Now, session: int, host: int) -> bool:
    """Return whether all who take part have the time to be lent to one more institution."""
    sessions, staff = now.sessions, now.staff
    for number in range(now.sessions.shape[1] - MEMBERS):
        member = now.sessions[host, MEMBERS + number]
        if member == NOBODY:
            continue
        employer = staff[member, EMPLOYER]
        if employer == sessions[session, INSTITUTION] == sessions[host, INSTITUTION]:
            continue
        lent = staff[member, LENDING] + sessions[session, MINUTES]
        for at in range(staff[member, COUNT]):
            if staff[member, EVENTS + EVENT * at + SESSION] == host:
                lent -= staff[member, EVENTS + EVENT * at + LENT]
        if lent > staff[member, MOST_LENT]:
            return False
    return True


@inner
def _to_join(facts: Facts, now: Now, way: int, host: int) -> float:
    """Return what has to go for a session to be part of another one's event."""
    layout = facts.layout
    start = now.sessions[host, START]
    now.numbers[MARK] += 1
    price = float(facts.ways.price[way])
    for cell in range(layout.asked_from[way], layout.asked_from[way + 1]):
        price += _met(now, layout.asked[cell] + start, host)
    day = start * layout.step // DAY
    for cell in range(layout.asked_a_day_from[way], layout.asked_a_day_from[way + 1]):
        price += _met(now, layout.asked_a_day[cell] + day, host)
    return price


@inner
def _met(now: Now, cell: int, host: int) -> float:
    """Return what it costs to throw out who holds a cell; the host's event cannot go."""
    other, here = now.owner[cell], now.numbers[MARK]
    if other < 0 or now.sessions[other, HERE] == here:
        return 0.0
    now.sessions[other, HERE] = here
    return NEVER if other == host or now.sessions[other, HOST] == host else now.cost[other]
