"""When districts are asked, and when not again."""

from __future__ import annotations

import time

import pytest
from ortools.math_opt.python import mathopt

from crews import Deadly, Idle, relay_of
from deling.case import Case
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.by_district import (
    AGAIN_SECONDS,
    CHOICE_GAP,
    CHOICE_SECONDS,
    CLOSER_GAP,
    COST_GAPS,
    DISTRICT_GAP,
    LONGER_SECONDS,
)
from deling.search.district import improve_district
from deling.search.start import without_breaches
from deling.search.task import Better
from planting import plant, write


def test_a_district_that_nobody_survives_is_not_asked_again_but_its_parts_are(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    for crew, silent in ((Deadly(), True), (Idle(), False)):
        relay = relay_of(case, whole, crew=crew)
        jobs = relay._jobs
        sending = relay._districts.plan_whole("cost")
        assert next(sending)
        assert (jobs.ask in relay._choices("cost", 0)) == jobs.district_is_silent == silent
        assert next(sending, None) is (None if silent else False)
        if silent:
            assert next(relay._districts.plan_whole("cost"), None) is None, "nor in another round"


def test_what_is_served_is_asked_of_all_there_is_once_more_where_much_stays_unmet(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=Idle())
    districts, jobs = relay._districts, relay._jobs
    assert next(districts.plan_whole("served"), None) is None, "all of it may be served"
    assert next(districts.send("served", 0.0))
    whole = districts.plan_whole("served")
    assert [next(whole) for _time in range(3)] == [False] * 3, "it is still being asked"
    jobs._under_way.clear()
    assert next(whole)
    (job,) = jobs._under_way.values()
    assert job.what.gap == CLOSER_GAP < DISTRICT_GAP
    assert jobs.ask not in relay._choices("served", 0)
    assert next(whole, None) is None
    jobs._under_way.clear()
    jobs.district_is_silent = True
    assert next(districts.plan_whole("served"), None) is None


def test_costs_are_given_longer_once_all_the_time_has_brought_nothing(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=Idle())
    jobs = relay._jobs
    whole = relay._districts.plan_whole("cost")
    answers = [  # Whether there was a better plan, and seconds.
        (True, AGAIN_SECONDS),
        (False, 1.0),  # Good enough at once.
        (False, AGAIN_SECONDS),
        (True, LONGER_SECONDS),
    ]
    asked = []
    for helped, took in answers:
        assert next(whole)
        (job,) = jobs._under_way.values()
        asked.append((job.what.limits.amount, job.what.gap))
        jobs._under_way.clear()
        jobs.district_helped, jobs.district_took = helped, took
    assert [gap for _seconds, gap in asked] == list(COST_GAPS)
    assert [seconds for seconds, _gap in asked] == pytest.approx(
        [AGAIN_SECONDS, AGAIN_SECONDS, AGAIN_SECONDS, LONGER_SECONDS]
    )


def test_costs_are_left_to_parts_where_highs_stays_silent_however_soon_it_ends(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=Idle())
    jobs = relay._jobs
    asked = 0
    for _sent in relay._districts.plan_whole("cost"):
        asked += 1
        jobs._under_way.clear()
        jobs.district_is_silent, jobs.district_helped, jobs.district_took = True, False, 1.0
    assert asked == 2


def test_highs_is_waited_for_where_it_is_late(tmp_path, monkeypatch):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=Idle())
    jobs = relay._jobs
    jobs.improve_district("cost", list(case.scenario.needs), 4.0, 0.0)
    (job,) = jobs._under_way.values()
    honest, most = mathopt.solve, job.what.limits.amount

    def late(*what, **more):
        found = honest(*what, **more)
        time.sleep(max(0.0, most + 0.5 - (time.monotonic() - begun)))
        return found

    monkeypatch.setattr(mathopt, "solve", late)
    begun = time.monotonic()
    answer = improve_district(job.what, lambda: False)
    assert most < time.monotonic() - begun
    assert answer.events is not None
    assert answer.bound is not None
    assert answer.spent > 0


def test_costs_are_chosen_among_what_was_seen_before_all_there_is_is_planned(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    relay = relay_of(case, whole, crew=Idle())
    districts, jobs = relay._districts, relay._jobs
    seen = {event.key for event in whole.internal}
    assert next(districts.choose("served", seen), None) is None
    assert next(districts.choose("cost", set()), None) is None, "nothing has been annealed"
    assert not districts.tells_bounds
    choosing = districts.choose("cost", seen)
    assert next(choosing)
    (job,) = jobs._under_way.values()
    assert job.what.among == seen
    assert job.what.limits.amount == pytest.approx(CHOICE_SECONDS)
    assert job.what.gap == CHOICE_GAP
    assert next(choosing, None) is None
    assert next(districts.plan_whole("cost", seen)) is False, "that waits for it"
    assert districts.tells_bounds, "so parts are not asked for any"


def test_they_are_chosen_again_where_planning_all_there_is_did_not_help(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    relay = relay_of(case, whole, crew=Idle())
    jobs = relay._jobs
    seen = {event.key for event in whole.internal}
    planning = relay._districts.plan_whole("cost", seen)
    among = []
    for helped in (True, False, None, True):  # None: a choice, of which that is not noted.
        assert next(planning)
        (job,) = jobs._under_way.values()
        assert next(planning) is False, "one at a time"
        among.append(job.what.among)
        assert job.is_wide == (job.what.among is None)
        jobs._under_way.clear()
        if helped is not None:
            jobs.district_helped = helped
    assert among == [None, None, seen, None]


def test_they_are_not_where_it_stayed_silent(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    relay = relay_of(case, whole, crew=Idle())
    jobs = relay._jobs
    asked = []
    for sent in relay._districts.plan_whole("cost", {event.key for event in whole.internal}):
        asked += [job.what.among for job in jobs._under_way.values()] if sent else []
        jobs._under_way.clear()
        jobs.district_is_silent, jobs.district_helped, jobs.district_took = True, False, 1.0
    assert asked == [None, None]


def test_what_a_choice_says_is_not_taken_for_what_all_there_is_says(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    jobs = relay_of(case, whole, crew=Idle())._jobs
    for seen, silent in ((frozenset(), False), (None, True)):
        jobs.improve_district("cost", list(case.scenario.needs), 20.0, 0.0, seen)
        (job,) = jobs._under_way.values()
        jobs._under_way.clear()
        jobs._take(job, Better(None))
        assert jobs.district_is_silent == silent


def test_a_choice_of_a_district_is_better_and_tells_a_bound_of_all_there_is(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    relay = relay_of(case, whole, crew=Idle())
    bounds = []
    for seen in ({event.key for event in whole.internal}, None):
        relay._jobs.improve_district("cost", list(case.scenario.needs), 20.0, 0.0, seen)
        (job,) = relay._jobs._under_way.values()
        relay._jobs._under_way.clear()
        answer = improve_district(job.what, lambda: False)
        assert answer.faults == ()
        assert answer.best == (seen is None), "of what is chosen among, nothing is said of the rest"
        bounds.append(answer.bound)
    chosen, best = bounds
    assert chosen <= best < relay._jobs.joined.values["cost"]
