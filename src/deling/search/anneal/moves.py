"""What is done in a step of annealing, in compiled code: sessions come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.search.anneal.arrays import (
    BOUGHT,
    BUDGET,
    GONE,
    GONE_HOST,
    GONE_PICKS,
    GONE_SESSION,
    GONE_START,
    GONE_WAY,
    GUESTS,
    HERE,
    HOME,
    HOST,
    LACKING,
    LENDING,
    MEMBERS,
    MINUTES,
    MOST,
    MOST_LENT,
    NEVER,
    NOBODY,
    OUT_IN,
    PRICE,
    ROOM,
    SAME_FROM,
    SAME_TO,
    SESSIONS,
    START,
    STEP,
    WAITING,
    WAITS,
    WAY,
    WEIGHT,
)
from deling.search.anneal.guests import alike, count_guest, have_same_staff, leave
from deling.search.anneal.hours import NO_MARK, away_too, in_the_way, inner, lent_for, working
from deling.search.anneal.weeks import enter, enter_one, price_of, take_out
from deling.units import DAY

if TYPE_CHECKING:
    from deling.search.anneal.arrays import Facts, Now, Whole


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
    now.cost[session] = facts.wishes.worth[session] - facts.ways.price[way]
    now.value[0] -= now.cost[session]
    count_guest(facts, now, session, host)


@inner
def buy(facts: Facts, now: Now, session: int) -> None:
    """Buy a session, and let wait what was bought, as far as there is not enough money for all."""
    wishes = facts.wishes
    while now.sessions[session, PRICE] > now.numbers[BUDGET]:
        short = now.sessions[session, PRICE] - now.numbers[BUDGET]
        remove(facts, now, bought_for(now, short, NO_MARK))
    now.sessions[session, WAY] = BOUGHT
    price = now.sessions[session, PRICE]
    now.cost[session] = wishes.worth[session] - wishes.rate[0] * price
    now.value[0] -= now.cost[session]
    now.numbers[BUDGET] -= price


@inner
def bought_for(now: Now, short: int, here: int) -> int:
    """Return the bought session that costs least to throw out for what it frees of what is short.

    Those that have a mark are gone.
    """
    found, least = NOBODY, NEVER
    for other in range(now.numbers[SESSIONS]):
        price = now.sessions[other, PRICE]
        if now.sessions[other, WAY] != BOUGHT or now.sessions[other, HERE] == here or price <= 0:
            continue
        cost = now.cost[other] / min(price, short)
        if cost < least:
            found, least = other, cost
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
    _note_gone(now, session)
    now.value[0] += facts.wishes.worth[session]
    if now.sessions[session, WAY] == BOUGHT:
        now.numbers[BUDGET] += now.sessions[session, PRICE]
        now.value[0] -= facts.wishes.rate[0] * now.sessions[session, PRICE]
    else:
        now.value[0] -= price_of(facts, now, session)
        _write(facts, now, session, NOBODY)
        if now.sessions[session, HOST] != NOBODY:
            leave(facts, now, session)
        else:
            take_out(facts, now, session)
    now.sessions[session, WAY] = WAITS
    now.waiting[now.numbers[WAITING]] = session
    now.numbers[WAITING] += 1
    now.numbers[LACKING] += now.sessions[session, WEIGHT]


@inner
def _note_gone(now: Now, session: int) -> None:
    """Note where a session is that goes."""
    if now.sessions[session, OUT_IN] == now.numbers[STEP]:
        return
    now.sessions[session, OUT_IN] = now.numbers[STEP]
    at = now.numbers[GONE]
    now.gone[at, GONE_SESSION], now.gone[at, GONE_WAY] = session, now.sessions[session, WAY]
    now.gone[at, GONE_START] = now.sessions[session, START]
    now.gone[at, GONE_HOST] = now.sessions[session, HOST]
    for choice in range(now.picks.shape[1]):
        now.gone[at, GONE_PICKS + choice] = now.picks[session, choice]
    now.numbers[GONE] = at + 1


@inner
def undo(facts: Facts, now: Now, count: int) -> None:
    """Put back what has gone first in this step; what came instead is gone already.

    Parameters
    ----------
    facts, now
        The sessions.
    count
        How many have gone by then.
    """
    for number in range(count):
        at = count - 1 - number  # A host before its guests.
        session, way = now.gone[at, GONE_SESSION], now.gone[at, GONE_WAY]
        wait_no_longer(now, session)
        for choice in range(now.picks.shape[1]):
            now.picks[session, choice] = now.gone[at, GONE_PICKS + choice]
        if way == BOUGHT:
            buy(facts, now, session)
        elif now.gone[at, GONE_HOST] != NOBODY:
            _be_guest(facts, now, session, way, now.gone[at, GONE_HOST])
        else:
            settle(facts, now, session, way, now.gone[at, GONE_START])
            _write(facts, now, session, session)
            enter(facts, now, session)


@inner
def wait_no_longer(now: Now, session: int) -> None:
    """Take a session from those that wait."""
    last = at = now.numbers[WAITING] - 1
    while now.waiting[at] != session:
        at -= 1
    now.waiting[at] = now.waiting[last]
    now.numbers[WAITING] = last
    now.numbers[LACKING] -= now.sessions[session, WEIGHT]


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
