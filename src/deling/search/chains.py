"""Serve much at once, by ejection chains: what finds no place throws out what is in its way.

After the guided ejection search of Nagata and Bräysy (2009): each session that finds no free place
gets dearer, takes the place where those that give way are cheapest, and these are next. No model
is built and no solver asked.
"""

from __future__ import annotations

import random
from collections import Counter
from copy import copy
from itertools import count
from typing import TYPE_CHECKING

from deling.domain import Event, Plan
from deling.event_ids import held_id, under_free_ids
from deling.memory import collector_at_rest
from deling.rules.scan import sessions_of
from deling.search.cells import Cells
from deling.search.compiled import Compiled
from deling.search.ejections import Ejections, Pace, Wishes
from deling.search.places import Places
from deling.search.start import repaired
from deling.search.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Helped = Callable[[float], bool]

    from deling.domain import Need
    from deling.search.compiled import CompiledEjections
    from deling.search.places import Place
    from deling.search.state import State

PATIENCE, LONG_PATIENCE = 2, 1000
"""Steps a session without a better plan after which there is an end, or all begins anew."""
LONG_SHARES = ((0.99, 0.5), (0.9, 0.2), (0.0, 0.0))
"""For shares of the sessions that are served: share of the time limit at which even a long search
ends."""
WORK = 1e-4
"""What a step counts as the solver's work."""
LONG = 0.2
"""Seconds after which compiled steps are worth their import, where all may be served by chains."""
PACES = Pace(1, 1, 8, 25, 8), Pace(0, 1.02, 3, 150, 8), Pace(0, 1.001, 5, 150, 8)
"""A rough one, by which most that can be served is served soon, a gentle one, many times as fast
where there is hardly any room to move, and a patient one, as many times faster again where what was
learned long ago still holds. They take turns, since which one it will be is not seen beforehand."""


def serve_by_chains(
    state: State, seed: int, helped: Helped | None = None, *, helps: bool = False
) -> bool:
    """Serve unmet needs beside what the best plan holds; return whether that made it better.

    Where the judge agrees with all of it, and little is left, it is worth going on for longer:
    then no rules are at work that chains know nothing of.

    Parameters
    ----------
    state
        The search; has a plan.
    seed
        Of all random choices.
    helped
        Asked now and then while it goes on, with the share of the time limit that is for it:
        whether others have found a better plan meanwhile.
    helps
        Whether this is beside a search that does the same, so that paces had better come in the
        opposite order.
    """
    if "served" not in state.order or state.reached("served"):
        return False
    plan, _values = state.best()
    with collector_at_rest():  # Most of a small search would else be to look through its data.
        chains = Chains(state, plan, seed)
        chains.run(PATIENCE)
        better = _offer(state, plan, chains)
    agreed = len(state.best()[0].events) == len(plan.events) + chains.found
    if better and agreed:
        _go_on(state, plan, chains, helped, helps=helps)
    return better


def _go_on(
    state: State, plan: Plan, chains: Chains, helped: Helped | None, *, helps: bool = False
) -> None:
    """Look for places for the rest at one pace and another by turns."""
    gentle, *patient = (chains.at(pace) for pace in PACES[1:])
    others = [gentle, chains, *patient]
    if helps:
        others.reverse()
    best, least = chains.found, chains.lacking
    for turn in count():
        for chains in others:
            share = next(share for nearly, share in LONG_SHARES if best >= nearly * chains.wanted)
            if best == chains.wanted or state.stopped or state.clock.left(share) == 0:
                return
            patience = min(LONG_PATIENCE, chains.pace.patience * chains.pace.more**turn)
            chains.run(patience, share, helped if turn else None, long=True)
            if state.reached("served"):
                return
            best = max(best, chains.found)
            if chains.lacking < least:
                least = chains.lacking
                _offer(state, plan, chains)
            if patience == LONG_PATIENCE:
                chains.begin_anew()


def _offer(state: State, plan: Plan, chains: Chains) -> bool:
    """Take what chains have found as far as the judge agrees; tell whether that is better."""
    new = chains.events(plan)
    whole = Plan(events=(*plan.events, *new))
    better = repaired(whole, frozenset(event.id for event in new), state.case)
    if better is None or not state.take(better, state.worth(better)):
        return False
    state.tell("served")
    return True


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
        self._weights = [need.weight for need in self._needs]
        self._wishes = Wishes([need.id for need in self._needs], self._weights)
        self._standing = plan.internal
        self._cells: Cells | None = None
        self._compiled = Compiled()
        self.pace = PACES[0]
        self._found: dict[int, Place] = {}
        self._least = sum(self._weights) + 1
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget where sessions are held, but for the best that was found."""
        self._ejections: Ejections | CompiledEjections | None = None

    def at(self, pace: Pace) -> Chains:
        """Return a search for the same places at another pace, from the beginning."""
        other = copy(self)
        other._rng = copy(self._rng)  # Neither has to do with how far the other gets.
        other.pace = pace
        other.begin_anew()
        return other

    @property
    def found(self) -> int:
        """How many sessions have a place."""
        return len(self._found)

    @property
    def lacking(self) -> int:
        """Weight of the sessions that have none."""
        return self._least

    @property
    def wanted(self) -> int:
        """How many sessions are to have a place."""
        return len(self._needs)

    def run(
        self,
        patience: int,
        share: float = 1.0,
        helped: Helped | None = None,
        *,
        long: bool = False,
    ) -> None:
        """Look for places until all sessions have one, or nothing has helped for long.

        Parameters
        ----------
        patience
            Steps a session without fewer sessions to serve.
        share
            Of the time limit, until which to go on.
        helped
            As for `serve_by_chains`.
        long
            Whether to go on in compiled code in the end.
        """
        clock = self._state.clock
        if self._ejections is None:
            self._ejections = self._begun()
        least = self._ejections.lacking
        left = enough = patience * self.wanted
        while self._ejections.waiting and left > 0:
            steps = self._ejections.go_on(min(left, self._ejections.at_once), least)
            left -= steps
            if self._ejections.lacking < least:
                least, left = self._ejections.lacking, enough
                self._note(self._ejections.places(), least)
            clock.add(steps * WORK)
            if self._state.stopped or clock.left(share) == 0:
                return
            if helped is not None and helped(share) and self._state.reached("served"):
                return
            if long and clock.seconds > LONG and not clock.deterministic:
                self._ejections = self._compiled.instead_of(self._ejections, clock.left(share))

    def _begun(self) -> Ejections:
        """Hold what finds a place, the hardest first; the others wait."""
        places = Places(self._ways, self._standing)
        waiting = []
        for session in self._hardest_first():
            place = places.free_place(self._ways.of[self._needs[session].id], self._rng)
            if place is None:
                waiting.append(session)
            else:
                places.put(session, place)
        self._note(places.of, sum(self._weights[session] for session in waiting))
        if self._cells is None:
            self._cells = Cells(self._ways, places)
        return Ejections(self._wishes, self._cells, places.of, waiting, self.pace, self._rng)

    def _note(self, places: Mapping[int, Place], lacking: int) -> None:
        """Keep the places if they are the best so far."""
        if lacking < self._least:
            self._least, self._found = lacking, dict(places)

    def _hardest_first(self) -> list[int]:
        """Return the sessions, those with the fewest starts first."""
        choice = {
            need.id: sum(way.starts.bit_count() for way in self._ways.of[need.id])
            for need in self._needs
        }
        found = list(range(len(self._needs)))
        self._rng.shuffle(found)
        return sorted(found, key=lambda session: choice[self._needs[session].id])

    def events(self, plan: Plan) -> list[Event]:
        """Return the sessions of the best plan found, under ids that the given one has not."""
        taken = {event.id for event in plan.events}
        found = (self._event(self._needs[at], place) for at, place in sorted(self._found.items()))
        return under_free_ids(found, taken.__contains__)

    def _event(self, need: Need, place: Place) -> Event:
        start = place.start * self._ways.step
        chosen: dict[str, list[str]] = {"room": [], "staff": [], "equipment": []}
        for option in place.options:
            if option.kind in chosen:
                chosen[option.kind].append(option.name)
        items = chosen["equipment"]
        return Event(
            id=held_id(need.id, start),
            needs=(need.id,),
            start=start,
            minutes=need.minutes,
            room=chosen["room"][0],
            staff=tuple(sorted(chosen["staff"])),
            equipment=tuple(sorted(Counter(items).items())) if items else (),
        )
