"""Needs that draw on the same pool of staff.

What a session costs is mostly the time of staff, ways included, so needs that have no member of
staff in common hardly compete: for a room, or for a group's time. Each pool planned by itself is a
small model that is proven best in a fraction of the time of the whole. What its groups do with
other staff may be at another time, as it is else: a tenth more is saved with that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from deling.case import Case
    from deling.domain import Event, Plan

SMALL = 20
"""Needs of several pools that are planned together, as one model is made sooner than several."""


def staff_pools(needs: Iterable[str], options: Iterable[Event]) -> list[frozenset[str]]:
    """Return needs by the pool of staff that they draw on, those of the largest pool first.

    Parameters
    ----------
    needs
        Ids of all that are to be planned.
    options
        Every event that these could have.

    Returns
    -------
    list
        Of sets of ids. Small pools are put together; needs that take no staff are in each.
    """
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    for event in options:
        for need in event.needs:
            graph.add_edges_from((("need", need), ("staff", member)) for member in event.staff)
    pools = [
        sorted(key for kind, key in pool if kind == "need")
        for pool in nx.connected_components(graph)
    ]
    staffed = {need for pool in pools for need in pool}
    others = [need for need in needs if need not in staffed]
    found: list[list[str]] = []
    for pool in sorted(pools, key=lambda pool: (-len(pool), pool)):
        if found and len(found[-1]) + len(pool) <= SMALL:
            found[-1] += pool
        else:
            found.append(pool)
    return [frozenset((*pool, *others)) for pool in found]


def around_pool(
    pool: frozenset[str], needs: Collection[str], options: Iterable[Event], plan: Plan, case: Case
) -> tuple[frozenset[str], list[Event]]:
    """Return what a pool is planned with, and the events to choose from.

    Parameters
    ----------
    pool
        Ids of its needs.
    needs
        Ids of all that may be planned anew.
    options
        Every event that these could have.
    plan
        As it stands.
    case
        With the groups of the needs.

    Returns
    -------
    free
        Ids of the pool's needs and of those of groups that take part in it.
    some
        Every event of the pool; of others, those that differ from one of the plan by their time.
    """
    group_of = {need: case.scenario.needs[need].group for need in needs}
    groups = {group_of[need] for need in pool}
    free = frozenset(
        need
        for need in needs
        if any(case.related_groups(group, group_of[need]) for group in groups)
    )
    known = {_but_for_time(event) for event in plan.internal}
    return free, [
        event
        for event in options
        if free.issuperset(event.needs)
        and (pool.issuperset(event.needs) or _but_for_time(event) in known)
    ]


def _but_for_time(event: Event) -> Hashable:
    needs, _start, *others = event.key
    return needs, *others
