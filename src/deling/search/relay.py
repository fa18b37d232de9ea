"""The search of a large case: parts are improved apart, in processes, and put together again.

Each part is cut from the plan as it stands and handed to a worker; what comes back is judged
beside whatever else has changed meanwhile. Parts follow the local areas first, then reach across
their borders: around wishes that are still unmet, and around needs that compete.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from deling.language import _
from deling.part import Cutter
from deling.search.eject.chain import Chains
from deling.search.eject.times import Times
from deling.search.joined import Joined
from deling.search.part_bounds import MAXIMA, PartBounds
from deling.search.split import pieces, split
from deling.search.task import Bound, Limits, Task, bound_part, improve_part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from concurrent.futures import Future

    from deling.domain import Event
    from deling.part import Part
    from deling.search.state import State
    from deling.search.task import Better, Question
    from deling.search.workers import Crew

FILL_SECONDS = 5.0
"""Most seconds for a local area to serve what can be served at once."""
LEAST_SECONDS, MOST_SECONDS = 2.0, 20.0
"""Seconds for a local area to improve a goal."""
CHAINS_EACH = 8
"""Chains over the whole area that are tried for each need that is left over."""
CHAINS_BESIDE = 20
"""Such chains each time that a worker has nothing to do."""
BORDER_SECONDS = 6.0
"""Most seconds for a part that reaches across borders."""
BORDER_NEEDS = 50
"""Needs of a part that reaches across borders."""
THINGS_EACH = 5
"""Rooms, staff and equipment that are looked at around each of its needs."""
BOUGHT_BESIDE = 4
"""Needs with bought sessions that are planned beside one that could be bought for."""
SHARES = {"served": 0.3, "fairness": 0.35, "cost": 0.95}
"""Share of the time limit at which a goal is left for the next one."""
HOPELESS = 0.12
"""Share of a part's weight that is unmet from which on most of it is likely to stay so: what is
proven of such a part is worth as much as what is found in it, and is asked for as early."""
PATIENCE = 3
"""Parts a worker, and a local area, without a better plan after which a goal is left."""
LOST_AT_MOST = 2
"""Times that a job is given to another worker when one dies."""
UNTOLD = 10**7
"""Worth of a unit of weight, in øre, where nothing is left to buy."""
PUBLISH_EACH = 3.0
"""Seconds between two looks of the rest of the program at the whole plan."""


@dataclass(frozen=True)
class _Job:
    """Something a worker is busy with."""

    goal: str
    part: Part | None
    """The part that is improved; None for a bound."""
    at: int | None
    """Number of the local area, or of the part of a bound; None across borders."""
    what: Task | Question
    spare: int = 0
    """What it may spend of what was left of the budget, in øre."""
    generation: int = 0
    """Of the workers that it was given to."""
    lost: int = 0
    """How many workers died of it, or beside it."""


class Relay:
    """Improves the plan of a large case part by part.

    Parameters
    ----------
    state
        The search; has a plan.
    crew
        Who improves the parts.
    seed
        Of all random choices.
    """

    def __init__(self, state: State, crew: Crew, seed: int) -> None:
        self._state = state
        self._crew = crew
        self._seed = seed
        self._rng = random.Random(seed)
        self._cutter = Cutter(state.case)
        areas = split(state.case, self._cutter, seed)
        self._areas = [piece for area in areas for piece in pieces(state.case, area)]
        self._bounds = PartBounds(state, self._cutter, areas, seed)
        self._joined = Joined(state.case, self._cutter, *state.best())
        self._published = state.clock.seconds
        self._jobs: dict[Future[Better | Bound], _Job] = {}
        self._busy: Counter[str] = Counter()
        self._numbers = 0
        self._wanted = sum(need.sessions for need in state.case.scenario.needs.values())
        self._times = Times(state.candidates)
        self._thrown: Counter[str] = Counter()
        """How often needs were thrown out by chains."""
        self._swept = False
        """Whether every local area had its turn for the goal in hand."""

    def run(self) -> None:
        """Improve goal by goal until the search is over."""
        state = self._state
        try:
            while not state.over:
                # Each round counts, so that those that find nothing to do come to an end.
                state.clock.step()
                waiting = [goal for goal in state.order if not state.reached(goal)]
                in_time = [goal for goal in waiting if state.time_for(goal, SHARES) > 0]
                for goal in in_time or waiting[-1:]:
                    if not (state.over or state.reached(goal)):
                        self._improve(goal)
        finally:
            for future in self._jobs:
                future.cancel()
            self._publish()

    @property
    def _workers(self) -> int:
        return self._crew.count

    # One goal

    def _improve(self, goal: str) -> None:
        """Improve one goal until it is reached, its time is up, or nothing helps any more."""
        state = self._state
        self._swept = False
        sending = self._send_all(goal)
        idle = 0
        while not (state.over or state.reached(goal)):
            if self._swept and state.time_for(goal, SHARES) == 0:
                return
            while len(self._jobs) < self._workers and next(sending):
                pass
            if not self._jobs:
                return
            idle = 0 if self._receive() or not self._swept else idle + 1
            if idle > PATIENCE * (self._workers + len(self._areas)):
                return

    def _send_all(self, goal: str) -> Iterator[bool]:
        """Send one job after the other; yield whether there was any to send.

        First each local area, with what can be done at once, then what is left over, and bounds
        that are likely to tell something; then areas with more time, by turns with such bounds;
        at last whatever reaches across borders, while bounds are asked.
        """
        if goal == "served":
            for at, left in _countdown(self._areas_worth(goal)):
                self._send(goal, (), self._areas[at], at, FILL_SECONDS, self._spare() // left)
                yield True
            while self._jobs:
                yield False
            bounds = self._first_bounds(goal)
            self._serve_whole(goal, CHAINS_EACH, self._wanted, bounds)
            yield from bounds
        likely = True
        later = deque(_countdown(self._areas_worth(goal)))
        while later:
            at, left = later.popleft()
            if any(job.at == at and job.part is not None for job in self._jobs.values()):
                later.append((at, left))
                yield False
                continue
            seconds = self._state.time_for(goal, SHARES) * self._workers / left / 2
            seconds = min(MOST_SECONDS, max(LEAST_SECONDS, seconds))
            spare = self._spare() // left
            self._send(goal, self._inside(goal), self._areas[at], at, seconds, spare)
            yield True
            likely = likely and self._ask(goal, HOPELESS)
            if likely:
                yield True
        self._swept = True
        for turn in count():
            if goal == "served":
                self._serve_whole(goal, 1, CHAINS_BESIDE)
            yield any(send(goal) for send in self._choices(turn))

    def _choices(self, turn: int) -> tuple[Callable[[str], bool], ...]:
        """Return what to do with a free worker, by turns: bounds, borders and local areas."""
        choices = (self._ask, self._send_border, self._send_again)
        first = turn % len(choices)
        return (*choices[first:], *choices[:first])

    def _send_again(self, goal: str) -> bool:
        """Improve a local area once more; return whether there was any."""
        at_work = {job.at for job in self._jobs.values() if job.part is not None}
        areas = [at for at in self._areas_worth(goal) if at not in at_work]
        if not areas:
            return False
        at = self._rng.choice(areas)
        spare = self._spare() // self._workers
        self._send(goal, self._inside(goal), self._areas[at], at, BORDER_SECONDS, spare)
        return True

    def _inside(self, goal: str) -> tuple[str, ...]:
        """Return what to work on inside a local area, where much has been tried before."""
        return self._up_to(goal) if goal in ("served", "fairness") else (goal,)

    def _up_to(self, goal: str) -> tuple[str, ...]:
        order = self._state.order
        return order[: order.index(goal) + 1]

    def _areas_worth(self, goal: str) -> list[int]:
        """Return local areas, the one with the most to gain first."""
        unmet = [self._joined.unmet(area) for area in self._areas]
        found = sorted(range(len(self._areas)), key=lambda at: -unmet[at])
        return [at for at in found if unmet[at]] if goal in ("served", "fairness") else found

    def _send(
        self,
        goal: str,
        goals: tuple[str, ...],
        needs: Collection[str],
        at: int | None,
        seconds: float,
        spare: int,
    ) -> None:
        """Let a worker improve a part; without goals, only serve what is unmet in it."""
        state = self._state
        part = self._cutter.part(needs, self._joined.board, spare)
        self._numbers += 1
        before = state.order[: state.order.index(goal)]
        task = Task(
            part.portable(),
            goals,
            {key: self._joined.values[key] for key in before if key in MAXIMA},
            Limits(min(seconds, state.clock.left()), state.clock.deterministic, state.careful),
            self._seed + self._numbers,
        )
        self._busy.update(part.free)
        self._submit(_Job(goal, part, at, task, spare))

    def _submit(self, job: _Job) -> None:
        work = improve_part if isinstance(job.what, Task) else bound_part
        job = replace(job, generation=self._crew.generation)
        try:
            self._jobs[self._crew.submit(work, job.what)] = job
        except BrokenExecutor:
            self._lose(job)

    def _lose(self, job: _Job) -> None:
        """Replace workers that died, and give a job to the new ones, but no job for ever."""
        if job.generation == self._crew.generation and not self._crew.replace():
            raise RuntimeError(_("The processes that search die again and again."))
        if job.lost < LOST_AT_MOST:
            self._submit(replace(job, lost=job.lost + 1))
        elif job.part is not None:
            self._busy.subtract(job.part.free)

    def _ask(self, goal: str, unmet: float = 0.0) -> bool:
        """Ask for the bound of a part; return whether there was one to ask for.

        For ``served``, only of those of which more than some share is unmet.
        """
        if not self._bounds.has_worth:
            self._bounds.set_worth(self._price_of_weight())
        asked = {job.at for job in self._jobs.values() if job.part is None and job.goal == goal}
        at = self._bounds.next_part(goal, self._joined.got, asked, unmet)
        if at is None:
            return False
        question = self._bounds.question(goal, at)
        self._submit(_Job(goal, None, at, question))
        return True

    def _first_bounds(self, goal: str) -> Iterator[bool]:
        """Ask for the bound of one part after the other, as far as they are likely to tell."""
        for _part in range(self._bounds.parts):
            if not self._ask(goal, HOPELESS):
                return
            yield True

    def _serve_whole(
        self, goal: str, turns: int, most: int, bounds: Iterator[bool] | None = None
    ) -> None:
        """Serve what is left over, whatever has to move for it anywhere.

        While nothing else is under way, the workers have bounds to work on.
        """
        state = self._state

        def stopped() -> bool:
            state.clock.step()
            if bounds is not None:
                if any(future.done() for future in self._jobs):
                    self._receive()
                while len(self._jobs) < self._workers and next(bounds, False):
                    pass
            return state.over or state.reached(goal)

        def take(needs: Collection[str], events: tuple[Event, ...]) -> bool:
            if not self._joined.take(needs, events, as_is=True):
                return False
            state.note(self._joined.values)
            state.tell(goal)
            return True

        free = frozenset(key for key in state.case.scenario.needs if not self._busy[key])
        self._numbers += 1
        Chains(
            state.candidates,
            self._times,
            self._joined.board.plan(),
            free,
            self._seed + self._numbers,
            self._thrown,
        ).offer(turns, most, stopped, take)

    def _send_border(self, goal: str) -> bool:
        """Improve around something across borders; return whether there was anything."""
        seeds = self._seeds(goal)
        needs = self._around(seeds) if seeds else []
        if not needs:
            return False
        spare = self._spare() // self._workers
        self._send(goal, self._up_to(goal), needs, None, BORDER_SECONDS, spare)
        return True

    def _seeds(self, goal: str) -> list[str]:
        """Return needs to begin with that no worker is busy with."""
        needs = self._state.case.scenario.needs
        if goal in ("served", "fairness"):
            choice = [key for key, need in needs.items() if self._joined.got[key] < need.sessions]
        else:
            choice = list(needs)
        choice = [key for key in choice if not self._busy[key]]
        if not choice:
            return []
        seeds = [self._rng.choice(choice)]
        if needs[seeds[0]].buy_price is not None:
            # What another need is bought for could be spent on this one.
            bought = [key for key in +self._joined.bought if not self._busy[key]]
            seeds += self._rng.sample(bought, min(len(bought), BOUGHT_BESIDE))
        return seeds

    def _around(self, seeds: list[str]) -> list[str]:
        """Return needs that hold what others of them could use, none of which is busy."""
        found: dict[str, None] = dict.fromkeys(seeds)
        waiting = deque(seeds)
        while waiting and len(found) < BORDER_NEEDS:
            useful = sorted(self._cutter.could_use([waiting.popleft()]))
            for thing in self._rng.sample(useful, min(len(useful), THINGS_EACH)):
                for event in self._joined.board.that_take([thing]).values():
                    if not any(self._busy[other] for other in event.needs):
                        waiting.extend(need for need in event.needs if need not in found)
                        found.update(dict.fromkeys(event.needs))
        return list(found)

    def _price_of_weight(self) -> int:
        """Return what the next unit of weight would cost if the budget was larger, in øre."""
        prices = [
            -(-need.buy_price // need.weight)
            for key, need in self._state.case.scenario.needs.items()
            if need.buy_price and need.weight and self._joined.got[key] < need.sessions
        ]
        return min(prices, default=UNTOLD)

    def _spare(self) -> int:
        """Return what is left of the budget, in øre, that no worker may spend already."""
        promised = sum(job.spare for job in self._jobs.values())
        return max(0, self._joined.left_of_budget - promised)

    # What comes back

    def _receive(self) -> bool:
        """Wait for workers and take what they found; return whether the plan got better."""
        done, running = wait(self._jobs, timeout=0.2, return_when=FIRST_COMPLETED)
        self._state.away = self._crew.away
        better = not done
        for future in done:
            job = self._jobs.pop(future)
            try:
                answer = future.result()
            except self._crew.losses:
                self._lose(job)
                continue
            self._state.clock.step()
            self._state.clock.add(answer.spent)
            self._state.faults.join(answer.faults)
            if isinstance(answer, Bound):
                assert job.at is not None
                self._bounds.note(job.goal, job.at, answer.value, exact=answer.exact)
                better = True
            elif job.part is not None:
                self._busy.subtract(job.part.free)
                if answer.events is not None and self._joined.take(job.part.free, answer.events):
                    self._state.note(self._joined.values)
                    better = True
            self._state.tell(job.goal)
        for future in running:
            # Not all that is given to workers that are gone comes back by itself.
            if self._jobs[future].generation != self._crew.generation:
                self._lose(self._jobs.pop(future))
        # Handing over a large plan takes a while.
        wait_for = PUBLISH_EACH * (1 + len(self._joined.board) / 5_000)
        if self._state.clock.seconds - self._published > wait_for:
            self._publish()
        return better

    def _publish(self) -> None:
        """Make the plan as it stands the best of the search."""
        self._state.put(self._joined.board.plan(), dict(self._joined.values))
        self._published = self._state.clock.seconds


def _countdown(areas: list[int]) -> Iterator[tuple[int, int]]:
    """Yield each with the number that is left, itself included."""
    return zip(areas, range(len(areas), 0, -1), strict=True)
