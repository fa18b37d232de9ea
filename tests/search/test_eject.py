"""Chains of ejections: what they serve, and that what they offer is valid."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from changing import valid_plan
from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.scenario.load import load
from deling.search.eject.chain import Chains
from deling.search.eject.table import Table
from deling.search.eject.times import Times
from deling.search.start import without_breaches
from exhaustive.draw import case_of
from planting import plant, write

if TYPE_CHECKING:
    from deling.domain import Plan


def chains(case: Case, plan: Plan, free=None, seed: int = 1) -> Chains:
    candidates = Candidates(case)
    needs = frozenset(case.scenario.needs if free is None else free)
    return Chains(candidates, Times(candidates), plan, needs, seed)


def never() -> bool:
    return False


@pytest.mark.parametrize("seed", range(3000, 3040))
def test_what_is_offered_is_valid_and_keeps_what_is_not_free(seed):
    case = case_of(seed)
    plan = valid_plan(case, random.Random(seed), tries=3)
    if plan is None:
        pytest.skip("no plan to begin with")
    needs = list(case.scenario.needs)
    free = set(random.Random(seed).sample(needs, len(needs) * 2 // 3))
    kept = {event.key for event in plan.events if not free.issuperset(event.needs)}
    for better in chains(case, plan, free).plans(3, never):
        assert check(better, case) == []
        assert kept <= {event.key for event in better.events}


def test_random_areas_are_served_better_by_chains():
    more = 0
    for seed in range(3100, 3140):
        case = case_of(seed)
        plan = valid_plan(case, random.Random(seed), tries=3)
        if plan is not None:
            before = evaluate(plan, case)["served"]
            found = [evaluate(each, case)["served"] for each in chains(case, plan).plans(3, never)]
            more += any(served > before for served in found)
    assert more >= 5


def test_nearly_all_that_is_planted_is_served_by_chains_alone(tmp_path):
    grown = plant(12, 80, "tight")
    case = Case(load(write(grown, tmp_path)).scenario)
    start = without_breaches(case.scenario.today, case)
    best = max(evaluate(plan, case)["served"] for plan in chains(case, start).plans(4, never))
    assert evaluate(start, case)["served"] < 0.6 * grown.facts["served"]
    assert best >= 0.97 * grown.facts["served"]


@pytest.mark.parametrize(
    ("served", "turns"),
    [
        ([], 2),
        ([5], 2),
        ([0, 2], 3),  # a fifth of ten pays, nothing of eight does not
        ([1, 2, 2, 1], 5),
        ([4, 6], 2),
    ],
)
def test_more_turns_than_were_asked_for_as_long_as_they_pay(monkeypatch, served, turns):
    """Ten needs, of which each turn serves some."""
    case = case_of(3000)
    chain = chains(case, without_breaches(case.scenario.today, case))
    begun: list[int] = []
    tried: list[str] = []

    def serve(need: str, _steps: int) -> list[str] | None:
        if not tried:
            begun.append(served[len(begun)] if len(begun) < len(served) else 0)
            tried.extend(waiting)
        tried.pop()
        if begun[-1] == 0:
            return None
        begun[-1] -= 1
        waiting.remove(need)
        return []

    waiting = [f"n{number}" for number in range(10)]
    monkeypatch.setattr(chain, "_unmet", lambda: list(waiting))
    monkeypatch.setattr(chain, "serve", serve)
    monkeypatch.setattr(chain, "_is_served", lambda _need: False)
    monkeypatch.setattr(chain, "_wanted", 1_000)
    chain.offer(2, 100, never, lambda _needs, _events: True)
    assert len(begun) == turns
    assert len(waiting) == 10 - sum(served)


def test_chains_are_the_same_every_time(tmp_path):
    grown = plant(4, 86, "tight", 0.3)
    case = Case(load(write(grown, tmp_path)).scenario)
    start = without_breaches(case.scenario.today, case)
    assert list(chains(case, start).plans(3, never)) == list(chains(case, start).plans(3, never))


def test_what_was_done_at_the_table_can_be_taken_back(tmp_path):
    grown = plant(3, 87, "tight")
    case = Case(load(write(grown, tmp_path)).scenario)
    plan = without_breaches(case.scenario.today, case)
    table = Table(case, plan, frozenset(case.scenario.needs))
    mark, left = table.mark(), table.left
    for event in plan.events[:5]:
        table.drop(event.id)
        table.put(event.model_copy(update={"id": f"{event.id}-again"}))
    assert table.since(mark) == {f"{event.id}-again" for event in plan.events[:5]}
    table.undo(mark)
    assert {event.id for event in table.plan().events} == {event.id for event in plan.events}
    assert table.left == left
    assert table.since(mark) == frozenset()


def test_what_was_thrown_out_in_vain_weighs_more_from_then_on(tmp_path):
    case = Case(load(write(plant(3, 87, "tight"), tmp_path)).scenario)
    plan = without_breaches(case.scenario.today, case)
    table = Table(case, plan, frozenset(case.scenario.needs))
    event = next(event for event in plan.internal if not event.fixed)
    held = table.by_room[event.room][event.id]
    before, mark = held.weight, table.mark()
    table.remove(held)
    table.thrown.update(event.needs)
    table.undo(mark)
    assert held.weight == before + len(event.needs)


def test_what_others_have_planned_is_taken_over(tmp_path):
    grown = plant(3, 87, "tight")
    case = Case(load(write(grown, tmp_path)).scenario)
    plan = without_breaches(case.scenario.today, case)
    needs = frozenset(case.scenario.needs)
    *_, better = chains(case, plan).plans(4, never)
    some = frozenset(sorted(needs)[::2])
    table = Table(case, plan, needs)
    alone = [event for event in better.events if some.issuperset(event.needs)]
    table.renew(some, alone)
    found = sorted(event.key for event in table.plan().events if some.issuperset(event.needs))
    assert found == sorted(event.key for event in alone)
    others = [event for event in plan.events if not some.issuperset(event.needs)]
    assert {event.id for event in others} <= {event.id for event in table.plan().events}
    prices = sum(case.buying_price(event) for event in table.plan().bought)
    assert table.left == case.scenario.rules.budget - prices


def test_chains_leave_what_somebody_else_has_served(tmp_path):
    grown = plant(3, 87, "tight")
    case = Case(load(write(grown, tmp_path)).scenario)
    plan = without_breaches(case.scenario.today, case)
    needs = frozenset(case.scenario.needs)
    *_, better = chains(case, plan).plans(4, never)
    chain = chains(case, plan)
    served = evaluate(better, case)["served"]
    wanted = sum(need.weight * need.sessions for need in case.scenario.needs.values())
    assert served == wanted, "chains serve all that is planted here"

    def stopped() -> bool:
        chain.renew(needs, better.events)
        return False

    offered: list[object] = []
    chain.offer(1, 100, stopped, lambda *what: bool(offered.append(what)))
    assert offered == []
