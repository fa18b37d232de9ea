from deling.evaluate import evaluate, session_costs
from small import bought, event, hours, plan, small


def costs(case, *events):
    return session_costs(plan(*events), case)


def test_all_goals_by_id():
    case = small(
        rooms={"lib": {"hourly_cost": 100}},
        needs={"n": {"sessions": 4, "weight": 2, "preferred": hours("Tu 09:00-10:00")}},
    )
    assert evaluate(plan(event("e1", room="lib")), case) == {
        "served": 2,
        "fairness": 750,
        "cost": 6000,
        "comfort": 50,
    }


def test_some_goals_in_their_order():
    found = evaluate(plan(event("e1", room="lib")), small(), ("comfort", "served"))
    assert list(found.items()) == [("comfort", 20), ("served", 1)]


def test_a_session_pays_its_events_room_moves_and_staff_but_no_tour():
    case = small(
        rooms={"lib": {"hourly_cost": 10000}},
        staff={"ann": {"hourly_cost": 24000}, "bob": {"hourly_cost": 6000}},
        equipment={"d": {"move_cost": 500}},
    )
    session = event("e1", minutes=30, room="lib", staff="ann bob", equipment="d")
    assert costs(case, session) == {("e1", "n"): 5000 + 12000 + 3000 + 500}


def test_trips_and_released_staff_are_the_sessions_own():
    case = small(
        modes={"walk": {"trip_cost": 700}},
        groups={"g": {"usual_staff": 2, "staff_hourly_cost": 1000}},
        needs={"n": {"attendants": 1}},
    )
    assert costs(case, event("e1", room="lib")) == {("e1", "n"): 2 * 700 - 1000}


def test_what_is_common_is_shared_by_participants():
    case = small(
        rooms={"hall": {"hourly_cost": 1000}},
        groups={"g": {"size": 20}, "h": {"size": 10, "usual_staff": 1, "staff_hourly_cost": 600}},
        needs={"m": {"group": "h"}},
    )
    assert costs(case, event("e1", needs="n m")) == {
        ("e1", "n"): 667,
        ("e1", "m"): 333 - 600,
    }


def test_equal_shares_without_participants():
    case = small(
        rooms={"hall": {"hourly_cost": 1001}},
        groups={"g": {"size": 0}, "h": {"size": 0}},
        needs={"m": {"group": "h"}},
    )
    assert costs(case, event("e1", needs="n m")) == {("e1", "n"): 501, ("e1", "m"): 501}
    released = small(
        groups={"g": {"size": 0, "usual_staff": 1, "staff_hourly_cost": 1}},
    )
    assert costs(released, event("e1", minutes=30)) == {("e1", "n"): -1}
    assert costs(released, event("e1", minutes=29)) == {("e1", "n"): 0}


def test_a_bought_session_costs_its_price():
    case = small(needs={"n": {"buy_price": 12345}})
    assert costs(case, bought("e1")) == {("e1", "n"): 12345}


def test_who_brings_no_participants_has_no_share_where_others_do():
    case = small(
        rooms={"hall": {"hourly_cost": 1000}},
        groups={"g": {"size": 0}, "h": {"size": 4}},
        needs={"m": {"group": "h"}},
    )
    assert costs(case, event("e1", needs="n m")) == {("e1", "n"): 0, ("e1", "m"): 1000}


def test_at_its_own_site_a_group_pays_no_trip():
    case = small(
        modes={"walk": {"trip_cost": 700}},
        groups={"h": {"site": "near"}},
        needs={"m": {"group": "h"}},
    )
    assert costs(case, event("e1", room="hall")) == {("e1", "n"): 0}
    assert costs(case, event("e1", needs="n m", room="lib")) == {("e1", "n"): 1400, ("e1", "m"): 0}
