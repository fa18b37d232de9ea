import pytest

from small import broken, event, small

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
