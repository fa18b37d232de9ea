"""The enumeration cuts no branch that has the best plan: seen beside one that cuts none."""

from __future__ import annotations

from itertools import chain, combinations, combinations_with_replacement, islice, product
from typing import TYPE_CHECKING

import pytest

from deling.check import check
from deling.domain import Event, Plan
from deling.evaluate import evaluate
from deling.goals import GOALS
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.draw import case_of
from exhaustive.rows import two_houses
from exhaustive.tiny import tiny
from small import bought, event, hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case

FEW, MANY = 10_000, 250_000
"""Plans that may be looked at in the default run and in the slow one."""


def plainly_best(case: Case, most: int) -> dict[str, int] | None:
    """Return the goals of the best of all plans of on-grid events, with no branch cut.

    Only times around open hours are looked at, as many units as there are, and one session of a
    need more than it wants, at most.

    Raises
    ------
    TooManyPlansError
        If there are more than ``most``.
    """
    wanted = sum(need.sessions for need in case.scenario.needs.values()) + 1
    few = int(most ** (1 / wanted))
    events = list(islice(_events(case), few + 1))
    if len(events) > few:
        raise TooManyPlansError
    best: tuple[tuple[int, ...], dict[str, int]] | None = None
    for count in range(wanted + 1):
        for chosen in combinations_with_replacement(events, count):
            if count > 1 and sum(len(found.needs) for found in chosen) > wanted:
                continue
            plan = Plan(
                events=tuple(
                    found.model_copy(update={"id": f"{number}-{found.id}"})
                    for number, found in enumerate(chosen)
                )
            )
            values = evaluate(plan, case)
            key = tuple(
                -values[goal] if GOALS[goal].sense == "max" else values[goal]
                for goal in case.scenario.goals
            )
            if (best is None or key < best[0]) and not check(plan, case):
                best = key, values
    return best and best[1]


def _events(case: Case) -> Iterator[Event]:
    scenario = case.scenario
    step = scenario.calendar.step
    times = [time for room in scenario.rooms.values() for span in room.available for time in span]
    first, last = min(times) // step * step - step, max(times) + step
    units = [range(item.quantity + 1) for item in scenario.equipment.values()]
    for needs in _some(list(scenario.needs.values())):
        for start, room, staff, counts in product(
            range(max(0, first), last, step),
            scenario.rooms,
            [(), *_some(sorted(scenario.staff))],
            list(product(*units)),
        ):
            pairs = zip(scenario.equipment, counts, strict=True)
            yield Event(
                id="new",
                needs=tuple(need.id for need in needs),
                start=start,
                minutes=needs[0].minutes,
                room=room,
                staff=staff,
                equipment=tuple(sorted(pair for pair in pairs if pair[1])),
            )
    for need in scenario.needs:
        yield bought("new", need)
    yield from scenario.today.internal


def _some(things: list) -> Iterator[tuple]:
    return chain.from_iterable(combinations(things, count) for count in range(1, len(things) + 1))


def agrees(case: Case, most: int = MANY) -> None:
    plain = plainly_best(case, most)
    best = best_plan(case)
    assert (best and best.values) == plain


def test_a_stop_that_makes_a_way_possible():
    # Of two_houses: without a stop near by, far is too far away.
    agrees(
        two_houses(
            40,
            staff={"ann": {"available": hours("Mo 08:55-11:20")}},
            travel={("home", "far", "bike"): 90, ("far", "home", "bike"): 20},
        ),
        most=500_000,
    )


def test_two_of_a_kind_and_one_too_many():
    agrees(
        tiny(
            rooms={"hall": {"available": hours("Mo 09:15-11:15")}},
            needs={"n": {"sessions": 2, "buy_price": 5}},
            today=(event("e", "Mo 09:15"), event("f", "Mo 10:15", fixed=True)),
            off=("room", "group"),
        )
    )


def test_no_valid_plan():
    case = tiny(
        rooms={"hall": {"available": hours("Mo 09:00-10:00")}}, today=(bought("b", fixed=False),)
    )
    agrees(case)
    assert best_plan(tiny(today=(bought("b"),))) is None


def _first_that_is_small(seed: int, most: int) -> None:
    while True:
        try:
            return agrees(case_of(seed), most)
        except TooManyPlansError:
            seed += 1000


@pytest.mark.parametrize("seed", range(12))
def test_random_areas(seed):
    _first_that_is_small(seed, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12, 36))
def test_larger_random_areas(seed):
    _first_that_is_small(seed, MANY)
