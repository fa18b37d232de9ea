"""Each plan that serves more is made cheaper before models get to the costs."""

from __future__ import annotations

from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.search.cheaper import Cheaper
from deling.search.clock import Clock
from deling.search.eject.saving import Savings
from deling.search.eject.times import Times
from deling.search.state import State
from small import event, small

ROOMS = {"hall": {"hourly_cost": 100}, "lib": {"hourly_cost": 10}}


def begun(plan, watch=None, goals=("served", "fairness", "cost", "comfort")):
    """Return a search that has a plan, and what makes that cheaper."""
    case = small(rooms=ROOMS, needs={"n": {"sessions": 2}})
    case = Case(case.scenario.model_copy(update={"goals": goals}))
    candidates = Candidates(case)
    # Units of work, so that no machine is too slow for a look.
    state = State(candidates, Clock(100.0, deterministic=True), 0.0, watch)
    assert state.offer(plan)
    return state, Cheaper(state, Times(candidates), 1)


DEAR = Plan(events=(event("e1", room="hall"),))
MORE = Plan(events=(event("e1", room="lib"), event("e2", "Tu 09:00", room="hall")))


def rooms_of(state):
    return [each.room for each in state.best()[0].events]


def test_a_plan_is_made_cheaper_and_serves_as_much():
    told = []
    state, cheaper = begun(DEAR, told.append)
    before = dict(state.best()[1])
    cheaper.look()
    plan, values = state.best()
    assert check(plan, state.case) == []
    assert rooms_of(state) == ["lib"]
    assert values["cost"] < before["cost"]
    assert (values["served"], values["fairness"]) == (before["served"], before["fairness"])
    assert [(update.goal, update.value) for update in told] == [("cost", values["cost"])]


def test_a_plan_is_looked_at_anew_where_more_is_served_and_there_is_time():
    state, cheaper = begun(DEAR)
    cheaper.look()
    spent = state.clock.spent
    cheaper.look()
    assert state.clock.spent == spent, "nothing is new"
    assert state.offer(MORE)
    cheaper.look()
    assert rooms_of(state) == ["lib", "hall"], "looks may not take all of the time"
    state.clock.add(10.0)
    cheaper.look()
    assert rooms_of(state) == ["lib", "lib"]


def test_a_better_plan_of_others_ends_a_look():
    state, cheaper = begun(DEAR)
    take = state.take

    def others_first(plan, values):
        state.take = take
        assert state.offer(MORE)
        return take(plan, values)

    state.take = others_first
    cheaper.look()
    assert rooms_of(state) == ["lib", "hall"]


def test_a_guess_that_breaks_a_rule_is_dropped_and_no_fault_of_the_solver(monkeypatch):
    state, cheaper = begun(DEAR)
    taken = []

    def offer(_self, _most, _stopped, take):
        too_short = event("e1", room="lib", minutes=30)
        taken.append(take(frozenset({"n"}), (too_short,)))
        return 0

    monkeypatch.setattr(Savings, "offer", offer)
    cheaper.look()
    assert taken == [False]
    assert rooms_of(state) == ["hall"]
    assert state.faults.notes() == ()


def test_costs_that_are_no_goal_are_left_alone():
    state, cheaper = begun(DEAR, goals=("served", "comfort"))
    cheaper.look()
    assert rooms_of(state) == ["hall"]
