"""What local areas are asked for."""

from __future__ import annotations

import deling.search.split
from crews import Idle, relay_of
from deling.case import Case
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.local_areas import CHOOSE_SECONDS, CLOSE_SECONDS, COARSE
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
