from small import broken, event, said, small

REACH = {("reach", ("e1",))}


def test_the_way_is_at_most_max_travel():
    visit = event("e1", room="lib")
    assert broken(small(groups={"g": {"max_travel": 10}}), visit) == set()
    assert broken(small(groups={"g": {"max_travel": 9}}), visit) == REACH


def test_zero_stays_at_its_site():
    case = small(groups={"g": {"max_travel": 0}})
    assert broken(case, event("e1", room="hall")) == set()
    assert broken(case, event("e1", room="lib")) == REACH


def test_the_mode_and_the_site_are_those_of_the_group():
    assert (
        broken(
            small(groups={"g": {"max_travel": 5, "travel_mode": "bike"}}), event("e1", room="lib")
        )
        == set()
    )
    assert (
        broken(small(groups={"g": {"max_travel": 0, "site": "near"}}), event("e1", room="lib"))
        == set()
    )


def test_every_group_of_a_joint_event_has_to_get_there():
    case = small(
        groups={"h": {"max_travel": 0}},
        needs={"n": {"joint": "j"}, "m": {"group": "h", "joint": "j"}},
    )
    assert broken(case, event("e1", needs="n m", room="lib")) == REACH


def test_today_is_bound_too():
    today = event("e1", room="lib")
    assert broken(small(groups={"g": {"max_travel": 0}}, today=(today,)), today) == REACH


def test_the_message_says_how_far_it_is_and_how_far_the_group_goes():
    case = small(groups={"g": {"max_travel": 4, "travel_mode": "bike"}})
    assert said("reach", case, event("e1", room="lib")) == [
        "Group g has 5 minutes by bike to e1 (Mo 09:00-10:00) at near, but travels at most 4."
    ]
