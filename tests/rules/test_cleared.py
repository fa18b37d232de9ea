import pytest

from small import broken, event, said, small

BREACH = {("cleared", ("e1",))}
NEED = {"n": {"skills": (("music", 1),)}}


@pytest.mark.parametrize("kind", ["nursery", "kindergarten", "pupils", "youth", "adults", "elders"])
def test_who_is_not_cleared_serves_no_minors(kind):
    case = small(
        staff={"ann": {"cleared": False}, "bob": {}}, groups={"g": {"kind": kind}}, needs=NEED
    )
    expected = set() if kind in ("adults", "elders") else BREACH
    assert broken(case, event("e1", staff="ann")) == expected
    assert broken(case, event("e1", staff="bob")) == set()


def test_one_group_of_minors_in_a_joint_event_is_enough():
    case = small(
        staff={"ann": {"cleared": False}},
        groups={"g": {"kind": "elders"}, "h": {"kind": "youth"}},
        needs={
            "n": {"skills": (("music", 1),), "joint": "j"},
            "m": {"group": "h", "joint": "j"},
        },
    )
    assert broken(case, event("e1", needs="n", staff="ann")) == set()
    assert broken(case, event("e1", needs="n m", staff="ann")) == BREACH


def test_today_is_bound_too():
    today = event("e1", staff="ann")
    case = small(staff={"ann": {"cleared": False}}, needs=NEED, today=(today,))
    assert broken(case, today) == BREACH


def test_every_event_is_judged():
    case = small(staff={"ann": {"cleared": False}, "bob": {}}, needs=NEED)
    events = event("e1", staff="bob"), event("e2", "Tu 09:00", staff="ann")
    assert broken(case, *events) == {("cleared", ("e2",))}


def test_the_message_names_who_is_not_cleared_and_the_groups_of_minors():
    case = small(
        staff={"ann": {"cleared": False}, "bob": {"cleared": False}, "cat": {}},
        groups={"h": {"kind": "youth"}, "i": {"kind": "elders"}},
        needs={"m": {"group": "h"}, "k": {"group": "i"}},
    )
    assert said("cleared", case, event("e1", needs="n m k", staff="ann bob cat")) == [
        "Event e1 (Mo 09:00-10:00) is for g, h, but ann, bob is not cleared."
    ]
