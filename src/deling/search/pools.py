"""Needs that draw on the same pool of staff.

What a session costs is mostly the time of staff, ways included, so needs that have no member of
staff in common hardly compete: for a room, or for a group's time. Each pool planned by itself, with
all else as it is, is a small model that is proven best in a fraction of the time of the whole, and
most of what the whole could save is saved by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deling.domain import Event

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
