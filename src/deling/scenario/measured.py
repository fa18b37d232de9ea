"""Measured travel rows against each other, without importing networkx for a warning."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from deling.domain import TravelRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.domain import Scenario

_Ways = dict[str, dict[str, int]]


def longer_than_a_detour(scenario: Scenario) -> Iterator[tuple[TravelRow, int, list[str]]]:
    """Yield rows that are longer than a way over other rows, its minutes and the sites between."""
    by_mode: dict[str, _Ways] = defaultdict(lambda: defaultdict(dict))
    rows = [row for row in scenario.travel_rows if row.origin != row.destination]
    for row in rows:
        by_mode[row.mode][row.origin][row.destination] = row.minutes
    for row in rows:
        by_mode[row.mode][row.destination].setdefault(row.origin, row.minutes)
    for mode, ways in by_mode.items():
        for origin in list(ways):
            fastest, before = _fastest(origin, ways)
            for destination, minutes in ways[origin].items():
                if fastest[destination] < minutes:
                    between = _between(origin, destination, before)
                    row = TravelRow(
                        origin=origin, destination=destination, mode=mode, minutes=minutes
                    )
                    yield row, fastest[destination], between


def _fastest(origin: str, ways: _Ways) -> tuple[dict[str, int], dict[str, str]]:
    """Return minutes to every site that can be reached, and the site before each on the way."""
    minutes = {origin: 0}
    before: dict[str, str] = {}
    heap = [(0, origin)]
    while heap:
        spent, site = heappop(heap)
        if spent > minutes[site]:
            continue
        for other, more in ways[site].items():
            if spent + more < minutes.get(other, spent + more + 1):
                minutes[other] = spent + more
                before[other] = site
                heappush(heap, (spent + more, other))
    return minutes, before


def _between(origin: str, destination: str, before: dict[str, str]) -> list[str]:
    sites = []
    site = before[destination]
    while site != origin:
        sites.append(site)
        site = before[site]
    return sites[::-1]
