"""A plan in which sessions are put in places one by one, and others give way."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, ClassVar

from deling.domain import Event
from deling.event_ids import bought_id, free_id, held_id
from deling.search.eject.bill import Bill
from deling.search.eject.conflicts import Conflicts
from deling.search.eject.places import Places
from deling.search.eject.table import Table
from deling.search.eject.working_hours import WorkingHours

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable

    from deling.candidates import Candidates
    from deling.domain import Need, Plan
    from deling.search.eject.places import Place, Taste
    from deling.search.eject.table import Held
    from deling.search.eject.times import Times

    Take = Callable[[frozenset[str], tuple[Event, ...]], bool]
    """Whether what has been moved is taken: the needs, and all events of these alone."""


class Moves:
    """A plan that is tried out.

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

    taste: ClassVar[Taste]
    """Which places are good ones."""

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
        hours = WorkingHours(times)
        self._bill = Bill(times, self._table, hours)
        self._conflicts = Conflicts(times, self._table, hours)
        self._places = Places(times, self._table, self._conflicts, self._bill, self.taste, seed)

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

    def _take(self, need: Need, place: Place) -> list[str]:
        """Put a session in a place; return the needs that lost one for it."""
        event = self._event(need, place)
        in_the_way: Iterable[Held] = self._conflicts.of(need, event)
        if place.joins is not None:
            in_the_way = self._conflicts.of_joining(need, place.joins, event) or ()
            self._remove(place.joins)
        lost: list[str] = []
        for held in in_the_way:
            self._remove(held)
            self._table.thrown.update(held.event.needs)
            lost += held.event.needs
        self._put(event)
        return lost

    def _remove(self, held: Held) -> None:
        self._table.remove(held)

    def _put(self, event: Event) -> None:
        self._table.put(event)

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
