"""What stands in the way of one more session, held to the checker on the whole plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from deling.board import Board
from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.obstacles import NEW, NOT_ASKED, _judge, _session, _ways, nearest_miss
from deling.rules.scan import sessions_of
from deling.scenario.load import load

SCENARIOS = Path(__file__).parents[1] / "scenarios"


@pytest.fixture(scope="module", params=["smallest", "hedehusene"])
def case(request: pytest.FixtureRequest) -> Case:
    return Case(load(SCENARIOS / f"{request.param}.yaml").scenario)


def test_the_part_of_the_plan_that_is_judged_says_the_same_as_the_whole(case: Case):
    candidates = Candidates(case)
    today = case.scenario.today
    board = Board(case, today)
    tried = 0
    for need in list(case.scenario.needs.values())[::7]:
        for event in [_session(need, way) for way in _ways(candidates, need)][::29]:
            whole = check(Plan(events=(*today.events, event)), case)
            expected = {
                (breach.rule, breach.events) for breach in whole if breach.rule not in NOT_ASKED
            }
            found = {(breach.rule, breach.events) for breach in _judge(event, board, case)}
            assert found == expected, (need.id, event)
            tried += 1
    assert tried


def test_a_miss_names_who_holds_it_and_none_means_a_way_is_open(case: Case):
    candidates = Candidates(case)
    today = case.scenario.today
    board = Board(case, today)
    got = sessions_of(today)
    missed = 0
    for need in list(case.scenario.needs.values())[::5]:
        if got[need.id] >= need.sessions:
            continue
        miss = nearest_miss(candidates, board, need)
        ways = [_session(need, way) for way in _ways(candidates, need)]
        if miss is None:
            assert not ways or any(not _judge(event, board, case) for event in ways)
        else:
            missed += 1
            assert any(event.room in miss for event in ways)
            assert f"{NEW} " not in miss
    assert missed or case.scenario.stem == "smallest"
