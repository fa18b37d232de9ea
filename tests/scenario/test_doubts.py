"""Warnings: one area a doubt, and the default area has none but that it has no needs."""

from __future__ import annotations

import pytest

from areas import write_area
from deling.scenario.load import load

WEEKDAY = {"day": "Mo", "start": "09:00", "room": "room"}
SITES = [
    {"site": "here"},
    {"site": "there", "latitude": 55.66},
    {"site": "yonder", "latitude": 55.67},
]


def warnings(folder, settings=None, **tables):
    """Return ``table:line field: message`` of every warning."""
    tables = {"needs": [{}], **tables}
    found = load(write_area(folder, settings, **tables)).warnings
    assert all(problem.severity == "warning" for problem in found)
    return [
        f"{problem.place.file.rpartition('/')[2]}:{problem.place.line} {problem.field}:"
        f" {problem.message}"
        for problem in found
    ]


def test_a_plain_area_has_none(tmp_path):
    assert warnings(tmp_path) == []


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"needs": []}, "area.yaml:3 : the table needs has no rows"),
        (
            {"needs": [{"skills": "musc"}], "staff": [{}]},
            "needs.csv:2 skills: no staff have “musc”; did you mean music?",
        ),
        ({"needs": [{"features": "stage"}]}, "needs.csv:2 features: no room has “stage”"),
        (
            {"needs": [{"equipment": "drum:3"}], "equipment": [{"quantity": 2}]},
            "needs.csv:2 equipment: asks for 3 of “drum”; the area has 2",
        ),
        ({"needs": [{"skills": "dance", "buy_price": 500}]}, None),
        (
            {"needs": [{"minutes": 50}]},
            "needs.csv:2 minutes: 50 minutes are no multiple of the step of 15: gaps will be left",
        ),
        (
            {"use": [{**WEEKDAY, "need": "need", "start": "09:10"}]},
            "use.csv:2 start: 09:10 is off the grid of 15 minutes: only this event may start so",
        ),
        ({"use": [{**WEEKDAY, "start": "09:10", "minutes": 50}]}, None),
        (
            {"rooms": [{"available": "week 1 Mo 08:00-10:00"}]},
            "rooms.csv:2 available: is never open in week 2026-W37; found “week 1 Mo 08:00-10:00”",
        ),
        ({"rooms": [{"available": "off"}]}, None),
        (
            {"rooms": [{"available": "Mo 08:00-10:00", "shared_hours": "Tu 08:00-10:00"}]},
            "rooms.csv:2 shared_hours: is shared only at times when it is not available",
        ),
        (
            {"needs": [{"hours": "Mo 08:00-08:30; Sa 08:00-12:00"}]},
            "needs.csv:2 hours: no interval on Mo Tu We Th Fr is as long as 60 minutes",
        ),
        ({"needs": [{"minutes": 1500}]}, "needs.csv:2 minutes: is longer than a day"),
        (
            {"needs": [{"sessions": 4, "min_days_between": 2}]},
            "needs.csv:2 sessions: 4 sessions, 2 days apart, do not fit in a week: at most 3",
        ),
        ({"needs": [{"sessions": 9, "min_days_between": 0}]}, None),
        ({"needs": [{"sessions": 9, "buy_price": 10}]}, None),
        (
            {"needs": [{"max_participants": 9}]},
            "needs.csv:2 max_participants: is less than the 10 of group group: never served",
        ),
        (
            {"needs": [{"attendants": 1}]},
            "needs.csv:2 attendants: is more than the usual_staff (0) of group group",
        ),
        (
            {"rooms": [{"area_m2": "1.200"}]},
            "rooms.csv:2 area_m2: “1.200” is read with decimals; write thousands without a sign",
        ),
        (
            {"sites": SITES, "rooms": [{}, {"room": "part", "part_of": "room", "site": "there"}]},
            "rooms.csv:3 part_of: is part of room, which is at another site (here)",
        ),
        (
            {"rooms": [{}, {"room": "part", "part_of": "room", "capacity": 21}]},
            "rooms.csv:3 capacity: is more than the 20 of room, which it is part of",
        ),
        (
            {"groups": [{}, {"group": "part", "part_of": "group", "size": 11}]},
            "groups.csv:3 size: is more than the 10 of group, which it is part of",
        ),
        ({"needs": [{"joint": "sing"}]}, "needs.csv:2 joint: no other need has the tag “sing”"),
        (
            {
                "needs": [
                    {"need": "a", "joint": "sing"},
                    {"need": "b", "joint": "sing"},
                    {"need": "c", "joint": "sing", "minutes": 45},
                ]
            },
            "needs.csv:4 joint: no other need with the tag “sing” lasts 45 minutes",
        ),
        (
            {"sites": [*SITES, {"site": "x", "latitude": 12.2, "longitude": 55.65}]},
            "sites.csv:5 latitude: latitude and longitude look swapped",
        ),
        (
            {"sites": [*SITES, {"site": "x", "latitude": 5.565}]},
            "sites.csv:5 latitude: lies far from all other sites; check latitude and longitude",
        ),
        (
            {
                "sites": SITES,
                "travel": [
                    {"minutes": 3},
                    {"from": "there", "to": "yonder", "minutes": 4},
                    {"from": "yonder", "to": "here", "minutes": 8},
                    {"from": "here", "to": "yonder", "minutes": 7},
                ],
            },
            "travel.csv:4 minutes: 8 minutes are longer than the 7 by way of there",
        ),
        (
            {"travel": [{"to": "here"}]},
            "travel.csv:2 to: leads nowhere: travel within a site takes 0 minutes",
        ),
        (
            {"agreements": [{"with": "house"}]},
            "agreements.csv:2 with: an institution needs no agreement with itself",
        ),
    ],
)
def test_doubt(tmp_path, tables, expected):
    assert warnings(tmp_path, **tables) == ([expected] if expected else [])


def test_dates_outside_the_season(tmp_path):
    season = {"first": "2026-08-31", "last": "2027-06-25", "closed": ["2025-10-12/2025-10-16"]}
    assert warnings(tmp_path, {"calendar": {"season": season}}) == [
        "area.yaml:9 calendar.season.closed[1]: lies outside the season"
    ]


def test_a_country_whose_public_holidays_nobody_knows(tmp_path):
    season = {"first": "2026-08-31", "last": "2027-06-25"}
    for country in ("DK", "SE"):
        assert warnings(tmp_path, {"calendar": {"country": country, "season": season}}) == []
    # Without a season no holidays are asked for.
    assert warnings(tmp_path, {"calendar": {"country": "XX"}}) == []
    (told,) = warnings(tmp_path, {"calendar": {"country": "XX", "season": season}})
    assert "calendar.country: the public holidays of XX are not known: write those" in told


def test_a_file_that_looks_like_a_table(tmp_path):
    (tmp_path / "equipments.csv").write_text("a\n", encoding="utf-8")
    (tmp_path / "readme.csv").write_text("a\n", encoding="utf-8")
    assert warnings(tmp_path) == ["equipments.csv:0 : is not read; should it be named equipment?"]
