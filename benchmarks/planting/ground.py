"""Where everything lies: municipalities, local areas, sites, and the ways between them."""

from __future__ import annotations

import math
import random
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple, cast

from deling.domain import Site as DomainSite
from deling.domain import TravelMode, TravelRow, TravelSettings
from deling.travel import TravelTimes
from planting.things import Area, Site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deling.domain import Scenario

AREA_SIZE = 12
AREAS_IN_TOWN = 9
_KM = 1 / 111.2
_MODES = {"walk": ("4.5", "0"), "stroll": ("2.5", "0"), "bike": ("14", "2"), "car": ("30", "4")}
DETOUR = Decimal("1.3")
BUS_COST = 150


class Ground(NamedTuple):
    """The map.

    Attributes
    ----------
    rows
        Measured ways: from, to, mode, minutes.
    """

    areas: list[Area]
    sizes: list[int]
    rows: list[tuple[str, str, str, int]]
    travel: TravelTimes


def bus_of(town: int) -> str:
    """Return the mode by which groups of a municipality travel in its own minibuses."""
    return f"minibus-{town + 1}"


def lay_out(institutions: int, seed: int) -> Ground:
    """Place local areas of ten to fifteen institutions in municipalities of nine areas."""
    rng = random.Random(f"{seed} ground")
    sizes = _sizes(institutions, rng)
    towns = math.ceil(len(sizes) / AREAS_IN_TOWN)
    columns = max(1, math.ceil(math.sqrt(towns / 1.7)))
    areas = []
    for number, size in enumerate(sizes):
        town, place = divmod(number, AREAS_IN_TOWN)
        row, column = divmod(town, columns)
        # There and back again, so that neighbours in number are neighbours on the map.
        across = place % 3 if place // 3 % 2 == 0 else 2 - place % 3
        column = column if row % 2 == 0 else columns - 1 - column
        north = 20.0 * row + 5.5 * (place // 3) + rng.uniform(-0.8, 0.8)
        east = 20.0 * column + 5.5 * across + rng.uniform(-0.8, 0.8)
        area = Area(number, town, *_moved(55.2, 10.2, north, east))
        _add_sites(area, size, rng)
        areas.append(area)
    for trio in range(0, len(areas), 3):
        members = areas[trio : trio + 3]
        for area in members:
            area.friends = [other for other in members if other is not area]
    for earlier, later in zip(areas[2::3], areas[3::3], strict=False):
        # A thread from trio to trio, so that no part of the country is quite apart.
        earlier.friends.append(later)
        later.friends.append(earlier)
    rows = _measured(areas, rng)
    return Ground(areas, sizes, rows, _travel_times(areas, rows, towns))


def _sizes(institutions: int, rng: random.Random) -> list[int]:
    count = max(1, round(institutions / AREA_SIZE))
    sizes = [institutions // count + (at < institutions % count) for at in range(count)]
    for first in range(0, count - 1, 2):
        shift = rng.randint(-2, 2)
        if all(10 <= size <= 15 for size in (sizes[first] + shift, sizes[first + 1] - shift)):
            sizes[first] += shift
            sizes[first + 1] -= shift
    return sizes


def _moved(latitude: float, longitude: float, north: float, east: float) -> tuple[float, float]:
    here = latitude + north * _KM
    return round(here, 5), round(longitude + east * _KM / math.cos(math.radians(here)), 5)


def _add_sites(area: Area, size: int, rng: random.Random) -> None:
    count = max(1, min(6, round(size / 2.4)))
    turn = rng.uniform(0, 2 * math.pi)
    for at in range(count):
        angle = turn + 2 * math.pi * at / count + rng.uniform(-0.3, 0.3)
        far = 0.15 if at == 0 else rng.uniform(0.35, 0.85)
        place = _moved(area.latitude, area.longitude, far * math.sin(angle), far * math.cos(angle))
        area.sites.append(Site(f"s{area.number + 1}-{at + 1}", *place))


def _measured(areas: Sequence[Area], rng: random.Random) -> list[tuple[str, str, str, int]]:
    """Measure some ways: short cuts on foot, a hill for bicycles, the road between two areas.

    No mode has two rows that meet, so that no row is longer than a way over others.
    """
    rows: list[tuple[str, str, str, int]] = []
    for area in areas:
        for mode, one, other in (("walk", 0, 1), ("stroll", 1, 2), ("bike", 2, 3)):
            if other >= len(area.sites):
                continue
            here, there = area.sites[one], area.sites[other]
            speed, fixed = _MODES[mode]
            km = 1.3 * _distance(here, there)
            minutes = round(float(fixed) + 60 * km / float(speed) * rng.uniform(0.85, 1.15))
            rows.append((here.id, there.id, mode, max(1, minutes)))
            if mode == "bike":
                rows.append((there.id, here.id, mode, minutes + 2))
    for one_area, other_area in zip(areas[::2], areas[1::2], strict=False):
        if one_area.town == other_area.town:
            here, there = one_area.sites[0], other_area.sites[0]
            minutes = round(5 + 60 * 1.3 * _distance(here, there) / 45)
            rows.append((here.id, there.id, "car", minutes))
            rows.append((here.id, there.id, bus_of(one_area.town), minutes + 8))
    return rows


def _distance(here: Site, there: Site) -> float:
    """Return about how many km two sites are apart."""
    north = here.latitude - there.latitude
    east = (here.longitude - there.longitude) * math.cos(math.radians(here.latitude))
    return math.hypot(north, east) / _KM


def _travel_times(
    areas: Sequence[Area], rows: list[tuple[str, str, str, int]], towns: int
) -> TravelTimes:
    modes = {
        name: TravelMode(speed=Decimal(speed), fixed=Decimal(fixed), trip_cost=0, fleet=None)
        for name, (speed, fixed) in _MODES.items()
    }
    for town in range(towns):
        modes[bus_of(town)] = TravelMode(
            speed=Decimal(30), fixed=Decimal(10), trip_cost=BUS_COST, fleet=None
        )
    # Of a scenario, travel times need only these parts.
    parts = SimpleNamespace(
        sites={
            site.id: DomainSite(
                id=site.id, name=site.id, latitude=site.latitude, longitude=site.longitude
            )
            for area in areas
            for site in area.sites
        },
        travel=TravelSettings(detour=DETOUR, modes=modes),
        travel_rows=[
            TravelRow(origin=origin, destination=destination, mode=mode, minutes=minutes)
            for origin, destination, mode, minutes in rows
        ],
    )
    return TravelTimes(cast("Scenario", parts))
