"""Cheaper places, one after the other: an event moves, and whatever is in its way moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.search.eject.moves import Moves
from deling.search.eject.places import Taste

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.domain import Event
    from deling.search.eject.moves import Take
    from deling.search.eject.table import Held

TASTE = Taste(price=10.0, noise=0.3, relative=0.0, buys=True)
"""What gives way finds a place for a tenth more than an event costs on average, it is reckoned."""
STEPS = 30
"""Places taken in a chain at most."""
TOGETHER = 20
"""Events that are tried between two looks at all else, and whose new places are judged at once."""


class Savings(Moves):
    """A plan whose events move to where they cost less, all served as before.

    Parameters
    ----------
    candidates, times, plan, free, seed
        As for `Moves`.
    """

    taste = TASTE
    _more = 0
    """What the plan costs more than before the chain, in sixtieths of an øre."""
    _known: dict[str, float] | None = None
    """By how much events cost more than they could, when that was last looked at."""

    def offer(self, most: int, stopped: Callable[[], bool], take: Take) -> int:
        """Look for cheaper places, and offer what is found, a few events together.

        What is not taken is offered event by event, and taken back.

        Parameters
        ----------
        most
            Events that are tried, those with the most to save first.
        stopped
            Asked before each few.
        take
            Returns whether what has changed is taken: the needs and their events.

        Returns
        -------
        int
            How many cheaper places there were.
        """
        # What was in the way in vain is tried anew: other places are free by now.
        self._table.forget_thrown()
        excess = self._known = self.excess()
        by_chance = {key: more * (1 + self._rng.random()) for key, more in excess.items()}
        dear = sorted(by_chance, key=lambda key: -by_chance[key])[:most]
        found = 0
        for first in range(0, len(dear), TOGETHER):
            if stopped():
                break
            some = dear[first : first + TOGETHER]
            found += self._offered(some, take) or sum(self._offered([one], take) for one in some)
        return found

    def _offered(self, some: list[str], take: Take) -> int:
        """Look for cheaper places of some events; return how many, 0 where they are not taken."""
        table = self._table
        mark = table.mark()
        found = sum(key in table and self.save(key) for key in some)
        if found and not take(*table.changed(mark)):
            table.undo(mark)
            return 0
        return found

    def excess(self) -> dict[str, float]:
        """Return by how much events cost more than they could by themselves, by their ids."""
        table, bill, needs = self._table, self._bill, self._case.scenario.needs
        found: dict[str, float] = {}
        for key, event in table.movable():
            more = bill.of(event) - sum(bill.least(needs[need]) for need in event.needs)
            if more > 0:
                found[key] = more
        return found

    def dear_needs(self, count: int) -> list[str]:
        """Return some needs, by chance: the more their events could cost less, the sooner.

        As it was before the last look for cheaper places: to reckon it takes a while.
        """
        known = self.excess() if self._known is None else self._known
        excess = {key: more for key, more in known.items() if key in self._table}
        if not excess:
            return []
        chosen = self._rng.choices(list(excess), list(excess.values()), k=count)
        return [self._rng.choice(self._table.of(key).event.needs) for key in chosen]

    def save(self, event_id: str) -> bool:
        """Move a session of an event, if there is a way by which all together cost less.

        Where there is none the plan is what it was.
        """
        table, bill, needs = self._table, self._bill, self._case.scenario.needs
        mark, held = table.mark(), table.of(event_id)
        self._more = 0
        queue = [self._rng.choice(held.event.needs)]
        rest = tuple(key for key in held.event.needs if key != queue[0])
        if rest and not self._may_leave(held.event, rest):
            return False
        self._remove(held)
        if rest:
            self._put(held.event.model_copy(update={"needs": rest}))
        for _step in range(STEPS):
            need = needs[queue.pop(self._rng.randrange(len(queue)))]
            place = self._places.best(need)
            if place is None:
                break
            queue += self._take(need, place)
            if self._more + sum(bill.least(needs[key]) for key in queue) >= 0:
                break
            if not queue:
                return True
        table.undo(mark)
        return False

    def _may_leave(self, event: Event, rest: tuple[str, ...]) -> bool:
        """Return whether an event is as it should be for the rest of its needs."""
        rows = self._case.scenario
        for asked in ("skills", "equipment"):
            before = {pair for key in event.needs for pair in getattr(rows.needs[key], asked)}
            if before != {pair for key in rest for pair in getattr(rows.needs[key], asked)}:
                return False
        # What is as today is not lent; without one of its needs it is not as today.
        lent = any(rows.staff[key].lend_minutes is not None for key in event.staff)
        return not (lent and self._case.stands_as_today(event))

    def _remove(self, held: Held) -> None:
        self._more -= self._bill.of(held.event)
        super()._remove(held)

    def _put(self, event: Event) -> None:
        self._more += self._bill.of(event)
        super()._put(event)
