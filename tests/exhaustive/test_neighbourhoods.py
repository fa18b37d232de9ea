"""The search of large areas, forced on small ones: it has to end with the same proven optimum.

There, plans come from rebuilding the sessions of some needs at a time around those of all others,
and bounds from a model that knows little of the ways of staff, then from the exact one.
"""

from __future__ import annotations

import pytest

import deling.optimise
from exhaustive.agree import agrees, agrees_on, holds
from exhaustive.test_each_goal import rich


@pytest.fixture(autouse=True)
def nothing_is_small(monkeypatch):
    monkeypatch.setattr(deling.optimise, "SMALL", 0)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("goals", [("served", "fairness", "cost", "comfort"), ("comfort", "cost")])
def test_the_same_optimum_by_neighbourhoods(goals, workers):
    assert agrees(rich(goals), workers=workers) is not None


@pytest.mark.parametrize("seed", range(1000, 1020))
def test_the_same_optimum_of_random_areas_by_neighbourhoods(seed):
    agrees_on(seed, workers=1 + seed % 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1020, 1420))
def test_the_same_optimum_of_very_many_areas_by_neighbourhoods(seed):
    agrees_on(seed, workers=1 + seed % 2)


@pytest.mark.parametrize("seed", range(1020, 1025))
def test_from_the_best_plan_as_from_any_other(seed):
    case, best = agrees_on(seed)
    if best is not None:
        result = deling.optimise.optimise(case, start=best.plan, time_limit=60, workers=1)
        holds(case, result, best)
