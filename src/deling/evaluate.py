"""What a plan is worth: its goal values, and what each session costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.goals import GOALS
from deling.goals.cost import move_cost, price, released_staff, room_cost, trip_cost
from deling.memory import collector_at_rest
from deling.units import SIXTIETHS_PER_ORE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deling.case import Case
    from deling.domain import Event, Plan


def evaluate(plan: Plan, case: Case, goals: Iterable[str] = GOALS) -> dict[str, int]:
    """Return the value of every goal, by id, or of some; ``cost`` in sixtieths of an øre."""
    with collector_at_rest():
        return {goal: GOALS[goal].value(plan, case) for goal in goals}


def session_costs(plan: Plan, case: Case) -> dict[tuple[str, str], int]:
    """Return what each session costs, in øre, by event and need.

    An internal session pays its group's trips, less its released staff, and its share of what
    the event costs as a whole. Tour travel of staff belongs to no session.
    """
    costs: dict[tuple[str, str], int] = {}
    for event in plan.events:
        for need_id, sixtieths, parts in _session_costs(event, case):
            costs[event.id, need_id] = _rounded(sixtieths, parts * SIXTIETHS_PER_ORE)
    return costs


def _session_costs(event: Event, case: Case) -> list[tuple[str, int, int]]:
    """Return need, numerator and denominator of each session's cost in sixtieths of an øre."""
    needs = [case.scenario.needs[need] for need in event.needs]
    if not event.internal:
        return [(need.id, price(need), 1) for need in needs]
    staff = sum(case.scenario.staff[member].hourly_cost for member in event.staff)
    common = room_cost(event, case) + move_cost(event, case) + event.minutes * staff
    groups = [case.scenario.groups[need.group] for need in needs]
    shares = [group.size for group in groups]
    if not any(shares):
        shares = [1] * len(shares)
    parts = sum(shares)
    site = case.site_of(event)
    return [
        (
            need.id,
            (trip_cost(group, site, case) - released_staff(event, need, group)) * parts
            + common * share,
            parts,
        )
        for need, group, share in zip(needs, groups, shares, strict=True)
    ]


def _rounded(numerator: int, denominator: int) -> int:
    """Return the nearest whole number, halves away from zero."""
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole
