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
