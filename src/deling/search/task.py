"""Work on one part of a large case, done in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from deling.candidates import Candidates
from deling.domain import Plan
from deling.model.build import Build
from deling.search.clock import Clock
from deling.search.improve import Improver
from deling.search.prove import Prover
from deling.search.solve import Effort, solve
from deling.search.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deling.domain import Event
    from deling.part import Part
    from deling.search.faults import Found


IMPROVED = 0.6
"""Share of a goal's time that goes to better plans; the rest shows when there are none."""


class Signal(Protocol):
    """What tells workers to stop."""

    def wait(self, timeout: float) -> bool:
        """Return whether to stop, at once or after some seconds."""


_stop: Signal | None = None


def set_up(stop: Signal) -> None:
    """Prepare a worker process: Ctrl-C is the main process's to handle, whose end is its own."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass(frozen=True)
class Task:
    """What to do with a part.

    Attributes
    ----------
    part
        The part, with its plan.
    goals
        Ids of the goals to work on, in order.
    enough
        Values of goals that need not get better here.
    limits, seed
        As for a search.
    """

    part: Part
    goals: tuple[str, ...]
    enough: Mapping[str, int]
    limits: Limits
    seed: int


@dataclass(frozen=True)
class Limits:
    """How much work on a part may take, and how to set the solver.

    Attributes
    ----------
    amount
        Seconds, or units of the solver's work.
    deterministic
        Whether to count work.
    careful
        Whether to set the solver as for a second try.
    """

    amount: float
    deterministic: bool = False
    careful: bool = False


@dataclass(frozen=True)
class Better:
    """The best plan of a part.

    Attributes
    ----------
    events
        The events of its free needs; None where the part's own plan is not valid.
    spent
        Units of the solver's work, where that is what is limited.
    faults
        Where solver and checker disagreed.
    """

    events: tuple[Event, ...] | None
    spent: float = 0.0
    faults: Found = ()


def improve_part(task: Task) -> Better | Bound:
    """Improve a part's plan goal by goal, with all else kept."""
    part = task.part
    state = _search(part, task.limits, task.enough)
    if not state.offer(part.plan):
        return Better(None)
    with _Stopping(state):
        improver = Improver(state, task.seed)
        prover = Prover(state, 1, task.seed, alone=False)
        improver.fill()
        for number, goal in enumerate(task.goals):
            left = state.clock.left() / (len(task.goals) - number)
            improver.improve(goal, left * IMPROVED)
            if not state.reached(goal) and not state.over:
                prover.prove(goal, left * (1 - IMPROVED))
    plan, _values = state.best()
    free = set(part.free)
    return Better(
        tuple(event for event in plan.events if free.issuperset(event.needs)),
        state.clock.spent,
        state.faults.found(),
    )


def _search(part: Part, limits: Limits, enough: Mapping[str, int] | None = None) -> State:
    return State(
        Candidates(part.case),
        Clock(limits.amount, deterministic=limits.deterministic),
        0.0,
        None,
        careful=limits.careful,
        free=part.free,
        enough=enough,
    )


@dataclass(frozen=True)
class Question:
    """What to prove of a part.

    Attributes
    ----------
    part
        The part without the events of others, so that it can do all that it could in any plan.
    goal
        Id of the goal.
    held
        Values that the goals before have at least.
    roaming
        Ids of staff whose ways cost nothing here, since they may serve other parts as well.
    limits, seed
        As for a search.
    """

    part: Part
    goal: str
    held: Mapping[str, int]
    roaming: frozenset[str]
    limits: Limits
    seed: int


@dataclass(frozen=True)
class Bound:
    """What no plan of a part does better than.

    Attributes
    ----------
    value
        None where nothing was proven.
    exact
        Whether more time gives no better one.
    spent, faults
        As for `Better`.
    """

    value: int | None
    exact: bool
    spent: float
    faults: Found


def bound_part(question: Question) -> Better | Bound:
    """Return what no plan does better than in this part."""
    part = question.part
    state = _search(part, question.limits)
    build = Build(
        state.candidates, Plan(events=()), part.free, relaxed=True, roaming=question.roaming
    )
    found: list[int] = []

    def note(bound: int, held: Mapping[str, int]) -> bool:
        found.append(bound)
        return True

    with _Stopping(state):
        answer = solve(
            state,
            build,
            question.goal,
            Effort(question.limits.amount, 1, question.seed, "objective"),
            hint=False,
            held=question.held,
            on_bound=note,
        )
    exact = answer.bound is not None
    value = answer.bound if exact else (found[-1] if found else None)
    return Bound(value, exact, state.clock.spent, state.faults.found())


class _Stopping:
    """Ends a search when the main process says so."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_exception: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            if self._state.over or (_stop is not None and _stop.wait(0)):
                self._state.end()
