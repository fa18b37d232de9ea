import pytest

from deling.rules.equipment import can_be_at
from small import block, broken, event, said, small


def drums(blocks=(), needs=None, **row):
    wanted = {"equipment": (("drum", 1),)}
    return small(
        equipment={"d": row},
        rooms={"gym": {}, "lib2": {"site": "near"}},
        groups={"h": {}, "i": {}},
        needs={
            "n": wanted,
            "m": {"group": "h", **wanted},
            "k": {"group": "i", "equipment": (("drum", 2),)},
        },
        blocks=blocks,
        step=5,
    )


def use(key, start, needs="n", room="hall", units="d"):
    return event(key, start, needs=needs, room=room, equipment=units)


def test_units_in_use_are_at_most_the_quantity():
    both = use("e1", "Mo 09:00"), use("e2", "Mo 09:30", "m", "gym")
    assert broken(drums(quantity=2), *both) == set()
    assert broken(drums(quantity=1), *both) == {("equipment", ("e1", "e2"))}
    assert broken(drums(quantity=1), use("e1", "Mo 09:00"), use("e2", "Mo 10:00", "m")) == set()
    assert broken(drums(quantity=0), use("e1", "Mo 09:00")) == {("equipment", ("e1",))}


def test_units_add_up():
    events = use("e1", "Mo 09:00", "k", units="d:2"), use("e2", "Mo 09:00", "m", "gym")
    assert broken(drums(quantity=3), *events) == set()
    assert broken(drums(quantity=2), *events) == {("equipment", ("e1", "e2"))}


def test_moves_take_time_before_and_after_at_another_site():
    home, away = use("e1", "Mo 09:00"), use("e2", "Mo 10:10", "m", "lib")
    assert broken(drums(move_minutes=10), home, away) == set()
    assert broken(drums(move_minutes=11), home, away) == {("equipment", ("e1", "e2"))}
    later = use("e1", "Mo 11:20")
    assert broken(drums(move_minutes=10), later, away) == set()
    assert broken(drums(move_minutes=11), later, away) == {("equipment", ("e1", "e2"))}
    assert broken(drums(move_minutes=30), home, use("e2", "Mo 10:00", "m")) == set()


def test_only_portable_equipment_leaves_its_site():
    assert broken(drums(portable=False), use("e1", "Mo 09:00")) == set()
    assert broken(drums(portable=False), use("e1", "Mo 09:00", room="lib")) == {
        ("equipment", ("e1",))
    }
    assert broken(drums(portable=False, site="near"), use("e1", "Mo 09:00", room="lib")) == set()


@pytest.mark.parametrize("portable", [True, False])
@pytest.mark.parametrize("site", ["home", "near"])
def test_equipment_can_be_at_its_own_site_and_elsewhere_if_portable(portable, site):
    item = drums(portable=portable, site=site).scenario.equipment["d"]
    assert can_be_at(item, site) is True
    assert can_be_at(item, "near" if site == "home" else "home") is portable


def test_every_event_at_any_minute_over_the_limit_is_named_in_one_breach():
    events = (
        use("e1", "Mo 09:00"),
        use("e2", "Mo 09:30", "m", "gym"),
        use("e3", "Mo 10:30"),  # touches e2
        use("e4", "Tu 09:00", "m"),
        use("e5", "Tu 09:55", "k", "gym", "d:2"),
    )
    assert broken(drums(quantity=1), *events) == {("equipment", ("e1", "e2", "e4", "e5"))}


def test_blocks_take_units_but_are_not_named():
    taken = block("b", "Mo 09:30", 60, equipment="d")
    assert broken(drums(blocks=(taken,)), use("e1", "Mo 09:00")) == {("equipment", ("e1",))}
    assert broken(drums(blocks=(taken,)), use("e1", "Mo 10:30")) == set()
    assert broken(drums(blocks=(taken,), quantity=2), use("e1", "Mo 09:00")) == set()


def test_a_block_at_another_site_takes_no_moves():
    taken = block("b", "Mo 09:00", 60, room="lib", equipment="d")
    assert broken(drums(blocks=(taken,), move_minutes=30), use("e1", "Mo 10:00")) == set()


def test_blocks_alone_may_take_more_than_there_are():
    blocks = (block("b", "Mo 09:00", 60, equipment="d"), block("c", "Mo 09:00", 60, equipment="d"))
    assert broken(drums(blocks=blocks), use("e1", "Mo 10:00")) == set()
    assert broken(drums(blocks=blocks), use("e1", "Mo 09:30")) == {("equipment", ("e1",))}


def test_the_messages():
    assert said("equipment", drums(portable=False), use("e1", "Mo 09:00", room="lib")) == [
        "Equipment d cannot be moved, but e1 (Mo 09:00-10:00) uses it at near."
    ]
    events = (
        use("e1", "Mo 09:00"),
        use("e2", "Mo 09:30", "k", "gym", "d:2"),
        use("e3", "Tu 09:00"),
        use("e4", "Tu 09:15", "m", "gym"),
    )
    # When it is too much first, and the most at any time
    assert said("equipment", drums(quantity=1), *events) == [
        "3 units of equipment d are in use at one time (Mo 09:30-10:30), but there are 1."
    ]


def test_one_unit_is_one():
    assert said("equipment", drums(quantity=0), use("e1", "Mo 09:00")) == [
        "1 unit of equipment d is in use at one time (Mo 09:00-10:00), but there are 0."
    ]
