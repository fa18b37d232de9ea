"""Chains of ejections, one after the other.

What has often been thrown out weighs more the next time (guided ejection, after Nagata and Bräysy
2009), so that what nobody else needs gives way in the end.
"""

from __future__ import annotations

import random
from itertools import count
from typing import TYPE_CHECKING

from deling.check import check
from deling.domain import Event, Plan
from deling.event_ids import bought_id, free_id, held_id
from deling.rules import KEEP
from deling.rules.scan import sessions_of
from deling.search.eject.conflicts import Conflicts
from deling.search.eject.places import Places
from deling.search.eject.table import NEVER, Table

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable, Iterator

    Take = Callable[[frozenset[str], tuple[Event, ...]], bool]

    from deling.candidates import Candidates
    from deling.domain import Need
    from deling.search.eject.places import Place
    from deling.search.eject.table import Held
    from deling.search.eject.times import Times

STEPS = 30
"""Places taken in a chain at most, at first, and by how many more in each further turn."""
MOST_STEPS = 200
HOPELESS = 0.05
"""Where a larger share of all wishes is unmet, and a turn serves a smaller share of these, it is
the last: not all can be met. A turn that serves a larger share is never the last."""


def _steps(turn: int) -> int:
    return min(MOST_STEPS, STEPS * (1 + turn))


def _has_paid(tried: list[str], left: list[str]) -> bool:
    """Return whether a turn has served enough for another one to be worth it."""
    return len(tried) - len(left) >= HOPELESS * len(tried)


class Chains:
    """A plan that gets sessions one by one, whatever has to move for them.

    Parameters
    ----------
    candidates
        What could serve each need.
    times
        Start times, by these candidates.
    plan
        What to begin with.
    free
        Ids of the needs that may be moved.
    seed
        Of all random choices.
    thrown
        How often each need has been thrown out already.
    """

    def __init__(
        self,
        candidates: Candidates,
        times: Times,
        plan: Plan,
        free: Collection[str],
        seed: int,
        thrown: Counter[str] | None = None,
    ) -> None:
        self._case = candidates.case
        self._times = times
        self._free = free
        self._rng = random.Random(seed)
        self._table = Table(self._case, plan, free, thrown)
        self._conflicts = Conflicts(times, self._table)
        self._places = Places(times, self._table, self._conflicts, seed)
        self._start = self._table.mark()
        self._wanted = sum(
            need.sessions for need in self._case.scenario.needs.values() if need.id in free
        )
        self._kept = KEEP.kept(self._case) if self._case.applies("keep") else {}
        self.touched: set[str] = set()
        """Needs that the last chain has moved."""

    def plans(self, turns: int, stopped: Callable[[], bool]) -> Iterator[Plan]:
        """Try to serve what is unmet, the scarcest first; yield valid plans on the way.

        Parameters
        ----------
        turns
            How often each unmet need is tried.
        stopped
            Asked before each chain.
        """
        left = self._unmet()
        for turn in range(turns):
            mark, waiting, left = self._table.mark(), left, []
            for need in waiting:
                lost = None if stopped() else self.serve(need, _steps(turn))
                left += [need] if lost is None else lost
            if self._table.mark() > mark:
                plan, lost = self._valid()
                left += lost
                if plan is not None:
                    yield plan
            hopeless = self._is_much(left) and not _has_paid(waiting, left)
            if not left or stopped() or hopeless:
                return

    def offer(self, turns: int, most: int, stopped: Callable[[], bool], take: Take) -> None:
        """Try to serve what is unmet, and offer each chain by itself: the needs and their events.

        What is not taken is taken back.

        Parameters
        ----------
        turns
            How often each unmet need is tried, and on as long as that pays.
        most
            Unmet needs that are tried, by chance.
        stopped
            Asked before each chain.
        take
            Returns whether a chain is taken.
        """
        left = self._unmet()
        if len(left) > most:
            left = self._rng.sample(left, most)
        for turn in count():
            waiting, left = left, []
            for need in waiting:
                if stopped():
                    return
                if self._is_served(need):
                    continue  # By somebody else meanwhile.
                mark = self._table.mark()
                lost = self.serve(need, _steps(turn))
                if lost is not None and not take(*self._table.changed(mark)):
                    self._table.undo(mark)
                    lost = None
                left += [need] if lost is None else lost
            enough = turn + 1 >= turns or self._is_much(left)
            if not left or (enough and not _has_paid(waiting, left)):
                return

    def renew(self, needs: frozenset[str], events: Iterable[Event]) -> None:
        """Take over what somebody else has planned; not while a chain is under way.

        Parameters
        ----------
        needs
            Ids of the needs that were planned anew.
        events
            All events that serve these alone.
        """
        self._table.renew(needs, events)

    def _is_much(self, left: list[str]) -> bool:
        """Return whether more is left than can be hoped to be served by more turns."""
        return len(left) > HOPELESS * self._wanted

    def _is_served(self, need_id: str) -> bool:
        """Return whether a need has all the sessions that it wants."""
        table = self._table
        bought = sum(held.event.needs == (need_id,) for held in table.bought.values())
        got = len(table.by_need[need_id]) + bought
        return got >= self._case.scenario.needs[need_id].sessions

    def _unmet(self) -> list[str]:
        """Return a need for each session that is wished for, the scarcest first."""
        got = sessions_of(self._table.plan())
        found = [
            need.id
            for need in self._case.scenario.needs.values()
            if need.id in self._free
            for _each in range(need.sessions - got[need.id])
        ]
        choices = {key: self._times.choices(self._case.scenario.needs[key]) for key in found}
        return sorted(found, key=choices.__getitem__)

    def _valid(self) -> tuple[Plan | None, list[str]]:
        """Return the plan without what breaks a rule, and the needs that lost a session for it.

        None where it is not what is new that breaks a rule.
        """
        lost: list[str] = []
        while breaches := check(plan := self._table.plan(), self._case):
            new = self._table.since(self._start)
            named = {
                min(mine, key=self._claim)
                for breach in breaches
                if (mine := new.intersection(breach.events))
            }
            if not named:
                return None, lost
            for key in sorted(named):
                lost += self._table.drop(key)
        return plan, lost

    def _claim(self, event_id: str) -> tuple[bool, str]:
        """Return what is dropped first of events that break a rule."""
        needs = self._table.needs_of(event_id)
        return any(self._kept.get(need) for need in needs), event_id

    def serve(self, need_id: str, steps: int = STEPS) -> list[str] | None:
        """Give a need one more session, if there is a way; return what lost one for it.

        Where there is none the plan is what it was, and None is returned.
        """
        needs, table = self._case.scenario.needs, self._table
        mark = table.mark()
        queue = [need_id]
        self.touched = {need_id}
        for _step in range(steps):
            at = self._rng.randrange(len(queue))
            need = needs[queue[at]]
            place = self._places.best(need)
            if place is None:
                break
            del queue[at]
            queue += self._take(need, place)
            self.touched.update(queue)
            if not queue or sum(map(self._loss, queue)) < needs[need_id].weight:
                return queue
        table.undo(mark)
        return None

    def _loss(self, need_id: str) -> float:
        """Return what is lost where a need goes without a session."""
        return NEVER if self._kept.get(need_id) else self._case.scenario.needs[need_id].weight

    def _take(self, need: Need, place: Place) -> list[str]:
        """Put a session in a place; return the needs that lost one for it."""
        table = self._table
        event = self._event(need, place)
        in_the_way: Iterable[Held] = self._conflicts.of(need, event)
        if place.joins is not None:
            self.touched.update(place.joins.event.needs)
            in_the_way = self._conflicts.of_joining(need, place.joins, event) or ()
            table.remove(place.joins)
        lost: list[str] = []
        for held in in_the_way:
            table.remove(held)
            table.thrown.update(held.event.needs)
            lost += held.event.needs
        table.put(event)
        return lost

    def _event(self, need: Need, place: Place) -> Event:
        if place.joins is not None:
            event = place.joins.event
            needs = (*event.needs, need.id)
            return event.model_copy(update={"needs": needs, "equipment": place.equipment})
        if not place.room:
            name = free_id(bought_id(need.id), self._table.__contains__)
            return Event(id=name, needs=(need.id,), source="bought")
        return Event(
            id=free_id(held_id(need.id, place.start), self._table.__contains__),
            needs=(need.id,),
            start=place.start,
            minutes=need.minutes,
            room=place.room,
            staff=place.staff,
            equipment=place.equipment,
        )
