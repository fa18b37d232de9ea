"""Random small areas that use all features together: solver and enumeration agree.

The default run takes a minute at most. The slow one, `pytest -m slow tests/exhaustive -s`, looks
at 2,000 areas and prints for each rule in how many of those tried it was binding: the best plan is
another one if the rule's breaches do not count. No rule may bind in none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, reject, settings

from deling.check import check
from deling.domain import SHARING_LEVELS
from deling.goals import GOALS
from deling.optimise import optimise
from deling.rules import RULES
from enumerate_plans import Best, TooManyPlansError, best_plan
from exhaustive.agree import LIMITS, agrees, agrees_on
from exhaustive.draw import cases

if TYPE_CHECKING:
    from deling.case import Case

CASES = 2000
RULES_A_CASE = 2


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(cases())
def test_solver_and_enumeration_agree(case: Case):
    try:
        agrees(case, **LIMITS)
    except TooManyPlansError:
        reject()


@pytest.mark.parametrize("seed", range(60))
def test_solver_and_enumeration_agree_on_evenly_chosen_areas(seed):
    agrees_on(seed)


@pytest.mark.parametrize("seed", range(60, 80))
def test_each_sharing_level_has_all_plans_of_the_one_before(seed):
    case, _best = agrees_on(seed)
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
@pytest.mark.parametrize("seed", range(80, 90))
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


@dataclass
class _Coverage:
    """How often each rule was tried, and how often it was binding."""

    tried: Counter[str] = field(default_factory=Counter)
    binding: Counter[str] = field(default_factory=Counter)

    def look_at(self, case: Case, best: Best | None) -> None:
        """Try the rules of which the least is known."""
        rules = [rule.id for rule in RULES if rule.applies(case)]
        rules.sort(key=lambda rule: (self.binding[rule], self.tried[rule]))
        for rule in rules[:RULES_A_CASE]:
            try:
                other = best_plan(case, ignore={rule}, **LIMITS)
            except TooManyPlansError:
                continue
            self.tried[rule] += 1
            self.binding[rule] += (other and other.values) != (best and best.values)

    def table(self) -> str:
        """Return a line for each rule."""
        return "\n".join(
            f"{rule.id:<12} binding in {self.binding[rule.id]:>4} of {self.tried[rule.id]:>4}"
            for rule in RULES
        )


@pytest.mark.slow
def test_solver_and_enumeration_agree_on_very_many(capsys):
    coverage = _Coverage()
    for seed in range(CASES):
        coverage.look_at(*agrees_on(seed))
    with capsys.disabled():
        print(f"\n{CASES} areas agree\n{coverage.table()}")
    assert [rule.id for rule in RULES if not coverage.binding[rule.id]] == []
