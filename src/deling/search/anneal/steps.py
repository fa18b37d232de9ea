"""Steps of annealing in compiled code: where a session would cost least, and whether it goes there.

Takes a moment to import, and seconds the first time: see `deling.search.compiled`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from numba import njit

from deling.search.anneal.arrays import (
    BEGINS,
    BOUGHT,
    COUNT,
    EVENT,
    EVENTS,
    GONE,
    GONE_SESSION,
    GUESTS,
    HOST,
    LACKING,
    MEMBERS,
    NEVER,
    NOBODY,
    OUT_IN,
    SAME_FROM,
    SAME_TO,
    SESSION,
    SESSIONS,
    START,
    STEP,
    WAITING,
    WAITS,
    WAY,
)
from deling.search.anneal.cheapest import cheapest_place
from deling.search.anneal.hours import inner
from deling.search.anneal.moves import (
    buy,
    join,
    put,
    put_all,
    remove,
    undo,
    wait_no_longer,
)
from deling.units import DAY

if TYPE_CHECKING:
    from numpy.random import Generator

    from deling.search.anneal.arrays import Best, Facts, Now, Whole

MOVED = 0.5
"""Share of steps in which a session that has a place looks for another one."""
FAR = 0.5
"""Share of these in which it goes far: to any place, also one that is taken."""
FORCED = 0.25
"""Share of the steps of one that waits in which it goes far."""
SIBLINGS = 0.5
"""That where others of its need, which are to have the same staff, go with it."""
TOURS = 0.3
"""Share of those that go far with whom all goes that their staff does on the day."""
LOOKED_AT = 0.2
"""Share of all starts among which one that goes far chooses."""
DEPTH = 12
"""How many that were in the way of such look for a place in their turn."""
LEAST = 1e-7
"""Least that is a difference, since sums of many small ones are not exact."""
LATEST = 0.5
"""Share of steps for the session that was thrown out last."""
NO_LIMIT = 2**62
"""To what lacks."""
LOCKED = NEVER / 2
"""Cost of what must not go in the step in hand."""


@njit(cache=True, nogil=True, error_model="numpy", _nrt=False)
def begin(facts: Facts, now: Now, placed: Whole, standing: Whole) -> None:
    """Put everything where a plan has it; see `moves.begin`."""
    put_all(facts, now, placed, standing)


@njit(cache=True, nogil=True, error_model="numpy", _nrt=False)
def anneal(
    facts: Facts,
    now: Now,
    best: Best,
    steps: int,
    heat: float,
    noise: float,
    far: float,
    firm: bool,
    rng: Generator,
) -> None:
    """Give sessions a place, whoever has to go, with some chance even at a loss.

    Parameters
    ----------
    facts, now, best
        The sessions.
    steps
        How many.
    heat
        Loss that is taken with a chance of one in e (Metropolis et al. 1953).
    noise, far
        Most that chance adds to what a place costs, nearby and where it is to be another one.
    firm
        Whether as much keeps a place as has one, and only prices matter.
    rng
        Of all random choices.
    """
    numbers, sessions = now.numbers, now.sessions
    for _step in range(steps if numbers[SESSIONS] > 0 else 0):
        numbers[GONE] = 0
        numbers[STEP] += 1
        most_lacking = numbers[LACKING] if firm else NO_LIMIT
        most = now.value[0] - heat * math.log(1.0 - rng.random())
        if firm or rng.random() < MOVED:
            session = int(rng.random() * numbers[SESSIONS])
            if sessions[session, WAY] == WAITS:
                continue
            if sessions[session, HOST] != NOBODY:
                session = sessions[session, HOST]
            all_go = sessions[session, GUESTS] > 0 or rng.random() < FAR
        else:
            if numbers[WAITING] == 0:
                continue
            last = numbers[WAITING] - 1
            at = last if rng.random() < LATEST else int(rng.random() * (last + 1))
            session = now.waiting[at]
            others = sessions[session, SAME_TO] - sessions[session, SAME_FROM] > 1
            all_go = rng.random() < (SIBLINGS if others else FORCED)
        if not _try(facts, now, session, noise, far if all_go else 0.0, most, most_lacking, rng):
            _shuffle(now, rng)
        lacks = numbers[LACKING] - best.lacking[0]
        if lacks < 0 or (lacks == 0 and now.value[0] < best.value[0] - LEAST):
            best.lacking[0], best.value[0] = numbers[LACKING], now.value[0]
            _keep(now, best)


@inner
def _shuffle(now: Now, rng: Generator) -> None:
    """Let another one be the last of those that wait."""
    if now.numbers[WAITING] > 0:
        last = now.numbers[WAITING] - 1
        at = int(rng.random() * (last + 1))
        now.waiting[at], now.waiting[last] = now.waiting[last], now.waiting[at]


@inner
def _go(facts: Facts, now: Now, session: int, way: int, start: int, host: int) -> None:
    """Let a session have a place."""
    if way == BOUGHT:
        buy(facts, now, session)
    elif host != NOBODY:
        join(facts, now, session, way, host)
    else:
        put(facts, now, session, way, start)


@inner
def _try(
    facts: Facts,
    now: Now,
    session: int,
    noise: float,
    far: float,
    most: float,
    most_lacking: int,
    rng: Generator,
) -> bool:
    """Give a session another place, unless that costs too much; return whether it has.

    Where it may go far, so do all that share its event or are to have its staff, since one alone
    would have no choice; and what is in the way looks for a place in its turn.
    """
    sessions, numbers, turns = now.sessions, now.numbers, now.turns
    count = 0
    first, last = sessions[session, SAME_FROM], sessions[session, SAME_TO]
    if far == 0 or last - first <= 1:
        first, last = session, session + 1
    if far > 0 and last - first <= 1 and rng.random() < TOURS:
        _leave_day(facts, now, session)
    for one in range(first, last):
        if sessions[one, WAY] == WAITS and sessions[one, OUT_IN] == numbers[STEP]:
            continue
        if sessions[one, WAY] == WAITS:
            sessions[one, OUT_IN] = numbers[STEP]
            turns[count] = one
            count += 1
        else:
            remove(facts, now, one)
    gone = numbers[GONE]
    for at in range(gone):
        turns[count] = now.gone[at, GONE_SESSION]
        count += 1
    limit = LOCKED
    if far == 0:
        limit = most - now.value[0] + facts.wishes.worth[session] + noise
    for number in range(count):
        at = number + int(rng.random() * (count - number))
        other = turns[at]
        turns[at], turns[number] = turns[number], other
        if far > 0 and number == 0:
            _find_place(facts, now, other, limit, far, LOOKED_AT, rng)
        else:
            _find_place(facts, now, other, limit, noise, 1.0, rng)
    at = gone
    while far > 0 and at < numbers[GONE] and at < gone + DEPTH:
        turns[count] = now.gone[at, GONE_SESSION]
        _find_place(facts, now, turns[count], limit, noise, 1.0, rng)
        count += 1
        at += 1
    for number in range(count):
        if now.cost[turns[number]] >= LOCKED:
            now.cost[turns[number]] -= NEVER
    if now.value[0] <= most and numbers[LACKING] <= most_lacking:
        return bool(sessions[session, WAY] != WAITS)
    for number in range(count):
        if sessions[turns[number], WAY] != WAITS:
            remove(facts, now, turns[number])
    undo(facts, now, numbers[GONE])
    return False


@inner
def _leave_day(facts: Facts, now: Now, session: int) -> None:
    """Let all wait that the first of a session's staff does on its day."""
    sessions, staff = now.sessions, now.staff
    member = sessions[session, MEMBERS]
    if sessions[session, WAY] < 0 or member == NOBODY:
        return
    day = sessions[session, START] * facts.layout.step // DAY
    at = 0
    while at < staff[member, COUNT]:
        event = EVENTS + EVENT * at
        other = staff[member, event + SESSION]
        if staff[member, event + BEGINS] // DAY == day and other < now.numbers[SESSIONS]:
            remove(facts, now, other)
        else:
            at += 1


@inner
def _find_place(
    facts: Facts,
    now: Now,
    session: int,
    limit: float,
    noise: float,
    share: float,
    rng: Generator,
) -> None:
    """Let a session that waits have the place that costs least, if there is any.

    No other one takes that from it in the same step. `share` is that of the starts it looks at.
    """
    if now.sessions[session, WAY] != WAITS:
        return
    way, start, host = cheapest_place(facts, now, session, limit, noise, share, rng)
    if way != WAITS:
        wait_no_longer(now, session)
        _go(facts, now, session, way, start, host)
        if now.cost[session] < LOCKED:
            now.cost[session] += NEVER


@inner
def _keep(now: Now, best: Best) -> None:
    """Keep where all sessions are."""
    for session in range(now.numbers[SESSIONS]):
        for field in range(now.sessions.shape[1]):
            best.sessions[session, field] = now.sessions[session, field]
        for choice in range(now.picks.shape[1]):
            best.picks[session, choice] = now.picks[session, choice]
