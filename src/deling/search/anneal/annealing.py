"""A whole plan that is annealed: from events to arrays, and back."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deling.domain import Event
from deling.event_ids import bought_id
from deling.search.anneal import steps
from deling.search.anneal.arrays import (
    ALLOWED,
    BOUGHT,
    BUDGET,
    GONE_PICKS,
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
from deling.search.anneal.facts import Counted, Values
from deling.search.anneal.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from deling.case import Case
    from deling.domain import Plan
    from deling.search.anneal.arrays import Whole
    from deling.search.eject.times import Times

KRONE = 1 / 300
"""What a DKK is worth where costs are at stake, in sessions: what has to go finds a place for 300
DKK more, it is reckoned."""


AGAIN = 0.3
"""Heat at which it begins once more, for that at first."""


class Course(NamedTuple):
    """How a plan is annealed; all in sessions."""

    values: Values
    hot: float
    """Loss that is taken with a chance of one in e, at first."""
    cold: float
    """The same in the end."""
    noise: float
    """Most that chance adds to what a place costs."""
    far: float
    """The same for one that is to go far."""
    firm: bool
    """Whether all that has a place keeps one."""


COURSES = {
    "served": Course(Values(minute=0.0025, krone=0.0), 0.25, 0.05, 0.1, 3.0, firm=False),
    "cost": Course(
        Values(minute=0.0, krone=KRONE), 100 * KRONE, 2 * KRONE, 2 * KRONE, 1000 * KRONE, firm=True
    ),
}
"""By goal."""


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
    goal
        That is to get better.
    walks
        How often it is done, each by other chances.
    again
        Whether it has been done before, so that most of what there is should stay.
    """

    def __init__(
        self,
        times: Times,
        plan: Plan,
        seed: int,
        goal: str = "served",
        walks: int = 1,
        *,
        again: bool = False,
    ) -> None:
        self._ground = Ground(times, plan)
        course = COURSES[goal]
        self._course = course._replace(hot=AGAIN * course.hot) if again else course
        self._counted = Counted(self._ground, self._course.values)
        left = _left_of_budget(times.case, plan)
        self._walks = [
            Walk(self._ground, self._counted, left, np.random.default_rng([seed, number]))
            for number in range(walks)
        ]

    @property
    def best(self) -> tuple[int, float]:
        """The weight of what has no place at best, and what that plan costs, in sessions."""
        return self._best_walk.best

    @property
    def _best_walk(self) -> Walk:
        return min(self._walks, key=attrgetter("best"))

    def go_on(self, count: int, gone: float, each: Callable[..., Iterable[None]] = map) -> None:
        """Take some steps.

        Parameters
        ----------
        count
            How many of each walk.
        gone
            Share of the time for it that is gone.
        each
            Calls something with each of some; by several threads, for example.
        """
        course = self._course
        heat = course.hot * (course.cold / course.hot) ** gone
        deque(each(lambda walk: walk.go_on(course, count, heat), self._walks), maxlen=0)

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
        ground = self._ground
        new = [*ground.standing, *ground.bought_always, *self._best_walk.events()]
        before, after = (Counter(map(_what, events)) for events in (plan.events, new))
        needs = {need for key in (*(before - after), *(after - before)) for need in key[1]}
        shared = [event.needs for event in (*plan.events, *new) if len(event.needs) > 1]
        size = -1
        while size < len(needs):
            size = len(needs)
            needs.update(need for some in shared if not needs.isdisjoint(some) for need in some)
        return frozenset(needs), tuple(event for event in new if needs.issuperset(event.needs))

    def look(self) -> None:
        """Take note of where all sessions are at present."""
        for walk in self._walks:
            walk.look()

    def seen(self) -> Iterator[Event]:
        """Yield the events that there were at any look, each as if nobody had joined it."""
        ground = self._ground
        rows = np.unique(np.concatenate([walk.looks() for walk in self._walks]), axis=0)
        for session, way, start, *picks in rows.tolist():
            yield ground.event((ground.sessions[session].id,), way, picks, start)


class Walk:
    """Sessions that move, and the best that was found.

    Parameters
    ----------
    ground, counted
        The sessions.
    left_of_budget
        In øre.
    rng
        Of all random choices.
    """

    def __init__(
        self, ground: Ground, counted: Counted, left_of_budget: int, rng: np.random.Generator
    ) -> None:
        self._ground, self._counted, self._rng = ground, counted, rng
        self._looks: list[Whole] = []
        count, standing = len(ground.sessions), len(ground.standing)
        choices = max(1, ground.table.most_choices)
        worth, area, _rate = counted.facts.wishes
        sessions = np.full((count + standing, MEMBERS + ground.most_staff), NOBODY)
        sessions[:count, :WISHED] = counted.wishes
        sessions[:, [GUESTS, HERE, IN_OPTION]] = 0
        sessions[:, PRESENT], sessions[:, ALLOWED] = sessions[:, SIZE], sessions[:, LIMIT]
        self.now = now = Now(
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
            gone=np.zeros((count + 1, GONE_PICKS + choices), dtype=np.int64),
            turns=np.zeros(2 * count + 1, dtype=np.int64),
            value=np.array([worth.sum()]),
        )
        now.numbers[SESSIONS] = count
        now.numbers[BUDGET] = left_of_budget
        self._begin()
        self._best = Best(
            now.numbers[LACKING : LACKING + 1].copy(),
            now.value.copy(),
            now.sessions.copy(),
            now.picks.copy(),
        )

    def _begin(self) -> None:
        """Put everything where the plan has it."""
        ground, counted, now = self._ground, self._counted, self.now
        case, facts, table = ground.case, counted.facts, ground.table
        sites, members = counted.sites, counted.members
        count = len(ground.sessions)
        standing = []
        for number, event in enumerate(ground.standing):
            site = case.site_of(event)
            for key in event.staff:
                member = case.scenario.staff[key]
                lent = any(
                    case.group_of(need).institution != member.institution for need in event.needs
                ) and not case.stands_as_today(event)
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
            now.value[0] -= now.cost[session]
        waiting = np.flatnonzero(now.sessions[:count, WAY] == WAITS)
        now.waiting[: len(waiting)] = waiting
        now.numbers[WAITING] = len(waiting)
        now.numbers[LACKING] = now.sessions[waiting, WEIGHT].sum()

    @property
    def best(self) -> tuple[int, float]:
        """As for `Annealing`."""
        return int(self._best.lacking[0]), float(self._best.value[0])

    def go_on(self, course: Course, count: int, heat: float) -> None:
        """Take some steps."""
        steps.anneal(
            self._counted.facts,
            self.now,
            self._best,
            count,
            heat,
            course.noise,
            course.far,
            course.firm,
            self._rng,
        )

    def look(self) -> None:
        """Take note of where sessions are at present."""
        held = self.now.sessions[: len(self._ground.sessions)]
        hosts = np.flatnonzero((held[:, WAY] >= 0) & (held[:, HOST] == NOBODY))
        where = held[hosts][:, [WAY, START]]
        self._looks.append(np.hstack((hosts[:, None], where, self.now.picks[hosts])))

    def looks(self) -> Whole:
        """Return a row for each session at each look: its number, way, start, and picks."""
        return np.concatenate(self._looks)

    def events(self) -> Iterator[Event]:
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


def _left_of_budget(case: Case, plan: Plan) -> int:
    budget = case.scenario.rules.budget
    if budget is None or not case.applies("budget"):
        return 2**62
    return budget - sum(case.buying_price(event) for event in plan.bought)


def compile_all() -> None:
    """Compile all, or read what has been compiled before."""
    facts, now, best = blank()
    none = np.zeros((0, 6), dtype=np.int64)
    steps.begin(facts, now, none, none)
    steps.anneal(facts, now, best, 0, 1.0, 0.1, 1.0, False, np.random.default_rng(0))


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
