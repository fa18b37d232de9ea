"""Plans and comparisons as pandas tables say the same as the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from deling.case import Case
from deling.compare import Comparison, today
from deling.frames import comparison_frame, sessions_frame
from deling.goals.cost import cost_terms
from deling.scenario.load import load
from deling.units import SIXTIETHS_PER_DKK

SMALLEST = Path(__file__).parents[1] / "scenarios" / "smallest.yaml"


@pytest.fixture(scope="module")
def case() -> Case:
    return Case(load(SMALLEST).scenario)


def test_one_row_a_session(case: Case) -> None:
    plan = case.scenario.today
    frame = sessions_frame(plan, case)
    assert len(frame) == sum(len(event.needs) for event in plan.events)
    bought = frame[frame["source"] == "bought"]
    assert len(bought) == len(plan.bought)
    assert bought[["day", "start", "end", "room"]].isna().all(axis=None)
    first = plan.internal[0]
    row = frame[frame["event"] == first.id].iloc[0]
    assert (row["start"], row["end"], row["room"]) == (first.start, first.end, first.room)
    assert row["staff"] == list(first.staff)


def test_measures_by_scope_and_plan(case: Case) -> None:
    frame = comparison_frame(Comparison((today(case),)))
    net = cost_terms(case.scenario.today, case).net / SIXTIETHS_PER_DKK
    assert frame.loc[("area", "", "net_cost"), "today"] == pytest.approx(net, abs=0.005)
    by_institution = frame.xs("net_cost", level="measure").loc["institution", "today"]
    assert set(by_institution.index) == set(case.scenario.institutions)
    assert by_institution.sum() == pytest.approx(net, abs=0.01 * len(by_institution))
