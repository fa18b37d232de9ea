"""What an event names, looked up."""

from __future__ import annotations

from deling.domain import Plan
from deling.occasions import occasions
from small import at, bought, event, small

CASE = small(
    staff={"ann": {}, "bob": {}},
    equipment={"d": {"quantity": 2}},
    groups={"h": {"site": "far"}},
    needs={"m": {"group": "h"}},
    today=(event("t", room="lib"),),
)


def test_an_occasion_holds_the_rows_that_its_event_names():
    visit = event("e1", "Tu 10:00", needs="n m", room="lib", staff="bob ann", equipment="d:2")
    (one,) = occasions(Plan(events=(bought("b"), visit)), CASE)
    scenario = CASE.scenario
    assert one.event is visit
    assert (one.id, one.start, one.end) == ("e1", at("Tu 10:00"), at("Tu 11:00"))
    assert (one.room, one.site) == (scenario.rooms["lib"], "near")
    assert [(each.need.id, each.group.id, each.way) for each in one.sessions] == [
        ("n", "g", 10),
        ("m", "h", 35),
    ]
    assert one.needs == (scenario.needs["n"], scenario.needs["m"])
    assert [member.id for member in one.staff] == list(visit.staff)
    assert one.equipment == ((scenario.equipment["d"], 2),)
    assert not one.as_today


def test_an_occasion_knows_whether_it_stands_as_today():
    same, later = event("x", room="lib"), event("y", "Mo 10:00", room="lib")
    assert [one.as_today for one in occasions(Plan(events=(same, later)), CASE)] == [True, False]


def test_no_way_leads_to_ones_own_site():
    (one,) = occasions(Plan(events=(event("e1"),)), CASE)
    assert [session.way for session in one.sessions] == [0]
