from small import block, broken, event, said, small

PARTED = {
    "hall": {},
    "west": {"part_of": "hall"},
    "east": {"part_of": "hall"},
    "corner": {"part_of": "west"},
}
TWO = {"needs": {"m": {"group": "h"}}, "groups": {"h": {}}}


def pair(first, second, room, other=None):
    return (
        event("e1", first, room=room),
        event("e2", second, needs="m", room=other or room),
    )


BOTH = {("room", ("e1", "e2"))}


def test_events_may_touch_but_not_overlap():
    case = small(**TWO)
    assert broken(case, *pair("Mo 09:00", "Mo 10:00", "hall")) == set()
    assert broken(case, *pair("Mo 09:00", "Mo 09:45", "hall")) == BOTH
    assert broken(case, *pair("Mo 09:00", "Mo 09:00", "hall")) == BOTH
    assert broken(case, *pair("Mo 09:00", "Mo 09:00", "hall", "lib")) == set()


def test_a_part_clashes_with_its_wholes_at_every_depth_but_not_with_other_parts():
    case = small(rooms=PARTED, **TWO)
    for one, other, expected in (
        ("hall", "west", BOTH),
        ("corner", "hall", BOTH),
        ("west", "corner", BOTH),
        ("west", "east", set()),
        ("corner", "east", set()),
    ):
        assert broken(case, *pair("Mo 09:00", "Mo 09:30", one, other)) == expected
        assert broken(case, *pair("Mo 09:00", "Mo 09:30", other, one)) == expected


def test_each_overlapping_pair_is_named():
    case = small(
        rooms=PARTED, needs={"m": {"group": "h"}, "k": {"group": "i"}}, groups={"h": {}, "i": {}}
    )
    events = (
        event("e1", "Mo 09:00", room="west"),
        event("e2", "Mo 09:00", needs="m", room="east"),
        event("e3", "Mo 09:30", needs="k", room="hall"),
    )
    assert broken(case, *events) == {("room", ("e1", "e3")), ("room", ("e2", "e3"))}


def test_the_turnaround_keeps_the_room_and_what_clashes_with_it():
    rooms = {**PARTED, "west": {"part_of": "hall", "turnaround": 15}}
    case = small(rooms=rooms, **TWO)
    for other in ("west", "hall", "corner"):
        assert broken(case, *pair("Mo 09:00", "Mo 10:15", "west", other)) == set()
        assert broken(case, *pair("Mo 09:00", "Mo 10:00", "west", other)) == BOTH
    assert broken(case, *pair("Mo 09:00", "Mo 10:00", "west", "east")) == set()
    # It is the earlier event's room that has to be turned around
    assert broken(case, *pair("Mo 09:00", "Mo 10:00", "hall", "west")) == set()


def test_the_turnaround_runs_past_midnight():
    case = small(rooms={"hall": {"turnaround": 30}}, **TWO)
    assert broken(case, *pair("Mo 23:00", "Tu 00:30", "hall")) == set()
    assert broken(case, *pair("Mo 23:00", "Tu 00:15", "hall")) == BOTH


def test_a_block_names_the_event_alone():
    case = small(rooms=PARTED, blocks=(block("b", "Mo 10:00", 45, room="west"),))
    one = {("room", ("e1",))}
    assert broken(case, event("e1", "Mo 09:00", room="west")) == set()
    assert broken(case, event("e1", "Mo 10:45", room="west")) == set()
    for room in ("west", "hall", "corner"):
        assert broken(case, event("e1", "Mo 09:15", room=room)) == one
        assert broken(case, event("e1", "Mo 10:30", room=room)) == one
    assert broken(case, event("e1", "Mo 10:00", room="east")) == set()


def test_a_block_keeps_clear_of_the_turnaround_after_an_event_but_has_none_itself():
    case = small(
        rooms={"hall": {"turnaround": 15}}, blocks=(block("b", "Mo 10:00", 60, room="hall"),)
    )
    assert broken(case, event("e1", "Mo 08:45", room="hall")) == set()
    assert broken(case, event("e1", "Mo 09:00", room="hall")) == {("room", ("e1",))}
    assert broken(case, event("e1", "Mo 11:00", room="hall")) == set()


def test_a_block_may_run_past_midnight_and_blocks_may_overlap():
    blocks = (block("b", "Mo 23:00", 120, room="hall"), block("c", "Mo 23:30", 60, room="hall"))
    case = small(blocks=blocks)
    assert broken(case, event("e1", "Tu 00:45")) == {("room", ("e1",))}
    assert broken(case, event("e1", "Tu 01:00")) == set()


def test_off_means_off():
    assert broken(small(off=("room",), **TWO), *pair("Mo 09:00", "Mo 09:00", "hall")) == set()


def test_the_messages_name_the_room_or_both_and_the_turnaround_that_matters():
    rooms = {**PARTED, "west": {"part_of": "hall", "turnaround": 15}}
    case = small(rooms=rooms, **TWO)
    first, second = "e1 (Mo 09:00-10:00)", "e2 (Mo 09:45-10:45)"
    assert said("room", case, *pair("Mo 09:00", "Mo 09:45", "west")) == [
        f"Room west is booked by {first} and {second}."
    ]
    both = "Rooms west and hall, one part of the other, are booked by"
    assert said("room", case, *pair("Mo 09:00", "Mo 09:45", "west", "hall")) == [
        f"{both} {first} and {second}."
    ]
    assert said("room", case, *pair("Mo 09:00", "Mo 10:00", "west", "hall")) == [
        f"{both} {first} and e2 (Mo 10:00-11:00). west stays taken for 15 minutes after an event."
    ]


def test_the_message_about_a_block_says_when_it_is():
    case = small(blocks=(block("b", "Mo 09:30", 60, room="hall"),))
    assert said("room", case, event("e1")) == [
        "Room hall is booked by e1 (Mo 09:00-10:00), but is in use otherwise Mo 09:30-10:30."
    ]


def test_each_pair_of_a_family_is_judged_past_those_that_may_overlap():
    case = small(
        rooms=PARTED, needs={"m": {"group": "h"}, "k": {"group": "i"}}, groups={"h": {}, "i": {}}
    )
    events = (
        event("e1", "Mo 09:00", room="west"),
        event("e2", "Mo 09:15", needs="m", room="east"),  # may go on beside e1
        event("e3", "Mo 09:30", needs="k", room="corner"),
    )
    assert broken(case, *events) == {("room", ("e1", "e3"))}
