"""How the time for a part is shared."""

from __future__ import annotations

import pytest

from by_parts import planted
from deling.board import Board
from deling.part import Cutter
from deling.search.improve import Improver
from deling.search.start import without_breaches
from deling.search.task import BEST_SHARE, WHOLE_SHARE, Limits, Task, improve_part


@pytest.mark.parametrize(("gap", "share"), [(0.0, BEST_SHARE), (0.01, WHOLE_SHARE)])
def test_most_of_the_time_is_for_a_plan_of_all_where_nothing_but_the_best_will_do(
    monkeypatch, tmp_path, gap, share
):
    asked: list[tuple[str, float, float]] = []

    def at_once(_self, goal, amount, gap) -> str:
        asked.append((goal, amount, gap))
        return "optimal"

    monkeypatch.setattr(Improver, "improve_at_once", at_once)
    case, _served = planted(tmp_path, 4, 86, "tight")
    plan = without_breaches(case.scenario.today, case)
    part = Cutter(case).part(tuple(case.scenario.needs), Board(case, plan))
    answer = improve_part(Task(part, ("cost",), {}, Limits(60.0), 1, gap), lambda: False)
    assert answer.best
    assert asked == [("cost", pytest.approx(share * 60, rel=0.1), gap)]
