"""How the time for a part is shared, and what its plan may be made of."""

from __future__ import annotations

import random

import pytest

import deling.model.options
from by_parts import planted
from changing import valid_plan
from deling.board import Board
from deling.candidates import Candidates
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.model.options import Options, likely
from deling.part import Cutter
from deling.search.improve import Improver
from deling.search.start import without_breaches
from deling.search.task import BEST_SHARE, WHOLE_SHARE, Limits, Task, improve_part
from exhaustive.draw import case_of


@pytest.mark.parametrize(("gap", "share"), [(0.0, BEST_SHARE), (0.01, WHOLE_SHARE)])
def test_most_of_the_time_is_for_a_plan_of_all_where_nothing_but_the_best_will_do(
    monkeypatch, tmp_path, gap, share
):
    asked: list[tuple[str, float, float]] = []
    by_pool: list[str] = []

    def at_once(_self, goal, amount, gap, among) -> str:
        assert among is None
        asked.append((goal, amount, gap))
        return "optimal"

    monkeypatch.setattr(Improver, "improve_at_once", at_once)
    monkeypatch.setattr(
        Improver, "improve_pools", lambda _self, goal, _amount: by_pool.append(goal)
    )
    case, _served = planted(tmp_path, 4, 86, "tight")
    plan = without_breaches(case.scenario.today, case)
    part = Cutter(case).part(tuple(case.scenario.needs), Board(case, plan))
    answer = improve_part(Task(part, ("cost",), {}, Limits(60.0), 1, gap), lambda: False)
    assert answer.best
    assert asked == [("cost", pytest.approx(share * 60, rel=0.1), gap)]
    assert by_pool == ([] if gap else ["cost"])


@pytest.mark.parametrize("seed", range(4000, 4030))
def test_a_part_may_choose_among_some_events_alone(monkeypatch, seed):
    """Nothing else is planned, and where these are all there may be, it is the best plan."""
    monkeypatch.setattr(deling.model.options, "FEW", 2)
    case = case_of(seed)
    goals = case.scenario.goals
    start = valid_plan(case, random.Random(seed), tries=3)
    listed = Options(Candidates(case)).of(case.scenario.needs, 2_000)
    if start is None or not listed:
        pytest.skip("no plan to begin with, or no event to choose")
    part = Cutter(case).part(tuple(case.scenario.needs), Board(case, start))
    found = {}
    for name, events in (("some", listed[::3]), ("all", listed)):
        among = frozenset(event.key for event in events)
        task = Task(part, goals[:1], {}, Limits(20.0, deterministic=True), 1, among=among)
        answer = improve_part(task, lambda: False)
        assert not answer.best, "there may be better ones of others"
        assert answer.faults == ()
        plan = Plan(events=(*(e for e in start.events if not e.needs), *answer.events))
        assert check(plan, case) == []
        known = {event.key for event in (*likely(listed, among), *start.internal)}
        assert {event.key for event in plan.internal} <= known
        found[name] = evaluate(plan, case)[goals[0]]
    better = GOALS[goals[0]].better
    assert not better(evaluate(start, case)[goals[0]], found["some"])
    assert not better(found["some"], found["all"])
    whole = improve_part(Task(part, goals[:1], {}, Limits(20.0, deterministic=True), 1), bool)
    best = evaluate(Plan(events=whole.events), case)[goals[0]]
    assert not whole.best or found["all"] == best
