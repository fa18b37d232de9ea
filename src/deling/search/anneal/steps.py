"""Steps of annealing in compiled code: where a session would cost least, and whether it goes there.

Takes a moment to import, and seconds the first time: see `deling.search.compiled`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from numba import njit

from deling.search.anneal.arrays import (
    BOUGHT,
    BUDGET,
    GUESTS,
    HERE,
    IN_OPTION,
    LACKING,
    MARK,
    NEVER,
    NOBODY,
    PRICE,
    SESSIONS,
    START,
    TAGGED,
    WAITING,
    WAITS,
    WAY,
    WEIGHT,
)
from deling.search.anneal.hosts import cheapest_host
from deling.search.anneal.hours import cost_of_member, inner
from deling.search.anneal.moves import (
    NO_MARK,
    bought_for,
    buy,
    join,
    put,
    put_all,
    remove,
)
from deling.units import DAY

if TYPE_CHECKING:
    from numpy.random import Generator

    from deling.search.anneal.arrays import Best, Facts, Now, Whole

LATEST = 0.5
"""Share of steps for the session that was thrown out last."""


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
    moved: float,
    rng: Generator,
) -> None:
    """Give sessions that wait a place, whoever has to go, with some chance even at a loss.

    Parameters
    ----------
    facts, now, best
        The sessions.
    steps
        How many.
    heat
        Loss that is taken with a chance of one in e (Metropolis et al. 1953).
    noise
        Most that chance adds to what a place costs.
    moved
        Share of steps in which a session that has a place looks for a better one.
    rng
        Of all random choices.
    """
    numbers, waiting, sessions = now.numbers, now.waiting, now.sessions
    for _step in range(steps):
        if numbers[WAITING] == 0:
            return
        if rng.random() < moved:
            session = int(rng.random() * numbers[SESSIONS])
            if sessions[session, WAY] == WAITS or sessions[session, GUESTS]:
                continue
            remove(facts, now, session)
            at = numbers[WAITING] - 1
            most = NEVER
        else:
            last = numbers[WAITING] - 1
            at = last if rng.random() < LATEST else int(rng.random() * (last + 1))
            session = waiting[at]
            most = facts.wishes.worth[session] - heat * math.log(1.0 - rng.random())
        way, start, host = _cheapest(facts, now, session, most, noise, rng)
        if way == WAITS:
            # So that another one is the last.
            other = int(rng.random() * numbers[WAITING])
            waiting[at], waiting[other] = waiting[other], waiting[at]
            continue
        numbers[WAITING] -= 1
        waiting[at] = waiting[numbers[WAITING]]
        numbers[LACKING] -= now.sessions[session, WEIGHT]
        if way == BOUGHT:
            buy(facts, now, session)
        elif host != NOBODY:
            join(facts, now, session, way, host)
        else:
            put(facts, now, session, way, start)
        if numbers[LACKING] < best.lacking[0]:
            best.lacking[0] = numbers[LACKING]
            _keep(now, best)


@inner
def _keep(now: Now, best: Best) -> None:
    """Keep where all sessions are."""
    for session in range(now.numbers[SESSIONS]):
        for field in range(now.sessions.shape[1]):
            best.sessions[session, field] = now.sessions[session, field]
        for choice in range(now.picks.shape[1]):
            best.picks[session, choice] = now.picks[session, choice]


@inner
def _cheapest(
    facts: Facts, now: Now, session: int, most: float, noise: float, rng: Generator
) -> tuple[int, int, int]:
    """Return way, start and host that cost least, if less than some cost; picks are in `now`."""
    layout, ways = facts.layout, facts.ways
    sessions, staff, cost = now.sessions, now.staff, now.cost
    owner, pick, best_pick = now.owner, now.pick, now.best_pick
    starts, start_from, possible, step = (
        layout.starts,
        layout.start_from,
        layout.possible,
        layout.step,
    )
    asked, asked_from = layout.asked, layout.asked_from
    asked_a_day, asked_a_day_from = layout.asked_a_day, layout.asked_a_day_from
    options, option_from, choice_from = layout.options, layout.option_from, layout.choice_from
    option_asked, option_asked_from = layout.option_asked, layout.option_asked_from
    option_member, way_site, way_lent = ways.option_member, ways.site, ways.lent
    member_from, way_members = ways.member_from, ways.members
    need = layout.need[session]
    least = most
    best_way, best_start, best_host = WAITS, 0, NOBODY
    if sessions[session, PRICE] >= 0:
        price = _to_buy(facts, now, session) + rng.random() * noise
        if price < least:
            least, best_way = price, BOUGHT
    if sessions[session, TAGGED] >= 0:
        price, host, way = cheapest_host(facts, now, session, least)
        if host != NOBODY:
            least, best_way, best_start, best_host = price, way, sessions[host, START], host
    last_mark = now.numbers[MARK]
    for way in range(layout.way_from[need], layout.way_from[need + 1]):
        first, last = choice_from[way], choice_from[way + 1]
        site, lent = way_site[way], way_lent[way]
        for at in range(start_from[way], start_from[way + 1]):
            start = starts[at]
            last_mark += 1
            here = last_mark
            price = rng.random() * noise
            for cell in range(asked_from[way], asked_from[way + 1]):
                other = owner[asked[cell] + start]
                if other >= 0 and sessions[other, HERE] != here:
                    sessions[other, HERE] = here
                    price += cost[other]
                    if price >= least:
                        break
            if price >= least:
                continue
            for cell in range(asked_a_day_from[way], asked_a_day_from[way + 1]):
                other = owner[asked_a_day[cell] + start * step // DAY]
                if other >= 0 and sessions[other, HERE] != here:
                    sessions[other, HERE] = here
                    price += cost[other]
            for number in range(member_from[way], member_from[way + 1]):
                if price >= least:
                    break
                price += cost_of_member(
                    sessions,
                    staff,
                    cost,
                    session,
                    way_members[number],
                    start * step,
                    site,
                    lent,
                    here,
                    NO_MARK,
                    least - price,
                )
            for choice in range(first, last):
                if price >= least:
                    break
                cheapest, lowest = -1, NEVER
                for number in range(option_from[choice], option_from[choice + 1]):
                    option = options[number]
                    if not possible[option, start]:
                        continue
                    begin, end = option_asked_from[option], option_asked_from[option + 1]
                    twice = False
                    for earlier in range(choice - first):
                        that = option_asked_from[pick[earlier]]
                        if that < option_asked_from[pick[earlier] + 1] and begin < end:
                            twice |= option_asked[that] == option_asked[begin]
                    if twice:
                        continue
                    last_mark += 1
                    price_of_option = rng.random() * noise
                    for cell in range(begin, end):
                        other = owner[option_asked[cell] + start]
                        if (
                            other < 0
                            or sessions[other, HERE] == here
                            or sessions[other, IN_OPTION] == last_mark
                        ):
                            continue
                        sessions[other, IN_OPTION] = last_mark
                        price_of_option += cost[other]
                        if price_of_option >= lowest:
                            break
                    if option_member[option] >= 0 and price_of_option < lowest:
                        price_of_option += cost_of_member(
                            sessions,
                            staff,
                            cost,
                            session,
                            option_member[option],
                            start * step,
                            site,
                            lent,
                            here,
                            last_mark,
                            lowest - price_of_option,
                        )
                    if price_of_option < lowest:
                        cheapest, lowest = option, price_of_option
                price += lowest
                pick[choice - first] = cheapest
                if cheapest >= 0:
                    for cell in range(option_asked_from[cheapest], option_asked_from[cheapest + 1]):
                        other = owner[option_asked[cell] + start]
                        if other >= 0:
                            sessions[other, HERE] = here
            if price < least:
                least, best_way, best_start, best_host = price, way, start, NOBODY
                for choice in range(last - first):
                    best_pick[choice] = pick[choice]
    now.numbers[MARK] = last_mark
    return best_way, best_start, best_host


@inner
def _to_buy(facts: Facts, now: Now, session: int) -> float:
    """Return what has to go for a session to be bought."""
    price = now.sessions[session, PRICE]
    short = price - now.numbers[BUDGET]
    found = facts.wishes.rate[0] * price
    if short > 0:
        other = bought_for(facts, now, short)
        if other == NOBODY:
            return NEVER
        found += now.cost[other]
    return float(found)
