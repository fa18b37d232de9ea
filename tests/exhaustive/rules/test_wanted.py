"""Rules on how many sessions there are: `sessions`, `fixed`, `keep` and `budget`."""

from __future__ import annotations

from typing import Any

from exhaustive.agree import agrees, binds
from exhaustive.rows import MORNING, SLOT, pair, served
from exhaustive.tiny import tiny
from small import bought, event, hours

# sessions


def test_sessions():
    best = binds(
        "sessions",
        tiny(rooms={"hall": {"available": MORNING}}),
        tiny(rooms={"hall": {"available": MORNING}}, needs={"n": {"sessions": 2}}),
    )
    assert served(best) == 1


def test_sessions_of_nobody():
    best = agrees(
        tiny(
            rooms={"hall": {"available": MORNING}},
            needs={"n": {"sessions": 0, "buy_price": 0}},
            today=(event("e"), event("f", "Mo 10:00"), bought("b")),
        )
    )
    assert best is not None
    assert served(best) == 0
    assert best.values["comfort"] == 20


def test_sessions_bought_count_too():
    best = binds(
        "sessions",
        tiny(rooms={"hall": {"available": SLOT}}, needs={"n": {"sessions": 2, "buy_price": 100}}),
    )
    assert best.values == {"served": 2, "fairness": 0, "cost": 100 * 60, "comfort": 0}


# fixed


def test_fixed():
    def case(fixed: bool) -> Any:
        return tiny(
            rooms={
                "hall": {"available": MORNING, "hourly_cost": 60},
                "lib": {"available": MORNING},
            },
            groups={"g": {"site": "near"}, "h": {}},
            needs={"n": {}, "m": {"group": "h", "hours": SLOT, "weight": 5}},
            today=(event("e", fixed=fixed),),
        )

    best = binds("fixed", case(True), case(False))
    assert best.values["cost"] == 60 * 60


def test_fixed_bought_sessions():
    def case(*fixed: bool) -> Any:
        return tiny(
            rooms={"hall": {"available": hours("Mo 09:00-12:00")}},
            needs={"n": {"sessions": 3, "buy_price": 100}},
            today=tuple(bought(f"b{at}", fixed=value) for at, value in enumerate(fixed)),
        )

    best = binds("fixed", case(True, False, True), case(False, False, False))
    assert best.values["cost"] == 2 * 100 * 60


def test_fixed_joint_event():
    best = binds(
        "fixed",
        pair(
            {"sessions": 1},
            {"sessions": 1},
            rooms={
                "hall": {"available": MORNING, "hourly_cost": 30},
                "lib": {"available": MORNING},
            },
            today=(event("e", "Mo 09:20", needs="m n", fixed=True),),
            goals=("cost", "served", "fairness", "comfort"),
            off=("keep",),
        ),
    )
    assert best.values["cost"] == 60 * 30


# keep


def test_keep():
    def case(weight: int) -> Any:
        return tiny(
            rooms={"hall": {"available": SLOT}},
            groups={"h": {}},
            needs={"n": {"weight": 1}, "m": {"group": "h", "weight": weight}},
            today=(event("e"),),
        )

    assert served(binds("keep", case(5))) == 1


def test_keep_does_not_count_what_a_breach_names():
    # Both events of today use the hall at once, so neither has to be kept.
    best = agrees(
        tiny(
            rooms={"hall": {"available": SLOT}},
            groups={"h": {}, "i": {}},
            needs={"n": {}, "m": {"group": "h"}, "o": {"group": "i", "weight": 9}},
            today=(event("e"), event("f", needs="m")),
        )
    )
    assert served(best) == 9


def test_keep_counts_bought_sessions_and_no_more_than_wanted():
    case = tiny(
        rooms={"hall": {"available": SLOT, "hourly_cost": 999}},
        needs={"n": {"sessions": 2, "buy_price": 100, "weight": 0}},
        today=(bought("a"), bought("b"), bought("c")),
        goals=("cost", "served", "fairness", "comfort"),
    )
    best = binds("keep", case)
    assert best.values["cost"] == 2 * 100 * 60


# budget


def test_budget():
    def case(budget: int | None) -> Any:
        return tiny(
            groups={"h": {}},
            needs={
                "n": {"sessions": 3, "buy_price": 40, "weight": 2},
                "m": {"group": "h", "sessions": 2, "buy_price": 70, "weight": 3},
            },
            budget=budget,
        )

    assert served(binds("budget", case(150), case(None))) == 3 + 2 * 2
    assert served(binds("budget", case(149), case(150))) == 6
    assert served(agrees(case(0))) == 0


def test_budget_of_nothing_buys_what_is_free():
    best = agrees(tiny(needs={"n": {"sessions": 2, "buy_price": 0}}, budget=0))
    assert served(best) == 2
