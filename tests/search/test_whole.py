"""Chains over the whole: each knows what the other has moved, and costs are looked at meanwhile."""

from __future__ import annotations

import pytest

import deling.search.compiled
import deling.search.whole
from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.part import Cutter
from deling.search.clock import Clock
from deling.search.compiled import ANNEALER, Compiler
from deling.search.joined import Joined
from deling.search.state import State
from deling.search.whole import SAVED_MEANWHILE, Whole
from small import event, small

ROOMS = {"hall": {"hourly_cost": 100}, "lib": {"hourly_cost": 10}}
DEAR = Plan(events=(event("e1", room="hall"),))
ALL = ("served", "fairness", "cost", "comfort")


class NobodyElse:
    """The plan as it stands, and no workers."""

    def __init__(self, state: State) -> None:
        self.joined = Joined(state.case, Cutter(state.case), *state.best())
        self.news: list[frozenset[str]] = []
        self.workers = 2

    def renewed(self) -> list[frozenset[str]]:
        found, self.news = self.news, []
        return found

    def next_seed(self) -> int:
        return 1


def begun(goals=ALL, watch=None, sessions=2):
    case = small(rooms=ROOMS, needs={"n": {"sessions": sessions}})
    case = Case(case.scenario.model_copy(update={"goals": goals}))
    # Units of work, so that no machine is too slow for a look.
    state = State(Candidates(case), Clock(100.0, deterministic=True), 0.0, watch)
    assert state.offer(DEAR)
    jobs = NobodyElse(state)
    return state, jobs, Whole(state, jobs)


def rooms(jobs):
    plan = jobs.joined.board.plan()
    return [each.room for each in sorted(plan.events, key=lambda one: one.id)]


def never() -> bool:
    return False


def test_a_plan_gets_cheaper_before_its_costs_are_asked_for():
    told = []
    state, jobs, whole = begun(watch=told.append)
    whole.save_meanwhile(never)
    assert rooms(jobs) == ["lib"]
    assert check(jobs.joined.board.plan(), state.case) == []
    assert [update.goal for update in told] == ["cost"]
    assert state.values["cost"] == jobs.joined.values["cost"]


def test_it_is_looked_at_anew_where_more_is_served_and_there_is_time():
    state, jobs, whole = begun()
    state.clock.add(1.0)
    whole.save_meanwhile(never)
    more = (event("e1", room="lib"), event("e2", "Tu 09:00", room="hall"))
    assert jobs.joined.take(["n"], more)
    jobs.news.append(frozenset({"n"}))
    whole.renew()
    whole.save_meanwhile(never)
    assert rooms(jobs) == ["lib", "hall"], "it is known to be as good"
    state.note(jobs.joined.values)
    whole._looks.spent = 1.0
    whole.save_meanwhile(never)
    assert rooms(jobs) == ["lib", "hall"], "it takes too long"
    state.clock.add(1.0 / SAVED_MEANWHILE)
    whole.save_meanwhile(never)
    assert rooms(jobs) == ["lib", "lib"]


def test_a_look_ends_when_told_and_is_none_where_costs_are_no_goal():
    _state, jobs, whole = begun()
    whole.save_meanwhile(lambda: True)
    assert rooms(jobs) == ["hall"]
    _state, jobs, whole = begun(goals=("served", "comfort"))
    whole.save_meanwhile(never)
    assert rooms(jobs) == ["hall"]


def test_each_kind_of_chain_knows_what_the_other_has_moved():
    _state, jobs, whole = begun()
    whole.serve(1, 0, never)
    whole.save_meanwhile(never)
    assert rooms(jobs) == ["lib"]
    assert [held.event.room for held in whole._serving._table.by_need["n"].values()] == ["lib"]
    whole.serve(1, 9, never)
    assert len(rooms(jobs)) == 2
    assert len(whole._saving._table.by_need["n"]) == 2
    whole.begin()
    assert whole.dear_needs(3) == []


def test_annealing_serves_more_and_others_know_of_it(monkeypatch):
    pytest.importorskip("numba")
    state, jobs, whole = begun(sessions=2)
    state.clock = Clock(100.0)
    monkeypatch.setattr(deling.search.whole, "ANNEALER", Compiler(ANNEALER.module, 300.0))
    whole.serve(0, 0, never)
    assert jobs.joined.values["served"] == 1
    assert whole.anneal("served", 0.5, never)
    plan = jobs.joined.board.plan()
    assert check(plan, state.case) == []
    assert jobs.joined.values["served"] == state.values["served"] == 2
    assert whole.annealed == {"served"}
    before = len(whole._serving._table.plan().events)
    assert before == 2
    assert {needs for needs, *_rest in whole.seen["served"]} == {frozenset({"n"})}


def test_what_is_served_soon_is_no_look_at_all_there_is(monkeypatch):
    """It ends when all is served, and annealing for longer is still to come."""
    pytest.importorskip("numba")
    state, jobs, whole = begun(sessions=2)
    whole.serve_soon(never)
    assert jobs.joined.values["served"] == 1, "how far it gets is not the same every time"
    state.clock = Clock(100.0)
    monkeypatch.setattr(deling.search.whole, "ANNEALER", Compiler(ANNEALER.module, 300.0))
    monkeypatch.setattr(deling.search.whole, "SOON_SECONDS", 60.0)
    whole.serve_soon(never)
    assert jobs.joined.values["served"] == state.values["served"] == 2
    assert check(jobs.joined.board.plan(), state.case) == []
    assert state.clock.seconds < 50
    assert not whole.annealed
    assert not whole.seen["served"]


def test_what_has_been_seen_is_remembered_goal_by_goal(monkeypatch):
    pytest.importorskip("numba")
    state, _jobs, whole = begun()
    state.clock = Clock(100.0)
    monkeypatch.setattr(deling.search.whole, "ANNEALER", Compiler(ANNEALER.module, 300.0))
    assert whole.anneal("served", 0.1, never)
    nowhere = event("old", room="nowhere").key
    whole.seen["served"].add(nowhere)
    assert whole.anneal("cost", 0.1, never)
    assert whole.seen["cost"]
    assert nowhere not in whole.seen["cost"]
    assert whole.anneal("served", 0.1, never, again=True)
    assert nowhere in whole.seen["served"]
    assert len(whole.seen["served"]) > 1


def test_annealing_finds_cheaper_places(monkeypatch):
    pytest.importorskip("numba")
    state, jobs, whole = begun()
    state.clock = Clock(100.0)
    monkeypatch.setattr(deling.search.whole, "ANNEALER", Compiler(ANNEALER.module, 300.0))
    assert rooms(jobs) == ["hall"]
    assert whole.anneal("cost", 0.5, never)
    assert rooms(jobs) == ["lib"]
    assert check(jobs.joined.board.plan(), state.case) == []
    assert state.values["cost"] == jobs.joined.values["cost"]


def test_where_work_is_counted_or_there_is_no_compiler_nothing_is_annealed(monkeypatch):
    state, jobs, whole = begun(sessions=2)
    assert not whole.anneal("served", 0.5, never), "how far it gets is not the same every time"
    state.clock = Clock(100.0)
    monkeypatch.setattr(deling.search.whole, "ANNEALER", Compiler("deling.no_such_module", 1.0))
    assert not whole.anneal("served", 0.5, never)
    assert jobs.joined.values["served"] == 1
    assert not whole.annealed
