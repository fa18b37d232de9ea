"""What comes back from a worker is put beside what has changed meanwhile."""

from __future__ import annotations

import random

import pytest

from changing import Changer, valid_plan
from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.event_ids import under_free_ids
from deling.part import Cutter
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.eject.chain import Chains
from deling.search.eject.times import Times
from deling.search.joined import Joined
from deling.search.start import merged, without_breaches
from exhaustive.draw import case_of
from planting import plant, write


@pytest.mark.parametrize("seed", range(5000, 5060))
def test_needs_have_either_their_new_events_or_their_old_ones(seed):
    case, rng = case_of(seed), random.Random(seed)
    plan = valid_plan(case, rng, tries=3)
    if plan is None:
        pytest.skip("no plan to begin with")
    changer = Changer(case, plan, None, rng)
    drawn = [event for _each in range(8) if (event := changer.event()) is not None]
    needs = {need for event in drawn for need in event.needs}
    old = [event for event in plan.events if not needs.isdisjoint(event.needs)]
    kept = [event for event in plan.events if needs.isdisjoint(event.needs)]
    taken = {event.id for event in plan.events}
    new = under_free_ids(drawn, taken.__contains__)
    found = merged(kept, old, new, case)
    if found is None:
        return  # A rule that names no event, such as what each need keeps.
    assert check(found, case) == []
    stand = {event.id for event in found.events}
    assert {event.id for event in kept} <= stand
    for need in needs:
        ours = [{event.id for event in some if need in event.needs} for some in (old, new)]
        assert stand & (ours[0] | ours[1]) in ours


def test_what_no_longer_fits_as_a_whole_is_taken_as_far_as_it_does(tmp_path):
    """One worker has planned some needs as planted, another the rest by chains."""
    grown = plant(6, 88, "tight")
    case = Case(load(write(grown, tmp_path)).scenario)
    start = without_breaches(case.scenario.today, case)
    planted = read_plan(tmp_path / "planted.csv", case.scenario)
    candidates = Candidates(case)
    needs = tuple(case.scenario.needs)
    *_, chained = Chains(candidates, Times(candidates), start, needs, 1).plans(4, lambda: False)
    merged_before = 0
    for seed in range(10):
        one = set(random.Random(seed).sample(needs, len(needs) // 2))
        joined = Joined(case, Cutter(case), start, evaluate(start, case))
        for free, plan in ((one, planted), (set(needs) - one, chained)):
            mine = [event for event in plan.events if free.issuperset(event.needs)]
            before = dict(joined.values)
            taken = joined.take([need for need in needs if need in free], mine)
            whole = joined.board.plan()
            assert check(whole, case) == []
            assert joined.values == evaluate(whole, case)
            assert taken == (joined.values != before)
            assert joined.values["served"] >= before["served"]
            ids = {event.id for event in whole.events}
            merged_before += taken and not ids.issuperset(event.id for event in mine)
    assert merged_before > 5


@pytest.mark.parametrize("better_at_once", [True, False])
def test_of_two_plans_each_area_keeps_what_is_better(tmp_path, better_at_once):
    case = Case(load(write(plant(8, 88, "tight"), tmp_path)).scenario)
    planted = read_plan(tmp_path / "planted.csv", case.scenario)
    alone = [event for event in planted.internal if len(event.needs) == 1 and not event.fixed]
    owners = sorted({case.institution_of(event.needs[0]).id for event in alone})
    areas = [
        tuple(
            need
            for need in case.scenario.needs
            if (case.institution_of(need).id in owners[::2]) == first
        )
        for first in (True, False)
    ]
    few, many = (
        [event for event in alone if event.needs[0] in area][:count]
        for area, count in zip(areas, (1, 3), strict=True)
    )
    lacks_few, lacks_many = (
        Plan(events=tuple(event for event in planted.events if event not in some))
        for some in (few, many)
    )
    now, new = (lacks_many, lacks_few) if better_at_once else (lacks_few, lacks_many)
    joined = Joined(case, Cutter(case), now, evaluate(now, case))
    assert joined.take_by_area(tuple(case.scenario.needs), new.events, areas)
    found = joined.board.plan()
    assert check(found, case) == []
    assert joined.values == evaluate(found, case)
    assert joined.values["served"] == evaluate(planted, case)["served"]
    assert not joined.take_by_area(tuple(case.scenario.needs), new.events, areas)
