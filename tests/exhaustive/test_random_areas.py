"""Random small areas: solver and enumeration agree on feasibility and on every goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, reject, settings

from enumerate_plans import TooManyPlansError
from exhaustive.agree import agrees
from exhaustive.draw import cases

if TYPE_CHECKING:
    from deling.case import Case

LIMITS = {"most_events": 150, "most_plans": 6000}


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
