from collections import Counter

import pytest

from deling.rules.needs_met import uncovered
from small import broken, event, said, small

BREACH = {("needs_met", ("e1",))}


def test_the_room_has_all_features():
    case = small(
        rooms={"hall": {"features": ("stage", "piano", "sink")}, "gym": {"features": ("stage",)}},
        needs={"n": {"features": ("piano", "stage")}},
    )
    assert broken(case, event("e1", room="hall")) == set()
    assert broken(case, event("e1", room="gym")) == BREACH


STAFF = {
    "ann": {"skills": ("music", "sport")},
    "bob": {"skills": ("music",)},
    "cat": {"skills": ("cooking",)},
}


@pytest.mark.parametrize(
    ("skills", "staff", "holds"),
    [
        ((), "", True),
        ((), "ann", False),
        ((("music", 1),), "ann", True),
        ((("music", 1),), "", False),
        ((("music", 1),), "cat", False),
        ((("music", 1),), "ann bob", False),
        ((("music", 1),), "ann cat", False),
        ((("music", 2),), "ann bob", True),
        ((("music", 2),), "ann", False),
        ((("music", 1), ("sport", 1)), "ann", False),
        ((("music", 1), ("sport", 1)), "ann bob", True),
        ((("sport", 1), ("music", 1)), "ann bob", True),
        ((("cooking", 1), ("music", 1)), "ann bob", False),
    ],
)
def test_each_member_of_staff_counts_for_one_skill_and_nobody_is_to_spare(skills, staff, holds):
    case = small(staff=STAFF, needs={"n": {"skills": skills}})
    assert broken(case, event("e1", staff=staff)) == (set() if holds else BREACH)


def test_staff_are_matched_to_skills_at_best():
    skills = [("a", "b", "c"), ("a", "b"), ("a",)]
    for asked in (["a", "b", "c"], ["c", "b", "a"], ["b", "a", "c"]):
        assert not uncovered(Counter(asked), skills)
    assert uncovered(Counter({"a": 1, "c": 2}), skills) == Counter({"c": 1})


EQUIPMENT = {
    "d1": {"kind": "drum", "quantity": 2},
    "d2": {"kind": "drum", "quantity": 2},
    "f": {"kind": "flute"},
}


@pytest.mark.parametrize(
    ("kinds", "units", "holds"),
    [
        ((), "", True),
        ((), "f", False),
        ((("drum", 1),), "d1", True),
        ((("drum", 1),), "", False),
        ((("drum", 1),), "f", False),
        ((("drum", 1),), "d1 f", False),
        ((("drum", 1),), "d1:2", False),
        ((("drum", 3),), "d1:2 d2", True),
        ((("drum", 3),), "d1:2", False),
        ((("drum", 3),), "d1:2 d2:2", False),
        ((("drum", 1), ("flute", 1)), "d2 f", True),
    ],
)
def test_units_cover_each_kind_exactly(kinds, units, holds):
    case = small(equipment=EQUIPMENT, needs={"n": {"equipment": kinds}})
    assert broken(case, event("e1", equipment=units)) == (set() if holds else BREACH)


def test_a_joint_event_covers_the_union_and_the_largest_counts():
    case = small(
        rooms={"hall": {"features": ("stage",)}, "gym": {"features": ("stage", "piano")}},
        staff={**STAFF, "dan": {"skills": ("music",)}},
        equipment=EQUIPMENT,
        groups={"h": {}},
        needs={
            "n": {
                "joint": "j",
                "features": ("stage",),
                "skills": (("music", 2),),
                "equipment": (("drum", 1),),
            },
            "m": {
                "joint": "j",
                "group": "h",
                "features": ("piano",),
                "skills": (("music", 1), ("sport", 1)),
                "equipment": (("drum", 2), ("flute", 1)),
            },
        },
    )

    def joint(room="gym", staff="ann bob dan", equipment="d1:2 f"):
        return broken(case, event("e1", needs="n m", room=room, staff=staff, equipment=equipment))

    assert joint() == set()
    assert joint(room="hall") == BREACH
    assert joint(staff="ann bob") == BREACH
    assert joint(staff="ann bob cat dan") == BREACH
    assert joint(staff="bob cat dan") == BREACH
    assert joint(equipment="d1 f") == BREACH
    assert joint(equipment="d1:2 d2 f") == BREACH


def test_today_may_have_more_than_asked_for_but_not_less():
    rows = {"staff": STAFF, "equipment": EQUIPMENT, "needs": {"n": {"skills": (("music", 1),)}}}
    more = event("e1", staff="bob cat", equipment="f")
    assert broken(small(**rows), more) == BREACH
    case = small(today=(more,), **rows)
    assert broken(case, more) == set()
    moved = event("e1", "Tu 09:00", staff="bob cat", equipment="f")
    assert broken(case, moved) == BREACH
    less = event("e1", staff="cat")
    assert broken(small(today=(less,), **rows), less) == BREACH


def test_the_messages_say_what_is_missing_and_what_is_to_spare():
    here = "e1 (Mo 09:00-10:00)"
    case = small(
        rooms={"hall": {"features": ("stage",)}},
        staff=STAFF,
        equipment=EQUIPMENT,
        needs={
            "n": {
                "features": ("piano", "stage", "sink"),
                "skills": (("music", 1), ("sport", 1)),
                "equipment": (("drum", 3), ("harp", 1)),
            }
        },
    )
    assert said("needs_met", case, event("e1", staff="cat", equipment="d1 f")) == [
        f"Event {here} has more equipment than it asks for: flute.",
        f"Event {here} lacks equipment: drum:2, harp.",
        f"Event {here} lacks staff with: music, sport.",
        f"Room hall of {here} lacks: piano, sink.",
    ]
    assert said("needs_met", case, event("e1", staff="ann bob cat", equipment="d1 f:2"))[:2] == [
        f"Event {here} has 3 staff, but asks for 2.",
        f"Event {here} has more equipment than it asks for: flute:2.",
    ]


def test_several_of_one_skill_are_missing_together():
    case = small(staff=STAFF, needs={"n": {"skills": (("music", 3), ("cooking", 1))}})
    assert said("needs_met", case, event("e1", staff="ann")) == [
        "Event e1 (Mo 09:00-10:00) lacks staff with: music:2, cooking."
    ]


def test_one_member_of_staff_is_one():
    assert said("needs_met", small(staff=STAFF), event("e1", staff="ann")) == [
        "Event e1 (Mo 09:00-10:00) has 1 member of staff, but asks for 0."
    ]
