"""Bounds by parts: never below what is possible, whatever the plan in hand and whenever asked."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import deling.search.split
from changing import valid_plan
from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.part import Cutter
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.clock import Clock
from deling.search.part_bounds import PartBounds
from deling.search.split import split
from deling.search.state import State
from deling.search.task import Bound, bound_part
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.agree import LIMITS
from exhaustive.draw import case_of
from exhaustive.tiny import tiny
from planting import plant, write
from small import event, hours

if TYPE_CHECKING:
    from pathlib import Path

MUSIC = (("music", 1),)
WORTH = (None, 1, 20, 45, 10**7)
"""Of a unit of weight, in øre: it decides how good a bound is, not whether it is one."""
PRICES = (None, 0, 7, 90_000, 10**7)
"""Of a unit of weight in another goal; None is what the plan in hand tells."""


class Asked:
    """A search whose parts are asked for their bounds one by one."""

    def __init__(
        self, case: Case, plan, worth: int | None = None, price: int | None = None
    ) -> None:
        self.state = State(Candidates(case), Clock(600.0), 0.0, None)
        assert self.state.offer(plan)
        self.cutter = Cutter(case)
        self.parts = split(case, self.cutter, 1)
        self.bounds = PartBounds(self.state, self.cutter, self.parts, 1)
        if worth is not None:
            self.bounds.set_worth(worth)
        if price is not None:
            for goal in self.state.order:
                if GOALS[goal].of_parts == "sum" and "served" in before(self.state, goal):
                    self.bounds._prices[goal] = price

    def ask(self, goal: str, at: int) -> None:
        self.answer(goal, at, self.bounds.question(goal, at))

    def answer(self, goal: str, at: int, question) -> None:
        found = bound_part(question)
        assert isinstance(found, Bound)
        assert found.faults == ()
        self.bounds.note(goal, at, found.value, exact=found.exact)

    def ask_all(self) -> None:
        for goal in self.state.order:
            for at in range(len(self.parts)):
                self.ask(goal, at)

    def sound(self, best: dict[str, int]) -> None:
        """Assert that no bound is worse than a plan that is there."""
        assert len(self.state.faults) == 0, "a plan beats a bound"
        for goal in self.state.order:
            if all(self.state.values[key] == best[key] for key in before(self.state, goal)):
                assert not GOALS[goal].better(best[goal], self.state.bounds[goal]), goal


def before(state: State, goal: str) -> tuple[str, ...]:
    return state.order[: state.order.index(goal)]


def is_sound(case: Case, best, rng: random.Random) -> Counter[str]:
    """Ask about a case from its best plan and from a worse one; return what was proven."""
    proven: Counter[str] = Counter()
    asked = Asked(case, best.plan, rng.choice(WORTH), rng.choice(PRICES))
    asked.ask_all()
    asked.sound(best.values)
    for goal in asked.state.order:
        proven[goal] += asked.state.bounds[goal] == best.values[goal]
        plain = GOALS[goal].plain_bound(case)
        proven[f"{goal} better"] += GOALS[goal].better(plain, asked.state.bounds[goal])
    proven["roaming"] += bool(asked.bounds._roaming)

    worse = valid_plan(case, rng, tries=4)
    if worse is None:
        return proven
    asked = Asked(case, worse, rng.choice(WORTH), rng.choice(PRICES))
    asked.ask_all()
    asked.sound(best.values)
    # A better plan comes while questions are under way, about goals in any order.
    goals = [(goal, at) for goal in asked.state.order for at in range(len(asked.parts))]
    waiting = [(*each, asked.bounds.question(*each)) for each in rng.sample(goals, len(goals) // 2)]
    asked.state.offer(best.plan)
    for goal, at, question in waiting:
        asked.answer(goal, at, question)
        asked.sound(best.values)
    for goal, at in rng.sample(goals, len(goals)):
        asked.ask(goal, at)
        asked.sound(best.values)
    proven["news"] += 1
    return proven


def enumerated(seeds, monkeypatch) -> Counter[str]:
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0.5)
    counts: Counter[str] = Counter()
    for seed in seeds:
        case = case_of(seed)
        if len(split(case, Cutter(case), 1)) < 2:
            continue
        try:
            best = best_plan(case, **LIMITS)
        except TooManyPlansError:
            continue
        if best is None:
            continue
        counts["areas"] += 1
        try:
            counts.update(is_sound(case, best, random.Random(seed)))
        except AssertionError as error:
            error.add_note(f"in the case of seed {seed}")
            raise
    return counts


def test_no_plan_of_a_random_area_beats_the_sum_of_its_parts(monkeypatch):
    counts = enumerated(range(45), monkeypatch)
    assert counts["areas"] > 5
    assert min(counts["served better"], counts["cost better"], counts["comfort better"]) > 0
    assert counts["roaming"] > 0


@pytest.mark.slow
def test_no_plan_of_very_many_areas_beats_the_sum_of_its_parts(monkeypatch, capsys):
    counts = enumerated(range(100, 6100), monkeypatch)
    with capsys.disabled():
        print(f"\n{counts}")
    assert counts["areas"] > 1000


def two_houses(**changes) -> Case:
    """Return a school and a library, an hour in a room each, and staff who serve both."""
    tables = {
        "rooms": {
            "hall": {"available": hours("Mo 09:00-11:00")},
            "lib": {"available": hours("Mo 09:00-11:00"), "hourly_cost": 50},
        },
        "staff": {"ann": {"hourly_cost": 100}},
        "groups": {"h": {"institution": "books", "site": "near"}},
        "needs": {"n": {"skills": MUSIC}, "m": {"group": "h", "skills": MUSIC}},
    }
    for table, rows in changes.pop("rows", {}).items():
        known = tables.setdefault(table, {})
        for key, row in rows.items():
            known[key] = {**known.get(key, {}), **row}
    return tiny(**tables, **changes)


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({}, 2),
        ({"goals": ("cost", "served", "comfort")}, 2),
        ({"goals": ("served", "comfort", "cost", "fairness")}, 2),
        # Staff go from one to the other on one way, from a site of neither
        ({"rows": {"staff": {"ann": {"site": "far"}}}}, 2),
        ({"rows": {"needs": {"n": {"joint": "sing"}, "m": {"joint": "sing"}}}}, 1),
        # One of two can be bought for
        (
            {
                "budget": 100,
                "rows": {
                    "staff": {"ann": {"available": hours("Mo 09:00-09:30")}},
                    "needs": {"n": {"buy_price": 80}, "m": {"buy_price": 60}},
                },
            },
            2,
        ),
        # One of two can be served, by chance the same share of both
        ({"rows": {"staff": {"ann": {"weekly_minutes": 70}}}}, 2),
        (
            {
                "goals": ("fairness", "cost"),
                "rows": {"needs": {"n": {"sessions": 2, "min_days_between": 0}}},
            },
            2,
        ),
    ],
)
def test_no_plan_beats_the_sum_of_two_parts(changes, parts, monkeypatch):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0.5)
    case = two_houses(**changes)
    assert len(split(case, Cutter(case), 1)) == parts
    best = best_plan(case)
    assert best is not None
    is_sound(case, best, random.Random(1))


def test_what_moves_from_a_joint_event_of_today_counts_once(monkeypatch):
    """Today's event of two needs that do not go together cannot stand, and moves for both."""
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0.5)
    case = two_houses(goals=("served", "comfort"), today=(event("e", needs="n m", room="hall"),))
    best = best_plan(case)
    assert best is not None
    is_sound(case, best, random.Random(1))


def test_parts_together_leave_out_no_more_than_the_plan_does(monkeypatch):
    """By themselves both houses have their hour; together one does, and either could be it."""
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0.5)
    case = two_houses(rows={"staff": {"ann": {"weekly_minutes": 70}}}, goals=("served", "cost"))
    best = best_plan(case)
    assert best is not None
    bounds = {}
    for price in (0, None):
        asked = Asked(case, best.plan, price=price)
        asked.ask_all()
        asked.sound(best.values)
        bounds[price] = asked.state.bounds["cost"]
    assert bounds[0] == 0 < bounds[None]


def test_a_bound_of_plans_that_keep_more_is_not_used_for_those_that_keep_less(monkeypatch):
    """Serving more can cost fairness, and then nothing proven of fairer plans is true."""
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0.5)
    case = two_houses(rows={"staff": {"ann": {"weekly_minutes": 130}}})
    best = best_plan(case)
    assert best is not None
    asked = Asked(case, best.plan)
    assert asked.state.order == ("served", "fairness", "cost", "comfort")
    asked.ask_all()
    parts = range(len(asked.parts))
    cost = asked.state.bounds["cost"]
    assert cost > GOALS["cost"].plain_bound(case)
    # As if a plan came that is better, but less fair.
    values = dict(asked.state.values)
    values["served"], values["fairness"] = values["served"] + 1, values["fairness"] + 500
    asked.state.note(values)
    for at in parts:
        question = asked.bounds.question("comfort", at)
        assert "cost" not in question.held, "nothing is known of the cost of each part now"
        asked.bounds.question("cost", at)
        assert asked.bounds._known["cost"][at] is None


def test_what_is_forgotten_of_a_part_is_asked_again(monkeypatch):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0.5)
    case = two_houses(goals=("fairness", "served"))
    best = best_plan(case)
    assert best is not None
    asked = Asked(case, best.plan)
    asked.ask_all()
    nothing = dict.fromkeys(case.scenario.needs, 0)
    assert asked.bounds.next_part("served", nothing, ()) is None
    # As if a plan came that is fairer.
    asked.state.note({**asked.state.values, "fairness": asked.state.values["fairness"] + 1})
    assert asked.bounds.next_part("served", nothing, ()) is not None


@pytest.mark.parametrize(
    ("institutions", "seed", "supply", "extra", "goals"),
    [
        (4, 71, "tight", 0.0, ("served", "cost", "comfort")),
        pytest.param(
            12,
            72,
            "tight",
            0.3,
            ("served", "fairness", "cost", "comfort"),
            marks=pytest.mark.slow,
        ),
        pytest.param(
            24,
            73,
            "loose",
            0.3,
            ("fairness", "served", "cost", "comfort"),
            marks=pytest.mark.slow,
        ),
        pytest.param(14, 74, "tight", 0.0, ("cost", "served"), marks=pytest.mark.slow),
    ],
)
def test_the_planted_plan_does_not_beat_the_bound(
    tmp_path: Path, monkeypatch, institutions, seed, supply, extra, goals
):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    planted = plant(institutions, seed, supply, extra)
    scenario = load(write(planted, tmp_path)).scenario
    plan = read_plan(tmp_path / "planted.csv", scenario)
    case = Case(scenario.model_copy(update={"goals": goals}))
    assert check(plan, case) == []
    asked = Asked(case, plan, 10**7)
    assert len(asked.parts) > 1
    for goal in asked.state.order:
        for at in range(len(asked.parts)):
            asked.ask(goal, at)
    asked.sound(evaluate(plan, case))
    if not extra and goals[0] == "served":
        assert asked.state.bounds["served"] == planted.facts["served"]
