"""A whole plan that is annealed: from events to arrays, and back."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from deling.domain import Event
from deling.event_ids import bought_id
from deling.search.anneal import steps
from deling.search.anneal.arrays import (
    ALLOWED,
    BOUGHT,
    BUDGET,
    GUESTS,
    HERE,
    HOST,
    IN_OPTION,
    LACKING,
    LIMIT,
    MEMBERS,
    NEVER,
    NOBODY,
    NUMBERS,
    PRESENT,
    PRICE,
    SESSIONS,
    SIZE,
    START,
    WAITING,
    WAITS,
    WAY,
    WEIGHT,
    WISHED,
    Best,
    Now,
    blank,
)
from deling.search.anneal.facts import Counted
from deling.search.anneal.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from deling.domain import Plan
    from deling.search.eject.times import Times

NOISE = 0.1
"""Most that chance adds to what a place costs, in sessions."""
MOVED = 0.5
"""Share of steps in which a session that has a place looks for a better one."""


class Annealing:
    """A plan whose sessions take each other's place.

    Parameters
    ----------
    times
        Start times, by what could serve each need.
    plan
        A valid plan to begin with.
    seed
        Of all random choices.
    """

    def __init__(self, times: Times, plan: Plan, seed: int) -> None:
        self._ground = ground = Ground(times, plan)
        self._counted = counted = Counted(ground)
        self._case = times.case
        self._rng = np.random.default_rng(seed)
        count, standing = len(ground.sessions), len(ground.standing)
        choices = max(1, ground.table.most_choices)
        worth, area, _rate = counted.facts.wishes
        sessions = np.full((count + standing, MEMBERS + ground.most_staff), NOBODY)
        sessions[:count, :WISHED] = counted.wishes
        sessions[:, [GUESTS, HERE, IN_OPTION]] = 0
        sessions[:, PRESENT], sessions[:, ALLOWED] = sessions[:, SIZE], sessions[:, LIMIT]
        self._now = now = Now(
            sessions=sessions,
            staff=counted.staff(),
            cost=np.concatenate((worth, np.full(standing, NEVER))),
            picks=np.zeros((count, choices), dtype=np.int64),
            area=area.copy(),
            owner=np.full(ground.cells.count, NOBODY),
            waiting=np.zeros(count + 1, dtype=np.int64),
            numbers=np.zeros(NUMBERS, dtype=np.int64),
            pick=np.zeros(choices, dtype=np.int64),
            best_pick=np.zeros(choices, dtype=np.int64),
        )
        now.numbers[SESSIONS] = count
        now.numbers[BUDGET] = self._left_of_budget(plan)
        self._begin()
        self._best = Best(
            now.numbers[LACKING : LACKING + 1].copy(), now.sessions.copy(), now.picks.copy()
        )

    def _left_of_budget(self, plan: Plan) -> int:
        case = self._case
        budget = case.scenario.rules.budget
        if budget is None or not case.applies("budget"):
            return 2**62
        return budget - sum(case.buying_price(event) for event in plan.bought)

    def _begin(self) -> None:
        """Put everything where the plan has it."""
        ground, counted, now = self._ground, self._counted, self._now
        facts, table = counted.facts, ground.table
        sites, members = counted.sites, counted.members
        count = len(ground.sessions)
        standing = []
        for number, event in enumerate(ground.standing):
            site = self._case.site_of(event)
            for key in event.staff:
                member = self._case.scenario.staff[key]
                lent = any(
                    self._case.group_of(need).institution != member.institution
                    for need in event.needs
                ) and not self._case.stands_as_today(event)
                end, minutes = event.start + event.minutes, event.minutes * lent
                standing.append(
                    (members[key], count + number, event.start, end, sites[site], minutes)
                )
        placed = []
        for session, place, host in ground.places:
            way, picks = table.numbered(ground.name(session, place, host), place)
            now.picks[session, : len(picks)] = picks
            placed.append((session, way, place.start, host))
        steps.begin(
            facts,
            now,
            np.array(placed, dtype=np.int64).reshape(len(placed), 4),
            np.array(standing, dtype=np.int64).reshape(len(standing), 6),
        )
        wishes = facts.wishes
        for session in ground.bought:
            price = now.sessions[session, PRICE]
            now.sessions[session, WAY] = BOUGHT
            now.cost[session] = wishes.worth[session] - wishes.rate[0] * price
        waiting = np.flatnonzero(now.sessions[:count, WAY] == WAITS)
        now.waiting[: len(waiting)] = waiting
        now.numbers[WAITING] = len(waiting)
        now.numbers[LACKING] = now.sessions[waiting, WEIGHT].sum()

    @property
    def lacking(self) -> int:
        """Weight of what has no place at best."""
        return int(self._best.lacking[0])

    def go_on(self, count: int, heat: float) -> None:
        """Take some steps."""
        steps.anneal(
            self._counted.facts, self._now, self._best, count, heat, NOISE, MOVED, self._rng
        )

    def changes(self, plan: Plan) -> tuple[frozenset[str], tuple[Event, ...]]:
        """Return in what the best that was found differs from a plan: needs, and their events.

        Parameters
        ----------
        plan
            With all that does not move here.

        Returns
        -------
        needs
            Those whose sessions are elsewhere, and all that share an event with one of them.
        events
            All that serve these alone, under any ids.
        """
        new = [*self._ground.standing, *self._ground.bought_always, *self._events()]
        before, after = (Counter(map(_what, events)) for events in (plan.events, new))
        needs = {need for key in (*(before - after), *(after - before)) for need in key[1]}
        shared = [event.needs for event in (*plan.events, *new) if len(event.needs) > 1]
        size = -1
        while size < len(needs):
            size = len(needs)
            needs.update(need for some in shared if not needs.isdisjoint(some) for need in some)
        return frozenset(needs), tuple(event for event in new if needs.issuperset(event.needs))

    def _events(self) -> Iterator[Event]:
        """Yield the events of the best that was found, without what never moves."""
        ground, held = self._ground, self._best.sessions[: len(self._ground.sessions)]
        guests: dict[int, list[str]] = defaultdict(list)
        for guest in np.flatnonzero((held[:, WAY] >= 0) & (held[:, HOST] != NOBODY)).tolist():
            guests[int(held[guest, HOST])].append(ground.sessions[guest].id)
        for session, need in enumerate(ground.sessions):
            way, start, host = (int(held[session, field]) for field in (WAY, START, HOST))
            if way == BOUGHT:
                yield Event(id=bought_id(need.id), needs=(need.id,), source="bought")
            elif way != WAITS and host == NOBODY:
                picks = self._best.picks[session].tolist()
                needs = (need.id, *sorted(guests[session]))
                yield ground.event(needs, way, picks, start)


def compile_all() -> None:
    """Compile all, or read what has been compiled before."""
    facts, now, best = blank()
    none = np.zeros((0, 6), dtype=np.int64)
    steps.begin(facts, now, none, none)
    steps.anneal(facts, now, best, 0, 1.0, NOISE, MOVED, np.random.default_rng(0))


def _what(event: Event) -> tuple[str, frozenset[str], Hashable]:
    """Return all that is said of an event but its id."""
    return (
        event.source,
        frozenset(event.needs),
        (
            event.start,
            event.room,
            frozenset(event.staff),
            frozenset(event.equipment),
        ),
    )
