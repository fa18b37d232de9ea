"""Annealing: a plan becomes arrays and is the same again, and what is found is what it says."""

from __future__ import annotations

import random

import pytest

from changing import valid_plan
from deling.candidates import Candidates
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.event_ids import under_free_ids
from deling.model.options import Options
from deling.optimise import optimise
from deling.search.eject.times import Times
from deling.search.eject.working_hours import Span, WorkingHours
from deling.search.start import without_breaches
from deling.units import SIXTIETHS_PER_DKK
from exhaustive.draw import case_of
from small import event, hours, small

annealing = pytest.importorskip("deling.search.anneal.annealing")
arrays = pytest.importorskip("deling.search.anneal.arrays")

STEPS = 3_000
KNOWN = {"staff_day"}
"""What annealing knows nothing of; the checker has the last word."""


def begun(case, plan, seed=1, goal="served", walks=1):
    return annealing.Annealing(Times(Candidates(case)), plan, seed, goal, walks)


def with_changes(plan: Plan, one) -> Plan:
    """Return a plan with what has been found in place of what it had."""
    needs, events = one.changes(plan)
    kept = [event for event in plan.events if not needs.issuperset(event.needs)]
    new = under_free_ids(events, {event.id for event in kept}.__contains__)
    return Plan(events=(*kept, *new))


def starts_of(case, seed) -> list[Plan]:
    today = without_breaches(case.scenario.today, case)
    plans = [today, valid_plan(case, random.Random(seed), tries=3)]
    return [plan for plan in plans if plan is not None and not check(plan, case)]


@pytest.mark.parametrize("seed", range(150))
def test_a_plan_is_the_same_again(seed):
    case = case_of(seed)
    for plan in starts_of(case, seed):
        assert begun(case, plan).changes(plan) == (frozenset(), ())


@pytest.mark.parametrize("seed", range(150))
def test_what_is_found_is_what_it_says(seed):
    case = case_of(seed)
    first = case.scenario.goals[0] == "served"
    best = optimise(case, deterministic_limit=0.5) if first else None
    for plan in starts_of(case, seed):
        one = begun(case, plan, seed)
        lacking, _value = one.best
        one.go_on(STEPS, 0.0)
        found = with_changes(plan, one)
        breaches = check(found, case)
        assert {breach.rule for breach in breaches} <= KNOWN, breaches
        served = evaluate(found, case)["served"]
        assert served == evaluate(plan, case)["served"] + lacking - one.best[0]
        if best is not None and not breaches:
            assert served <= best.goals["served"].bound


@pytest.mark.parametrize("seed", range(150))
def test_what_it_costs_is_what_it_says(seed):
    case = case_of(seed)
    units = [count for need in case.scenario.needs.values() for _kind, count in need.equipment]
    if "cost" not in case.scenario.goals or max(units, default=0) > 1:
        return  # Several units of an item are moved at once, which it does not know.
    for plan in starts_of(case, seed):
        one = begun(case, plan, seed, "cost", walks=2)
        lacking, value = one.best
        one.go_on(STEPS, 0.5)
        found = with_changes(plan, one)
        breaches = check(found, case)
        assert {breach.rule for breach in breaches} <= KNOWN, breaches
        if breaches:
            continue
        before, after = (evaluate(each, case) for each in (plan, found))
        assert after["served"] == before["served"] + lacking - one.best[0]
        if one.best[0] == lacking:
            saved = (value - one.best[1]) / annealing.KRONE * SIXTIETHS_PER_DKK
            assert saved >= 0
            assert before["cost"] - after["cost"] == pytest.approx(saved, abs=1)
        else:
            assert one.best[0] < lacking, "all that has a place keeps one"


@pytest.mark.parametrize("seed", range(60))
def test_what_has_been_seen_is_what_there_may_be(seed):
    """Each event that has been seen is listed, or today's; at first, those of the plan are."""
    case = case_of(seed)
    listed = Options(Candidates(case)).of(case.scenario.needs, 10_000)
    if listed is None:
        pytest.skip("too many to list")
    may_be = {event.key for event in listed} | set(case.today_by_key)
    for plan in starts_of(case, seed):
        one = begun(case, plan, seed, walks=2)
        one.look()
        first = {event.key for event in one.seen()}
        alone = {event.key for event in plan.internal if len(event.needs) == 1}
        standing = {event.key for event in one._ground.standing}
        assert alone - standing <= first
        seen = first
        for _time in range(3):
            one.go_on(STEPS // 10, 0.0)
            one.look()
            before, seen = seen, {event.key for event in one.seen()}
            assert before <= seen
        assert all(len(needs) == 1 for needs, *_rest in seen)
        assert seen <= may_be


def test_once_more_it_begins_with_less_heat():
    case = small()
    plan = Plan(events=())
    first = begun(case, plan)._course
    again = annealing.Annealing(Times(Candidates(case)), plan, 1, again=True)._course
    assert again == first._replace(hot=annealing.AGAIN * first.hot)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("goal", ["served", "cost"])
def test_what_is_taken_back_is_as_before(seed, goal):
    """What is reckoned step by step is what a fresh look at the same plan says."""
    case = case_of(seed)
    for plan in starts_of(case, seed):
        one = begun(case, plan, seed, goal)
        one.go_on(STEPS, 0.0)
        found = with_changes(plan, one)
        if not check(found, case):
            anew = begun(case, found, seed, goal)
            assert anew.best == (one.best[0], pytest.approx(one.best[1]))


@pytest.mark.parametrize("seed", range(40))
def test_hours_are_counted_as_the_checker_does(seed):
    case = case_of(seed)
    counted = WorkingHours(Times(Candidates(case)))
    for plan in starts_of(case, seed):
        one = begun(case, plan, seed)
        one.go_on(STEPS, 0.0)
        names = one._ground.sessions
        standing = one._ground.standing
        now = one._walks[0].now
        for key, number in one._counted.members.items():
            row = now.staff[number]
            count = row[arrays.COUNT]
            events = row[arrays.EVENTS :][: count * arrays.EVENT].reshape(count, arrays.EVENT)
            sites = list(one._counted.sites)
            spans = [
                Span(int(begins), int(ends), sites[site])
                for _session, begins, ends, site, _lent in events
            ]
            assert spans == sorted(spans, key=lambda span: span.start)
            assert row[arrays.WORKING] == counted.working(case.scenario.staff[key], spans)
            assert row[arrays.LENDING] == sum(event[arrays.LENT] for event in events)
            for session in events[:, arrays.SESSION]:
                assert session >= len(names) or now.sessions[session, arrays.WAY] >= 0
        waits = now.sessions[: len(names), arrays.WAY] == arrays.WAITS
        assert waits.sum() == now.numbers[arrays.WAITING]
        assert set(now.waiting[: waits.sum()]) == set(waits.nonzero()[0])
        held = set(now.owner[now.owner >= 0])
        assert held <= set((now.sessions[: len(names), arrays.WAY] >= 0).nonzero()[0])
        assert len(standing) + len(names) == len(now.sessions)


def test_one_that_is_in_the_way_goes_elsewhere():
    """The short one can be later as well, and only it."""
    needs = {
        "n": {"sessions": 1, "minutes": 120, "hours": hours("Mo 09:00-11:00")},
        "m": {"sessions": 1, "minutes": 60, "group": "g"},
    }
    case = small(
        rooms={"hall": {"available": hours("Mo 09:00-13:00")}, "lib": {"site": "far"}}, needs=needs
    )
    plan = Plan(events=(event("e", needs="m"),))
    assert check(plan, case) == []
    one = begun(case, plan)
    one.go_on(STEPS, 0.5)
    found = with_changes(plan, one)
    assert one.best[0] == 0
    assert check(found, case) == []
    assert evaluate(found, case)["served"] == 2
