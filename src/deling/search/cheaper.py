"""Cheaper places for the events of the best plan, without a model, beside all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.check import check
from deling.domain import Plan
from deling.memory import collector_at_rest
from deling.search.eject.saving import Savings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deling.domain import Event
    from deling.search.eject.times import Times
    from deling.search.state import State

COST = "cost"
TURNS = 2
"""Looks one after the other: the first finds most of what there is."""
SHARE = 0.2
"""Of the time gone, what looks may take."""


class Looks:
    """When to look for cheaper places: each time that the plan is better in the goals before.

    Parameters
    ----------
    state
        The search; has a plan.
    share
        Of the time gone, what looks may take.
    """

    def __init__(self, state: State, share: float) -> None:
        self._state = state
        self._share = share
        self._known: Mapping[str, int] | None = None
        """Values of the goals before the cost, of the plan that was looked at last."""
        self._begun = 0.0
        self.spent = 0.0
        """How long all took."""

    def begin(self) -> bool:
        """Return whether it is time for one, which then begins."""
        state = self._state
        if COST not in state.order or state.reached(COST):
            return False
        self._begun = state.clock.spent
        held = state.held_before(COST)
        if held == self._known or self.spent > self._share * self._begun:
            return False
        self._known = held
        return True

    def end(self) -> None:
        """Count how long it took."""
        self.spent += self._state.clock.spent - self._begun


class Cheaper:
    """Makes the best plan cheaper each time that more is served, or served more evenly.

    Such a plan has been chosen whatever it costs. Until models get to the costs it would stay as
    dear as it is, and a twentieth to a tenth is saved in a moment.

    Parameters
    ----------
    state
        The search; has a plan.
    times
        Start times.
    seed
        Of all random choices.
    """

    def __init__(self, state: State, times: Times, seed: int) -> None:
        self._state = state
        self._times = times
        self._seed = seed
        self._looks = Looks(state, SHARE)

    def look(self) -> None:
        """Move events of the best plan, if it is time to look at it."""
        if self._looks.begin():
            self._seed += 1
            with collector_at_rest():
                self._save()
            self._looks.end()

    def _save(self) -> None:
        state = self._state
        plan = state.best()[0]
        savings = Savings(state.candidates, self._times, plan, state.free, self._seed)

        def stopped() -> bool:
            state.clock.step()
            return state.over or state.best()[0] is not plan  # A better one begins anew.

        def take(needs: frozenset[str], events: tuple[Event, ...]) -> bool:
            nonlocal plan
            if state.best()[0] is not plan:
                return False
            kept = (event for event in plan.events if not needs.issuperset(event.needs))
            found = Plan(events=(*kept, *events))
            # Chains guess; what breaks a rule is no fault of the solver's.
            if check(found, state.case) or not state.take(found, state.worth(found)):
                return False
            plan = found
            state.tell(COST)
            return True

        for _turn in range(TURNS):
            if not savings.offer(len(plan.events), stopped, take):
                return
