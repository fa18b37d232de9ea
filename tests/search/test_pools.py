"""Needs by the staff that they draw on: which compete, and that planning them apart saves money."""

from __future__ import annotations

import pytest

from by_parts import planted
from deling.candidates import Candidates
from deling.check import check
from deling.search import improve, pools
from deling.search.clock import Clock
from deling.search.improve import Improver
from deling.search.pools import around_pool, staff_pools
from deling.search.start import without_breaches
from deling.search.state import State
from small import event


def could(needs, *staff):
    return event("some", needs=" ".join(needs), staff=" ".join(staff))


def test_needs_that_could_have_the_same_staff_are_of_one_pool(monkeypatch):
    monkeypatch.setattr(pools, "SMALL", 0)
    options = [
        could(("a",), "ann"),
        could(("a",), "bo"),
        could(("b",), "bo"),
        could(("c",), "cy"),
        could(("alone",)),
    ]
    assert staff_pools(["alone", "a", "b", "c"], options) == [
        {"a", "b", "alone"},
        {"c", "alone"},
    ]


def test_a_joint_event_and_staff_who_come_together_join_pools(monkeypatch):
    monkeypatch.setattr(pools, "SMALL", 0)
    apart = [could(("a",), "ann"), could(("b",), "bo"), could(("c",), "cy")]
    assert len(staff_pools("abc", apart)) == 3
    assert staff_pools("abc", [*apart, could(("a", "b"), "ann")])[0] == {"a", "b"}
    assert staff_pools("abc", [*apart, could(("c",), "bo", "cy")])[0] == {"b", "c"}


def test_small_pools_are_planned_together(monkeypatch):
    monkeypatch.setattr(pools, "SMALL", 3)
    options = [could((need,), need[0]) for need in ("a1", "a2", "a3", "a4", "b1", "b2", "c1", "d1")]
    found = staff_pools([need for each in options for need in each.needs], options)
    assert found == [{"a1", "a2", "a3", "a4"}, {"b1", "b2", "c1"}, {"d1"}]
    assert staff_pools([], []) == []


def test_a_pool_is_planned_with_what_its_groups_do_elsewhere_at_another_time(begun):
    state, _improver = begun
    case, plan = state.case, state.best()[0]
    options = state.options.of(state.free, 12_000)
    pool = staff_pools(state.free, options)[0]
    groups = {case.scenario.needs[need].group for need in pool}
    free, some = around_pool(pool, state.free, options, plan, case)
    keys = {each.key for each in some}
    assert pool < free < set(state.free)
    for need in free - pool:
        own = case.scenario.needs[need].group
        assert any(case.related_groups(own, group) for group in groups)
    seen = set()
    for each in options:
        if pool.issuperset(each.needs):
            assert each.key in keys
        elif each.key in keys:
            assert free.issuperset(each.needs)
            alike = [
                known
                for known in plan.internal
                if set(known.needs) == set(each.needs)
                and known.room == each.room
                and set(known.staff) == set(each.staff)
                and set(known.equipment) == set(each.equipment)
            ]
            assert alike
            seen.update(known.start != each.start for known in alike)
    assert seen == {True, False}


@pytest.fixture
def begun(tmp_path):
    case, _served = planted(tmp_path, 4, 86, "tight")
    state = State(Candidates(case), Clock(200.0, deterministic=True), 0.0, None)
    assert state.offer(without_breaches(case.scenario.today, case))
    improver = Improver(state, 1)
    improver.fill()
    return state, improver


def test_planning_pool_by_pool_saves_most_of_what_all_could_save(begun, monkeypatch):
    monkeypatch.setattr(improve, "LEAST_FOR_POOLS", 0)
    monkeypatch.setattr(pools, "SMALL", 2)
    state, improver = begun
    before = dict(state.values)
    improver.improve_pools("cost", 100.0)
    after = dict(state.values)
    assert check(state.best()[0], state.case) == []
    assert after["served"] == before["served"]
    assert after["fairness"] == before["fairness"]
    assert improver.improve_at_once("cost", 100.0, 0.0) == "optimal"
    assert before["cost"] - after["cost"] >= 0.5 * (before["cost"] - state.values["cost"]) > 0


def test_a_short_list_is_left_to_be_planned_as_a_whole(begun):
    state, improver = begun
    before = dict(state.values)
    improver.improve_pools("cost", 100.0)
    assert state.values == before


def test_of_a_single_pool_nothing_is_planned_twice(begun, monkeypatch):
    monkeypatch.setattr(improve, "LEAST_FOR_POOLS", 0)
    monkeypatch.setattr(pools, "SMALL", 10_000)
    state, improver = begun
    before = dict(state.values)
    improver.improve_pools("cost", 100.0)
    assert state.values == before
