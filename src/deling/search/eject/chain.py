"""Chains of ejections, one after the other.

What has often been thrown out weighs more the next time (guided ejection, after Nagata and Bräysy
2009), so that what nobody else needs gives way in the end.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from deling.check import check
from deling.rules import KEEP
from deling.rules.scan import sessions_of
from deling.search.eject.moves import Moves
from deling.search.eject.places import Taste
from deling.search.eject.table import NEVER

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterator

    from deling.candidates import Candidates
    from deling.domain import Plan
    from deling.search.eject.moves import Take
    from deling.search.eject.times import Times

STEPS = 30
"""Places taken in a chain at most, at first, and by how many more in each further turn."""
MOST_STEPS = 200
TASTE = Taste(price=0.5, noise=0.4, relative=0.1, buys=False)
"""An event weighs 1 at least: hardly anything is thrown out for a cheap place or by chance. What
has been thrown out often weighs much, so chance adds to that as well."""
TOGETHER = 8
"""Chains of the first turn that are offered together; later ones take longer."""
MINUTE = 1e-5
"""What a minute of somebody's time is worth, so that of sessions of the same weight the shorter one
stays, and its staff have time for others; too little for a chain to lose weight by it."""
HOPELESS = 0.05
"""Where a larger share of all wishes is unmet, and a turn serves a smaller share of these, it is
the last: not all can be met. A turn that serves a larger share is never the last."""


def _steps(turn: int) -> int:
    return min(MOST_STEPS, STEPS * (1 + turn))


def _has_paid(tried: list[str], left: list[str]) -> bool:
    """Return whether a turn has served enough for another one to be worth it."""
    return len(tried) - len(left) >= HOPELESS * len(tried)


class Chains(Moves):
    """A plan that gets sessions one by one, whatever has to move for them.

    Parameters
    ----------
    candidates, times, plan, free, seed, thrown
        As for `Moves`.
    """

    taste = TASTE

    def __init__(
        self,
        candidates: Candidates,
        times: Times,
        plan: Plan,
        free: Collection[str],
        seed: int,
        thrown: Counter[str] | None = None,
    ) -> None:
        super().__init__(candidates, times, plan, free, seed, thrown)
        self._start = self._table.mark()
        self._wanted = sum(
            need.sessions for need in self._case.scenario.needs.values() if need.id in free
        )
        self._kept = KEEP.kept(self._case) if self._case.applies("keep") else {}

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
        """Try to serve what is unmet, and offer what chains have moved: the needs and their events.

        What is not taken is offered chain by chain, and taken back.

        Parameters
        ----------
        turns
            How often each unmet need is tried, and on as long as that pays.
        most
            Unmet needs that are tried, by chance.
        stopped
            Asked before each few chains.
        take
            Returns whether a chain is taken.
        """
        left = self._unmet()
        if len(left) > most:
            left = self._rng.sample(left, most)
        for turn in count():
            waiting, left = left, []
            several = max(1, TOGETHER // (1 + turn))
            for first in range(0, len(waiting), several):
                if stopped():
                    return
                some = waiting[first : first + several]
                lost = self._offered(some, turn, take)
                if lost is None:
                    lost = []
                    for one in some:
                        alone = self._offered([one], turn, take)
                        lost += [one] if alone is None else alone
                left += lost
            enough = turn + 1 >= turns or self._is_much(left)
            if not left or (enough and not _has_paid(waiting, left)):
                return

    def _offered(self, some: list[str], turn: int, take: Take) -> list[str] | None:
        """Try to serve some needs; return what is unmet then, or None where it is not taken."""
        table = self._table
        left: list[str] = []
        mark = table.mark()
        for need in some:
            if not self._is_served(need):  # By somebody else meanwhile.
                lost = self.serve(need, _steps(turn))
                left += [need] if lost is None else lost
        if table.mark() > mark and not take(*table.changed(mark)):
            table.undo(mark)
            return None
        return left

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
        for _step in range(steps):
            at = self._rng.randrange(len(queue))
            need = needs[queue[at]]
            place = self._places.best(need)
            if place is None:
                break
            del queue[at]
            queue += self._take(need, place)
            if not queue or sum(map(self._loss, queue)) < self._worth(need_id):
                return queue
        table.undo(mark)
        return None

    def _loss(self, need_id: str) -> float:
        """Return what is lost where a need goes without a session."""
        return NEVER if self._kept.get(need_id) else self._worth(need_id)

    def _worth(self, need_id: str) -> float:
        """Return the weight of a session, less a little for the time of staff that it takes."""
        need = self._case.scenario.needs[need_id]
        staff = sum(count for _skill, count in need.skills)
        return need.weight - MINUTE * need.minutes * staff
