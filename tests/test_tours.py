import pytest

from deling.case import Case
from deling.domain import TravelRow
from deling.tours import roster
from small import block, bought, event, hours, plan, small


def week(*events, available=None, blocks=(), **member):
    """Ann cycles from home: near is 5 minutes away, far 20, and 18 from near to far."""
    if available is not None:
        member["available"] = hours(*available)
    case = small(staff={"ann": member}, rooms={"hut": {"site": "far"}}, blocks=blocks)
    return roster(plan(*events), case).weeks["ann"]


def near(key, start, minutes=60):
    return event(key, start, minutes, room="lib", staff="ann")


def far(key, start):
    return event(key, start, room="hut", staff="ann")


def at_home(key, start):
    return event(key, start, staff="ann")


def ids(found):
    return [tuple(member.id for member in tour.events) for tour in found.tours]


def spans(found):
    return [(absence.start, absence.end, absence.events) for absence in found.absences]


def test_one_visit_has_a_leg_each_way():
    found = week(near("e1", "Mo 09:00"))
    (tour,) = found.tours
    assert (tour.departure, tour.back_home) == (535, 605)
    assert (tour.event_minutes, tour.travel, tour.waiting, tour.working) == (60, 10, 0, 70)
    assert spans(found) == [(535, 605, ("e1",))]


def test_at_home_there_is_no_way():
    found = week(at_home("e1", "Mo 09:00"))
    assert (found.working, found.travel) == (60, 0)
    assert spans(found) == []


@pytest.mark.parametrize(
    ("start", "home", "possible", "paid", "travel", "waiting"),
    [
        ("Mo 10:25", True, True, 25, 25, 0),
        ("Mo 12:00", True, True, 25, 25, 0),
        ("Mo 10:24", False, True, 24, 18, 6),
        ("Mo 10:18", False, True, 18, 18, 0),
        ("Mo 10:17", False, False, 17, 17, 0),
        ("Mo 09:30", False, False, 0, 0, 0),
    ],
)
def test_links_lead_home_or_directly(start, home, possible, paid, travel, waiting):
    (tour,) = week(near("e1", "Mo 09:00"), far("e2", start)).tours
    (link,) = tour.links
    assert (link.by_home, link.direct) == (25, 18)
    assert (link.goes_home, link.possible) == (home, possible)
    assert (link.paid, link.travel, link.waiting) == (paid, travel, waiting)
    assert tour.working == 120 + 5 + 20 + paid == tour.event_minutes + tour.travel + tour.waiting


def test_ways_differ_by_direction():
    case = small(staff={"ann": {}})
    uphill = TravelRow(origin="near", destination="home", mode="bike", minutes=9)
    scenario = case.scenario.model_copy(
        update={"travel_rows": (*case.scenario.travel_rows, uphill)}
    )
    events = near("e1", "Mo 09:00"), near("e2", "Mo 10:14")
    (tour,) = roster(plan(*events), Case(scenario)).weeks["ann"].tours
    assert (tour.out, tour.back, tour.links[0].by_home) == (5, 9, 14)
    assert tour.links[0].goes_home


def test_absences_end_where_the_way_leads_home():
    events = near("e1", "Mo 09:00"), near("e2", "Mo 10:09"), far("e3", "Mo 11:34")
    assert spans(week(*events)) == [(535, 674, ("e1", "e2")), (674, 774, ("e3",))]
    together = near("e1", "Mo 09:00"), far("e2", "Mo 10:24")
    assert spans(week(*together)) == [(535, 704, ("e1", "e2"))]


def test_an_event_at_home_parts_two_absences_even_where_the_gap_is_too_short():
    events = near("e1", "Mo 09:00"), at_home("e2", "Mo 10:02"), near("e3", "Mo 11:05")
    assert spans(week(*events)) == [(535, 605, ("e1",)), (660, 730, ("e3",))]


def test_each_open_interval_has_a_tour():
    events = near("e1", "Mo 09:00"), near("e2", "Mo 10:00"), near("e3", "Mo 13:00")
    assert ids(week(*events)) == [("e1", "e2", "e3")]
    assert ids(week(*events, available=("Mo 08:00-12:00", "Mo 12:30-15:00"))) == [
        ("e1", "e2"),
        ("e3",),
    ]
    split = block("b", "Mo 11:30", 30, staff="ann")
    assert ids(week(*events, blocks=(split,))) == [("e1", "e2"), ("e3",)]


def test_an_event_in_no_open_interval_is_a_tour_of_its_own():
    events = near("e1", "Mo 08:30"), near("e2", "Mo 09:30"), near("e3", "Mo 10:30")
    found = week(*events, available=("Mo 09:00-12:00",))
    assert ids(found) == [("e1",), ("e2", "e3")]
    assert [tour.interval for tour in found.tours] == [None, (540, 720)]


def test_order_is_by_start_end_and_id():
    same = near("b", "Mo 09:00"), near("a", "Mo 09:00"), near("c", "Mo 09:00", 30)
    assert week(*same).event_ids == ("c", "a", "b")


def test_days():
    found = week(near("e1", "We 09:00"), near("e2", "Mo 09:00"), near("e3", "Mo 15:00"))
    assert {day: [tour.events[0].id for tour in tours] for day, tours in found.days.items()} == {
        0: ["e2"],
        2: ["e1"],
    }
    assert (found.event_minutes, found.travel, found.working) == (180, 30, 210)


def test_only_staff_of_internal_events_have_a_week():
    case = small(staff={"ann": {}, "bob": {}, "cat": {}})
    found = roster(plan(event("e1", staff="cat ann"), bought("e2")), case)
    assert list(found.weeks) == ["ann", "cat"]
    assert [each.member.id for each in found] == ["ann", "cat"]


def test_the_roster_of_the_plan_in_hand_is_kept_and_never_mistaken():
    case = small(staff={"ann": {}})
    first, second = plan(near("e1", "Mo 09:00")), plan(near("e1", "Mo 09:00"))
    kept = roster(first, case)
    assert roster(first, case) is kept
    assert roster(second, case) is not kept
    assert roster(second, case).plan is second


def test_by_way_of_home_is_possible_where_the_direct_row_is_longer():
    case = small(staff={"ann": {}}, rooms={"hut": {"site": "far"}})
    rows = tuple(
        row.model_copy(update={"minutes": 50})
        if {row.origin, row.destination} == {"near", "far"}
        else row
        for row in case.scenario.travel_rows
    )
    longer = Case(case.scenario.model_copy(update={"travel_rows": rows}))
    for start, possible in (("Mo 10:25", True), ("Mo 10:24", False)):
        events = near("e1", "Mo 09:00"), far("e2", start)
        (link,) = roster(plan(*events), longer).weeks["ann"].tours[0].links
        assert (link.by_home, link.direct, link.possible) == (25, 50, possible)


def test_a_tour_leaves_for_its_first_event_and_is_back_from_its_last():
    found = week(far("e2", "Mo 13:00"), near("e1", "Mo 09:00"))
    (tour,) = found.tours
    assert (tour.departure, tour.back_home) == (9 * 60 - 5, 14 * 60 + 20)
    assert (tour.out, tour.back) == (5, 20)
    assert (tour.links[0].earlier.id, tour.links[0].later.id) == ("e1", "e2")


def test_waiting_is_work():
    found = week(near("e1", "Mo 09:00"), near("e2", "Mo 10:07"))
    assert (found.event_minutes, found.travel, found.waiting) == (120, 10, 7)
    assert found.working == 137 == sum(tour.working for tour in found.tours)


def test_weeks_are_in_the_order_of_the_table():
    case = small(staff={"cat": {}, "ann": {}, "bob": {}})
    assert list(case.place_of_staff) == ["cat", "ann", "bob"]
    found = roster(plan(event("e1", staff="ann"), event("e2", staff="bob cat")), case)
    assert list(found.weeks) == ["cat", "ann", "bob"]


def test_each_link_leads_from_its_event_to_the_next():
    visits = near("e1", "Mo 09:00"), far("e2", "Mo 11:00"), at_home("e3", "Mo 13:00")
    (tour,) = week(*visits).tours
    assert [(link.earlier.id, link.later.id) for link in tour.links] == [("e1", "e2"), ("e2", "e3")]
    assert [(link.by_home, link.direct) for link in tour.links] == [(25, 18), (20, 20)]
    assert tour.sites == ("near", "far", "home")
