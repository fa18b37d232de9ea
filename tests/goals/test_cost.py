import pytest

from deling.goals import GOALS
from deling.goals.cost import CostTerms, cost_terms
from small import bought, event, plan, small

COST = GOALS["cost"]
DKK = 6000
"""Sixtieths of an øre."""


def terms(case, *events):
    return cost_terms(plan(*events), case)


def test_an_empty_plan_costs_nothing():
    assert terms(small()) == CostTerms(0, 0, 0, 0, 0, 0)


def test_staff_are_paid_for_working_minutes_with_travel_and_waiting():
    case = small(
        staff={"ann": {"hourly_cost": 24000}},
        groups={"g": {"site": "near"}},
        needs={"n": {"skills": (("music", 1),)}},
    )
    visit = event("e1", room="lib", staff="ann")
    assert terms(case, visit).staff == (60 + 2 * 5) * 24000
    waits = event("e2", "Mo 10:08", room="lib", staff="ann")
    assert terms(case, visit, waits).staff == (120 + 2 * 5 + 8) * 24000
    goes_home = event("e2", "Mo 12:00", room="lib", staff="ann")
    assert terms(case, visit, goes_home).staff == (120 + 4 * 5) * 24000


def test_rooms_are_paid_for_event_minutes_the_own_too():
    case = small(rooms={"hall": {"hourly_cost": 30050, "turnaround": 30}})
    assert terms(case, event("e1", minutes=50)).rooms == 50 * 30050
    assert terms(case, event("e1"), event("e2", "Tu 09:00", minutes=50)).rooms == 110 * 30050


def test_moves_are_paid_for_each_row_and_event_at_another_site():
    case = small(
        equipment={"d": {"move_cost": 700, "quantity": 5}, "f": {"site": "near", "move_cost": 90}}
    )
    assert terms(case, event("e1", equipment="d:3 f")).moves == 90 * 60
    assert terms(case, event("e1", room="lib", equipment="d:3 f")).moves == 700 * 60
    assert (
        terms(
            case,
            event("e1", room="lib", equipment="d"),
            event("e2", "Mo 11:00", room="lib", equipment="d"),
        ).moves
        == 2 * 700 * 60
    )


def test_trips_are_paid_twice_for_each_session_at_another_site_than_the_group():
    case = small(
        modes={"minibus": {"trip_cost": 15000}},
        groups={
            "g": {"travel_mode": "minibus"},
            "h": {"travel_mode": "minibus"},
            "i": {},
            "k": {"travel_mode": "minibus", "site": "near"},
        },
        needs={key: {"group": key} for key in ("h", "i", "k")},
    )
    assert terms(case, event("e1")).trips == 0
    assert terms(case, event("e1", room="lib")).trips == 2 * 150 * DKK
    assert terms(case, event("e1", needs="n h i k", room="lib")).trips == 4 * 150 * DKK


def test_bought_sessions_cost_their_price_and_release_nobody():
    case = small(
        needs={"n": {"buy_price": 123456}}, groups={"g": {"usual_staff": 2, "staff_hourly_cost": 5}}
    )
    assert terms(case, bought("e1"), bought("e2")) == CostTerms(0, 0, 0, 0, 2 * 123456 * 60, 0)


@pytest.mark.parametrize(("attendants", "released"), [(0, 3), (1, 2), (3, 0), (5, -2)])
def test_released_staff_are_the_usual_less_those_who_come_along(attendants, released):
    case = small(
        groups={"g": {"usual_staff": 3, "staff_hourly_cost": 20000}},
        needs={"n": {"attendants": attendants}},
    )
    found = terms(case, event("e1", minutes=45))
    assert found.released == 45 * released * 20000
    assert found.net == -found.released
    assert found.gross == 0


def test_each_session_of_a_joint_event_releases_its_own():
    case = small(
        groups={
            "g": {"usual_staff": 1, "staff_hourly_cost": 100},
            "h": {"usual_staff": 2, "staff_hourly_cost": 10},
        },
        needs={"m": {"group": "h"}},
    )
    assert terms(case, event("e1", needs="n m")).released == 60 * 100 + 60 * 2 * 10


def test_net_is_the_goal():
    found = CostTerms(staff=1, rooms=20, moves=300, trips=4000, bought=50000, released=60000)
    assert found.gross == 54321
    assert found.net == -5679
    case = small(
        rooms={"hall": {"hourly_cost": 100}},
        groups={"g": {"usual_staff": 1, "staff_hourly_cost": 30}},
    )
    assert COST.value(plan(event("e1")), case) == 60 * 70


def test_the_gap_is_relative_to_the_cost_before_released_staff():
    case = small(
        rooms={"hall": {"hourly_cost": 10000}},
        groups={"g": {"usual_staff": 1, "staff_hourly_cost": 10000}},
    )
    session = plan(event("e1"))
    assert COST.value(session, case) == 0
    assert COST.gap(0, -50 * DKK, session, case) == 0.5
    assert COST.gap(0, -DKK, plan(), case) == 1  # at least 1 DKK
    assert COST.gap(5, 5, plan(), case) == 0


def test_its_name_and_direction():
    assert GOALS["cost"].id == "cost"
    assert GOALS["cost"].sense == "min"


def test_what_has_no_price_costs_nothing():
    assert terms(small(), bought("e1")) == CostTerms(0, 0, 0, 0, 0, 0)


def releasing(*rows):
    """Return a case with a need for each (usual staff, hourly cost, attendants, sessions)."""
    keys = [f"g{at}" for at in range(len(rows))]
    return small(
        groups={
            key: {"usual_staff": usual, "staff_hourly_cost": hourly}
            for key, (usual, hourly, _attendants, _sessions) in zip(keys, rows, strict=True)
        },
        needs={
            key: {"group": key, "attendants": attendants, "sessions": sessions, "minutes": 45}
            for key, (_usual, _hourly, attendants, sessions) in zip(keys, rows, strict=True)
        },
    )


@pytest.mark.parametrize(
    ("rows", "bound"),
    [
        ([(2, 100, 0, 3)], 3 * 45 * 2 * 100),
        ([(5, 100, 3, 3)], 3 * 45 * 2 * 100),
        ([(1, 100, 1, 3)], 0),
        ([(1, 100, 3, 3)], 0),  # more come along than are released: better not held
        ([(0, 100, 0, 3)], 0),
        ([(1, 100, 0, 2), (3, 10, 1, 4), (0, 70, 2, 1)], 2 * 45 * 100 + 4 * 45 * 2 * 10),
    ],
)
def test_no_plan_costs_less_than_one_that_releases_all_staff_who_can_be(rows, bound):
    assert COST.plain_bound(releasing(*rows)) == -bound


def test_a_plan_may_be_as_cheap_as_that():
    case = releasing((2, 100, 0, 2))
    sessions = (
        event(f"e{at}", f"{day} 09:00", 45, needs="g0") for at, day in enumerate(("Mo", "Tu"))
    )
    assert COST.value(plan(*sessions), case) == COST.plain_bound(case)
