"""Hold the optimiser to the enumeration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.case import Case
from deling.check import check
from deling.evaluate import evaluate
from deling.optimise import optimise
from deling.rules import RULES_BY_ID
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.draw import case_of

if TYPE_CHECKING:
    from deling.result import Result
    from enumerate_plans import Best

LIMITS = {"most_events": 120, "most_plans": 3000}
"""Beyond these, a random case takes too long to enumerate."""

BEYOND = 1_000_000
"""From a seed whose case is too large to the next one to try."""

SECONDS = 600.0
"""Only for a search that hangs; a small case is proven in a fraction of a second."""


def agrees(case: Case, *, workers: int = 1, **limits: int) -> Best | None:
    """Check that optimiser and enumeration find the same optimum; return the enumeration's.

    Parameters
    ----------
    case
        A small case.
    workers
        Threads of the search.
    limits
        When the enumeration gives up: see `best_plan`.
    """
    best = best_plan(case, **limits)
    result = optimise(case, time_limit=SECONDS, workers=workers)
    holds(case, result, best)
    return best


def agrees_on(seed: int, *, workers: int = 1) -> tuple[Case, Best | None]:
    """Check the first random case from a seed on that is small enough; return it and its best."""
    while True:
        case = case_of(seed)
        try:
            return case, agrees(case, workers=workers, **LIMITS)
        except TooManyPlansError:
            seed += BEYOND
        except AssertionError as error:
            error.add_note(f"in the case of seed {seed}")
            raise


def holds(case: Case, result: Result, best: Best | None) -> None:
    """Assert that a result is the proven optimum that the enumeration found."""
    assert result.notes == (), "the checker refused plans of the solver"
    if best is None:
        assert result.status == "infeasible"
        assert result.plan is None
        return
    assert result.plan is not None, f"{result.status}, but this plan is valid: {best.plan}"
    assert check(result.plan, case) == []
    values = evaluate(result.plan, case)
    found = {goal: outcome.value for goal, outcome in result.goals.items()}
    assert list(found) == list(case.scenario.goals)
    assert found == {goal: values[goal] for goal in found}
    assert found == {goal: best.values[goal] for goal in found}, f"best: {best.plan.events}"
    assert {goal: outcome.bound for goal, outcome in result.goals.items()} == found
    assert result.status == "optimal"


def binds(rule: str, case: Case, relaxed: Case | None = None) -> Best:
    """Check a case in which a rule makes the best plan worse; return the best plan.

    Optimiser and enumeration agree on the case and on the one that the rule does not bind.

    Parameters
    ----------
    rule
        Id of the rule.
    case
        A small case with valid plans.
    relaxed
        The same case but for the datum that limits it; without the rule by default.
    """
    best = agrees(case)
    assert best is not None
    if relaxed is not None:
        other = agrees(relaxed)
    elif RULES_BY_ID[rule].switchable:
        other = agrees(without(case, rule))
    else:
        other = best_plan(case, ignore={rule})
    assert other is not None
    assert other.values != best.values, f"{rule} does not bind"
    if relaxed is not None:
        freed = best_plan(case, ignore={rule})
        assert freed is not None
        assert freed.values != best.values, f"{rule} is not what binds"
    return best


def without(case: Case, rule: str) -> Case:
    """Return the case with a rule switched off."""
    rules = case.scenario.rules
    off = rules.model_copy(update={"off": rules.off | {rule}})
    return Case(case.scenario.model_copy(update={"rules": off}), case.sharing)
