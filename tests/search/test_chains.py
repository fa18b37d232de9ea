"""Ejection chains: what they serve is valid, and timetables that were planted are found whole."""

from __future__ import annotations

import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deling.search.chains
from deling.candidates import Candidates
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.search.cells import Cells
from deling.search.chains import PACES, Chains, _go_on, serve_by_chains
from deling.search.ejections import Ejections, Pace
from deling.search.grid import MOST, Grid
from deling.search.places import Places, bits
from deling.search.start import repaired
from deling.search.ways import Ways, reach, slots
from deling.units import ALWAYS
from exhaustive.draw import case_of
from small import event, small
from timetables import SLOTS, search, timetable


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(2, 8), st.integers(2, 8), st.integers(2, 8), st.integers(0, 10**6))
def test_a_planted_timetable_is_found_whole(groups, teachers, rooms, seed):
    case, wanted = timetable(groups, teachers, rooms, seed, 0.8)
    state = search(case)
    serve_by_chains(state, 1)
    plan, values = state.best()
    assert check(plan, case) == []
    assert values["served"] == wanted


def test_a_full_timetable_takes_chains():
    case, wanted = timetable(6, 6, 6, 3, 1.0)
    state = search(case)
    chains = Chains(state, state.best()[0], 1)
    assert len(chains._begun().waiting) > 0
    assert serve_by_chains(state, 1)
    assert state.values["served"] == wanted


def test_each_better_plan_is_told_when_it_is_found(monkeypatch):
    case, wanted = timetable(6, 6, 6, 3, 1.0)
    told = []
    state = search(case, watch=told.append)
    monkeypatch.setattr(deling.search.chains, "PATIENCE", 0)
    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    assert serve_by_chains(state, 1)
    assert {update.goal for update in told} == {"served"}
    values = [update.value for update in told]
    assert len(values) > 1
    assert values == sorted(set(values))
    assert values[-1] == wanted


@pytest.mark.parametrize("seed", range(120))
def test_what_is_served_beside_a_plan_is_valid_whatever_the_rules(seed):
    case = case_of(seed)
    today = case.scenario.today
    start = Plan(events=()) if check(today, case) else today
    if check(start, case):
        pytest.skip("no plan to begin with")
    state = search(case, start)
    before = evaluate(start, case)["served"]
    better = serve_by_chains(state, seed)
    plan, values = state.best()
    assert check(plan, case) == []
    assert set(start.events) <= set(plan.events)
    assert (values["served"] > before) == better
    assert not state.faults.notes()


def test_only_free_needs_are_served():
    case, _wanted = timetable(4, 4, 4, 1, 0.8)
    free = [need for need in case.scenario.needs if need.startswith("n0-")]
    state = search(case, free=free)
    assert serve_by_chains(state, 1)
    assert {need for each in state.best()[0].events for need in each.needs} == set(free)


def test_the_same_seed_finds_the_same():
    case, _wanted = timetable(6, 6, 6, 3, 1.0)
    plans = []
    for _turn in range(2):
        state = search(case)
        serve_by_chains(state, 5)
        plans.append(state.best()[0])
    assert plans[0] == plans[1]


def test_what_one_pace_does_not_find_the_next_one_does(monkeypatch):
    idle, gentle = Pace(1, 1, 8, 0, 1), Pace(0, 1.02, 3, 100, 1)
    monkeypatch.setattr(deling.search.chains, "PACES", (idle, gentle))
    monkeypatch.setattr(deling.search.chains, "PATIENCE", 0)
    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    case, wanted = timetable(6, 6, 6, 3, 1.0)
    state = search(case, limit=20)
    assert serve_by_chains(state, 1)
    assert state.best()[1]["served"] == wanted


def test_who_helps_begins_with_what_the_search_comes_to_last(monkeypatch):
    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    case, _wanted = timetable(2, 2, 2, 1, 1.0)
    orders = []
    for helps in (False, True):
        state, paces = search(case), []

        def run(self, *_told, state=state, paces=paces, long):
            paces.append(self.pace)
            if len(paces) == len(PACES):
                state.end()

        monkeypatch.setattr(Chains, "run", run)
        plan = state.best()[0]
        _go_on(state, plan, Chains(state, plan, 1), None, helps=helps)
        orders.append(paces)
    assert set(orders[0]) == set(PACES)
    assert orders[1] == orders[0][::-1]


def test_chains_that_have_no_end_stop_when_told(monkeypatch):
    case, _wanted = timetable(6, 6, 6, 3, 1.0)
    state = search(case)
    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    monkeypatch.setattr(Ejections, "_insert", lambda self, session: [session])
    monkeypatch.setattr(deling.search.chains, "LONG", 60)
    timer = threading.Timer(0.3, state.end)
    timer.start()
    serve_by_chains(state, 1)
    assert state.stopped
    assert state.clock.seconds < 10


def test_nothing_is_thrown_out_without_time(monkeypatch):
    monkeypatch.setattr(Ejections, "at_once", 1)
    case, _wanted = timetable(6, 6, 6, 3, 1.0)
    state = search(case, limit=0.0)
    chains = Chains(state, state.best()[0], 1)
    chains.run(9)
    first = chains.found
    chains.run(9)
    assert chains.found == first
    assert chains.found > 0


def test_new_events_that_break_a_rule_are_dropped():
    case = small(needs={"n": {"sessions": 2, "min_days_between": 1}})
    kept, other, same_day = event("kept"), event("tu", "Tu 09:00"), event("mo", "Mo 11:00")
    whole = Plan(events=(kept, other, same_day))
    assert repaired(whole, frozenset({"mo"}), case) == Plan(events=(kept, other))


@given(st.integers(0, 2**40), st.integers(0, 5), st.integers(1, 9))
def test_starts_that_would_have_a_slot_are_those_that_reach_it(taken, before, after):
    total = before + after
    found = reach(taken, before, total)
    for start in range(60):
        assert bool(found >> start & 1) == bool(slots(start - before, total) & taken)


@given(st.integers(0, 2**70))
def test_bits_make_the_number_again(mask):
    assert sum(bits(mask)) == mask
    assert bits(mask) == sorted(set(bits(mask)))


def test_what_would_have_to_be_taken_twice_is_no_way():
    case = small(
        staff={"s": {"skills": ("music", "art")}},
        needs={"n": {"skills": (("music", 1), ("art", 1))}},
    )
    need = case.scenario.needs["n"]
    assert Ways(Candidates(case), [need]).of == {"n": ()}


def test_the_cheapest_gives_way_and_nobody_who_is_to_stay():
    case, _wanted = timetable(1, 1, 1, 1, 1.0)
    (need,) = (need for need in case.scenario.needs.values() if need.sessions)
    ways = Ways(Candidates(case), [need])
    places, rng = Places(ways, ()), random.Random(1)
    for session in range(len(SLOTS)):
        places.put(session, places.free_place(ways.of[need.id], rng))
    cost = [9] * len(SLOTS) + [1]
    cost[5], cost[7] = 2, 1
    grid = Grid(Cells(ways, places), places.of, cost, 1)
    assert grid.cheapest(need.id).ousted == [7]
    grid.keep(7)
    assert grid.cheapest(need.id).ousted == [5]
    grid.make(len(SLOTS), grid.cheapest(need.id))
    assert 5 not in grid.of
    assert grid.of[len(SLOTS)].start == places.of[5].start
    assert grid.cheapest(need.id).ousted == [len(SLOTS)]
    grid.release(7)
    assert grid.cheapest(need.id).ousted in ([7], [len(SLOTS)])
    for session in grid.of:
        grid.keep(session)
    assert grid.cheapest(need.id) is None
    grid.remove(2)
    assert grid.cheapest(need.id).ousted == []


def test_days_apart_are_cells_of_the_week_however_many_they_are():
    case = small(needs={"n": {"sessions": 2, "min_days_between": 400}})
    need = case.scenario.needs["n"]
    ways = Ways(Candidates(case), [need])
    cells = Cells(ways, Places(ways, ()))
    (outline, *_others) = cells.outlines("n")
    assert len(outline.asked_a_day) == 13
    assert len(outline.held_a_day) == 1
    assert all(0 <= cell < cells.count for cell in outline.asked_a_day)


def test_two_units_are_taken_where_the_rule_on_units_is_off():
    case = small(
        equipment={"drum": {"quantity": 2}},
        needs={"n": {"sessions": 1, "equipment": (("drum", 2),)}},
        off=("equipment",),
    )
    ways = Ways(Candidates(case), [case.scenario.needs["n"]])
    grid = Grid(Cells(ways, Places(ways, ())), {}, [1], 1)
    assert len(ways.of["n"][0].choices) >= 2
    assert grid.cheapest("n").ousted == []


def full_week():
    """Return a need with as many sessions as there are hours, and all of them held."""
    case, _wanted = timetable(1, 1, 1, 1, 1.0)
    (need,) = (need for need in case.scenario.needs.values() if need.sessions)
    ways = Ways(Candidates(case), [need])
    places, rng = Places(ways, ()), random.Random(1)
    for session in range(len(SLOTS)):
        places.put(session, places.free_place(ways.of[need.id], rng))
    grid = Grid(Cells(ways, places), places.of, [1] * len(SLOTS), 1)
    return need, grid


def test_who_finds_no_place_gets_dearer_without_end():
    need, grid = full_week()
    grid.raise_cost(0, 1, 1)
    for session in range(2, len(SLOTS)):
        grid.raise_cost(session, 3, 0)
    assert grid.cheapest(need.id).ousted == [1]
    grid.raise_cost(1, 1, 2)
    grid.keep(2)
    for _often in range(9_000):
        for session in range(3, len(SLOTS)):
            grid.raise_cost(session, 1.02, 0)
    assert grid.cheapest(need.id).ousted in ([0], [1])  # The others can still give way:
    for session in (0, 1):
        grid.keep(session)
    (ousted,) = grid.cheapest(need.id).ousted
    assert ousted > 2


def test_chance_still_chooses_among_equals_alone_when_costs_have_been_cut():
    need, grid = full_week()
    for session in range(1, len(SLOTS)):
        grid.raise_cost(session, 10, 0)
    grid.raise_cost(1, 10 * MOST, 0)
    assert {grid.cheapest(need.id).ousted[0] for _often in range(50)} == {0}


def test_a_plan_that_serves_more_by_weight_is_offered_though_it_holds_fewer_sessions(monkeypatch):
    case, _wanted = timetable(2, 2, 2, 1, 1.0)
    state, offered, runs = search(case), [], []
    plan = state.best()[0]
    chains = Chains(state, plan, 1)
    chains._note({0: None, 1: None}, 5)

    def run(self, *_told, long) -> None:
        runs.append(self)
        if len(runs) == 2:
            self._note({2: None}, 3)
        if len(runs) == 4:
            state.end()

    monkeypatch.setattr(Chains, "run", run)
    monkeypatch.setattr(
        deling.search.chains, "_offer", lambda _state, _plan, one: offered.append(one.lacking)
    )
    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    _go_on(state, plan, chains, None)
    assert offered == [3]


@pytest.mark.parametrize(("den", "chosen"), [(ALWAYS, "den"), ((), "lib")])
def test_what_is_free_is_taken_where_it_costs_least(den, chosen):
    case = small(
        rooms={
            "hall": {"hourly_cost": 30},
            "lib": {"hourly_cost": 20},
            "den": {"hourly_cost": 10, "available": den},
        }
    )
    ways = Ways(Candidates(case), [case.scenario.needs["n"]])
    for seed in range(5):
        place = Places(ways, ()).free_place(ways.of["n"], random.Random(seed))
        assert [one.name for one in place.options if one.kind == "room"] == [chosen]
