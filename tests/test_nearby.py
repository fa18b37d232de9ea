"""What may be of use to a need: the same as when the rules are asked about all there is."""

from __future__ import annotations

import pytest

from deling.candidates import Candidates
from deling.case import Case
from deling.domain import SHARING_LEVELS
from deling.nearby import Nearby
from deling.rules import RULES
from deling.scenario.load import load
from exhaustive.agree import without
from exhaustive.draw import case_of
from planting import plant, write


class Everything(Nearby):
    """All there is, so that the rules alone have a say."""

    def rooms(self, need):
        return list(self._case.scenario.rooms.values())

    def staff(self, need):
        return self._case.scenario.staff.values()

    def equipment(self, need):
        return self._case.scenario.equipment.values()


def agrees(case: Case) -> int:
    """Compare the candidates of every need; return how many there are."""
    near, all_asked = Candidates(case), Candidates(case)
    all_asked._nearby = Everything(case, {rule.id for rule in RULES if rule.applies(case)})
    found = 0
    for need in case.scenario.needs.values():
        scenario = case.scenario
        skills = dict.fromkeys(skill for row in scenario.staff.values() for skill in row.skills)
        kinds = dict.fromkeys(row.kind for row in scenario.equipment.values())
        pairs = [
            (near.rooms(need), all_asked.rooms(need)),
            *((near.staff(need, skill), all_asked.staff(need, skill)) for skill in skills),
            *((near.equipment(need, kind), all_asked.equipment(need, kind)) for kind in kinds),
        ]
        for mine, truth in pairs:
            assert mine == truth
            assert list(mine) == list(truth), "in the order of the table"
            found += len(truth)
    return found


def levels_and_rules(case: Case):
    for level in SHARING_LEVELS:
        at = case.at(level)
        yield at
        yield without(at, "sharing")
        yield without(at, "reach")
        yield without(without(at, "sharing"), "reach")


@pytest.mark.parametrize("seed", range(50))
def test_candidates_are_those_that_no_rule_refuses(seed):
    for case in levels_and_rules(case_of(seed)):
        agrees(case)


def test_candidates_of_a_planted_area_are_those_that_no_rule_refuses(tmp_path):
    case = Case(load(write(plant(8, 3, "tight", 0.2), tmp_path)).scenario)
    counts = [agrees(each) for each in levels_and_rules(case)]
    assert min(counts) > 0
    own, area = counts[0], counts[8]
    assert own < area < counts[9], "levels and the rule make a difference"
