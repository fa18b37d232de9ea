"""What an event adds to somebody's week, against the roster that the judge reads."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from changing import valid_plan
from deling.candidates import Candidates
from deling.search.eject.times import Times
from deling.search.eject.working_hours import Span, WorkingHours
from deling.tours import roster
from exhaustive.draw import case_of

MINUTES = 45


def weeks(seed: int):
    """Yield the hours of a random area, and who works when in a plan of it."""
    case = case_of(seed)
    plan = valid_plan(case, random.Random(seed), tries=6)
    if plan is None:
        pytest.skip("no plan")
    times = Times(Candidates(case))
    for week in roster(plan, case):
        spans = [Span(one.start, one.end, one.site) for one in week.occasions]
        yield case, times, WorkingHours(times), week, spans


@pytest.mark.parametrize("seed", range(3200, 3240))
def test_a_week_is_as_long_as_the_roster_says(seed):
    for _case, _times, hours, week, spans in weeks(seed):
        random.Random(seed).shuffle(spans)
        assert hours.working(week.member, spans) == week.working


def test_what_lies_outside_the_hours_is_a_tour_of_its_own():
    """As somebody may have written today's use by hand."""
    for seed in range(3200, 3240):
        case = case_of(seed)
        for member in case.scenario.staff.values():
            shut = {member.id: member.model_copy(update={"available": ()})}
            rows = {"staff": {**case.scenario.staff, **shut}}
            times = Times(Candidates(type(case)(case.scenario.model_copy(update=rows))))
            hours, (site, *_more) = WorkingHours(times), case.scenario.sites
            spans = [Span(600, 660, site), Span(660, 720, site)]
            alone = hours.both_ways(member, site)
            assert hours.working(member, spans) == 120 + 2 * alone
            assert set(hours.added(member, site, MINUTES, spans)[: 600 // times.step - 5]) == {
                MINUTES + alone
            }


def test_one_more_event_adds_what_the_longer_week_has_more():
    compared: dict[str, int] = defaultdict(int)
    for seed in range(3200, 3240):
        for case, times, hours, week, spans in weeks(seed):
            before = hours.working(week.member, spans)
            for site in case.scenario.sites:
                added = hours.added(week.member, site, MINUTES, spans)
                assert len(added) == times.ticks
                for low, high in case.open_hours_of_staff[week.member.id]:
                    for tick in range(-(-low // times.step), (high - MINUTES) // times.step + 1):
                        start = tick * times.step
                        one = Span(start, start + MINUTES, site)
                        if all(one.end <= span.start or span.end <= one.start for span in spans):
                            more = hours.working(week.member, [*spans, one]) - before
                            assert added[tick] == more, (seed, week.member.id, site, start)
                            alone = MINUTES + hours.both_ways(week.member, site)
                            compared["less" if more < alone else "alone"] += 1
    assert min(compared["less"], compared["alone"]) >= 100, compared
