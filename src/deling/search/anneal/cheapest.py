"""Where a session would cost least, in compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.search.anneal.arrays import (
    BOUGHT,
    BUDGET,
    HERE,
    IN_OPTION,
    MARK,
    NEVER,
    NOBODY,
    PRICE,
    START,
    TAGGED,
    WAITS,
)
from deling.search.anneal.hosts import cheapest_host
from deling.search.anneal.hours import NO_MARK, cost_of_member, inner
from deling.search.anneal.moves import bought_for
from deling.units import DAY

if TYPE_CHECKING:
    from numpy.random import Generator

    from deling.search.anneal.arrays import Facts, Now


@inner
def cheapest_place(
    facts: Facts,
    now: Now,
    session: int,
    most: float,
    noise: float,
    share: float,
    rng: Generator,
) -> tuple[int, int, int]:
    """Return way, start and host that cost least, if less than some cost; picks are in `now`.

    It is looked at a share of all starts.
    """
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
    way_price, option_price = ways.price, ways.option_price
    least = most
    best_way, best_start, best_host = WAITS, 0, NOBODY
    if sessions[session, PRICE] >= 0:
        price = _to_buy(facts, now, session, most) + rng.random() * noise
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
            if share < 1.0 and rng.random() > share:
                continue
            start = starts[at]
            last_mark += 1
            here = last_mark
            price = way_price[way] + rng.random() * noise
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
                    price_of_option = option_price[option] + rng.random() * noise
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
def _to_buy(facts: Facts, now: Now, session: int, most: float) -> float:
    """Return what has to go for a session to be bought; never if that is more than some cost."""
    price = now.sessions[session, PRICE]
    found = facts.wishes.rate[0] * price
    short = price - now.numbers[BUDGET]
    now.numbers[MARK] += 1
    while short > 0:
        other = bought_for(now, short, now.numbers[MARK])
        if other == NOBODY or found >= most:
            return NEVER
        now.sessions[other, HERE] = now.numbers[MARK]
        found += now.cost[other]
        short -= now.sessions[other, PRICE]
    return float(found)
