"""What a search proved of a plan, read back beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deling.compare import Column, Comparison
from deling.domain import Plan
from deling.outputs import Outcome, write_all, write_comparison
from deling.outputs.known import known_of
from doubles import outcome, sung


def test_bounds_are_read_back_only_for_the_same_plan(tmp_path):
    one = outcome()
    write_all(one, tmp_path / "out")
    path = tmp_path / "out" / "plan.csv"
    column = Column("plan", sung(), one.case)
    assert known_of(column, path).goals["served"].bound == 4
    other = Column("plan", Plan(events=sung().events[:2]), one.case)
    assert known_of(other, path).goals == {}
    (tmp_path / "out" / "result.json").write_text("{")
    assert known_of(column, path).goals == {}


def test_bounds_of_a_ladder_that_was_compared_are_read_back(tmp_path):
    one = outcome()
    own = Column("own", sung(), one.case, one.result)
    write_comparison(Comparison((one.comparison.columns[0], own, one.chosen)), tmp_path / "side")
    column = Column("area", sung(), one.case)
    assert known_of(column, tmp_path / "side/plans/area.csv").goals["served"].bound == 4


@pytest.mark.parametrize("ended", ["proven", "deterministic_limit"])
def test_how_a_search_ended_and_its_work_are_read_back(tmp_path, ended):
    one = outcome()
    work = 12.5 if ended == "deterministic_limit" else None
    searched = replace(one.result, ended=ended, work=work)
    chosen = replace(one.chosen, result=searched)
    columns = Comparison((one.comparison.columns[0], chosen))
    write_all(Outcome(columns, chosen, searched, one.reasons), tmp_path / "out")
    column = Column("plan", sung(), one.case)
    known = known_of(column, tmp_path / "out" / "plan.csv")
    assert known.goals["served"].bound == 4
    assert (known.ended, known.work) == (ended, work)
    assert known.seconds == (one.result.seconds if work is None else 0)


def test_a_comparison_writes_the_one_plan_that_was_found(tmp_path):
    one = outcome()
    write_comparison(Comparison((one.comparison.columns[0], one.chosen)), tmp_path / "side")
    column = Column("area", sung(), one.case)
    assert known_of(column, tmp_path / "side/plans/area.csv").goals["served"].bound == 4
    write_all(one, tmp_path / "out")
    assert not (tmp_path / "out/plans").exists(), "there it is plan.csv"
