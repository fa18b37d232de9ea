"""The relaxed ways of staff never exclude a plan: their bounds hold for the best of all plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from deling.candidates import Candidates
from deling.goals import GOALS
from deling.model.build import Build
from deling.search.clock import Clock
from deling.search.solve import Effort, solve
from deling.search.state import State
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.draw import THE_SAME_ONES, cases

if TYPE_CHECKING:
    from deling.case import Case


@settings(THE_SAME_ONES, max_examples=120)
@given(cases(), st.booleans())
def test_no_plan_is_better_than_the_relaxed_bound(case: Case, as_list: bool):
    try:
        best = best_plan(case, most_events=150, most_plans=6000)
    except TooManyPlansError:
        reject()
    assume(best is not None)
    assert best is not None
    state = State(Candidates(case), Clock(60), -1.0, None)  # never satisfied, never over
    assert state.offer(best.plan)
    listed, roaming = None, ()
    if as_list:
        listed, roaming = state.options.of(state.free, 10_000), case.scenario.staff
        assume(listed is not None)
    for goal in state.order:
        relaxed = Build(state.candidates, best.plan, relaxed=True, roaming=roaming, options=listed)
        answer = solve(state, relaxed, goal, Effort(20, bound_first="objective"), hint=False)
        assert answer.status == "optimal"
        assert answer.bound is not None
        assert not GOALS[goal].better(best.values[goal], answer.bound)
