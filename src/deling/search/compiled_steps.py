"""The steps of `ejections` in compiled code, some ten times as fast; see there for what they do.

Takes a moment to import, and seconds the first time: see `compiled`.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from numba import njit
from numpy.random import default_rng

from deling.memory import collector_at_rest
from deling.search.grid import MOST, NEVER
from deling.search.layout import LACKING, MARK, STAYING, STEPS, WAITING, blank
from deling.units import DAY

if TYPE_CHECKING:
    from numpy.random import Generator

    from deling.search.layout import Layout, Week


@njit(cache=True, nogil=True, error_model="numpy")
def go_on(
    layout: Layout,
    week: Week,
    growth: float,
    rise: float,
    stays: int,
    steps: int,
    least: int,
    rng: Generator,
) -> int:
    """Take steps as `Ejections.go_on` does, of a `Pace`; return how many."""
    numbers, waiting = week.numbers, week.waiting
    for taken in range(steps):
        if numbers[WAITING] == 0 or numbers[LACKING] < least:
            return taken
        numbers[STEPS] += 1
        at = int(rng.random() * numbers[WAITING])
        session = waiting[at]
        numbers[WAITING] -= 1
        waiting[at] = waiting[numbers[WAITING]]
        numbers[LACKING] -= layout.weights[session]
        _let_go(week)
        _insert(layout, week, session, growth, rise, stays, rng)
    return steps


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _let_go(week: Week) -> None:
    """Let those give way again that have stayed for as long as they could."""
    numbers, staying = week.numbers, week.staying
    number = 0
    while number < numbers[STAYING]:
        session = staying[number]
        if week.stays[session] <= numbers[STEPS]:
            week.now[session] = week.cost[session]
            numbers[STAYING] -= 1
            staying[number] = staying[numbers[STAYING]]
        else:
            number += 1


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _insert(
    layout: Layout,
    week: Week,
    session: int,
    growth: float,
    rise: float,
    stays: int,
    rng: Generator,
) -> None:
    """Hold a session where that costs least; who gives way for it waits."""
    numbers = week.numbers
    way, start = _cheapest(layout, week, session, rng)
    if way >= 0:
        week.way[session] = way
        week.start[session] = start
        for choice in range(len(week.best_pick)):
            week.picks[session, choice] = week.best_pick[choice]
        ousted = _oust(layout, week, session)
        _write(layout, week, session, session)
        if not ousted:
            return
    else:
        _wait(layout, week, session)
    _raise_cost(layout, week, session, growth, rise)
    if way >= 0:
        week.stays[session] = numbers[STEPS] + 1 + int(rng.random() * stays)
        week.now[session] = NEVER
        week.staying[numbers[STAYING]] = session
        numbers[STAYING] += 1


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _cheapest(layout: Layout, week: Week, session: int, rng: Generator) -> tuple[int, int]:
    """Return the way and the start that cost least, or -1; the options are the best picks.

    One loop over arrays that are looked up before it: in it, that would count references.
    """
    owner, now, mark = week.owner, week.now, week.mark
    mark_in_option, pick, best_pick = week.mark_in_option, week.pick, week.best_pick
    starts, possible, step = layout.starts, layout.possible, layout.step
    start_from, choice_from = layout.start_from, layout.choice_from
    asked, asked_from = layout.asked, layout.asked_from
    asked_a_day, asked_a_day_from = layout.asked_a_day, layout.asked_a_day_from
    options, option_from = layout.options, layout.option_from
    option_asked, option_asked_from = layout.option_asked, layout.option_asked_from
    noise = week.noise[0]
    last_mark = week.numbers[MARK]
    need = layout.need[session]
    least = NEVER
    best_way = best_start = -1
    for way in range(layout.way_from[need], layout.way_from[need + 1]):
        first, last = choice_from[way], choice_from[way + 1]
        for at in range(start_from[way], start_from[way + 1]):
            start = starts[at]
            last_mark += 1
            here = last_mark
            price = 0.0
            for cell in range(asked_from[way], asked_from[way + 1]):
                other = owner[asked[cell] + start]
                if other >= 0 and mark[other] != here:
                    mark[other] = here
                    price += now[other]
                    if price >= least:
                        break
            if price >= least:
                continue
            for cell in range(asked_a_day_from[way], asked_a_day_from[way + 1]):
                other = owner[asked_a_day[cell] + start * step // DAY]
                if other >= 0 and mark[other] != here:
                    mark[other] = here
                    price += now[other]
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
                    cost = 0.0
                    for cell in range(begin, end):
                        other = owner[option_asked[cell] + start]
                        if other < 0 or mark[other] == here or mark_in_option[other] == last_mark:
                            continue
                        mark_in_option[other] = last_mark
                        cost += now[other]
                        if cost >= lowest:
                            break
                    if cost < lowest:
                        cheapest, lowest = option, cost
                        if cost == 0:
                            break
                price += lowest
                pick[choice - first] = cheapest
                if cheapest >= 0:
                    for cell in range(option_asked_from[cheapest], option_asked_from[cheapest + 1]):
                        other = owner[option_asked[cell] + start]
                        if other >= 0:
                            mark[other] = here
            if price < least:
                price += rng.random() * noise
                if price < least:
                    least = price
                    best_way, best_start = way, start
                    for choice in range(last - first):
                        best_pick[choice] = pick[choice]
    week.numbers[MARK] = last_mark
    return best_way, best_start


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _oust(layout: Layout, week: Week, session: int) -> bool:
    """Let all wait that hold what a session asks for; return whether there are any."""
    owner, way, start = week.owner, week.way[session], week.start[session]
    any_ousted = False
    for at in range(layout.asked_from[way], layout.asked_from[way + 1]):
        other = owner[layout.asked[at] + start]
        if other >= 0:
            _remove(layout, week, other)
            any_ousted = True
    day = start * layout.step // DAY
    for at in range(layout.asked_a_day_from[way], layout.asked_a_day_from[way + 1]):
        other = owner[layout.asked_a_day[at] + day]
        if other >= 0:
            _remove(layout, week, other)
            any_ousted = True
    for choice in range(layout.choice_from[way + 1] - layout.choice_from[way]):
        option = week.picks[session, choice]
        for at in range(layout.option_asked_from[option], layout.option_asked_from[option + 1]):
            other = owner[layout.option_asked[at] + start]
            if other >= 0:
                _remove(layout, week, other)
                any_ousted = True
    return any_ousted


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _remove(layout: Layout, week: Week, session: int) -> None:
    """Hold a session no longer: it waits."""
    _write(layout, week, session, -1)
    _wait(layout, week, session)


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _wait(layout: Layout, week: Week, session: int) -> None:
    numbers = week.numbers
    week.way[session] = -1
    week.waiting[numbers[WAITING]] = session
    numbers[WAITING] += 1
    numbers[LACKING] += layout.weights[session]


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _write(layout: Layout, week: Week, session: int, name: int) -> None:
    """Put a name on the cells that a session holds."""
    owner, way, start = week.owner, week.way[session], week.start[session]
    for at in range(layout.held_from[way], layout.held_from[way + 1]):
        owner[layout.held[at] + start] = name
    day = start * layout.step // DAY
    for at in range(layout.held_a_day_from[way], layout.held_a_day_from[way + 1]):
        owner[layout.held_a_day[at] + day] = name
    for choice in range(layout.choice_from[way + 1] - layout.choice_from[way]):
        option = week.picks[session, choice]
        for at in range(layout.option_held_from[option], layout.option_held_from[option + 1]):
            owner[layout.option_held[at] + start] = name


@njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _raise_cost(layout: Layout, week: Week, session: int, growth: float, rise: float) -> None:
    """Let a session cost more, and all less where it costs too much to add to."""
    cost = week.cost[session] * growth + max(1, layout.weights[session]) * rise
    week.cost[session] = week.now[session] = cost
    if cost > MOST:
        for other in range(len(week.cost)):
            week.cost[other] /= MOST
            if week.now[other] < NEVER:
                week.now[other] /= MOST
        week.noise[0] /= MOST  # Else chance would outweigh all that has been learned.


def compile_all() -> None:
    """Compile all, or read what has been compiled before."""
    layout, week = blank()
    # To read leaves nothing to collect, but looking for it takes a seventh of the time.
    with collector_at_rest() if _is_kept() else nullcontext():
        go_on(layout, week, 1.0, 1.0, 1, 0, 0, default_rng(0))


def _is_kept() -> bool:
    """Return whether Numba's cache has something of this module."""
    folder = go_on.stats.cache_path
    return folder is not None and any(Path(folder).glob("compiled_steps.*.nbi"))
