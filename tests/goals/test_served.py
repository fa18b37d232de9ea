from deling.goals import GOALS
from small import bought, event, plan, small

SERVED = GOALS["served"]


def value(case, *events):
    return SERVED.value(plan(*events), case)


def test_each_session_has_its_needs_weight_bought_ones_too():
    case = small(
        groups={"h": {}},
        needs={"n": {"weight": 3}, "m": {"group": "h", "weight": 5, "buy_price": 1}},
    )
    assert value(case) == 0
    assert value(case, event("e1"), event("e2", "Tu 09:00")) == 6
    assert value(case, event("e1", needs="n m"), bought("e2", "m")) == 13


def test_weight_zero_serves_nothing():
    assert value(small(needs={"n": {"weight": 0}}), event("e1")) == 0


def test_more_is_better():
    assert SERVED.better(2, 1)
    assert not SERVED.better(1, 1)


def test_the_gap_is_relative_to_the_value():
    case = small()
    assert SERVED.gap(8, 10, plan(), case) == 0.25
    assert SERVED.gap(0, 3, plan(), case) == 3


def test_its_name_and_direction():
    assert GOALS["served"].id == "served"
    assert GOALS["served"].sense == "max"


def test_no_plan_is_better_than_one_that_serves_every_wish():
    case = small(
        groups={"h": {}},
        needs={"n": {"sessions": 2, "weight": 3}, "m": {"group": "h", "sessions": 1, "weight": 5}},
    )
    assert SERVED.plain_bound(case) == 2 * 3 + 1 * 5
    assert value(case, event("e1", needs="n m"), event("e2", "Tu 09:00")) == 11
