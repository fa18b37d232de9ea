"""What local areas are asked for."""

from __future__ import annotations

import deling.search.split
from crews import Idle, relay_of
from deling.case import Case
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.district import improve_district
from deling.search.local_areas import BY_ROWS_SECONDS, CHOOSE_SECONDS, CLOSE_SECONDS, COARSE
from deling.search.start import without_breaches
from planting import plant, write


def test_after_annealing_each_area_is_asked_for_its_best_plan_the_smallest_first(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    case = Case(load(write(plant(12, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=Idle())
    relay._areas._needs = sorted(relay._areas._needs, key=len, reverse=True)
    for goal, gaps in (("served", {COARSE}), ("cost", {COARSE}), ("cost", {0.0})):
        if gaps == {0.0}:
            relay._whole.annealed.add(goal)
        assert all(relay._sweep(goal))
        jobs = list(relay._jobs._under_way.values())
        relay._jobs._under_way.clear()
        tasks = [job.what for job in jobs if job.areas]
        assert {task.gap for task in tasks} == gaps
        sizes = [len(job.part.free) for job in jobs if job.areas]
        assert len(sizes) > 1
        assert (sizes == sorted(sizes)) == (gaps == {0.0})
        if gaps == {0.0}:
            assert {task.limits.amount for task in tasks} == {CLOSE_SECONDS}


def test_each_area_chooses_among_events_of_its_own_the_largest_first(monkeypatch, tmp_path):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    case = Case(load(write(plant(12, 86, "tight"), tmp_path)).scenario)
    events = {event.key for event in read_plan(tmp_path / "planted.csv", case.scenario).internal}
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=Idle())
    assert all(relay._areas.choose("cost", events))
    jobs = list(relay._jobs._under_way.values())
    sizes = [len(job.part.free) for job in jobs]
    assert len(sizes) > 1
    assert sizes == sorted(sizes, reverse=True)
    for job in jobs:
        inside = set(job.part.free)
        assert job.what.among == {event for event in events if event[0] <= inside}
        assert job.what.limits.amount == CHOOSE_SECONDS
    assert len(set().union(*(job.what.among for job in jobs))) > 20
    assert relay._jobs.at_work() == relay._jobs.at_work("cost") == set(range(len(relay._areas)))
    assert relay._jobs.at_work("served") == set()


def test_highs_plans_each_area_of_which_nothing_is_proven_and_nobody_else_does(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    case = Case(load(write(plant(12, 86, "tight"), tmp_path)).scenario)
    plan = read_plan(tmp_path / "planted.csv", case.scenario)
    relay = relay_of(case, plan, crew=Idle())
    areas, jobs = relay._areas, relay._jobs
    jobs._at_best.add(("cost", 0))
    areas.together("cost", (1,))
    jobs_before = set(jobs._under_way)
    asking = areas.by_rows("cost")
    sent = [next(asking) for _area in range(len(areas) - 1)]
    assert sent == [True] * (len(areas) - 2) + [False], "the last one is being planned"
    found = [job for future, job in jobs._under_way.items() if future not in jobs_before]
    assert sorted(at for job in found for at in job.areas) == list(range(2, len(areas)))
    sizes = [len(job.part.free) for job in found]
    assert sizes == sorted(sizes)
    for job in found:
        assert job.work is improve_district
        assert job.what.limits.amount == BY_ROWS_SECONDS
        assert all(jobs.is_busy(need) for need in job.part.free)
    for future in jobs_before:
        del jobs._under_way[future]
    assert next(asking)
    assert next(asking, None) is None
    before = jobs.joined.values["cost"]
    better = [jobs._take(job, improve_district(job.what, lambda: False)) for job in found]
    assert any(better)
    assert jobs.joined.values["cost"] < before
    assert jobs.at_best("cost"), "that has a proof"
