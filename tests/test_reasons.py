"""What is said of a wish that stays unmet."""

from __future__ import annotations

from deling.domain import Plan
from deling.reasons import reasons
from deling.result import GoalOutcome, Result
from small import small


def result(*, proven):
    goals = {"served": GoalOutcome(1, 1 if proven else 2, 0 if proven else 1, proven)}
    return Result("feasible", "area", Plan(events=()), goals)


def test_what_nobody_can_do_is_named():
    case = small(needs={"n": {"skills": (("juggling", 1),)}})
    (reason,) = reasons(case, result(proven=True))(case.scenario.needs["n"])
    assert "juggling" in reason


def test_what_competes_is_said_to_as_far_as_it_is_proven():
    case = small()
    need = case.scenario.needs["n"]
    assert "do more good elsewhere" in reasons(case, result(proven=True))(need)[0]
    assert "found no plan" in reasons(case, result(proven=False))(need)[0]
    without = Result("feasible", "area", Plan(events=()))
    assert "found no plan" in reasons(case, without)(need)[0]
