"""The one entry to the optimiser: a case in, the best plan and what is proven of it out."""

from __future__ import annotations

import os
import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING

from deling.candidates import Candidates
from deling.check import check
from deling.domain import Plan
from deling.language import _
from deling.model.build import Build
from deling.result import GoalOutcome, Result
from deling.search.chains import serve_by_chains
from deling.search.clash import find_clash
from deling.search.clock import Clock
from deling.search.cluster import Cluster
from deling.search.compiled import ANNEALER
from deling.search.helpers import Helpers
from deling.search.improve import Improver
from deling.search.pressed import Stop
from deling.search.prove import SHARES, Prover
from deling.search.relay import Relay, is_annealed
from deling.search.settle import settle
from deling.search.solve import Answer, Effort, solve
from deling.search.start import find_start, without_breaches
from deling.search.state import State
from deling.search.workers import AtOnce, Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deling.case import Case
    from deling.result import Ended, News, Status, Update, Watcher
    from deling.search.workers import Crew

LARGE = 300
"""Wanted sessions above which the case is searched part by part."""
AT_ONCE = 3_000
"""Wanted sessions up to which ejection chains are tried in the whole case before all else."""
SMALL = 60
"""Places for sessions up to which the whole model alone is the faster way."""


def optimise(
    case: Case,
    *,
    start: Plan | None = None,
    time_limit: float | None = None,
    gap: float | None = None,
    seed: int | None = None,
    workers: int | None = None,
    deterministic_limit: float | None = None,
    cluster: str | None = None,
    careful: bool = False,
    stop: threading.Event | None = None,
    watch: Watcher | None = None,
    news: News | None = None,
) -> Result:
    """Find the best plan of a case, goal by goal.

    Parameters
    ----------
    case
        The scenario at one sharing level.
    start
        A plan to start from, such as that of a lower sharing level; today's use is tried too.
    time_limit, gap, seed, workers
        Seconds, relative gap, seed and threads; the scenario's own settings by default.
    deterministic_limit
        Units of the solver's work in place of seconds: the search then runs in one thread and
        finds the same on every machine.
    cluster
        Address of the scheduler of a Dask cluster on whose workers a large case is searched,
        rather than in processes of this computer.
    careful
        Another setting of the solver, after a search that crashed: one thread, nothing
        transformed.
    stop
        Ends the search, as a time limit does, when it is set.
    watch
        Called with each news of the search, from any of its threads.
    news
        Called with the same, and with what would be the result where that has changed.

    Returns
    -------
    Result
        Always with the best valid plan found, if any was. In the main thread Ctrl-C ends the
        search as a time limit does, however often it is pressed, and the result says so.

    Raises
    ------
    ClusterError
        If a cluster is to be used and cannot be.
    """
    settings = case.scenario.solve
    if deterministic_limit is None:
        clock = Clock(settings.time_limit if time_limit is None else time_limit)
    else:
        clock = Clock(deterministic_limit, deterministic=True)
    threads = settings.workers if workers is None else workers
    lock = threading.Lock()

    def tell(update: Update) -> None:
        if watch is not None:
            watch(update)
        if news is not None:
            with lock:
                news(update, run.if_changed())

    with Stop(stop) as asked:
        state = State(
            Candidates(case),
            clock,
            settings.gap if gap is None else gap,
            tell,
            stop=asked,
            careful=careful,
        )
        with _crew(state, threads, cluster) as crew:
            run = _Run(state, (settings.seed if seed is None else seed) + careful, threads, crew)
            if cluster is not None and crew is None:
                run.notes = (_("The area is small: this computer searched it, not the cluster."),)
            return run.result(start)


def _crew(state: State, threads: int, cluster: str | None) -> Crew | nullcontext[None]:
    """Return who works on the parts of a large case."""
    if state.case.scenario.wanted <= LARGE:
        return nullcontext()
    if state.clock.deterministic:
        # Each piece of work has a limit of its own; a look at the search's would ask a clock.
        return AtOnce(lambda: state.interrupted)
    if cluster is not None:
        return Cluster(cluster, threads, state.faults)
    return Processes(1 if state.careful else threads, state.faults)


class _Run:
    """One optimisation."""

    def __init__(self, state: State, seed: int, threads: int, crew: Crew | None) -> None:
        self._state = state
        self._case = state.case
        self._seed = seed
        self._crew = crew
        alone = state.careful or state.clock.deterministic
        self._threads = 1 if alone else threads or os.cpu_count() or 1
        """Of a solver on this computer."""
        self._workers = self._threads if crew is None else crew.count
        self.notes: tuple[str, ...] = ()
        """What there is to say besides."""
        self._wanted = self._case.scenario.wanted
        self._clash: tuple[str, ...] = ()
        self._told: tuple[object, ...] = ()

    def result(self, start: Plan | None) -> Result:
        """Search, and sum up what is known."""
        state = self._state
        status: Status = "feasible"
        if not find_start(state, start):
            status = self._find_any()
        if state.plan is not None:
            state.tell(state.order[0])
            self._search()
            status = "feasible"
            if all(outcome.proven for outcome in self._outcomes().values()):
                status = "optimal"
                if self._wanted <= LARGE:  # No model of a larger whole is made anywhere.
                    # The clock has no say here: only a person can stop it.
                    self._together(
                        [lambda: settle(state, self._seed)], over=lambda: state.interrupted
                    )
        return self._so_far(status, self._ended(status))

    def if_changed(self) -> Result | None:
        """Return what there would be if the search failed now, if that is not what it was."""
        with self._state.lock:
            if self._state.plan is None or self._state.ahead:
                return None
            told = (self._state.plan, self._outcomes())
            if told == self._told:
                return None
            self._told = told
            return self._so_far("feasible", "failed")

    def _so_far(self, status: Status, ended: Ended) -> Result:
        state = self._state
        return Result(
            status=status,
            sharing=self._case.sharing,
            plan=state.plan,
            goals=self._outcomes(),
            seconds=state.clock.seconds,
            seconds_to_first_plan=state.seconds_to_first_plan,
            seed=self._seed,
            workers=self._workers,
            ended=ended,
            work=state.clock.spent if state.clock.deterministic else None,
            clash=self._clash,
            notes=(*self.notes, *state.faults.notes()),
        )

    def _ended(self, status: Status) -> Ended:
        """Return why there is no more to say."""
        state = self._state
        if state.interrupted:
            return "interrupted"
        if status in ("optimal", "infeasible"):
            return "proven"
        if state.plan is not None and all(state.reached(goal) for goal in state.order):
            return "gap"
        if state.clock.left() > 0:
            return "failed"
        return "deterministic_limit" if state.clock.deterministic else "time_limit"

    def _find_any(self) -> Status:
        """Ask the model for any plan, since today's use gives none."""
        state = self._state
        if self._ask_any(careful=False) != "infeasible":
            return "no_plan_in_time" if state.plan is None else "feasible"
        clashes: list[tuple[str, ...] | None] = []
        self._together(
            [lambda: clashes.append(find_clash(state, Plan(events=())))],
            over=lambda: state.interrupted,
        )
        clash = clashes[0]
        if clash is None:
            state.faults.add("impossible")
            self._ask_any(careful=True)
            return "no_plan_in_time" if state.plan is None else "feasible"
        self._clash = clash
        return "infeasible"

    def _ask_any(self, *, careful: bool) -> str:
        """Ask the model for any plan; return what the solver says of it."""
        state = self._state
        build = Build(state.candidates, Plan(events=()))
        answers: list[Answer] = []

        def ask() -> None:
            effort = Effort(state.clock.left(), self._threads, self._seed, careful=careful)
            answer = solve(state, build, None, effort, hint=False)
            if answer.plan is not None and answer.values is not None:
                state.take(answer.plan, answer.values)
            answers.append(answer)

        self._together([ask])
        return answers[0].status

    def _search(self) -> None:
        """Improve and prove at the same time, or only prove where that is as fast."""
        state = self._state
        places = sum(
            need.sessions if need.min_days_between == 0 else 1
            for need in self._case.scenario.needs.values()
        ) * len(self._case.scenario.calendar.days)
        at_once = places > SMALL and self._wanted <= AT_ONCE
        if at_once and not (state.over or self._anneals_first()):
            self._serve_at_once()
        if state.over:
            return
        if self._crew is not None:
            first = state.best()[0]
            with self._crew as crew:
                self._together([Relay(state, crew, self._seed).run])
            self._confirm(first)
            return
        if places <= SMALL:
            self._together([Prover(state, self._workers, self._seed, alone=True).run])
            return
        if self._workers == 1:
            self._together([self._take_turns])
            return
        provers = self._workers // 2
        improvers = [
            Improver(state, self._seed + number).run for number in range(self._workers - provers)
        ]
        self._together([*improvers, lambda: Prover(state, provers, self._seed, alone=False).run()])

    def _anneals_first(self) -> bool:
        """Return whether a search part by part begins with annealing: where staff travel.

        Of their ways chains know nothing, so a tenth of what these serve would not be possible.
        """
        if self._crew is None or not is_annealed(self._case):
            return False
        travel = len({room.site for room in self._case.scenario.rooms.values()}) > 1
        return travel and ANNEALER.for_search(self._state.clock) is not None

    def _serve_at_once(self) -> None:
        """Serve by chains what can be, before models are built."""
        state = self._state
        helpers = Helpers(state, state.best()[0], self._crew, self._seed)
        serve_by_chains(state, self._seed, helpers.look)
        helpers.end()

    def _confirm(self, first: Plan) -> None:
        """Judge as a whole the plan that was put together; if need be, do without some of it."""
        state = self._state
        for candidate in self._in_hand(first):
            if not check(candidate, self._case):
                break
            state.faults.add("parts")
        state.put(candidate, state.worth(candidate))

    def _in_hand(self, first: Plan) -> Iterator[Plan]:
        """Yield the best plan, what keeps all rules of it, and the plan that there was at first."""
        plan = self._state.best()[0]
        yield plan
        yield without_breaches(plan, self._case)
        yield first

    def _take_turns(self) -> None:
        """With one thread: improve each goal, then prove it."""
        state = self._state
        improver = Improver(state, self._seed)
        prover = Prover(state, 1, self._seed, alone=False)
        improver.fill()
        for goal in state.order:
            improver.improve(goal, state.time_for(goal, SHARES) / 2)
            prover.prove(goal, state.time_for(goal, SHARES))
        improver.run()

    def _outcomes(self) -> dict[str, GoalOutcome]:
        state = self._state
        if state.plan is None:
            return {}
        found: dict[str, GoalOutcome] = {}
        for goal in state.order:
            value, bound = state.values[goal], state.bounds[goal]
            found[goal] = GoalOutcome(value, bound, state.gap(goal) or 0.0, value == bound)
        return found

    def _together(
        self, parts: list[Callable[[], None]], over: Callable[[], bool] | None = None
    ) -> None:
        """Run parts in threads until they are done or told to stop."""
        state = self._state
        # Where work is counted, the moment of a look may not decide what a solver still does.
        by_work = state.clock.deterministic
        is_over = over or (lambda: state.stopped if by_work else state.over)
        failures: list[BaseException] = []

        def guarded(part: Callable[[], None]) -> None:
            try:
                part()
            except BaseException as error:
                failures.append(error)
                self._state.end()

        threads = [threading.Thread(target=guarded, args=(part,)) for part in parts]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            for thread in threads:
                thread.join(0.05)
            if is_over():
                # Asked again and again, since a solver about to start misses it once.
                state.stop_solvers()
            elif over is None and not by_work:
                state.stop_those_done()
        if failures:
            raise failures[0]
