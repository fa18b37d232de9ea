"""Cheaper places: what events cost beside others, and what chains save."""

from __future__ import annotations

import random

import pytest

from changing import valid_plan
from deling.candidates import Candidates
from deling.check import check
from deling.domain import Event, Plan
from deling.evaluate import evaluate
from deling.goals.cost import cost_terms, moving, rent
from deling.search.eject.bill import Bill
from deling.search.eject.saving import Savings
from deling.search.eject.table import Table
from deling.search.eject.times import Times
from deling.search.eject.working_hours import WorkingHours
from exhaustive.draw import case_of
from small import event, hours, small

AREAS = range(3200, 3240)


def drawn(seed):
    """Return a random area and a valid plan of it."""
    case = case_of(seed)
    plan = valid_plan(case, random.Random(seed), tries=3)
    if plan is None or not plan.events:
        pytest.skip("no plan to begin with")
    return case, plan


def cost(events, case):
    return cost_terms(Plan(events=tuple(events)), case).net


def bill_of(case, plan):
    times = Times(Candidates(case))
    table = Table(case, plan, frozenset(case.scenario.needs))
    return times, table, Bill(times, table, WorkingHours(times))


@pytest.mark.parametrize("seed", AREAS)
def test_an_event_costs_what_the_plan_costs_more_with_it(seed):
    case, plan = drawn(seed)
    _times, _table, bill = bill_of(case, plan)
    for one in plan.events:
        others = [other for other in plan.events if other is not one]
        assert bill.of(one) == cost(plan.events, case) - cost(others, case)


@pytest.mark.parametrize("seed", AREAS)
def test_the_terms_for_all_starts_are_those_of_an_event(seed):
    case, plan = drawn(seed)
    times, table, bill = bill_of(case, plan)
    rows = case.scenario
    for one in plan.internal:
        site, tick = case.site_of(one), one.start // times.step
        if len(one.needs) > 1 or one.start % times.step:
            continue
        need = rows.needs[one.needs[0]]
        mark = table.mark()
        table.remove(table.of(one.id))
        found = rent(rows.rooms[one.room], need.minutes) + bill.of_site(need, site)
        found += sum(moving(rows.equipment[key], site) for key, _units in one.equipment)
        for key in one.staff:
            found += bill.of_member(rows.staff[key], site, need.minutes)[tick]
        assert found == bill.of(one)
        assert bill.least(need) <= bill.of(one)
        table.undo(mark)


def test_chains_save_on_random_areas_and_serve_the_same():
    saved = 0
    for seed in range(3300, 3340):
        case = case_of(seed)
        plan = valid_plan(case, random.Random(seed), tries=3)
        if plan is None or not plan.events:
            continue
        candidates = Candidates(case)
        found = Savings(candidates, Times(candidates), plan, frozenset(case.scenario.needs), 1)
        known = evaluate(plan, case)

        def take(_needs, _events, case=case, found=found, known=known):
            new = found._table.plan()
            if check(new, case):
                return False
            values = evaluate(new, case)
            assert values["served"] == known["served"]
            assert values["cost"] < known["cost"]
            known.update(values)
            return True

        before = known["cost"]
        found.offer(100, lambda: False, take)
        last = found._table.plan()
        assert check(last, case) == []
        assert evaluate(last, case)["cost"] == known["cost"]
        saved += known["cost"] < before
    assert saved >= 5


def saved(case, plan):
    """Return the least cost of a plan that chains get to; all others are valid as well."""
    assert check(plan, case) == []
    candidates = Candidates(case)
    found = []
    for seed in range(10):
        savings = Savings(candidates, Times(candidates), plan, frozenset(case.scenario.needs), seed)
        savings.offer(100, lambda: False, lambda _needs, _events: True)
        last = savings._table.plan()
        assert check(last, case) == []
        found.append(cost(last.events, case))
    return min(found)


def test_a_session_moves_to_a_cheaper_room():
    case = small(rooms={"hall": {"hourly_cost": 100}, "lib": {"hourly_cost": 10}})
    plan = Plan(events=(event("e1", room="hall"),))
    assert saved(case, plan) == cost((event("e1", room="lib"),), case)


def test_what_is_in_the_way_of_a_cheaper_room_moves_on():
    monday = hours("Mo 09:00-10:00")
    case = small(
        groups={"h": {"size": 5}},
        rooms={
            "hall": {"hourly_cost": 100},
            "lib": {"hourly_cost": 10, "available": monday},
            "den": {"hourly_cost": 12, "capacity": 5},
        },
        needs={"n": {"sessions": 1}, "m": {"group": "h", "sessions": 1}},
    )
    plan = Plan(events=(event("e1", room="hall"), event("e2", needs="m", room="lib")))
    best = event("e1", room="lib"), event("e2", needs="m", room="den")
    assert saved(case, plan) == cost(best, case) < cost(plan.events, case)


def test_a_session_that_is_bought_is_held_where_that_is_cheaper():
    case = small(needs={"n": {"sessions": 1, "buy_price": 10**6}})
    plan = Plan(events=(Event(id="b", needs=("n",), source="bought"),))
    assert saved(case, plan) == cost((event("e1"),), case)


def test_a_session_joins_others_where_that_is_cheaper():
    case = small(
        groups={"h": {}},
        rooms={"hall": {"hourly_cost": 100}, "lib": {"available": ()}},
        needs={
            "n": {"sessions": 1, "joint": "j"},
            "m": {"group": "h", "sessions": 1, "joint": "j"},
        },
    )
    plan = Plan(events=(event("e1"), event("e2", "Tu 09:00", needs="m")))
    assert saved(case, plan) == cost((event("e1", needs="n m"),), case)


def test_what_is_not_taken_is_taken_back():
    case = small(rooms={"hall": {"hourly_cost": 100}, "lib": {"hourly_cost": 10}})
    plan = Plan(events=(event("e1", room="hall"),))
    candidates = Candidates(case)
    savings = Savings(candidates, Times(candidates), plan, frozenset(case.scenario.needs), 1)
    offered = []
    assert savings.offer(100, lambda: False, lambda *moved: bool(offered.append(moved))) == 0
    assert len(offered) == 2
    assert savings._table.plan() == plan


def test_dear_needs_are_those_whose_events_could_cost_less():
    case = small(
        groups={"h": {}},
        rooms={"hall": {"hourly_cost": 100}, "lib": {"hourly_cost": 10}},
        needs={"n": {"sessions": 1}, "m": {"group": "h", "sessions": 1}},
    )
    dear, cheap = event("e1", room="hall"), event("e2", needs="m", room="lib", start="Tu 09:00")
    candidates = Candidates(case)
    for events, needs in (((dear, cheap), {"n"}), ((cheap,), set())):
        savings = Savings(
            candidates, Times(candidates), Plan(events=events), frozenset(case.scenario.needs), 1
        )
        assert set(savings.dear_needs(20)) == needs
