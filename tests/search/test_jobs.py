"""What workers are given, and how their answers are taken."""

from __future__ import annotations

import pytest

import deling.search.split
from crews import Idle, Quick, relay_of
from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.jobs import LEAST_SECONDS
from deling.search.start import without_breaches
from deling.search.workers import AtOnce
from planting import plant, write


def test_no_area_is_planned_by_two_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 10)
    case = Case(load(write(plant(12, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, read_plan(tmp_path / "planted.csv", case.scenario), crew=Idle())
    jobs, areas = relay._jobs, len(relay._areas)
    relay._borders.begin()
    busy = set()
    while relay._send_pair("cost"):
        new = jobs.at_work() - busy
        assert len(new) == 2, "none of a pair was at work"
        busy |= new
    assert len(busy) >= 2
    alone = 0
    while relay._areas.again("cost"):
        alone += 1
    assert len(busy) + alone == areas
    assert jobs.at_work() == set(range(areas))


def test_what_is_done_when_the_search_ends_is_taken(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=AtOnce(bool))
    before = relay._state.values["served"]
    needs = tuple(case.scenario.needs)
    relay._jobs.improve("served", ("served",), needs, (0,), 5.0, 0)
    assert relay._state.values["served"] == before
    relay._jobs.end()
    plan, values = relay._state.best()
    assert check(plan, case) == []
    assert before < values["served"] <= evaluate(whole, case)["served"]


def test_answers_are_due_before_the_end(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    start = without_breaches(case.scenario.today, case)
    given = []
    for gone in (0.0, 97.0, 99.9):
        relay = relay_of(case, start, crew=Idle())
        relay._state.clock._start -= gone
        relay._jobs.improve("served", (), tuple(case.scenario.needs), (0,), 20.0, 0)
        (job,) = relay._jobs._under_way.values()
        given.append(job.what.limits.amount)
    assert given == [20.0, pytest.approx(2.5, abs=0.4), LEAST_SECONDS]


def test_answers_are_taken_in_the_order_in_which_they_were_asked_for(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=Quick())
    jobs, asked, taken = relay._jobs, [], []
    for need in case.scenario.needs:
        jobs.improve("served", (), (need,), (), 5.0, 0)
        asked.append(jobs._seed)
    jobs._take = lambda _job, answer: taken.append(answer) or False
    assert not jobs.receive()
    assert len(asked) > 20
    assert taken == asked
