"""What tests of the search by parts have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.scenario.load import load
from planting import plant, write

if TYPE_CHECKING:
    from pathlib import Path


def planted(folder: Path, *arguments) -> tuple[Case, int]:
    """Return a planted area, and what can be served in it."""
    grown = plant(*arguments)
    return Case(load(write(grown, folder)).scenario), grown.facts["served"]


def sound(case: Case, result) -> None:
    """Assert that a result's plan is valid, worth what is told, and not better than its bounds."""
    assert result.notes == ()
    assert result.plan is not None
    assert check(result.plan, case) == []
    values = evaluate(result.plan, case)
    assert list(result.goals) == list(case.scenario.goals)
    for goal, outcome in result.goals.items():
        assert outcome.value == values[goal], goal
        assert not GOALS[goal].better(outcome.value, outcome.bound), goal


def worse(case: Case, values, than) -> bool:
    """Return whether some values are worse than others by the case's goals in order."""
    for goal in case.scenario.goals:
        if values[goal] != than[goal]:
            return GOALS[goal].better(than[goal], values[goal])
    return False


class News:
    """Looks at all that is told of a search on the way."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._before = None
        self.results = 0

    def __call__(self, _update, result) -> None:
        if result is None:
            return
        self.results += 1
        assert check(result.plan, self._case) == []
        values = evaluate(result.plan, self._case)
        assert {goal: each.value for goal, each in result.goals.items()} == {
            goal: values[goal] for goal in result.goals
        }
        assert self._before is None or not worse(self._case, values, self._before)
        self._before = values
