"""The plan of a large case as it is put together from parts, with what it is worth."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deling.board import Board
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.event_ids import under_free_ids
from deling.goals import GOALS
from deling.goals.fairness import unserved_shares
from deling.rules.scan import sessions_of
from deling.search.part_bounds import MAXIMA
from deling.search.start import repaired

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from deling.case import Case
    from deling.domain import Event
    from deling.part import Cutter


class Joined:
    """A valid plan that parts are put into, its values and its accounts.

    Parameters
    ----------
    case
        The whole scenario.
    cutter
        Cuts parts out of it.
    plan, values
        What to begin with; must be valid.
    """

    def __init__(self, case: Case, cutter: Cutter, plan: Plan, values: Mapping[str, int]) -> None:
        self._case = case
        self._cutter = cutter
        self._order: Sequence[str] = case.scenario.goals
        self._shares = unserved_shares(plan, case)
        self._spent = sum(case.buying_price(event) for event in plan.bought)
        self.board = Board(case, plan)
        self.values = dict(values)
        self.got = sessions_of(plan)
        """Sessions of each need."""
        self.bought = Counter(need for event in plan.bought for need in event.needs)
        """Those of them that are bought."""

    @property
    def left_of_budget(self) -> int:
        """What is left of the budget, in øre."""
        budget = self._case.scenario.rules.budget
        return 0 if budget is None else budget - self._spent

    def unmet(self, needs: Iterable[str]) -> int:
        """Return the weight of all sessions that some needs still want."""
        rows = self._case.scenario.needs
        return sum(rows[key].weight * max(0, rows[key].sessions - self.got[key]) for key in needs)

    def take(self, needs: Collection[str], events: Iterable[Event], *, as_is: bool = False) -> bool:
        """Put new events of some needs in place of their old ones, if the plan gets better.

        They are judged beside whatever has changed since they were found. Those that no longer
        fit are left out, or, if they are wanted as they are, all of them.
        """
        now = self._cutter.part(needs, self.board, self.left_of_budget)
        old = now.free_events
        gone = {event.id for event in old}
        kept = [event for event in now.plan.events if event.id not in gone]
        named = under_free_ids(events, lambda name: name in self.board and name not in gone)
        ids = frozenset(event.id for event in named)
        plan = repaired(Plan(events=(*kept, *named)), ids, now.case)
        if plan is None or (as_is and len(plan.events) < len(kept) + len(named)):
            return False
        before, after = evaluate(now.plan, now.case), evaluate(plan, now.case)
        ours = {self._case.group_of(need).institution for need in now.free}
        known = unserved_shares(plan, now.case).items()
        shares = self._shares | {each: share for each, share in known if each in ours}
        values = {
            goal: max(shares.values(), default=0)
            if goal in MAXIMA
            else self.values[goal] + after[goal] - before[goal]
            for goal in self._order
        }
        if not self._better(values):
            return False
        for event in old:
            self._remove(event)
        for event in plan.events:
            if event.id in ids:
                self._put(event)
        self.values, self._shares = values, shares
        return True

    def _put(self, event: Event) -> None:
        self.board.put(event)
        self.got.update(event.needs)
        self._spent += self._case.buying_price(event)
        if not event.internal:
            self.bought.update(event.needs)

    def _remove(self, event: Event) -> None:
        self.board.remove(event)
        self.got.subtract(event.needs)
        self._spent -= self._case.buying_price(event)
        if not event.internal:
            self.bought.subtract(event.needs)

    def _better(self, values: Mapping[str, int]) -> bool:
        for goal in self._order:
            if values[goal] != self.values[goal]:
                return GOALS[goal].better(values[goal], self.values[goal])
        return False
