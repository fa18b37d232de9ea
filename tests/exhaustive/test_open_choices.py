"""Where there is too much to list it, events are left open in the model: the same optimum.

Small areas are listed otherwise, so that without these tests the model of large ones would only
be seen on areas that nobody can enumerate.
"""

from __future__ import annotations

import pytest

import deling.optimise
from deling.model.options import Options
from exhaustive.agree import agrees, agrees_on
from exhaustive.test_each_goal import rich


@pytest.fixture(autouse=True)
def nothing_is_listed(monkeypatch):
    monkeypatch.setattr(Options, "of", lambda *_arguments: None)


@pytest.fixture
def nothing_is_small(monkeypatch):
    monkeypatch.setattr(deling.optimise, "SMALL", 0)


@pytest.mark.parametrize("goals", [("served", "fairness", "cost", "comfort"), ("comfort", "cost")])
def test_the_same_optimum(goals):
    assert agrees(rich(goals)) is not None


@pytest.mark.parametrize("seed", range(3000, 3080))
def test_the_same_optimum_of_random_areas(seed):
    agrees_on(seed)


@pytest.mark.parametrize("seed", range(3080, 3100))
def test_the_same_optimum_of_random_areas_by_neighbourhoods(seed, nothing_is_small):
    agrees_on(seed, workers=1 + seed % 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3100, 3500))
def test_the_same_optimum_of_very_many_random_areas(seed):
    agrees_on(seed)
