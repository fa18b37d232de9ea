"""What the workers of a large case are busy with, and the plan that comes of it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from dataclasses import replace
from typing import TYPE_CHECKING

from deling.goals import GOALS
from deling.language import _
from deling.search.job import Job
from deling.search.joined import Joined
from deling.search.task import Bound, Limits, Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence, Set
    from concurrent.futures import Future

    from deling.domain import Event, EventKey
    from deling.part import Cutter, Part
    from deling.search.part_bounds import PartBounds
    from deling.search.state import State
    from deling.search.task import Better
    from deling.search.workers import Crew

LOST_AT_MOST = 2
"""Times that a job is given to another worker when one dies."""
UNTOLD = 10**7
"""Worth of a unit of weight, in øre, where nothing is left to buy."""
DUE_BEFORE = 0.5
"""Seconds before the end at which a worker's answer is due, so that it is not lost."""
LEAST_SECONDS = 0.1
"""Of a part, however near the end is."""
PUBLISH_EACH = 3.0
"""Seconds between two looks of the rest of the program at the whole plan."""


class Jobs:
    """Gives parts and questions to workers, and takes what they find.

    Parameters
    ----------
    state
        The search; has a plan.
    crew
        The workers.
    cutter
        Of the whole case.
    bounds
        What is known of its parts.
    wide
        What is known of its districts.
    seed
        Of the workers' random choices.
    areas
        The needs of each local area.
    """

    def __init__(
        self,
        state: State,
        crew: Crew,
        cutter: Cutter,
        bounds: PartBounds,
        wide: PartBounds,
        seed: int,
        areas: Sequence[Sequence[str]],
    ) -> None:
        self._state = state
        self._crew = crew
        self._cutter = cutter
        self._bounds = bounds
        self._wide = wide
        self._seed = seed
        self._areas = areas
        self._under_way: dict[Future[Better | Bound], Job] = {}
        self._busy: Counter[str] = Counter()
        self._at_best: set[tuple[str, int]] = set()
        """Stages and local areas of which no plan was better, beside what was around them when
        they were sent; all are forgotten when anything gets better."""
        self._published = state.clock.seconds
        self._renewed: list[frozenset[str]] = []
        self.district_is_silent = False
        """Whether HiGHS had nothing to say of the last district that it was asked to plan."""
        self.district_helped = False
        """Whether it had a better plan."""
        self.district_took = 0.0
        """Seconds that it had been at it by then; none where it could not even begin."""
        self.best_around: Counter[tuple[str, str]] = Counter()
        """How often a part around a need was found at its best, by stage and need."""
        self.joined = Joined(state.case, cutter, *state.best())
        """The plan as it stands."""

    # Who is at work

    def __len__(self) -> int:
        """How many there are."""
        return len(self._under_way)

    @property
    def workers(self) -> int:
        """How many can be at work at a time."""
        return self._crew.count

    @property
    def has_idle(self) -> bool:
        """Whether a worker has nothing to do, and the search goes on."""
        return not self._state.stopped and len(self) < self.workers

    @property
    def has_answers(self) -> bool:
        """Whether there is something to take."""
        return any(future.done() for future in self._under_way)

    def at_work(self, goal: str | None = None) -> set[int]:
        """Return the numbers of the local areas that are being improved, for one goal or any."""
        jobs = self._under_way.values()
        return {at for job in jobs for at in job.areas if goal is None or job.goal == goal}

    @property
    def has_district(self) -> bool:
        """Whether a district is being planned."""
        return any(job.district and job.part is not None for job in self._under_way.values())

    def at_best(self, goal: str) -> set[int]:
        """Return the local areas that cannot do better at a goal beside what there is now."""
        return {at for stage, at in self._at_best if stage == goal}

    def is_busy(self, need: str) -> bool:
        """Return whether a worker is planning a need anew."""
        return self._busy[need] > 0

    def spare(self) -> int:
        """Return what is left of the budget, in øre, that no worker may spend already."""
        promised = sum(job.spare for job in self._under_way.values())
        return max(0, self.joined.left_of_budget - promised)

    def renewed(self) -> list[frozenset[str]]:
        """Return the needs of parts that got better, part by part, since this was last asked."""
        found, self._renewed = self._renewed, []
        return found

    def next_seed(self) -> int:
        """Return a seed that has not been used."""
        self._seed += 1
        return self._seed

    # What is given to them

    def improve(
        self,
        goal: str,
        goals: tuple[str, ...],
        needs: Collection[str],
        areas: tuple[int, ...],
        seconds: float,
        spare: int,
        gap: float = 0.0,
        around: str | None = None,
        among: Set[EventKey] | None = None,
        by_rows: bool = False,
    ) -> None:
        """Let a worker improve a part.

        Parameters
        ----------
        goal
            The stage of the search.
        goals
            To improve; without any, what is unmet is served and that is all.
        needs
            Of the part.
        areas
            Numbers of the local areas that it is; none around a need.
        seconds
            At most.
        spare
            What it may spend of what is left of the budget, in øre.
        gap
            Distance to its best plan, relative to the value, that is good enough.
        around
            The need that a part across borders is around.
        among
            Events to choose from for the most part; None for all that there may be.
        by_rows
            Whether HiGHS plans it.
        """
        state = self._state
        part = self._cutter.part(needs, self.joined.board, spare)
        before = state.order[: state.order.index(goal)]
        task = Task(
            part.portable(),
            goals,
            {key: self.joined.values[key] for key in before if GOALS[key].of_parts == "max"},
            Limits(self._in_time(seconds), state.clock.deterministic, state.careful),
            self.next_seed(),
            gap,
            None if among is None else _of_needs(part.free, among),
        )
        job = Job(goal, part, task, areas, spare=spare, around=around, by_rows=by_rows)
        self._busy.update(job.needs)
        self._submit(job)

    def _in_time(self, seconds: float) -> float:
        """Return how long a part may take for its answer to be there before the end."""
        clock = self._state.clock
        if clock.deterministic:
            return min(seconds, clock.left())
        return max(LEAST_SECONDS, min(seconds, clock.left() - DUE_BEFORE))

    def improve_district(
        self,
        goal: str,
        needs: Collection[str],
        seconds: float,
        gap: float,
        among: Set[EventKey] | None = None,
    ) -> None:
        """Let a worker plan a district anew, while others go on with its parts.

        Parameters
        ----------
        goal
            To improve.
        needs
            Of the district.
        seconds
            At most.
        gap
            Distance to its best plan, relative to the value, at which it ends.
        among
            Events to choose from, beside those of plans in fractions; None for all there may be.
        """
        state = self._state
        whole = len(needs) == len(state.case.scenario.needs)
        spare = self.joined.left_of_budget if whole else self.spare() // self.workers
        part = self._cutter.part(needs, self.joined.board, spare)
        before = state.order[: state.order.index(goal)]
        held = {key: self.joined.values[key] for key in before}
        enough = {key: held[key] for key in before if GOALS[key].of_parts == "max"}
        limits = Limits(min(seconds, state.clock.left()), careful=state.careful)
        chosen = None if among is None else _of_needs(part.free, among)
        task = Task(part.portable(), (goal,), enough, limits, self.next_seed(), gap, chosen)
        held_by_all = held if whole else None
        if among is None:
            self.district_is_silent = False
        self._submit(
            Job(goal, part, task, spare=0 if whole else spare, held=held_by_all, district=True)
        )

    def ask(self, goal: str, unmet: float = 0.0) -> bool:
        """Ask for the bound of a part; return whether there was one to ask for.

        For ``served``, only of those of which more than some share is unmet.
        """
        return self._ask(goal, unmet, self._bounds, district=False)

    def ask_district(self, goal: str, unmet: float) -> bool:
        """Ask for the bound of a district likewise."""
        return self._ask(goal, unmet, self._wide, district=True)

    def _ask(self, goal: str, unmet: float, bounds: PartBounds, *, district: bool) -> bool:
        if not bounds.has_worth:
            bounds.set_worth(self._price_of_weight())
        jobs = self._under_way.values()
        asked = {job.at for job in jobs if job.bounds is bounds and job.goal == goal}
        at = bounds.next_part(goal, self.joined.got, asked, unmet)
        if at is None:
            return False
        question = bounds.question(goal, at)
        self._submit(Job(goal, None, question, at=at, bounds=bounds, district=district))
        return True

    def _price_of_weight(self) -> int:
        """Return what the next unit of weight would cost if the budget was larger, in øre."""
        prices = [
            -(-need.buy_price // need.weight)
            for key, need in self._state.case.scenario.needs.items()
            if need.buy_price and need.weight and self.joined.got[key] < need.sessions
        ]
        return min(prices, default=UNTOLD)

    def _submit(self, job: Job) -> None:
        job = replace(job, generation=self._crew.generation)
        try:
            self._under_way[self._crew.submit(job.work, job.what)] = job
        except BrokenExecutor:
            self._lose(job)

    def _lose(self, job: Job) -> None:
        """Replace workers that died, and give a job to the new ones, but no job for ever.

        A search that ends needs neither.
        """
        if self._state.stopped:
            return
        if job.generation == self._crew.generation and not self._crew.replace():
            raise RuntimeError(_("The processes that search die again and again."))
        if job.lost < LOST_AT_MOST:
            self._submit(replace(job, lost=job.lost + 1))
        else:
            self._busy.subtract(job.needs)
            if job.district and job.part is not None:
                self.district_is_silent, self.district_took = True, 0.0

    # What comes back

    def receive(self) -> bool:
        """Wait a moment for workers and take what they found.

        Returns
        -------
        bool
            Whether the plan got better, a bound is known, or nothing has come yet.
        """
        finished, _running = wait(self._under_way, timeout=0.2, return_when=FIRST_COMPLETED)
        # In the order in which they were asked: that of a set is not the same twice.
        done = [future for future in self._under_way if future in finished]
        self._state.away = self._crew.away
        better = not done
        for future in done:
            job = self._under_way.pop(future)
            try:
                answer = future.result()
            except self._crew.losses:
                self._lose(job)
                continue
            better = self._take(job, answer) or better
        for future, job in list(self._under_way.items()):
            # Not all that is given to workers that are gone comes back by itself.
            if job.generation != self._crew.generation:
                self._lose(self._under_way.pop(future))
        # Handing over a large plan takes a while; but what is asked next must not follow the clock.
        wait_for = PUBLISH_EACH * (1 + len(self.joined.board) / 5_000)
        clock = self._state.clock
        if clock.deterministic or clock.seconds - self._published > wait_for:
            self._publish()
        return better

    def _take(self, job: Job, answer: Better | Bound) -> bool:
        """Take what a worker found; return whether the plan got better, or a bound is known."""
        state, better = self._state, False
        state.clock.step()
        state.clock.add(answer.spent)
        state.faults.join(answer.faults)
        if isinstance(answer, Bound):
            assert job.bounds is not None
            job.bounds.note(job.goal, job.at, answer.value, exact=answer.exact)
            better = True
        elif job.part is not None:
            self._busy.subtract(job.needs)
            if job.is_wide:
                self.district_is_silent = answer.events is None and answer.bound is None
                self.district_took = answer.spent
            if job.held is not None and answer.bound is not None:
                state.bound(job.goal, answer.bound, job.held)
            if answer.events is not None and self._put(job, job.part, answer.events):
                state.note(self.joined.values)
                better = True
                self._at_best.clear()
                self._renewed.append(frozenset(job.part.free))
            if job.is_wide:
                self.district_helped = better
            if answer.best and len(job.areas) == 1:
                self._at_best.add((job.goal, *job.areas))
            if answer.best and job.around is not None:
                self.best_around[job.goal, job.around] += 1
        state.tell(job.goal)
        return better

    def _put(self, job: Job, part: Part, events: tuple[Event, ...]) -> bool:
        """Put events of a part into the plan, if that gets better; return whether it does."""
        if not job.district:
            return self.joined.take(part.free, events)
        free = frozenset(part.free)
        areas = [area for area in self._areas if free.issuperset(area)]
        return self.joined.take_by_area(part.free, events, areas)

    def end(self) -> None:
        """Take what is done, give up the rest, and hand over the plan."""
        if self.has_answers:
            self.receive()
        for future in self._under_way:
            future.cancel()
        self._publish()

    def _publish(self) -> None:
        """Make the plan as it stands the best of the search."""
        self._state.put(self.joined.board.plan(), dict(self.joined.values))
        self._published = self._state.clock.seconds


def _of_needs(needs: Collection[str], events: Iterable[EventKey]) -> frozenset[EventKey]:
    """Return the events that serve nobody else."""
    inside = frozenset(needs)
    return frozenset(event for event in events if inside.issuperset(event[0]))
