"""What was computed for the plan in hand, remembered."""

from __future__ import annotations

import gc
import weakref

from deling.domain import Plan
from deling.lately import of_last_plans
from small import event, small

CASE = small()


def test_the_last_two_plans_of_a_case_are_remembered():
    asked = []

    @of_last_plans
    def sizes(plan, case):
        asked.append(plan)
        return len(plan.events)

    one, two, three = (Plan(events=(event(key),)) for key in "abc")
    for plan in (one, two, one, two):
        assert sizes(plan, CASE) == 1
    assert asked == [one, two]
    sizes(three, CASE)
    sizes(two, CASE)
    assert asked == [one, two, three]
    sizes(one, CASE)
    assert asked == [one, two, three, one]


def test_an_equal_plan_is_another_one():
    asked = []
    remembered = of_last_plans(lambda plan, case: asked.append(plan))
    for _copy in range(2):
        remembered(Plan(events=()), CASE)
    assert len(asked) == 2


def test_what_is_remembered_goes_with_its_case():
    remembered = of_last_plans(lambda plan, case: plan)
    case, plan = small(), Plan(events=())
    remembered(plan, case)
    gone = weakref.ref(case)
    del case
    gc.collect()
    assert gone() is None


def test_each_case_has_answers_of_its_own():
    remembered = of_last_plans(lambda plan, case: case)
    plan, other = Plan(events=()), small()
    assert remembered(plan, CASE) is CASE
    assert remembered(plan, other) is other
    assert remembered(plan, CASE) is CASE
