from decimal import Decimal

from small import broken, event, said, small

BREACH = {("floor_area", ("e1",))}


def hall(area, *, floor_area, **more):
    room = {"area_m2": None if area is None else Decimal(area)}
    return small(rooms={"hall": room}, floor_area=floor_area, **more)


def test_each_participant_needs_the_area_of_its_kind():
    assert broken(hall("25", floor_area={"pupils": "2.5"}), event("e1")) == set()
    assert broken(hall("24.9", floor_area={"pupils": "2.5"}), event("e1")) == BREACH


def test_areas_are_exact():
    # 3 * 0.1 is more than 0.3 in floating point
    group = {"groups": {"g": {"size": 3}}}
    assert broken(hall("0.3", floor_area={"pupils": "0.1"}, **group), event("e1")) == set()
    assert broken(hall("0.299999", floor_area={"pupils": "0.1"}, **group), event("e1")) == BREACH


def test_rooms_without_an_area_and_kinds_without_a_figure_are_not_checked():
    assert broken(hall(None, floor_area={"pupils": "2"}), event("e1")) == set()
    assert broken(hall("1", floor_area={"nursery": "3"}), event("e1")) == set()
    assert broken(hall("1", floor_area={}), event("e1")) == set()


def test_the_groups_of_a_joint_event_add_up_each_by_its_kind():
    rows = {
        "groups": {"h": {"size": 4, "kind": "nursery"}},
        "needs": {"n": {"joint": "j"}, "m": {"group": "h", "joint": "j"}},
        "floor_area": {"nursery": "3", "pupils": "2"},
    }
    assert broken(hall("32", **rows), event("e1", needs="n m")) == set()
    assert broken(hall("31", **rows), event("e1", needs="n m")) == BREACH


def test_off_means_off():
    assert broken(hall("1", floor_area={"pupils": "2"}, off=("floor_area",)), event("e1")) == set()


def test_a_group_that_two_needs_of_an_event_name_is_there_once():
    rows = {"needs": {"n": {}, "m": {}}, "floor_area": {"pupils": "2.5"}}
    assert BREACH.isdisjoint(broken(hall("25", **rows), event("e1", needs="n m")))


def test_every_event_is_judged():
    case = small(rooms={"lib": {"area_m2": Decimal(1)}}, floor_area={"pupils": "2"})
    events = event("e1"), event("e2", "Tu 09:00", room="lib")
    assert broken(case, *events) == {("floor_area", ("e2",))}


def test_kinds_without_a_figure_take_nothing_off():
    rows = {
        "groups": {"h": {"size": 4, "kind": "nursery"}},
        "needs": {"n": {"joint": "j"}, "m": {"group": "h", "joint": "j"}},
        "floor_area": {"nursery": "3"},
    }
    assert broken(hall("12", **rows), event("e1", needs="n m")) == set()
    assert broken(hall("11", **rows), event("e1", needs="n m")) == BREACH


def test_the_message_says_how_much_floor_there_is_and_how_much_is_asked_for():
    assert said("floor_area", hall("24.9", floor_area={"pupils": "2.5"}), event("e1")) == [
        "Event e1 (Mo 09:00-10:00) needs 25.0 m², but room hall has 24.9 m²."
    ]
