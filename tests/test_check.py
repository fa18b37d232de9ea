import random

import pytest

from deling.check import check, check_fixed
from deling.rules import KEEP, RULES, RULES_BY_ID
from small import bought, event, plan, small

CONTRACT = [
    "grid",
    "opening",
    "room",
    "group",
    "reach",
    "staff",
    "staff_hours",
    "staff_day",
    "home_cover",
    "equipment",
    "needs_met",
    "capacity",
    "floor_area",
    "cleared",
    "sharing",
    "joint",
    "spread",
    "same_staff",
    "sessions",
    "fixed",
    "keep",
    "budget",
]


def test_every_rule_of_the_contract_is_there_in_order():
    assert [rule.id for rule in RULES] == CONTRACT
    assert list(RULES_BY_ID) == CONTRACT
    assert {rule.id for rule in RULES if not rule.switchable} == {
        "grid",
        "opening",
        "staff",
        "joint",
        "sessions",
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_asks_for(rule):
    assert rule.sentence.endswith(".")


CLUTTER = [
    event("e1", "Mo 09:05", room="lib"),
    event("e2", "Mo 09:35", room="lib", staff="ann"),
    event("e3", "Sa 23:30", minutes=90, equipment="d:2"),
    event("e4", "Mo 09:30", needs="n m", staff="ann"),
    bought("e5", "n m"),
]
MESSY = small(
    staff={"ann": {"weekly_minutes": 10}},
    equipment={"d": {}},
    rooms={"lib": {"capacity": 1}},
    groups={"h": {"part_of": "g"}},
    needs={"m": {"group": "h", "sessions": 0}},
)


def test_breaches_follow_rules_and_not_the_order_of_the_plan():
    found = check(plan(*CLUTTER), MESSY)
    places = [CONTRACT.index(breach.rule) for breach in found]
    assert places == sorted(places)
    for seed in range(5):
        shuffled = random.Random(seed).sample(CLUTTER, len(CLUTTER))
        again = check(plan(*shuffled), MESSY)
        assert [(breach.rule, breach.events) for breach in again] == [
            (breach.rule, breach.events) for breach in found
        ]


def test_messages_are_filled_in_and_event_ids_sorted():
    for breach in check(plan(*CLUTTER), MESSY):
        assert "{" not in breach.message
        assert breach.message.endswith(".")
        assert list(breach.events) == sorted(set(breach.events))


def test_an_empty_plan_is_valid():
    assert check(plan(), small()) == []


def test_fixed_events_have_to_be_possible_by_themselves():
    fixed, loose = event("f", fixed=True), event("t", "Mo 09:30", room="lib")
    assert check_fixed(small(today=(fixed, loose))) == []
    found = check_fixed(small(today=(fixed, loose), rooms={"hall": {"capacity": 1}}))
    assert [(breach.rule, breach.events) for breach in found] == [("capacity", ("f",))]
    both = (fixed, loose.model_copy(update={"fixed": True}))
    assert [breach.rule for breach in check_fixed(small(today=both))] == ["group"]


def test_fixed_events_alone_need_not_keep_all_of_today():
    case = small(today=(event("f", fixed=True), event("t", "Tu 09:00")))
    assert KEEP.kept(case) == {"n": 2}
    assert check_fixed(case) == []


def test_rules_that_are_off_are_not_asked():
    case = small(off=("capacity",), rooms={"hall": {"capacity": 1}})
    assert check(plan(event("e1")), case) == []


def test_fixed_events_are_not_judged_by_rules_that_are_off():
    fixed = event("f", fixed=True)
    tight = {"rooms": {"hall": {"capacity": 1}}, "today": (fixed,)}
    assert [breach.rule for breach in check_fixed(small(**tight))] == ["capacity"]
    assert check_fixed(small(off=("capacity",), **tight)) == []
