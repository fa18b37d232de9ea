"""Local areas that hardly touch: which needs to plan together when a scenario is large.

Institutions are tied by what one could use of another's. Communities of this graph (Blondel et
al. 2008, by networkx) are the local areas; large ones are split again, small ones go to those
they are tied to most.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from deling.case import Case
    from deling.domain import Equipment, Room, StaffMember
    from deling.part import Cutter

SESSIONS_EACH = 160
"""Wanted sessions of a part: few enough for the whole model, many enough to hold a local area."""
DISTRICT_SESSIONS = 1_200
"""Wanted sessions of a district, which HiGHS can plan at once."""


def split(case: Case, cutter: Cutter, seed: int) -> list[tuple[str, ...]]:
    """Return the needs of each part; every need is in one of them.

    Needs that could go together in one event are never parted, nor are those of one institution.
    """
    return _split(case, cutter, seed, SESSIONS_EACH)


def _split(case: Case, cutter: Cutter, seed: int, sessions: float) -> list[tuple[str, ...]]:
    """Return parts in which about as many sessions are wanted, give or take half of it."""
    graph = ties(case, cutter)
    found: list[list[str]] = []
    for component in nx.connected_components(graph):
        found += _communities(_among(graph, component), seed, sessions)
    members: dict[str, list[str]] = defaultdict(list)
    for need in case.scenario.needs:
        members[_node_of(graph, case, need)].append(need)
    order = {need: at for at, need in enumerate(case.scenario.needs)}
    parts = [
        tuple(sorted((need for node in nodes for need in members[node]), key=order.__getitem__))
        for nodes in found
    ]
    return sorted((part for part in parts if part), key=lambda part: order[part[0]])


def districts(case: Case, cutter: Cutter, seed: int) -> list[tuple[str, ...]]:
    """Return the needs of each district: parts of many local areas, as few as can be."""
    needs = case.scenario.needs
    found: list[tuple[str, ...]] = []
    sessions: list[int] = []
    for part in _split(case, cutter, seed, DISTRICT_SESSIONS):
        size = sum(needs[key].sessions for key in part)
        # What touches nothing else, or little, goes where there is room.
        for at, taken in enumerate(sessions):
            if taken + size <= 1.5 * DISTRICT_SESSIONS:
                found[at] += part
                sessions[at] += size
                break
        else:
            found.append(part)
            sessions.append(size)
    return found


def pieces(case: Case, area: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a part in pieces of about the right size, in the order of the table.

    Only what is no more than one large institution is in several: there is work for all workers
    then, while what such pieces could do at best says nothing of the whole.
    """
    needs = case.scenario.needs
    if sum(needs[key].sessions for key in area) <= 2 * SESSIONS_EACH:
        return [area]
    found: list[list[str]] = [[]]
    sessions = 0
    for key in area:
        if sessions + needs[key].sessions > SESSIONS_EACH and found[-1]:
            found.append([])
            sessions = 0
        found[-1].append(key)
        sessions += needs[key].sessions
    return [tuple(piece) for piece in found]


def ties(case: Case, cutter: Cutter) -> nx.Graph[str]:
    """Return the graph of institutions: ``sessions`` and ``place`` of nodes, ``weight`` of edges.

    Institutions whose needs go together are one node, named after the first of them. A
    need's tie to another institution is its sessions times the share of what it could use that is
    the other's.
    """
    scenario = case.scenario
    node = _joined(case)
    graph: nx.Graph[str] = nx.Graph()
    graph.graph["node"] = node
    owner_of: dict[str, Mapping[str, Room | StaffMember | Equipment]] = {
        "room": scenario.rooms,
        "staff": scenario.staff,
        "equipment": scenario.equipment,
    }
    for need in scenario.needs.values():
        here = node[case.group_of(need.id).institution]
        if here not in graph:
            graph.add_node(here, place=len(graph), sessions=0)
        graph.nodes[here]["sessions"] += need.sessions
    for need in scenario.needs.values():
        if not need.sessions:
            continue  # A graph whose ties all weigh nothing has no communities.
        here = node[case.group_of(need.id).institution]
        kinds: dict[str, list[str]] = defaultdict(list)
        for kind, key in sorted(cutter.could_use([need.id])):
            kinds[kind].append(node[owner_of[kind][key].institution])
        for owners in kinds.values():
            for owner in owners:
                if owner != here and owner in graph:
                    tie = graph.get_edge_data(here, owner, {"weight": 0.0})["weight"]
                    graph.add_edge(here, owner, weight=tie + need.sessions / len(owners))
    return graph


def _joined(case: Case) -> dict[str, str]:
    """Return the node of each institution: the first of all whose needs may go with its own.

    That is so for needs with one joint tag, and for those that are together in an event of today,
    which moves for all of them at once.
    """
    by_tag: dict[str, str] = {}
    joined: nx.Graph[str] = nx.Graph()
    joined.add_nodes_from(case.scenario.institutions)
    for need in case.scenario.needs.values():
        if need.joint is not None:
            institution = case.group_of(need.id).institution
            joined.add_edge(by_tag.setdefault(need.joint, institution), institution)
    for event in case.scenario.today.events:
        nx.add_path(joined, [case.group_of(need).institution for need in event.needs])
    place = {key: at for at, key in enumerate(case.scenario.institutions)}
    return {
        institution: first
        for component in nx.connected_components(joined)
        for first in [min(component, key=place.__getitem__)]
        for institution in component
    }


def _node_of(graph: nx.Graph[str], case: Case, need: str) -> str:
    return str(graph.graph["node"][case.group_of(need).institution])


def _size(graph: nx.Graph[str], nodes: Iterable[str]) -> int:
    return sum(graph.nodes[node]["sessions"] for node in nodes)


def _among(graph: nx.Graph[str], nodes: Collection[str]) -> nx.Graph[str]:
    """Return the graph of some nodes, in the whole graph's order: a set's is not the same twice."""
    found: nx.Graph[str] = nx.Graph()
    for node in sorted(nodes, key=lambda node: int(graph.nodes[node]["place"])):
        found.add_node(node, **graph.nodes[node])
    for node in list(found):
        for other, tie in graph[node].items():
            if other in found:
                found.add_edge(node, other, **tie)
    return found


def _communities(graph: nx.Graph[str], seed: int, sessions: float) -> list[list[str]]:
    """Return groups of nodes of about the right size, with few ties between them."""
    nodes = list(graph)
    if _size(graph, nodes) <= 1.5 * sessions or len(nodes) == 1:
        return [nodes]
    found: list[set[str]] = [
        set(some) for some in nx.community.louvain_communities(graph, seed=seed)
    ]
    if len(found) == 1:
        found = [set(some) for some in nx.community.kernighan_lin_bisection(graph, seed=seed)]
    parts: list[list[str]] = []
    for some in found:
        parts += _communities(_among(graph, some), seed, sessions)
    return _merged(graph, parts, sessions)


def _merged(graph: nx.Graph[str], parts: list[list[str]], sessions: float) -> list[list[str]]:
    """Return the parts, each small one joined to the one that it is tied to most."""
    home = {node: at for at, part in enumerate(parts) for node in part}
    for at in sorted(range(len(parts)), key=lambda at: _size(graph, parts[at])):
        size = _size(graph, parts[at])
        tied: dict[int, float] = defaultdict(float)
        for node in parts[at]:
            for other, tie in graph[node].items():
                if home[other] != at:
                    tied[home[other]] += tie["weight"]
        fitting = [other for other in tied if _size(graph, parts[other]) + size <= 1.5 * sessions]
        if size < sessions / 2 and fitting:
            best = max(fitting, key=lambda other: tied[other])
            for node in parts[at]:
                home[node] = best
            parts[best] = parts[best] + parts[at]
            parts[at] = []
    return [part for part in parts if part]
