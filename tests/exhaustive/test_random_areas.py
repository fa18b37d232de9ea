"""Random small areas that use all features together: solver and enumeration agree.

The default run looks at more than 200 areas in a minute at most. The slow one,
`pytest -m slow tests/exhaustive/test_random_areas.py -s`, looks at 2,000 and prints what they
cover: the features used, and in how many areas each rule binds, which is that some plan that
breaks this rule alone is better than the best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, reject, settings

from deling.check import check
from deling.domain import SHARING_LEVELS
from deling.goals import GOALS
from deling.optimise import optimise
from deling.rules import RULES
from enumerate_plans import TooManyPlansError
from exhaustive.agree import LIMITS, agrees, agrees_on
from exhaustive.coverage import OF_CASES, OF_PLANS, Coverage
from exhaustive.draw import THE_SAME_ONES, case_of, cases

if TYPE_CHECKING:
    from deling.case import Case

CASES = 2000
JUDGED = 5
"""In one area of so many each rule is left out in turn, and in another all levels are compared."""

LEAST_BINDING, LEAST_USED = 3, 3
"""Areas of the slow run in which each rule binds and each feature is used, at least."""


@settings(THE_SAME_ONES, max_examples=60)
@given(cases())
def test_solver_and_enumeration_agree(case: Case):
    try:
        agrees(case, **LIMITS)
    except TooManyPlansError:
        reject()


@pytest.mark.parametrize("seed", range(150))
def test_solver_and_enumeration_agree_on_evenly_chosen_areas(seed):
    agrees_on(seed)


@pytest.mark.parametrize("seed", range(150, 170))
def test_each_sharing_level_has_all_plans_of_the_one_before(seed):
    case, _best = agrees_on(seed)
    agrees_at_every_level(case)


def agrees_at_every_level(case: Case) -> None:
    """Check a case at each level, and that none is worse than the one before."""
    levels = [case.at(level) for level in SHARING_LEVELS]
    try:
        found = [agrees(level, **LIMITS) for level in levels]
    except TooManyPlansError:
        return
    for lower, higher, best, better in zip(levels, levels[1:], found, found[1:], strict=False):
        assert better is not None or best is None
        if best is not None and better is not None:
            assert check(best.plan, higher) == []
            goals = [GOALS[goal] for goal in lower.scenario.goals]
            signs = [-1 if goal.sense == "max" else 1 for goal in goals]
            assert [s * better.values[g.id] for s, g in zip(signs, goals, strict=True)] <= [
                s * best.values[g.id] for s, g in zip(signs, goals, strict=True)
            ]


@pytest.mark.parametrize("gap", [0.1, 0.5])
@pytest.mark.parametrize("seed", range(170, 180))
def test_no_goal_is_further_from_the_best_than_the_gap_asked_for(seed, gap):
    case, best = agrees_on(seed)
    if best is None:
        return
    result = optimise(case, gap=gap, time_limit=60, workers=1)
    assert result.plan is not None
    assert check(result.plan, case) == []
    first = GOALS[case.scenario.goals[0]]
    outcome = result.goals[first.id]
    # The first goal has no other before it, so its best is the enumeration's.
    assert not first.better(outcome.value, best.values[first.id])
    assert not first.better(best.values[first.id], outcome.bound)
    assert first.gap(outcome.value, best.values[first.id], result.plan, case) <= gap
    for goal, found in result.goals.items():
        assert found.gap <= gap
        assert found.proven == (found.value == found.bound), goal


def test_areas_of_the_default_run_use_every_feature():
    coverage = Coverage()
    for seed in range(500):
        coverage.use(case_of(seed), None)
    assert [name for name in OF_CASES if not coverage.used[name]] == []


@pytest.mark.slow
def test_solver_and_enumeration_agree_on_very_many(capsys):
    coverage = Coverage()
    for seed in range(CASES):
        case, best = agrees_on(seed)
        coverage.use(case, best)
        if seed % JUDGED == 2:
            coverage.bind(case, best)
        elif seed % JUDGED == 1:
            agrees_at_every_level(case)
    with capsys.disabled():
        print(f"\n{CASES} areas agree.\n{coverage.table()}")
    assert [rule.id for rule in RULES if coverage.binding[rule.id] < LEAST_BINDING] == []
    assert [name for name in (*OF_CASES, *OF_PLANS) if coverage.used[name] < LEAST_USED] == []
