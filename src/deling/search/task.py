"""Work on one part of a large case, done in a process of its own."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from deling.candidates import Candidates
from deling.domain import Plan
from deling.goals import GOALS
from deling.memory import keep_for_good
from deling.model.build import Build
from deling.search.chains import serve_by_chains
from deling.search.cheaper import COST
from deling.search.clock import Clock
from deling.search.improve import Improver
from deling.search.solve import ask, for_bounds, set_up, whole_bound
from deling.search.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.connection import Connection

    from deling.domain import Event, EventKey
    from deling.model.variables import Expression
    from deling.part import Part
    from deling.search.faults import Found


PATIENCE = 15
"""Rounds without a better plan after which another part is worth more."""


WHOLE_SHARE, BEST_SHARE = 0.5, 0.9
"""Share of the time for a goal in which a part is improved as a whole, where that is possible; and
where nothing but its best plan is good enough."""
POOLS_SHARE = 0.6
"""Share of the time for costs in which a part is improved pool by pool, before it is as a whole."""
MOST_LISTED = 12_000
"""Events up to which what is proven of a part is proven by a list of all that there may be."""


STOP_SECONDS = 2.0
"""Within which a worker that is told to stop does so by itself; nobody waits for its answer."""

_stop = threading.Event()


def set_up_worker(line: Connection) -> None:
    """Prepare a worker process, which ends with the one that started it, or when that says so.

    Ctrl-C is the main process's to handle.

    Parameters
    ----------
    line
        Its other end is closed when the worker is to stop, and when the main process is gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_for_good()  # Models are made in two thirds of the time where imports are not looked at.
    # A solver that nobody waits for any more may still be at work: taking Python down around it
    # would abort the process, with a message.
    atexit.register(os._exit, 0)
    threading.Thread(target=_end_when_told, args=(line,), daemon=True).start()


def _end_when_told(line: Connection) -> None:
    wait([line])
    _stop.set()
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join(STOP_SECONDS)
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
    gap
        Distance to the best, relative to the value, that is good enough.
    among
        Events to choose from, see `deling.model.options.likely`; None for all there may be.
    """

    part: Part
    goals: tuple[str, ...]
    enough: Mapping[str, int]
    limits: Limits
    seed: int
    gap: float = 0.0
    among: frozenset[EventKey] | None = None


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
    best
        Whether it is proven that the part has no better plan for the goals asked for.
    spent
        Units of the solver's work, where that is what is limited.
    faults
        Where solver and checker disagreed.
    bound
        What no plan of the part does better than at the goal, as far as that has been proven.
    """

    events: tuple[Event, ...] | None
    best: bool = False
    spent: float = 0.0
    faults: Found = ()
    bound: int | None = None


def told_to_stop() -> bool:
    """Return whether the main process has told this one to stop."""
    return _stop.is_set()


def improve_part(task: Task, stopped: Callable[[], bool] = told_to_stop) -> Better | Bound:
    """Improve a part's plan goal by goal, with all else kept."""
    part = task.part
    state = search_of(part, task.limits, task.enough)
    if not state.offer(part.plan):
        return Better(None)
    with Stopping(state, stopped):
        improver = Improver(state, task.seed, PATIENCE)
        everything = task.among is None
        if everything:
            improver.fill()
        best = everything and bool(task.goals)
        for number, goal in enumerate(task.goals):
            amount = state.clock.left() / (len(task.goals) - number)
            share = WHOLE_SHARE if task.gap else BEST_SHARE
            if goal == COST and everything and not task.gap:
                improver.improve_pools(goal, POOLS_SHARE * amount)
                amount = state.clock.left() / (len(task.goals) - number)
            found = improver.improve_at_once(goal, share * amount, task.gap, task.among)
            best = best and found == "optimal"
            if found == "unknown" and everything:
                improver.improve(goal, state.clock.left() / (len(task.goals) - number))
    return Better(
        free_events(part, state.best()[0]),
        best,
        state.clock.spent,
        state.faults.found(),
    )


def serve_part(task: Task, stopped: Callable[[], bool] = told_to_stop) -> Better | Bound:
    """Serve what is unmet in a part by chains alone, beside what its plan holds."""
    part = task.part
    state = search_of(part, task.limits)
    if not state.offer(part.plan):
        return Better(None)
    with Stopping(state, stopped):
        serve_by_chains(state, task.seed, helps=True)
    return Better(free_events(part, state.best()[0]), faults=state.faults.found())


def free_events(part: Part, plan: Plan) -> tuple[Event, ...]:
    """Return the events of a plan that serve free needs only."""
    return replace(part, plan=plan).free_events


def search_of(part: Part, limits: Limits, enough: Mapping[str, int] | None = None) -> State:
    """Return a search of a part's plan."""
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
    worth
        What a unit of weight is worth of the budget, in øre: in place of ``served`` stands
        ``worth · served − spending``, of which the sum over all parts is bounded by the budget
        too (a Lagrangian relaxation). None where there is no budget.
    prices
        What a unit of weight is worth of other goals: in place of ``cost`` stands
        ``cost − price · served``, of which the sum over all parts is that of a plan too, and no
        part gains by serving less than its share.
    held
        Values that the goals before have at least, in that measure.
    roaming
        Ids of staff whose ways cost nothing here, since they may serve other parts as well.
    limits, seed
        As for a search.
    """

    part: Part
    goal: str
    worth: int | None
    prices: Mapping[str, int]
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


def bound_part(question: Question, stopped: Callable[[], bool] = told_to_stop) -> Better | Bound:
    """Return what no plan does better than in this part."""
    part, limits = question.part, question.limits
    state = search_of(part, limits)
    build = relaxed(state, question, state.options.of(part.free, MOST_LISTED))
    model = build.model
    term = measure(build, question.goal, question)
    if GOALS[question.goal].sense == "max":
        model.maximize(term)
    else:
        model.minimize(term)
    solver = cp_model.CpSolver()
    set_up(solver, question.seed, careful=limits.careful)
    for_bounds(solver)
    state.clock.limit_solver(solver, limits.amount)
    found: list[float] = []
    solver.best_bound_callback = found.append
    with Stopping(state, stopped), state.running(solver, lambda: False):
        name = ask(solver, model, state.faults)
    spent = state.clock.charge(solver)
    if name == "OPTIMAL":
        found.append(solver.best_objective_bound)
    value = whole_bound(question.goal, found[-1]) if found else None
    return Bound(value, name == "OPTIMAL", spent, state.faults.found())


def relaxed(state: State, question: Question, options: list[Event] | None) -> Build:
    """Return a model of what a part can do in any plan that keeps what is held."""
    build = Build(
        state.candidates,
        Plan(events=()),
        question.part.free,
        relaxed=True,
        roaming=question.roaming,
        options=options,
    )
    for goal, least in question.held.items():
        term = measure(build, goal, question)
        build.model.add(term >= least if GOALS[goal].sense == "max" else term <= least)
    return build


def measure(build: Build, goal: str, question: Question) -> Expression:
    """Return a goal as it is counted in a question."""
    term = build.term(goal)
    if goal == "served" and question.worth is not None:
        spending, _most = build.spending
        return question.worth * term - spending
    price = question.prices.get(goal, 0)
    return term - price * build.term("served") if price else term


class Stopping:
    """Ends a search when it is told to."""

    def __init__(self, state: State, stopped: Callable[[], bool]) -> None:
        self._state = state
        self._stopped = stopped
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_exception: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        # Where work is counted, the moment of a look may not decide what a solver still does.
        by_work = self._state.clock.deterministic
        while not self._done.wait(0.05):
            if self._stopped() or (self._state.over and not by_work):
                self._state.end()
