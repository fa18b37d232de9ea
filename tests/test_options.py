"""All that there may be is listed, and nothing that a rule refuses by itself."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

import deling.model.options
from deling.candidates import Candidates
from deling.check import check
from deling.domain import Plan
from deling.model.options import Options, likely
from deling.model.stays import Stay, at_once
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.draw import THE_SAME_ONES, case_of, cases

if TYPE_CHECKING:
    from deling.case import Case

MOST = 10_000
BY_ITSELF = {"grid", "reach", "capacity", "floor_area", "sharing", "needs_met"} | {
    "joint",
    "cleared",
}


@settings(THE_SAME_ONES, max_examples=60)
@given(cases())
def test_the_best_plan_is_made_of_what_is_listed_or_stands(case: Case):
    try:
        best = best_plan(case, most_events=150, most_plans=6000)
    except TooManyPlansError:
        reject()
    listed = Options(Candidates(case)).of(case.scenario.needs, MOST)
    assume(best is not None and listed is not None)
    keys = {event.key for event in listed} | set(case.today_by_key)
    assert {event.key for event in best.plan.internal} <= keys


@pytest.mark.parametrize("seed", range(4000, 4040))
def test_each_listed_event_is_there_once_and_keeps_the_rules_of_one_event(seed):
    case = case_of(seed)
    listed = Options(Candidates(case)).of(case.scenario.needs, MOST)
    if listed is None:
        return
    assert len({event.key for event in listed}) == len(listed)
    for number, event in enumerate(listed):
        alone = Plan(events=(event.model_copy(update={"id": f"e{number}"}),))
        assert not {breach.rule for breach in check(alone, case)} & BY_ITSELF


def test_too_many_are_not_listed():
    case = next(
        case
        for case in map(case_of, range(4000, 4100))
        if len(Options(Candidates(case)).of(case.scenario.needs, MOST) or ()) > 3
    )
    options = Options(Candidates(case))
    found = options.of(case.scenario.needs, MOST)
    assert found is not None
    assert options.of(case.scenario.needs, len(found)) == found
    assert options.of(case.scenario.needs, len(found) - 1) is None


def test_nothing_is_listed_where_any_staff_may_come_along():
    case = case_of(4000)
    rules = tuple(rule for rule in Candidates(case).rules if rule.id != "needs_met")
    assert Options(Candidates(case, rules)).of(case.scenario.needs, MOST) is None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=12))
def test_what_is_under_way_at_any_minute_is_among_what_is_told(spans):
    stays = [Stay(start, minutes, None) for start, minutes in spans]
    told = [set(map(id, some)) for some in at_once(stays)]
    for minute in range(51):
        there = {id(s) for s in stays if s.start <= minute < s.start + s.minutes}
        assert any(there <= some for some in told) or not there
    for some in at_once(stays):
        latest = max(stay.start for stay in some)
        assert all(latest < stay.start + stay.minutes for stay in some)
    assert all(not one <= other for one, other in pairwise(told))


@pytest.mark.parametrize("seed", range(4000, 4040))
def test_of_what_is_listed_only_what_is_known_or_hardly_a_choice_is_likely(seed, monkeypatch):
    monkeypatch.setattr(deling.model.options, "FEW", 3)
    case = case_of(seed)
    listed = Options(Candidates(case)).of(case.scenario.needs, MOST) or []
    known = {event.key for event in listed[::5]}
    kept = likely(listed, known)
    assert kept == [event for event in listed if event in kept], "in order"
    assert known <= {event.key for event in kept}
    choices = Counter(event.needs for event in listed)
    for event in listed:
        few_or_shared = choices[event.needs] <= 3 or len(event.needs) > 1
        assert (event in kept) == (few_or_shared or event.key in known)
    assert likely(listed, {event.key for event in listed}) == listed
