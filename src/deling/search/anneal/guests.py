"""Sessions that have joined another one's event, in compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.search.anneal.arrays import (
    ALLOWED,
    COUNT,
    EVENT,
    EVENTS,
    GUESTS,
    HOST,
    LENDING,
    LENT,
    LIMIT,
    MEMBERS,
    NOBODY,
    PRESENT,
    SESSION,
    SIZE,
    TAGGED,
    WAY,
)
from deling.search.anneal.hours import inner, lent_for, takes_part

if TYPE_CHECKING:
    from deling.search.anneal.arrays import Facts, Now


@inner
def have_same_staff(now: Now, session: int, other: int) -> bool:
    """Return whether the same take part in both."""
    some = others = 0
    for field in range(MEMBERS, now.sessions.shape[1]):
        others += now.sessions[other, field] != NOBODY
        member = now.sessions[session, field]
        if member != NOBODY:
            some += 1
            if not takes_part(now.sessions, member, other):
                return False
    return bool(some == others)


@inner
def count_guest(facts: Facts, now: Now, session: int, host: int) -> None:
    """Let the event of a session be that of a guest as well."""
    wishes = facts.wishes
    now.sessions[host, GUESTS] += 1
    now.sessions[host, PRESENT] += now.sessions[session, SIZE]
    now.sessions[host, ALLOWED] = min(now.sessions[host, ALLOWED], now.sessions[session, LIMIT])
    now.area[host] += wishes.area[session]
    now.cost[host] += wishes.worth[session] - facts.ways.price[now.sessions[session, WAY]]
    _lend_anew(facts, now, host)


@inner
def leave(facts: Facts, now: Now, session: int) -> None:
    """Let a session be no longer part of another one's event."""
    wishes, host = facts.wishes, now.sessions[session, HOST]
    now.sessions[session, HOST] = NOBODY
    now.sessions[host, GUESTS] -= 1
    now.sessions[host, PRESENT] -= now.sessions[session, SIZE]
    now.area[host] -= wishes.area[session]
    now.cost[host] -= wishes.worth[session] - facts.ways.price[now.sessions[session, WAY]]
    now.sessions[host, ALLOWED] = now.sessions[host, LIMIT]
    first, last = alike(facts, now, host)
    for number in range(first, last):
        guest = facts.joining.sessions[number]
        if now.sessions[guest, HOST] == host:
            limit = now.sessions[guest, LIMIT]
            now.sessions[host, ALLOWED] = min(now.sessions[host, ALLOWED], limit)
    _lend_anew(facts, now, host)


@inner
def alike(facts: Facts, now: Now, session: int) -> tuple[int, int]:
    """Return where those with the same tag are."""
    tagged = now.sessions[session, TAGGED]
    return facts.joining.session_from[tagged], facts.joining.session_from[tagged + 1]


@inner
def _lend_anew(facts: Facts, now: Now, host: int) -> None:
    """Count for how long those who take part are lent."""
    first, last = alike(facts, now, host)
    counts = facts.ways.lent[now.sessions[host, WAY]] or now.sessions[host, GUESTS] > 0
    for number in range(now.sessions.shape[1] - MEMBERS):
        member = now.sessions[host, MEMBERS + number]
        if member == NOBODY:
            continue
        lent = lent_for(now.sessions, now.staff, host, member)
        for guests in range(first, last):
            guest = facts.joining.sessions[guests]
            if now.sessions[guest, HOST] == host:
                lent = max(lent, lent_for(now.sessions, now.staff, guest, member))
        if not counts:
            lent = 0
        for at in range(now.staff[member, COUNT]):
            if now.staff[member, EVENTS + EVENT * at + SESSION] == host:
                now.staff[member, LENDING] += lent - now.staff[member, EVENTS + EVENT * at + LENT]
                now.staff[member, EVENTS + EVENT * at + LENT] = lent
