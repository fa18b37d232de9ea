"""Travel times: the same site, measured rows, ways over them, and the estimate."""

from __future__ import annotations

from math import acos, ceil, cos, radians, sin

import networkx as nx
import pytest

from areas import area
from deling.domain import Site
from deling.travel import EARTH_RADIUS_KM, TravelTimes, great_circle_km

SITES = [
    {"site": "here", "latitude": 55.65, "longitude": 12.20},
    {"site": "there", "latitude": 55.66, "longitude": 12.20},
    {"site": "yonder", "latitude": 55.67, "longitude": 12.20},
    {"site": "far", "latitude": 55.65, "longitude": 12.30},
]


def times(rows=(), **travel):
    settings = {"travel": travel} if travel else {}
    return TravelTimes(area(settings=settings, sites=SITES, travel=list(rows)))


def row(origin, destination, minutes, mode="walk"):
    return {"from": origin, "to": destination, "mode": mode, "minutes": minutes}


def test_no_time_at_the_same_site():
    assert times().minutes("here", "here", "minibus") == 0


def test_a_measured_row_holds_both_ways():
    travel = times([row("here", "there", 3)])
    assert travel.minutes("here", "there", "walk") == 3
    assert travel.minutes("there", "here", "walk") == 3


def test_the_other_way_may_have_its_own_row():
    travel = times([row("here", "there", 3), row("there", "here", 9)])
    assert travel.minutes("here", "there", "walk") == 3
    assert travel.minutes("there", "here", "walk") == 9


def test_without_a_row_the_shortest_way_over_rows():
    rows = [
        row("here", "there", 3),
        row("there", "yonder", 4),
        row("here", "far", 1),
        row("far", "yonder", 7),
    ]
    assert times(rows).minutes("here", "yonder", "walk") == 7


def test_a_direct_row_counts_even_where_a_detour_is_shorter():
    rows = [row("here", "there", 3), row("there", "yonder", 4), row("here", "yonder", 20)]
    travel = times(rows)
    assert travel.minutes("here", "yonder", "walk") == 20
    # The way from yonder over here still uses what is shortest.
    assert travel.shortest_way("here", "yonder", "walk") == 7


def test_the_way_back_takes_each_directions_own_time():
    rows = [row("here", "there", 3), row("there", "here", 9), row("there", "yonder", 4)]
    travel = times(rows)
    assert travel.minutes("here", "yonder", "walk") == 7
    assert travel.minutes("yonder", "here", "walk") == 13


def test_rows_of_one_mode_say_nothing_of_another():
    travel = times([row("here", "there", 3)])
    assert travel.minutes("here", "there", "stroll") == travel.estimate("here", "there", "stroll")


def test_without_a_way_the_estimate():
    travel = times([row("here", "there", 3)])
    assert travel.minutes("here", "far", "walk") == travel.estimate("here", "far", "walk")


def test_a_hundredth_of_a_degree_north():
    # One degree along a meridian is 2 pi R / 360 = 111.195 km.
    assert EARTH_RADIUS_KM == 6371.0088
    scenario = area(sites=SITES)
    km = great_circle_km(scenario.sites["here"], scenario.sites["there"])
    assert km == pytest.approx(1.1119508, abs=1e-6)


@pytest.mark.parametrize(
    ("mode", "fixed", "speed"),
    [("walk", 0, 4.5), ("stroll", 0, 2.5), ("bike", 2, 14), ("car", 4, 30), ("minibus", 10, 30)],
)
def test_the_estimate_of_each_default_mode(mode, fixed, speed):
    expected = ceil(fixed + 60 * 1.3 * 1.1119508 / speed)
    assert times().minutes("here", "there", mode) == expected


def test_fixed_minutes_belong_to_the_estimate_alone():
    travel = times([row("here", "there", 3, "minibus")])
    assert travel.minutes("here", "there", "minibus") == 3


def test_a_hair_above_a_whole_minute_is_that_minute():
    # 30 km/h over 1.1119508 km with detour 1 takes 2.22 minutes; fixed brings it to a whole ten.
    scenario = area(sites=SITES)
    km = great_circle_km(scenario.sites["here"], scenario.sites["there"])
    fixed = 10 - 60 * km / 30
    exact = {"car": {"speed": 30, "fixed": f"{fixed + 5e-10:.12f}"}}
    assert times(detour=1, modes=exact).minutes("here", "there", "car") == 10
    above = {"car": {"speed": 30, "fixed": f"{fixed + 1e-6:.12f}"}}
    assert times(detour=1, modes=above).minutes("here", "there", "car") == 11


def test_different_sites_at_one_address_are_no_time_apart():
    sites = [{"site": "here"}, {"site": "upstairs"}]
    assert TravelTimes(area(sites=sites)).minutes("here", "upstairs", "walk") == 0


def test_a_way_over_another_site_at_the_same_place():
    travel = times([row("here", "there", 5), row("there", "here", 2), row("here", "far", 8)])
    assert travel.minutes("there", "far", "walk") == 10
    assert travel.minutes("far", "there", "walk") == 13


def test_a_shortcut_is_a_detour_that_is_quicker_than_the_row():
    def has_shortcut(minutes, mode="walk"):
        rows = [row("here", "there", 3), row("there", "yonder", 4), row("here", "yonder", minutes)]
        scenario = area(sites=SITES[:3], travel=rows)
        return TravelTimes(scenario).has_shortcut(mode)

    assert not has_shortcut(7)
    assert has_shortcut(8)
    assert not has_shortcut(8, "bike")


def test_an_estimate_may_be_longer_than_a_detour_over_rows():
    # From yonder to far by way of here, to which a row leads.
    assert times([row("here", "yonder", 1)]).has_shortcut("walk")


def apart(first, second):
    """Return the angle between two places as seen from the middle of the earth, in km."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, place)) for place in (first, second))
    cosine = sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon2 - lon1)
    return EARTH_RADIUS_KM * acos(max(-1, min(1, cosine)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((0, 0), (0, 90)),
        ((55.65, 12.2), (55.65, 12.3)),
        ((55.65, 12.2), (57.05, 9.92)),
        ((55.65, 12.2), (-33.9, 151.2)),
        ((60, -170), (60, 170)),
        ((55.65, 12.2), (-55.65, -167.8)),
        ((-82, -180), (82, 0)),
    ],
)
def test_the_great_circle_in_every_direction(first, second):
    here, there = (
        Site(id="x", name="", latitude=latitude, longitude=longitude)
        for latitude, longitude in (first, second)
    )
    assert great_circle_km(here, there) == pytest.approx(apart(first, second), rel=1e-6)
    assert great_circle_km(there, here) == pytest.approx(apart(first, second), rel=1e-6)


def test_times_are_computed_once(monkeypatch):
    measured = []

    def counted(origin, destination):
        measured.append((origin.id, destination.id))
        return great_circle_km(origin, destination)

    monkeypatch.setattr("deling.travel.great_circle_km", counted)
    travel = times()
    for _again in range(2):
        assert travel.minutes("here", "there", "walk") == 20
        assert travel.minutes("here", "yonder", "walk") == 39
        assert travel.minutes("here", "there", "car") == 7
    assert measured == [("here", "there"), ("here", "yonder"), ("here", "there")]


def test_the_ways_from_a_site_are_found_once(monkeypatch):
    asked = []
    search = nx.single_source_dijkstra_path_length

    def counted(graph, origin, **more):
        asked.append(origin)
        return search(graph, origin, **more)

    monkeypatch.setattr(nx, "single_source_dijkstra_path_length", counted)
    travel = times([row("here", "there", 3), row("there", "yonder", 4), row("there", "far", 5)])
    for _again in range(2):
        assert travel.shortest_way("here", "yonder", "walk") == 7
        assert travel.shortest_way("here", "far", "walk") == 8
    assert asked == ["here"]
    assert travel.shortest_way("yonder", "far", "walk") == 9
    assert asked == ["here", "yonder"]


@pytest.mark.parametrize(("minutes", "shorter"), [(7, False), (8, True)])
def test_a_shortcut_is_looked_for_once(monkeypatch, minutes, shorter):
    rows = [row("here", "there", 3), row("there", "yonder", 4), row("here", "yonder", minutes)]
    travel = TravelTimes(area(sites=SITES[:3], travel=rows))
    assert travel.has_shortcut("walk") is shorter
    monkeypatch.setattr(travel, "minutes", None)
    assert travel.has_shortcut("walk") is shorter


def without(scenario, site):
    """Return a scenario without a site and the rows that lead to it."""
    sites = {key: found for key, found in scenario.sites.items() if key != site}
    rows = tuple(
        found for found in scenario.travel_rows if site not in (found.origin, found.destination)
    )
    return scenario.model_copy(update={"sites": sites, "travel_rows": rows})


def test_among_some_of_the_sites_times_are_the_same_even_over_one_that_is_left_out(monkeypatch):
    measured = []

    def counted(origin, destination):
        measured.append((origin.id, destination.id))
        return great_circle_km(origin, destination)

    monkeypatch.setattr("deling.travel.great_circle_km", counted)
    scenario = area(sites=SITES, travel=[row("here", "there", 3), row("there", "yonder", 4)])
    whole = TravelTimes(scenario)
    some = whole.among(without(scenario, "there"))
    assert measured == []  # what is estimated waits until it is asked for
    assert some.minutes("here", "yonder", "walk") == some.minutes("yonder", "here", "walk") == 7
    for mode in scenario.travel.modes:
        for origin in ("here", "yonder", "far"):
            for destination in ("here", "yonder", "far"):
                way = origin, destination, mode
                assert some.minutes(*way) == whole.minutes(*way)


def test_among_some_of_some_of_the_sites_times_are_the_same():
    scenario = area(sites=SITES, travel=[row("here", "there", 3), row("there", "yonder", 4)])
    some = TravelTimes(scenario).among(without(scenario, "there"))
    fewer = some.among(without(without(scenario, "there"), "far"))
    assert fewer.minutes("here", "yonder", "walk") == 7
    some.minutes("here", "far", "walk")
    assert some.among(without(scenario, "there")).minutes("yonder", "here", "walk") == 7
