"""A first valid plan, as close to today's use as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.check import check
from deling.domain import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deling.case import Case
    from deling.domain import Event
    from deling.search.state import State


def without_breaches(plan: Plan, case: Case) -> Plan:
    """Drop the events that breaches name, and what needs have beyond their wish, until none is.

    Fixed events stay: a plan that they alone break is a mistake in the input.
    """
    while True:
        named = {event for breach in check(plan, case) for event in breach.events}
        left: list[str] = []
        room_for = {need.id: need.sessions for need in case.scenario.needs.values()}
        for event in sorted(plan.events, key=lambda event: not event.fixed):
            wanted = all(room_for[need] > 0 for need in event.needs)
            if event.fixed or (event.id not in named and wanted):
                left.append(event.id)
                for need in event.needs:
                    room_for[need] -= 1
        if len(left) == len(plan.events):
            return plan
        kept = set(left)
        plan = Plan(events=tuple(event for event in plan.events if event.id in kept))


def repaired(plan: Plan, new: frozenset[str], case: Case) -> Plan | None:
    """Drop new events that break a rule beside what has changed meanwhile, until none does.

    Returns None where that is not enough.
    """
    while breaches := check(plan, case):
        # One of each breach: where a budget or a fleet is exceeded, the others may stay.
        named = {min(mine) for breach in breaches if (mine := new.intersection(breach.events))}
        if not named:
            return None
        plan = Plan(events=tuple(event for event in plan.events if event.id not in named))
    return plan


def merged(
    kept: Sequence[Event], old: Sequence[Event], new: Sequence[Event], case: Case
) -> Plan | None:
    """Return a plan of new events, in which needs whose new ones break a rule keep their old ones.

    Parameters
    ----------
    kept, old
        Together a valid plan.
    new
        In place of the old ones, under ids that none of these has.

    Returns
    -------
    Plan
        Valid; None where it is not what is new that breaks a rule.
    """
    back: set[str] = set()
    """Needs that keep what they have, and with them all who share an event."""
    while True:
        staying = [event for event in old if not back.isdisjoint(event.needs)]
        coming = [event for event in new if back.isdisjoint(event.needs)]
        plan = Plan(events=(*kept, *staying, *coming))
        breaches = check(plan, case)
        if not breaches:
            return plan
        ids = {event.id: event.needs for event in coming}
        named = {min(mine) for breach in breaches if (mine := ids.keys() & breach.events)}
        if not named:
            return None
        back.update(need for key in named for need in ids[key])
        size = 0
        while size < len(back):
            size = len(back)
            back.update(
                need
                for event in (*old, *new)
                if not back.isdisjoint(event.needs)
                for need in event.needs
            )


def find_start(state: State, given: Plan | None) -> bool:
    """Offer plans that are likely to be valid; return whether one was.

    These are the given one and today's use; where that breaks a rule, what is left of it.
    """
    if given is not None:
        state.offer(given)
    today = state.case.scenario.today
    values = state.judge(today)
    if values is not None:
        state.take(today, values)
    else:
        state.offer(without_breaches(today, state.case))
    # What the checker refuses here is a plan of the input, not of the solver.
    state.faults.clear()
    return state.plan is not None
