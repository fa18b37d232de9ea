"""Peers of the benchmarks: each states the rules and goals of deling, and is judged by them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from ortools.sat.python import cp_model

from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from peers import PEERS, missing
from peers.linear import at_once, ones, plus
from peers.measure import Judge, measure
from peers.notes import Notes
from peers.options import choices
from peers.rules import Rows
from peers.timefold import Lines
from planting import plant, write

SECONDS = (5, 20, 60)
"""Enough on an idle machine, and on busy ones; a peer that proves its plan best ends before."""


def planted_case(folder, institutions, seed, extra=0.0, supply="tight"):
    planted = plant(institutions, seed, supply, extra)
    case = Case(load(write(planted, folder)).scenario)
    return planted, case, read_plan(folder / "planted.csv", case.scenario)


@pytest.mark.parametrize("peer", PEERS)
def test_peer_serves_what_is_planted_and_values_it_as_deling_does(peer, tmp_path):
    if what := missing(peer):
        pytest.skip(what)
    planted, case, _plan = planted_case(tmp_path, 3, 12, extra=0.3)
    for seconds in SECONDS:
        found = measure(peer, case, seconds)
        if found["judged"].get("served", 0) >= planted.facts["served"]:
            break
    assert found["breaches"] == 0
    assert found["dropped"] == 0
    assert found["said"] == found["judged"]
    assert planted.facts["served"] <= found["judged"]["served"] <= planted.facts["limit"]
    assert found["trace"][0][0] == found["first"] <= found["seconds"]
    last = {goal: value for _at, goal, value, *_bound in found["trace"]}
    assert last == found["judged"]


@pytest.mark.parametrize(("institutions", "seed", "supply"), [(4, 21, "tight"), (5, 22, "loose")])
def test_planted_plan_is_among_the_options(institutions, seed, supply, tmp_path):
    _planted, case, plan = planted_case(tmp_path, institutions, seed, supply=supply)
    every = choices(case)
    places = {option.key: at for at, option in enumerate(every.options)}
    chosen = [places[event.key] for event in plan.internal]
    bought = {event.needs[0]: 0 for event in plan.bought}
    for event in plan.bought:
        bought[event.needs[0]] += 1
    again = every.plan(chosen, bought)
    assert check(again, case) == []
    assert evaluate(again, case) == evaluate(plan, case)


def test_timefold_begins_with_todays_use(tmp_path):
    _planted, case, _plan = planted_case(tmp_path, 3, 12)
    every = choices(case)
    lines = [line.split() for line in Lines(every).all()]
    sessions = [list(map(int, line[1:])) for line in lines if line[0] == "session"]
    begun = [begin for _pinned, begin, *_options in sessions if begin >= 0]
    count = len(every.options)
    bought = Counter(list(every.bought_at_least)[at - count] for at in begun if at >= count)
    plan = every.plan([at for at in begun if at < count], bought)
    today = case.scenario.today
    assert {event.id for event in plan.internal} == {event.id for event in today.internal}
    assert evaluate(plan, case) == evaluate(today, case)
    pinned = {begin for pin, begin, *_options in sessions if pin}
    assert {at for at in pinned if at < count} == set(every.fixed) != set(begun)
    assert all(begin in options for _pin, begin, *options in sessions if begin >= 0)


def test_highs_without_time_for_a_goal_keeps_its_plan(tmp_path):
    if what := missing("highs"):
        pytest.skip(what)
    from peers.highs import Highs

    _planted, case, _plan = planted_case(tmp_path, 2, 12)
    notes = Notes()
    highs = Highs(Rows(choices(case)), notes)
    assert highs.improve("served", 60)
    best = notes.found[-1].tell()[1]["served"]
    assert not highs.improve("cost", 0)
    assert {goal for _at, goal, _bound in notes.bounds} == {"served"}
    assert highs.improve("comfort", 60)
    assert notes.found[-1].tell()[1]["served"] == best


def by_rows(rows, chosen):
    """Return the goals of the plan of some options by the rows; None if these refuse it."""
    model = cp_model.CpModel()
    columns = [model.new_int_var(*span, "") for span in rows.model.columns]
    for at in range(len(rows.options)):
        model.add(columns[at] == (at in chosen))
    for terms, least, most in rows.model.rows:
        model.add_linear_constraint(_sum(columns, terms), least, most)
    model.minimize(_sum(columns, rows.model.goals["cost"][0]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return rows.told([solver.value(column) for column in columns])[1]


def _sum(columns, terms):
    return cp_model.LinearExpr.weighted_sum([columns[at] for at in terms], list(terms.values()))


@pytest.mark.parametrize(("institutions", "seed"), [(2, 13), (3, 14), (6, 15)])
def test_rows_refuse_what_the_checker_refuses(institutions, seed, tmp_path):
    """Random plans, of events that are near each other: both agree, and value them alike."""
    _planted, case, _plan = planted_case(tmp_path, institutions, seed)
    every = replace(choices(case), kept={}, fixed=[])
    rows = Rows(replace(every, bought_at_least={}))
    rng = random.Random(seed)
    told = Counter()
    for turn in range(30):
        far = turn % 2
        chosen = {rng.randrange(len(every.options))}
        for _more in range(rng.randrange(6)):
            one = every.options[rng.choice(sorted(chosen))]
            near = [
                at
                for at, other in enumerate(every.options)
                if (set(one.staff) & set(other.staff) or one.room == other.room)
                and (far or abs(one.start - other.start) < 300)
            ]
            chosen.add(rng.choice(near))
        plan = every.plan(sorted(chosen), {})
        rules = {breach.rule for breach in check(plan, case)} - {"keep", "fixed"}
        found = by_rows(rows, chosen)
        assert (found is None) == bool(rules), (rules, plan)
        assert found in (None, evaluate(plan, case))
        told.update(rules or {"valid"})
    assert told["valid"] > 2 < told["staff"]


def test_what_is_under_way_together():
    spans = [(0, 0, 60, 1), (1, 30, 90, 2), (2, 60, 90, 1), (3, 200, 200, 1)]
    assert list(at_once(spans)) == [{0: 1, 1: 2}, {1: 2, 2: 1}]
    assert plus(ones([1, 1, 2]), {2: -1}) == {1: 2}


def test_breaches_are_dropped_and_counted(tmp_path):
    _planted, case, plan = planted_case(tmp_path, 3, 12)
    judge = Judge(case)
    judge.hear(1.0, plan, {})
    assert judge.dropped == 0
    best = judge.values["served"]
    given = plan.model_copy(update={"events": (*plan.events, *_twice(plan, case))})
    other = Judge(case)
    other.hear(2.0, given, {})
    assert other.dropped >= 2
    assert other.values["served"] < best
    assert other.trace[0][:3] == (2.0, "served", other.values["served"])


def _twice(plan, case):
    """Return an event once more that no session of today depends on."""
    kept = {need for event in case.scenario.today.events for need in event.needs}
    event = next(event for event in plan.internal if not kept & set(event.needs))
    return [event.model_copy(update={"id": "twice"})]
