import pytest

from deling.rules import RULES_BY_ID
from small import broken, event, said, small

BREACH = {("joint", ("e1",))}
TOGETHER = event("e1", needs="n m")


def two(first=None, second=None, groups=None):
    return small(
        groups={"h": {}, **(groups or {})},
        needs={
            "n": {"joint": "j", **(first or {})},
            "m": {"group": "h", "joint": "j", **(second or {})},
        },
    )


def test_the_same_tag_joins():
    assert broken(two(), TOGETHER) == set()


@pytest.mark.parametrize(("first", "second"), [("j", "k"), ("j", None), (None, None)])
def test_other_tags_and_blank_ones_do_not(first, second):
    assert broken(two({"joint": first}, {"joint": second}), TOGETHER) == BREACH


def test_the_groups_differ_and_none_is_part_of_another():
    assert broken(two(second={"group": "g"}), TOGETHER) == BREACH
    assert broken(two(groups={"h": {"part_of": "g"}}), TOGETHER) == BREACH
    assert broken(two(groups={"g": {"part_of": "i"}, "i": {"part_of": "h"}}), TOGETHER) == BREACH
    siblings = {"i": {}, "g": {"part_of": "i"}, "h": {"part_of": "i"}}
    assert broken(two(groups=siblings), TOGETHER) == set()


def test_the_minutes_are_the_same():
    assert broken(two(second={"minutes": 45}), TOGETHER) == BREACH | {("grid", ("e1",))}


def test_one_need_alone_is_joint_with_none():
    assert broken(two({"joint": None}), event("e1")) == set()


def test_all_of_three_go_together():
    case = small(
        groups={"h": {}, "i": {}},
        needs={
            "n": {"joint": "j"},
            "m": {"group": "h", "joint": "j"},
            "k": {"group": "i", "joint": "l"},
        },
    )
    assert broken(case, event("e1", needs="n m k")) == BREACH


def test_joint_cannot_be_switched_off():
    assert not RULES_BY_ID["joint"].switchable


def test_the_messages_name_both_needs():
    case = two({"joint": None}, {"minutes": 45, "group": "g"})
    on = "Event e1 (Mo 09:00-10:00) serves needs n and m"
    assert said("joint", case, TOGETHER) == [
        f"{on} of different minutes.",
        f"{on} of one group, or of groups of which one is part of the other.",
        f"{on}, which do not carry the same joint tag.",
    ]
