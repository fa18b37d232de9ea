"""The search of a large case: parts are improved apart, in processes, and put together again.

Each part is cut from the plan as it stands and handed to a worker; what comes back is judged
beside whatever else has changed meanwhile. Parts follow the local areas first, then reach across
their borders: around wishes that are still unmet, and around needs that compete.
"""

from __future__ import annotations

import random
from itertools import chain, count
from typing import TYPE_CHECKING

from deling.part import Cutter
from deling.search.borders import Borders
from deling.search.by_district import ByDistrict
from deling.search.jobs import Jobs
from deling.search.local_areas import LEAST_SECONDS, LocalAreas
from deling.search.part_bounds import PartBounds
from deling.search.rounds import Rounds
from deling.search.split import districts, pieces, split
from deling.search.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from deling.case import Case
    from deling.search.state import State
    from deling.search.workers import Crew

LEAST_TO_SERVE = 8.0
"""Seconds that a local area has at least where little is left to serve, most of which takes no
second."""
CHAINS_EACH = 30
"""Chains over the whole area that are tried for each need that is left over."""
CHAINS_FIRST = 3_000
"""Wanted sessions up to which such chains come first, however much is left."""
SERVE_ALONE = 3.0
"""Seconds that the first of these have for themselves: they are mostly done before workers are."""
ANNEAL_SECONDS = {"served": 6.0, "cost": 3.0}
"""Those of annealing: to serve more where much stays unmet, and before any other look at costs."""
LEAST_TO_ANNEAL = 300
"""Wanted sessions from which on it is done, so that a small search readies no compiler."""
ANNEAL_SHARE = 0.3
"""Of the time for a goal that it takes at most."""
SAVING_TURNS = 4
"""How often each event is tried to be held for less, before models are asked."""
SAVE_ALONE = 2.0
"""Seconds of these for themselves, in which they get further than with workers beside them."""
CHAINS_BESIDE = 20
"""Chains that serve each time that a worker has nothing to do."""
SAVINGS_BESIDE, SAVE_EACH = 100, 10
"""Events that are tried to be held for less each so many times: models find more by then."""
DEAR = 10
"""Needs with something to save of which one is chosen that no worker is busy with."""
BORDER_SECONDS = 10.0
"""Most seconds for a part that reaches across borders."""
AROUND_SECONDS = {"cost": 3.0}
"""Those of one around something that could be better at a goal, where that is less: nine tenths of
what it saves is found in two, and most of the rest would go into the proof that it is all. One that
reaches further, since a smaller one is at its best, has as many times that."""
DISTRICT_BOUND_SECONDS = 300.0
"""Most seconds for its bound, of which nothing is known before the relaxation is solved and cut:
mostly 20 to 80, and for one in ten twice as many."""
SHARES = {"served": 0.3, "fairness": 0.35, "cost": 0.95}
"""Share of the time limit at which a goal is left for the next one."""
LONGER = 0.75
"""That for `served` where little is left and it still gets better."""
LATELY = 0.1
"""Share of the time gone in which it has got better then."""
HOPELESS = 0.12
"""Share of a part's weight that is unmet from which on most of it is likely to stay so: what is
proven of such a part is worth as much as what is found in it, and is asked for as early."""
PATIENCE = 3
"""Parts a worker, and a local area, without a better plan after which a goal is left."""


def is_annealed(case: Case) -> bool:
    """Return whether a case is of a size to be annealed, where that is compiled."""
    return LEAST_TO_ANNEAL <= case.scenario.wanted <= CHAINS_FIRST


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
        self._rng = random.Random(seed)
        self._wanted = state.case.scenario.wanted
        self._anneals = is_annealed(state.case)
        self._worth = sum(
            need.weight * need.sessions for need in state.case.scenario.needs.values()
        )
        """Weight of all sessions that are wanted."""
        self._cutter = Cutter(state.case)
        areas = split(state.case, self._cutter, seed)
        needs = [piece for area in areas for piece in pieces(state.case, area)]
        district_needs = districts(state.case, self._cutter, seed)
        self._bounds = PartBounds(state, self._cutter, areas, seed)
        wide = PartBounds(state, self._cutter, district_needs, seed, DISTRICT_BOUND_SECONDS)
        self._jobs = Jobs(state, crew, self._cutter, self._bounds, wide, seed, needs)
        self._joined = self._jobs.joined
        self._districts = ByDistrict(state, self._jobs, district_needs)
        self._whole = Whole(state, self._jobs)
        self._areas = LocalAreas(state.order, self._jobs, needs, self._whole, self._rng)
        self._rounds = Rounds(self._jobs, self._whole, self._areas)
        self._borders = Borders(state.case, self._cutter, self._jobs, needs, self._rng)
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
                in_time = [goal for goal in waiting if self._time_for(goal) > 0]
                for goal in in_time or waiting[-1:]:
                    if not (state.over or state.reached(goal)):
                        self._improve(goal)
        finally:
            self._jobs.end()

    # One goal

    def _improve(self, goal: str) -> None:
        """Improve one goal until it is reached, its time is up, or nothing helps any more."""
        state = self._state
        self._swept = False
        self._districts.begin()
        self._whole.begin()
        sending = self._send_all(goal)
        idle = 0
        while not (state.over or state.reached(goal)):
            if self._swept and self._time_for(goal) == 0:
                return
            while self._jobs.has_idle and next(sending):
                pass
            if not self._jobs:
                return
            idle = 0 if self._receive() or not self._swept else idle + 1
            if idle > PATIENCE * (self._jobs.workers + len(self._areas)):
                return

    def _time_for(self, goal: str) -> float:
        """Return the time until a goal is left for the next one."""
        left = self._state.time_for(goal, SHARES)
        if left or goal != "served" or not self._is_nearly_served:
            return left
        clock = self._state.clock
        lately = self._state.better_at >= (1 - LATELY) * clock.spent
        return clock.left(LONGER) if lately else 0.0

    @property
    def _is_nearly_served(self) -> bool:
        """Whether little is left to serve, so that all of it may be possible."""
        return self._unmet < HOPELESS * self._wanted

    @property
    def _unmet(self) -> int:
        """Weight of all sessions that are still wanted."""
        return self._worth - self._joined.values["served"]

    def _receive(self) -> bool:
        """Take what workers found; see `Jobs.receive`."""
        better = self._jobs.receive()
        self._whole.renew()
        return better

    def _send_all(self, goal: str) -> Iterator[bool]:
        """Send one job after the other; yield whether there was any to send.

        First what is unmet: by a moment of annealing, in which nearly all that can be served is;
        then by annealing for longer where much stays so, and rounds of what that has seen; else by
        chains over the whole (and cheaper places for what is served, where much stays
        unmet), while workers go on with areas beside them; where that is too much, in each local
        area what can be done at once before that. Where much stays unmet, districts (a single one
        of which little is served is begun after annealing, or beside the chains, since it takes
        longest). Costs are annealed as well, with rounds. Then areas with more time, unless rounds
        have used up that for the goal, while the costs of all there is are chosen among what is
        likely; at last whatever reaches across borders, while bounds are asked.

        What is proven of fairness, which is often all of it, takes less than a look at the areas,
        unless there are many.
        """
        sweep = self._sweep(goal)
        had_rounds = False
        wanted = self._wanted
        soon = wanted <= CHAINS_FIRST or self._is_nearly_served
        if goal == "served":
            if self._anneals and not self._is_nearly_served:
                self._whole.serve_soon(self._looking_after(goal))
            annealed = soon and not self._is_nearly_served and self._anneal(goal)
            had_rounds = yield from self._send_rounds(goal)
            at_once = self._districts.is_one and self._unmet > 2 * HOPELESS * wanted
            if at_once:
                yield from self._districts.send(goal, HOPELESS)
            if not soon:
                yield from self._areas.fill(goal)
                while len(self._jobs) > at_once:
                    yield False
            if self._is_nearly_served or (soon and not annealed):
                turns = CHAINS_EACH if self._is_nearly_served else 1
                looking = self._looking_after(goal, SERVE_ALONE, sweep)
                self._whole.serve(turns, wanted, looking)
            if self._anneals:
                self._whole.prepare()
            if soon and not (annealed or self._is_nearly_served):
                self._whole.save_meanwhile(self._looking_after(goal, beside=sweep))
            if not (self._is_nearly_served or at_once):
                yield from self._districts.send(goal, HOPELESS)
        if goal == "cost":
            if not self._anneal(goal):
                self._save_at_first(goal, sweep)
                self._anneal(goal)
            had_rounds = yield from self._send_rounds(goal)
        if had_rounds and self._time_for(goal) == 0:
            self._swept = True
            yield False
        if goal == "fairness" and self._anneals:
            yield from self._ask_all(goal)
        seen = self._whole.seen[goal]
        choosing = self._districts.choose(goal, seen)
        if next(choosing, False):
            yield True
        yield from sweep
        whole = chain(choosing, self._districts.plan_whole(goal, seen))
        if next(whole, False):
            yield True
        elif goal != "served" and not self._districts.tells_bounds:
            yield from self._ask_all(goal)
        self._swept = True
        self._borders.begin()
        others = self._others(goal, whole)
        for turn in count():
            if goal == "served":
                self._whole.serve(1, CHAINS_BESIDE, self._looking_after(goal))
                if not self._is_nearly_served:
                    self._anneal(goal)
                    yield from self._send_rounds(goal)
                    self._whole.save_meanwhile(self._looking_after(goal, beside=others))
            elif goal == "cost" and turn % SAVE_EACH == 0:
                self._anneal(goal)
                yield from self._send_rounds(goal)
                self._whole.save(SAVINGS_BESIDE, self._looking_after(goal))
            yield next(others)

    def _save_at_first(self, goal: str, sweep: Iterator[bool]) -> None:
        """Look for cheaper places, by themselves for a while, then beside workers."""
        looking = self._looking_after(goal, SAVE_ALONE, sweep)
        for _turn in range(SAVING_TURNS):
            if not self._whole.save(self._wanted, looking):
                return

    def _anneal(self, goal: str) -> bool:
        """Anneal the whole for a goal, but once; return whether that is done.

        Until it has been compiled, it is not, so it is asked for again later on.
        """
        if not self._anneals or goal in self._whole.annealed:
            return self._anneals
        seconds = min(ANNEAL_SECONDS[goal], ANNEAL_SHARE * self._state.time_for(goal, SHARES))
        return self._whole.anneal(goal, seconds, self._looking_after(goal))

    def _send_rounds(self, goal: str) -> Generator[bool, None, bool]:
        """Send rounds with what annealing has seen, once it has; see `Rounds.send`."""
        return self._rounds.send(goal, self._looking_after(goal))

    def _others(self, goal: str, whole: Iterator[bool]) -> Iterator[bool]:
        """Send whatever may help once all areas had their turn, one job after the other."""
        closely = goal == "cost" and goal in self._whole.annealed
        by_rows = self._areas.by_rows(goal) if closely else iter(())
        for turn in count():
            yield (
                next(whole, False)
                or next(by_rows, False)
                or any(send(goal) for send in self._choices(goal, turn))
            )

    def _looking_after(
        self, goal: str, alone: float = 0.0, beside: Iterator[bool] | None = None
    ) -> Callable[[], bool]:
        """Return what chains ask whether to stop, by which workers get something to do as well.

        Parameters
        ----------
        goal
            For which the chains are.
        alone
            Seconds before workers get anything.
        beside
            Sends what they may do.
        """
        state = self._state
        alone_until = state.clock.spent + alone

        def stopped() -> bool:
            state.clock.step()
            if beside is not None and state.clock.spent >= alone_until and not state.stopped:
                if self._jobs.has_answers:
                    self._receive()
                while self._jobs.has_idle and next(beside, False):
                    pass
            return state.over or state.reached(goal) or self._time_for(goal) == 0

        return stopped

    def _sweep(self, goal: str) -> Iterator[bool]:
        """Send each local area that is worth it.

        Bounds that are likely to tell something of what is served are asked by turns with it, where
        no district is; those of other goals later: a better plan comes first.
        """
        serving = goal == "served"
        likely = serving and not self._districts.asked

        def least() -> float:
            nearly = serving and self._is_nearly_served
            return LEAST_TO_SERVE if nearly else LEAST_SECONDS

        yield from self._areas.sweep(
            goal,
            lambda: self._state.time_for(goal, SHARES),
            least,
            lambda: likely and self._jobs.ask(goal, HOPELESS),
        )

    def _ask_all(self, goal: str) -> Iterator[bool]:
        """Ask for each part's bound."""
        for _part in range(self._bounds.parts):
            if not self._jobs.ask(goal):
                return
            yield True

    def _choices(self, goal: str, turn: int) -> tuple[Callable[[str], bool], ...]:
        """Return what to do with a free worker, by turns: bounds, borders and local areas.

        Where all may be served, a look around the rest is worth more than anything else; so is one
        around what could cost less.
        """
        around = self._send_border
        choices: tuple[Callable[[str], bool], ...]
        choices = (self._send_pair, self._jobs.ask, around, self._areas.again)
        if goal == "served" and self._is_nearly_served:
            choices = (around, self._send_pair, around, self._areas.again, around, self._jobs.ask)
        elif goal == "cost":
            choices = (around, self._send_pair, around, self._jobs.ask, around, self._areas.again)
        if self._districts.tells_bounds and (goal != "served" or self._districts.is_one):
            choices = tuple(each for each in choices if each != self._jobs.ask)
        first = turn % len(choices)
        return (*choices[first:], *choices[:first])

    def _send_pair(self, goal: str) -> bool:
        """Improve two local areas together, each pair once; return whether there was any."""
        pair = self._borders.next_pair(goal)
        if not pair:
            return False
        self._areas.together(goal, pair)
        return True

    def _send_border(self, goal: str) -> bool:
        """Improve around something across borders; return whether there was anything."""
        dear = self._whole.dear_needs(DEAR) if goal == "cost" else []
        needs = self._borders.around_something(goal, dear)
        if not needs:
            return False
        spare = self._jobs.spare() // self._jobs.workers
        seconds = AROUND_SECONDS.get(goal, BORDER_SECONDS) * self._borders.reach(goal, needs[0])
        seconds = min(BORDER_SECONDS, seconds)
        goals = self._areas.inside(goal)
        self._jobs.improve(goal, goals, needs, (), seconds, spare, around=needs[0])
        return True
