"""Work on a district: more of a large case than CP-SAT can list, planned at once by HiGHS."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deling.memory import little_memory
from deling.model.build import Build
from deling.search.task import (
    Better,
    Bound,
    Stopping,
    free_events,
    measure,
    relaxed,
    search_of,
    told_to_stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from deling.part import Part
    from deling.search.state import State
    from deling.search.task import Limits, Question, Task

MOST_LISTED = 80_000
"""Events of a district of which HiGHS is asked."""
WAITED_FOR = 2.0
"""Times its seconds that HiGHS is waited for, which on a slow machine looks at the clock too rarely
to keep to them. Left to itself, it would go on beside whatever this process is asked next."""


@little_memory()
def improve_district(task: Task, stopped: Callable[[], bool] = told_to_stop) -> Better | Bound:
    """Plan a district anew for the task's goal, with all else kept."""
    from deling.search.program import solve_program  # Loads what few searches need.

    part, goal = task.part, task.goals[-1]
    state = _search_of(part, task.limits, task.enough)
    options = state.options.of(part.free, MOST_LISTED)
    if options is None or not state.offer(part.plan):
        return Better(None)
    with Stopping(state, stopped):
        build = Build(state.candidates, part.plan, part.free, options=options)
        build.hold(state.held_before(goal))
        seconds = task.limits.amount - state.clock.spent
        term = build.term(goal)
        answer = solve_program(state, build, term, goal, seconds, task.seed, task.gap, task.among)
    if answer.plan is None or answer.values is None:
        return Better(None, spent=answer.spent, bound=answer.bound, faults=state.faults.found())
    state.take(answer.plan, answer.values)
    return Better(
        free_events(part, state.best()[0]),
        answer.status == "optimal",
        spent=answer.spent,
        bound=answer.bound,
        faults=state.faults.found(),
    )


@little_memory()
def bound_district(
    question: Question, stopped: Callable[[], bool] = told_to_stop
) -> Better | Bound:
    """Return what no plan does better than in a district."""
    from deling.search.program import solve_program  # Loads what few searches need.

    part, limits = question.part, question.limits
    state = _search_of(part, limits)
    options = state.options.of(part.free, MOST_LISTED)
    if options is None:
        return Bound(None, True, 0.0, ())
    with Stopping(state, stopped):
        build = relaxed(state, question, options)
        term = measure(build, question.goal, question)
        seconds = limits.amount - state.clock.spent
        answer = solve_program(state, build, term, question.goal, seconds, question.seed, 0.0)
    return Bound(answer.bound, answer.bound is not None, answer.spent, state.faults.found())


def _search_of(part: Part, limits: Limits, enough: Mapping[str, int] | None = None) -> State:
    """Return a search of a district's plan, with time to wait for HiGHS."""
    return search_of(part, replace(limits, amount=WAITED_FOR * limits.amount), enough)
