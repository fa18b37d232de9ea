"""Travel times: the same site, measured rows, ways over them, and the estimate."""

from __future__ import annotations

from math import ceil

import pytest

from areas import area
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
