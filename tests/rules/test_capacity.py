from small import broken, event, said, small

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


def test_the_message_says_how_many_there_are_and_how_many_there_may_be():
    case = small(rooms={"hall": {"capacity": 14}}, **JOINT)
    assert said("capacity", case, event("e1", needs="n m")) == [
        "Event e1 (Mo 09:00-10:00) has 15 participants, but room hall holds 14."
    ]
    case = small(needs={"n": {"max_participants": 9}})
    assert said("capacity", case, event("e1")) == [
        "Event e1 (Mo 09:00-10:00) has 10 participants, but need n allows 9."
    ]


def test_a_group_that_two_needs_of_an_event_name_is_there_once():
    case = small(rooms={"hall": {"capacity": 10}}, needs={"m": {}})
    assert BREACH.isdisjoint(broken(case, event("e1", needs="n m")))


def test_one_participant_is_one():
    case = small(
        rooms={"hall": {"capacity": 0}},
        groups={"g": {"size": 1}},
        needs={"n": {"max_participants": 0}},
    )
    assert said("capacity", case, event("e1")) == [
        "Event e1 (Mo 09:00-10:00) has 1 participant, but need n allows 0.",
        "Event e1 (Mo 09:00-10:00) has 1 participant, but room hall holds 0.",
    ]
