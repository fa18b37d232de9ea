import pytest

from deling.goals import GOALS
from small import bought, event, plan, small


def value(case, *events):
    return GOALS["fairness"].value(plan(*events), case)


TWO = small(
    institutions={"idle": {}},
    groups={"h": {"institution": "books"}, "i": {}},
    needs={
        "n": {"sessions": 2, "weight": 3, "buy_price": 1},
        "k": {"group": "i", "sessions": 1, "weight": 1},
        "m": {"group": "h", "sessions": 3, "weight": 2},
    },
)
"""The school wants 2 · 3 + 1 = 7, the library 3 · 2 = 6, and a third institution nothing."""


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ("", 1000),
        ("n", 1000),
        ("n m", 666),  # library 4/6; school 4/7 is 571
        ("n m m", 571),
        ("n n m m", 333),  # library 2/6; school 1/7 is 142
        ("n n m m m", 142),
        ("n n k m m m", 0),
    ],
)
def test_the_largest_unserved_share_of_any_institution_rounded_down(events, expected):
    sessions = [event(f"e{at}", needs=need) for at, need in enumerate(events.split())]
    assert value(TWO, *sessions) == expected


def test_bought_sessions_count():
    assert value(TWO, bought("e1"), *(event(f"e{at}", needs="m") for at in (2, 3, 4))) == 571


def test_surplus_for_one_need_does_not_make_up_for_another():
    case = small(groups={"h": {}}, needs={"n": {"sessions": 1}, "m": {"group": "h", "sessions": 1}})
    assert value(case, event("e1"), event("e2")) == 500


def test_nothing_wanted_is_fair():
    assert value(small(needs={"n": {"weight": 0}})) == 0
    assert value(small(needs={"n": {"sessions": 0}})) == 0


def test_less_is_better():
    assert GOALS["fairness"].better(1, 2)


def test_its_name_and_direction():
    assert GOALS["fairness"].id == "fairness"
    assert GOALS["fairness"].sense == "min"


def test_no_plan_is_better_than_one_that_leaves_nobody_short():
    case = small(needs={"n": {"sessions": 1}})
    assert GOALS["fairness"].plain_bound(case) == 0 == value(case, event("e1"))
