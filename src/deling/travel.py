"""Travel minutes between sites, on a networkx graph of the measured rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from deling.domain import Scenario, Site

EARTH_RADIUS_KM = 6371.0088
"""Mean earth radius (IUGG)."""


def great_circle_km(origin: Site, destination: Site) -> float:
    """Return the great-circle distance by the haversine formula, in km."""
    lat1, lon1, lat2, lon2 = map(
        math.radians,
        (origin.latitude, origin.longitude, destination.latitude, destination.longitude),
    )
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


class TravelTimes:
    """Minutes from site to site by mode.

    0 at the same site; else the measured row; else the shortest way over measured rows of that
    mode; else the estimate from the distance. Computed when first asked for, then kept.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._sites = scenario.sites
        self._settings = scenario.travel
        self._graphs: dict[str, nx.DiGraph[str]] = {
            mode: nx.DiGraph() for mode in scenario.travel.modes
        }
        given = {(row.mode, row.origin, row.destination) for row in scenario.travel_rows}
        for row in scenario.travel_rows:
            graph = self._graphs[row.mode]
            graph.add_edge(row.origin, row.destination, minutes=row.minutes)
            if (row.mode, row.destination, row.origin) not in given:
                graph.add_edge(row.destination, row.origin, minutes=row.minutes)
        self._ways: dict[tuple[str, str], dict[str, int]] = {}
        self._known: dict[tuple[str, str, str], int] = {}
        self._shortcuts: dict[str, bool] = {}

    def minutes(self, origin: str, destination: str, mode: str) -> int:
        """Return the travel time in whole minutes."""
        if origin == destination:
            return 0
        key = (origin, destination, mode)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compute(origin, destination, mode)
        return known

    def has_shortcut(self, mode: str) -> bool:
        """Return whether the time from some site to another is longer than by way of a third."""
        known = self._shortcuts.get(mode)
        if known is None:
            known = self._shortcuts[mode] = self._find_shortcut(mode)
        return known

    def among(self, part: Scenario) -> TravelTimes:
        """Return the same travel times for a scenario with some of the sites, and no rows."""
        travel = TravelTimes(part)
        if not any(self._graphs.values()):
            # All that no estimate gives was computed before the rows were left out.
            travel._known = dict(self._known)
            return travel
        travel._known = {
            (origin, destination, mode): self.minutes(origin, destination, mode)
            for mode, graph in self._graphs.items()
            if graph
            for origin in part.sites
            if origin in graph
            for destination in part.sites
            if destination in graph
        }
        return travel

    def shortest_way(self, origin: str, destination: str, mode: str) -> int | None:
        """Return the shortest path over the measured rows of a mode, or None where none leads."""
        graph = self._graphs[mode]
        if origin not in graph:
            return None
        ways = self._ways.get((origin, mode))
        if ways is None:
            lengths = nx.single_source_dijkstra_path_length(graph, origin, weight="minutes")
            ways = {site: int(minutes) for site, minutes in lengths.items()}
            self._ways[origin, mode] = ways
        return ways.get(destination)

    def estimate(self, origin: str, destination: str, mode: str) -> int:
        """Return the estimate from the distance, in whole minutes."""
        settings = self._settings.modes[mode]
        km = great_circle_km(self._sites[origin], self._sites[destination])
        minutes = float(settings.fixed) + 60 * float(self._settings.detour) * km / float(
            settings.speed
        )
        # The small term keeps 10.0000000001 from becoming 11.
        return math.ceil(minutes - 1e-9)

    def _find_shortcut(self, mode: str) -> bool:
        import numpy as np  # who only reads and judges does not wait for it

        ways = np.array(
            [[self.minutes(first, last, mode) for last in self._sites] for first in self._sites]
        )
        return any(
            bool((ways[:, between, None] + ways[None, between, :] < ways).any())
            for between in range(len(ways))
        )

    def _compute(self, origin: str, destination: str, mode: str) -> int:
        graph = self._graphs[mode]
        if graph.has_edge(origin, destination):
            return int(graph.edges[origin, destination]["minutes"])
        way = self.shortest_way(origin, destination, mode)
        return self.estimate(origin, destination, mode) if way is None else way
