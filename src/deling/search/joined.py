"""The plan of a large case as it is put together from parts, with what it is worth."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deling.board import Board
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.event_ids import under_free_ids
from deling.goals import GOALS, compare_goals
from deling.goals.fairness import unserved_shares
from deling.rules.scan import sessions_of
from deling.search.start import merged, repaired

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from deling.case import Case
    from deling.domain import Event
    from deling.part import Cutter, Part


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
        self._sums = [goal for goal in self._order if GOALS[goal].of_parts == "sum"]
        """Goals of which a part's difference is that of the whole."""
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

        They are judged beside whatever has changed since they were found. Where some no longer
        fit, their needs keep their old ones, or, if that is not better, go without. If the events
        are wanted as they are, none is taken then.
        """
        now = self._cutter.part(needs, self.board, self.left_of_budget)
        events = tuple(events)
        plan = self._whole(now, events)
        if plan is not None or as_is:
            return plan is not None and self._put_if_better(now, plan)
        return any(
            (plan := way(now, events)) is not None and self._put_if_better(now, plan)
            for way in (self._merged, self._fitting)
        )

    def take_by_area(
        self,
        needs: Collection[str],
        events: Iterable[Event],
        areas: Iterable[Collection[str]],
    ) -> bool:
        """Put new events of some needs in place of their old ones, where the plan gets better.

        Then, area by area, whichever of the new and the old ones are better beside the rest: what
        others have found meanwhile is not lost where it is as good, nor what is new elsewhere.

        Parameters
        ----------
        areas
            The needs of each.

        Returns
        -------
        bool
            Whether the plan got better.
        """
        new = tuple(events)
        old = tuple(self.board.that_take(("need", need) for need in needs).values())
        better = self.take(needs, new)
        others = old if better else new
        for area in areas:
            inside = frozenset(area)
            mine = [event for event in others if inside.issuperset(event.needs)]
            better = self.take(area, mine, as_is=True) or better
        return better

    def _whole(self, now: Part, events: tuple[Event, ...]) -> Plan | None:
        """Return a part's plan with new events of its free needs, None where they do not fit."""
        plan, _new = self._with(now, events)
        return None if check(plan, now.case) else plan

    def _fitting(self, now: Part, events: tuple[Event, ...]) -> Plan | None:
        """Return a part's plan with those of the new events that fit."""
        return repaired(*self._with(now, events), now.case)

    def _with(self, now: Part, events: tuple[Event, ...]) -> tuple[Plan, frozenset[str]]:
        """Return a part's plan with new events, and their ids."""
        gone = {event.id for event in now.free_events}
        kept = [event for event in now.plan.events if event.id not in gone]
        named = under_free_ids(events, lambda name: name in self.board and name not in gone)
        return Plan(events=(*kept, *named)), frozenset(event.id for event in named)

    def _merged(self, now: Part, events: tuple[Event, ...]) -> Plan | None:
        """Return a part's plan in which needs whose new events do not fit keep their old ones."""
        known = {event.id: event for event in now.free_events}
        same = {
            event.id for event in events if event.id in known and known[event.id].key == event.key
        }
        old = [event for event in known.values() if event.id not in same]
        changed = {event.id for event in old}
        kept = [event for event in now.plan.events if event.id not in changed]
        others = [event for event in events if event.id not in same]
        new = under_free_ids(others, self.board.__contains__)
        return merged(kept, old, new, now.case)

    def _put_if_better(self, now: Part, plan: Plan) -> bool:
        """Put a part's plan in place of the one it has, if that is better for the whole."""
        before, after = (evaluate(each, now.case, self._sums) for each in (now.plan, plan))
        ours = {self._case.group_of(need).institution for need in now.free}
        known = unserved_shares(plan, now.case).items()
        shares = self._shares | {each: share for each, share in known if each in ours}
        values = {
            goal: self.values[goal] + after[goal] - before[goal]
            if goal in after
            else max(shares.values(), default=0)
            for goal in self._order
        }
        if compare_goals(self._order, values, self.values) <= 0:
            return False
        stays = set(plan.events)
        for event in now.plan.events:
            if event not in stays:
                self._remove(event)
        for event in plan.events:
            if event.id not in self.board:
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
