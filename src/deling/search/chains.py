"""Serve much at once, by ejection chains: what finds no place throws out what is in its way.

After the guided ejection search of Nagata and Bräysy (2009): each session that finds no free place
gets dearer, takes the place where those that give way are cheapest, and these are next. No model
is built and no solver asked.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from deling.domain import Event, Plan
from deling.evaluate import evaluate
from deling.event_ids import held_id, under_free_ids
from deling.rules.scan import sessions_of
from deling.search.places import Places
from deling.search.start import repaired
from deling.search.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deling.domain import Need
    from deling.search.places import Place
    from deling.search.state import State

STAYS = 8
"""Most steps for which a session that has thrown others out cannot be thrown out."""
PATIENCE, LONG_PATIENCE = 2, 40
"""Steps a session without a better plan after which there is an end, or all begins anew."""
LONG_SHARE = 0.2
"""Share of the time limit at which even a long search ends."""
NEARLY = 0.9
"""Share of the sessions that have to be served for a long search to be worth it."""
LOOK_EACH = 50
"""Steps between two looks at the clock."""
WORK = 1e-4
"""What a step counts as the solver's work."""


def serve_by_chains(state: State, seed: int) -> bool:
    """Serve unmet needs beside what the best plan holds; return whether that made it better.

    Where the judge agrees with all of it, and little is left, it is worth going on for longer:
    then no rules are at work that chains know nothing of.
    """
    if "served" not in state.order or state.reached("served"):
        return False
    plan, _values = state.best()
    chains = Chains(state, plan, seed)
    chains.run(PATIENCE)
    better = _offer(state, plan, chains)
    agreed = len(state.best()[0].events) == len(plan.events) + chains.found
    while better and agreed and chains.nearly_done and not _over(state):
        before = chains.found
        chains.run(LONG_PATIENCE, LONG_SHARE)
        if chains.found > before:
            _offer(state, plan, chains)
        chains.begin_anew()
    return better


def _over(state: State) -> bool:
    """Return whether chains have had their time."""
    return state.stopped or state.clock.left(LONG_SHARE) == 0


def _offer(state: State, plan: Plan, chains: Chains) -> bool:
    """Take what chains have found as far as the judge agrees; tell whether that is better."""
    new = chains.events(plan)
    whole = Plan(events=(*plan.events, *new))
    better = repaired(whole, frozenset(event.id for event in new), state.case)
    return better is not None and state.take(better, evaluate(better, state.case))


class Chains:
    """Sessions that a plan lacks, and where they could be held beside its events.

    Parameters
    ----------
    state
        The search: which needs are free, and when to end.
    plan
        A valid plan; its events stay where they are.
    seed
        Of all random choices.
    """

    def __init__(self, state: State, plan: Plan, seed: int) -> None:
        self._state = state
        self._rng = random.Random(seed)
        got = sessions_of(plan)
        needs = state.case.scenario.needs
        unmet = [
            need for key, need in needs.items() if key in state.free and got[key] < need.sessions
        ]
        self._ways = Ways(state.candidates, unmet)
        self._needs = [
            need
            for need in unmet
            if self._ways.of[need.id]
            for _session in range(need.sessions - got[need.id])
        ]
        self._standing = plan.internal
        self._step = 0
        self._found: dict[int, Place] = {}
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget where sessions are held, but for the best that was found."""
        self._places = Places(self._ways, self._standing)
        self._cost = [need.weight for need in self._needs]
        self._stays: dict[int, int] = {}
        self._waiting: list[int] | None = None

    @property
    def found(self) -> int:
        """How many sessions have a place."""
        return len(self._found)

    @property
    def nearly_done(self) -> bool:
        """Whether few sessions are without a place, but some."""
        return NEARLY * len(self._needs) <= self.found < len(self._needs)

    def run(self, patience: int, share: float = 1.0) -> None:
        """Look for places until all sessions have one, or nothing has helped for long.

        Parameters
        ----------
        patience
            Steps a session without fewer sessions to serve.
        share
            Of the time limit, until which to go on.
        """
        clock = self._state.clock
        if self._waiting is None:
            self._waiting = [session for session in self._hardest_first() if not self._put(session)]
        waiting = self._waiting
        least = self._note(waiting)
        better_at = self._step
        while waiting and self._step - better_at < patience * len(self._needs):
            self._step += 1
            if self._step % LOOK_EACH == 0:
                clock.add(LOOK_EACH * WORK)
                if self._state.stopped or clock.left(share) == 0:
                    return
            at = self._rng.randrange(len(waiting))
            waiting[at], waiting[-1] = waiting[-1], waiting[at]
            session = waiting.pop()
            if not self._put(session):
                waiting += self._throw_out(session)
            if self._weight(waiting) < least:
                least, better_at = self._note(waiting), self._step

    def _weight(self, sessions: Iterable[int]) -> int:
        return sum(self._needs[session].weight for session in sessions)

    def _note(self, waiting: list[int]) -> int:
        """Keep the places if they are the best so far; return the weight without any."""
        unserved = self._weight(waiting)
        everything = self._weight(range(len(self._needs)))
        if everything - unserved > self._weight(self._found):
            self._found = dict(self._places.of)
        return unserved

    def _hardest_first(self) -> list[int]:
        """Return the sessions, those with the fewest starts first."""
        choice = {
            need.id: sum(way.starts.bit_count() for way in self._ways.of[need.id])
            for need in self._needs
        }
        found = list(range(len(self._needs)))
        self._rng.shuffle(found)
        return sorted(found, key=lambda session: choice[self._needs[session].id])

    def _put(self, session: int) -> bool:
        """Hold a session where nothing is in its way, if that is possible."""
        ways = self._ways.of[self._needs[session].id]
        place = self._places.free_place(ways, self._rng)
        if place is not None:
            self._places.put(session, place)
        return place is not None

    def _throw_out(self, session: int) -> list[int]:
        """Hold a session where that costs least; return the sessions that are held no longer."""
        self._cost[session] += max(1, self._needs[session].weight)
        self._stays = {other: step for other, step in self._stays.items() if step > self._step}
        ways = self._ways.of[self._needs[session].id]
        found = self._places.cheapest_place(ways, self._cost, self._stays, self._rng)
        if found is None:
            return [session]
        place, ousted = found
        for other in sorted(ousted):
            self._places.remove(other)
        self._places.put(session, place)
        self._stays[session] = self._step + self._rng.randint(1, STAYS)
        return sorted(ousted)

    def events(self, plan: Plan) -> list[Event]:
        """Return the sessions of the best plan found, under ids that the given one has not."""
        taken = {event.id for event in plan.events}
        found = (self._event(self._needs[at], place) for at, place in sorted(self._found.items()))
        return under_free_ids(found, taken.__contains__)

    def _event(self, need: Need, place: Place) -> Event:
        start = place.start * self._ways.step
        chosen: dict[str, list[str]] = defaultdict(list)
        for option in place.options:
            chosen[option.kind].append(option.name)
        return Event(
            id=held_id(need.id, start),
            needs=(need.id,),
            start=start,
            minutes=need.minutes,
            room=chosen["room"][0],
            staff=tuple(sorted(chosen["staff"])),
            equipment=tuple(sorted(Counter(chosen["equipment"]).items())),
        )
