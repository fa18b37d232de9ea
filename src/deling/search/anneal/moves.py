"""What is done in a step of annealing, in compiled code: sessions come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.search.anneal.arrays import (
    BEGINS,
    BOUGHT,
    BUDGET,
    COUNT,
    ENDS,
    EVENT,
    EVENTS,
    GUESTS,
    HOME,
    HOST,
    LACKING,
    LENDING,
    LENT,
    MEMBERS,
    MILLION,
    MINUTES,
    MOST,
    MOST_LENT,
    NEVER,
    NOBODY,
    PRICE,
    RATE,
    ROOM,
    SAME_FROM,
    SAME_TO,
    SESSION,
    SESSIONS,
    SITE,
    START,
    WAITING,
    WAITS,
    WAY,
    WEIGHT,
    WORKING,
)
from deling.search.anneal.guests import alike, count_guest, have_same_staff, leave
from deling.search.anneal.hours import away_too, in_the_way, inner, lent_for, working
from deling.units import DAY

if TYPE_CHECKING:
    from deling.search.anneal.arrays import Facts, Now, Whole

NO_MARK = -1


@inner
def put_all(facts: Facts, now: Now, placed: Whole, standing: Whole) -> None:
    """Put everything where a plan has it.

    Parameters
    ----------
    facts, now
        The sessions; their picks are known.
    placed
        Sessions, their ways, slots and hosts; the host before its guests.
    standing
        By event and member of staff: member, event, begin, end, site and minutes lent.
    """
    for number in range(len(standing)):
        member, event = standing[number, 0], standing[number, 1]
        begins, ends = standing[number, 2], standing[number, 3]
        site, lent = standing[number, 4], standing[number, 5]
        enter_one(facts, now, member, event, begins, ends, site, lent)
    for number in range(len(placed)):
        session, way = placed[number, 0], placed[number, 1]
        start, host = placed[number, 2], placed[number, 3]
        if host == NOBODY:
            settle(facts, now, session, way, start)
            _write(facts, now, session, session)
            enter(facts, now, session)
        else:
            _be_guest(facts, now, session, way, host)


@inner
def put(facts: Facts, now: Now, session: int, way: int, start: int) -> None:
    """Hold a session, by the best picks, and let all wait that are in its way."""
    layout = facts.layout
    choices = layout.choice_from[way + 1] - layout.choice_from[way]
    for choice in range(choices):
        now.picks[session, choice] = now.best_pick[choice]
    _oust(facts, now, way, start)
    for choice in range(choices):
        option = now.picks[session, choice]
        for at in range(layout.option_asked_from[option], layout.option_asked_from[option + 1]):
            _free(facts, now, layout.option_asked[at] + start)
    settle(facts, now, session, way, start)
    for number in range(now.sessions.shape[1] - MEMBERS):
        if now.sessions[session, MEMBERS + number] != NOBODY:
            _make_time(facts, now, session, now.sessions[session, MEMBERS + number])
    for other in range(now.sessions[session, SAME_FROM], now.sessions[session, SAME_TO]):
        if now.sessions[other, WAY] >= 0 and not have_same_staff(now, session, other):
            remove(facts, now, other)
    _write(facts, now, session, session)
    enter(facts, now, session)


@inner
def settle(facts: Facts, now: Now, session: int, way: int, start: int) -> None:
    """Note where a session is, and who takes part."""
    layout, ways = facts.layout, facts.ways
    now.sessions[session, WAY], now.sessions[session, START] = way, start
    room, count = ways.room[way], 0
    for number in range(ways.member_from[way], ways.member_from[way + 1]):
        now.sessions[session, MEMBERS + count] = ways.members[number]
        count += 1
    for choice in range(layout.choice_from[way + 1] - layout.choice_from[way]):
        option = now.picks[session, choice]
        room = max(room, ways.option_room[option])
        if ways.option_member[option] >= 0:
            now.sessions[session, MEMBERS + count] = ways.option_member[option]
            count += 1
    for number in range(MEMBERS + count, now.sessions.shape[1]):
        now.sessions[session, number] = NOBODY
    now.sessions[session, ROOM] = room


@inner
def _make_time(facts: Facts, now: Now, session: int, member: int) -> None:
    """Let all wait for whom somebody has no time beside a session."""
    way = now.sessions[session, WAY]
    start, site = now.sessions[session, START] * facts.layout.step, facts.ways.site[way]
    end = start + now.sessions[session, MINUTES]
    lent = facts.ways.lent[way] * lent_for(now.sessions, now.staff, session, member)
    minutes = working(
        now.sessions,
        now.staff,
        member,
        start,
        end,
        site,
        NO_MARK,
        NO_MARK,
        NOBODY,
    )
    fits = minutes <= now.staff[member, MOST]
    too_much = now.staff[member, LENDING] + lent - now.staff[member, MOST_LENT] if lent else 0
    if not fits or too_much > 0:
        other = in_the_way(
            now.sessions,
            now.staff,
            now.cost,
            member,
            start,
            end,
            site,
            NO_MARK,
            NO_MARK,
            fits,
            too_much,
        )
        if other != NOBODY:
            _remove_if_moving(facts, now, other)
    if now.staff[member, HOME] != site:
        other = away_too(
            now.sessions,
            now.staff,
            now.cost,
            member,
            start,
            end,
            site,
            NO_MARK,
            NO_MARK,
        )
        if other != NOBODY:
            _remove_if_moving(facts, now, other)


@inner
def _remove_if_moving(facts: Facts, now: Now, session: int) -> None:
    if session < now.numbers[SESSIONS]:
        remove(facts, now, session)


@inner
def join(facts: Facts, now: Now, session: int, way: int, host: int) -> None:
    """Let a session become part of another one's event."""
    _oust(facts, now, way, now.sessions[host, START])
    _be_guest(facts, now, session, way, host)


@inner
def _be_guest(facts: Facts, now: Now, session: int, way: int, host: int) -> None:
    """Hold a session beside another one, where nobody is in its way."""
    now.sessions[session, WAY] = way
    now.sessions[session, START] = now.sessions[host, START]
    now.sessions[session, HOST] = host
    for field in range(MEMBERS, now.sessions.shape[1]):
        now.sessions[session, field] = now.sessions[host, field]
    _write(facts, now, session, session)
    count_guest(facts, now, session, host)


@inner
def buy(facts: Facts, now: Now, session: int) -> None:
    """Buy a session, and let one wait that was bought, if there is not enough money for both."""
    wishes = facts.wishes
    short = now.sessions[session, PRICE] - now.numbers[BUDGET]
    if short > 0:
        remove(facts, now, bought_for(facts, now, short))
    now.sessions[session, WAY] = BOUGHT
    price = now.sessions[session, PRICE]
    now.cost[session] = wishes.worth[session] - wishes.rate[0] * price
    now.numbers[BUDGET] -= price


@inner
def bought_for(facts: Facts, now: Now, short: int) -> int:
    """Return the bought session that costs least to throw out, of those that free enough."""
    found, least = NOBODY, NEVER
    for other in range(now.numbers[SESSIONS]):
        frees_enough = now.sessions[other, WAY] == BOUGHT and now.sessions[other, PRICE] >= short
        if frees_enough and now.cost[other] < least:
            found, least = other, now.cost[other]
    return found


@inner
def _oust(facts: Facts, now: Now, way: int, start: int) -> None:
    """Let all wait that hold what a way asks for in any case."""
    layout = facts.layout
    for at in range(layout.asked_from[way], layout.asked_from[way + 1]):
        _free(facts, now, layout.asked[at] + start)
    day = start * layout.step // DAY
    for at in range(layout.asked_a_day_from[way], layout.asked_a_day_from[way + 1]):
        _free(facts, now, layout.asked_a_day[at] + day)


@inner
def _free(facts: Facts, now: Now, cell: int) -> None:
    other = now.owner[cell]
    if other >= 0:
        remove(facts, now, other)


@inner
def remove(facts: Facts, now: Now, session: int) -> None:
    """Hold a session no longer: it waits, and so do all that have joined it."""
    if now.sessions[session, GUESTS]:
        first, last = alike(facts, now, session)
        for number in range(first, last):
            guest = facts.joining.sessions[number]
            if now.sessions[guest, HOST] == session:
                _remove_one(facts, now, guest)
    _remove_one(facts, now, session)


@inner
def _remove_one(facts: Facts, now: Now, session: int) -> None:
    if now.sessions[session, WAY] == BOUGHT:
        now.numbers[BUDGET] += now.sessions[session, PRICE]
    else:
        _write(facts, now, session, NOBODY)
        if now.sessions[session, HOST] != NOBODY:
            leave(facts, now, session)
        else:
            _exit(facts, now, session)
    now.sessions[session, WAY] = WAITS
    now.waiting[now.numbers[WAITING]] = session
    now.numbers[WAITING] += 1
    now.numbers[LACKING] += now.sessions[session, WEIGHT]


@inner
def _write(facts: Facts, now: Now, session: int, name: int) -> None:
    """Put a name on the cells that a session holds."""
    layout, owner = facts.layout, now.owner
    way, start = now.sessions[session, WAY], now.sessions[session, START]
    for at in range(layout.held_from[way], layout.held_from[way + 1]):
        owner[layout.held[at] + start] = name
    day = start * layout.step // DAY
    for at in range(layout.held_a_day_from[way], layout.held_a_day_from[way + 1]):
        owner[layout.held_a_day[at] + day] = name
    for choice in range(layout.choice_from[way + 1] - layout.choice_from[way]):
        option = now.picks[session, choice]
        for at in range(layout.option_held_from[option], layout.option_held_from[option + 1]):
            owner[layout.option_held[at] + start] = name


@inner
def enter(facts: Facts, now: Now, session: int) -> None:
    """Put a session that has a place into the week of all who take part."""
    way = now.sessions[session, WAY]
    start = now.sessions[session, START] * facts.layout.step
    end, site = start + now.sessions[session, MINUTES], facts.ways.site[way]
    cost = facts.wishes.worth[session]
    for number in range(now.sessions.shape[1] - MEMBERS):
        member = now.sessions[session, MEMBERS + number]
        if member != NOBODY:
            lent = facts.ways.lent[way] * lent_for(now.sessions, now.staff, session, member)
            before = now.staff[member, WORKING]
            enter_one(facts, now, member, session, start, end, site, lent)
            cost -= now.staff[member, RATE] / MILLION * (now.staff[member, WORKING] - before)
    now.cost[session] = cost


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


@inner
def _exit(facts: Facts, now: Now, session: int) -> None:
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
