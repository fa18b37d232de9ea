from small import broken, event, small

BREACH = {("capacity", ("e1",))}
JOINT = {
    "groups": {"h": {"size": 5}},
    "needs": {"n": {"joint": "j"}, "m": {"group": "h", "joint": "j"}},
}


def test_participants_fit_the_room():
    assert broken(small(rooms={"hall": {"capacity": 10}}), event("e1")) == set()
    assert broken(small(rooms={"hall": {"capacity": 9}}), event("e1")) == BREACH


def test_participants_of_all_groups_count():
    joint = event("e1", needs="n m")
    assert broken(small(rooms={"hall": {"capacity": 15}}, **JOINT), joint) == set()
    assert broken(small(rooms={"hall": {"capacity": 14}}, **JOINT), joint) == BREACH


def test_each_need_may_allow_fewer():
    for key in ("n", "m"):
        for limit, expected in ((15, set()), (14, BREACH)):
            needs = {**JOINT["needs"]}
            needs[key] = {**needs[key], "max_participants": limit}
            case = small(groups=JOINT["groups"], needs=needs)
            assert broken(case, event("e1", needs="n m")) == expected


def test_staff_and_attendants_do_not_count():
    case = small(
        rooms={"hall": {"capacity": 10}},
        staff={"ann": {}},
        needs={"n": {"skills": (("music", 1),), "attendants": 3}},
    )
    assert broken(case, event("e1", staff="ann")) == set()


def test_a_service_to_a_building_fits_every_room():
    case = small(rooms={"hall": {"capacity": 0}}, groups={"g": {"size": 0}})
    assert broken(case, event("e1")) == set()


def test_today_is_bound_too():
    today = event("e1")
    assert broken(small(rooms={"hall": {"capacity": 9}}, today=(today,)), today) == BREACH
