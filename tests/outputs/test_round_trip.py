"""Plans of the shipped scenarios come back from `plan.csv` as they were, and their sums agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from deling.case import Case
from deling.evaluate import evaluate
from deling.goals.cost import cost_terms
from deling.measures import measure
from deling.outputs.plan import write_plan
from deling.scenario.load import load
from deling.scenario.plans import read_plan

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


@pytest.fixture(params=SCENARIOS, ids=lambda path: path.stem)
def case(request):
    return Case(load(request.param).scenario)


def test_a_plan_is_read_back_as_it_was_written(case, tmp_path):
    today = case.scenario.today
    write_plan(today, case, tmp_path / "plan.csv")
    again = read_plan(tmp_path / "plan.csv", case.scenario)
    assert {(event.id, event.source, event.key) for event in again.events} == {
        (event.id, event.source, event.key) for event in today.events
    }
    write_plan(again, case, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "plan.csv").read_bytes()


def test_the_terms_of_the_measures_are_those_of_the_goal(case):
    today = case.scenario.today
    area = measure(today, case).area
    terms = cost_terms(today, case)
    assert area.net_cost == evaluate(today, case)["cost"]
    assert area.staff_cost + area.travel_cost == terms.staff
    assert (area.room_cost, area.move_cost) == (terms.rooms, terms.moves)
    assert (area.trip_cost, area.bought_cost) == (terms.trips, terms.bought)
    assert area.released_value == terms.released
    assert area.kept == sum(len(event.needs) for event in today.events)
