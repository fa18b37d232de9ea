"""What an institution may use, found by an index, is what a look at everything finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from deling.case import Case
from deling.domain import SHARING_LEVELS
from deling.scenario.load import load
from planting import plant, write

FLAGSHIP = Path(__file__).parent.parent / "scenarios" / "hedehusene.yaml"


@pytest.mark.parametrize("level", SHARING_LEVELS)
@pytest.mark.parametrize("large", [False, True])
def test_offered_is_owned_or_lent(tmp_path, large, level):
    path = write(plant(26, 5, "loose"), tmp_path) if large else FLAGSHIP
    scenario = load(path).scenario
    case = Case(scenario, level)
    tables = {"rooms": scenario.rooms, "staff": scenario.staff, "equipment": scenario.equipment}
    for kind, things in tables.items():
        for borrower in scenario.institutions:
            lent = [thing for thing in things.values() if case.lends(thing, kind, borrower)]
            assert list(case.offered(kind, borrower)) == lent
    lent = sum(len(case.offered("rooms", borrower)) for borrower in scenario.institutions)
    assert (lent > len(scenario.rooms)) == (level != "own")
