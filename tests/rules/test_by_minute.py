"""The rules that scan, against the contract's words taken minute by minute on random plans."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from deling.check import check
from deling.domain import Event
from deling.evaluate import evaluate, session_costs
from small import block, bought, hours, plan, small

GROUPS = ("g", "h", "few", "other")
ROOMS = ("hall", "west", "east", "lib", "hut")
CASE = small(
    institutions={"elm": {"max_away": 1}, "books": {"max_away": 0}},
    rooms={
        "hall": {"turnaround": 7},
        "west": {"part_of": "hall"},
        "east": {"part_of": "hall", "turnaround": 20},
        "hut": {"site": "far"},
    },
    staff={
        "ann": {"available": hours("Mo 00:00-02:00", "Mo 02:30-24:00")},
        "bob": {"travel_mode": "walk"},
        "cat": {"institution": "books", "site": "near", "travel_mode": "walk"},
    },
    equipment={"d": {"quantity": 2, "move_minutes": 9}, "f": {"portable": False, "site": "near"}},
    groups={
        "g": {"travel_mode": "minibus"},
        "h": {"travel_mode": "minibus"},
        "few": {"part_of": "g", "travel_mode": "minibus", "site": "near"},
        "other": {},
    },
    needs={key: {"group": key} for key in GROUPS},
    modes={"minibus": {"fleet": 1}},
    blocks=(
        block("b1", "Mo 01:00", 30, room="west", staff="bob", equipment="d:2"),
        block("b2", "Mo 01:15", 30, room="lib", equipment="f"),
    ),
    step=1,
)
SITES = {room: CASE.scenario.rooms[room].site for room in ROOMS}


@st.composite
def events(draw):
    return [
        Event(
            id=f"e{at}",
            needs=tuple(
                draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2, unique=True))
            ),
            start=draw(st.integers(0, 240)),
            minutes=draw(st.integers(1, 60)),
            room=draw(st.sampled_from(ROOMS)),
            staff=tuple(sorted(draw(st.sets(st.sampled_from(("ann", "bob", "cat")), max_size=2)))),
            equipment=draw(st.sampled_from([(), (("d", 1),), (("d", 2),), (("f", 1),)])),
        )
        for at in range(draw(st.integers(0, 6)))
    ]


def minutes(start, end):
    return set(range(start, end))


def way(group, room):
    return CASE.travel.minutes(group.site, SITES[room], group.travel_mode)


def groups_of(event):
    return [CASE.scenario.groups[need] for need in event.needs]


def room_rule(found):
    rooms, clashing = CASE.scenario.rooms, CASE.clashing_rooms
    taken = {e.id: minutes(e.start, e.end + rooms[e.room].turnaround) for e in found}
    for e in found:
        for b in CASE.scenario.blocks:
            if b.room in clashing[e.room] and taken[e.id] & minutes(b.start, b.end):
                yield (e.id,)
    for e, f in combinations(found, 2):
        if f.room in clashing[e.room] and taken[e.id] & taken[f.id]:
            yield e.id, f.id


def group_rule(found):
    out = {
        (e.id, g.id): minutes(e.start - way(g, e.room), e.end + way(g, e.room))
        for e in found
        for g in groups_of(e)
    }
    for (e, g), (f, h) in combinations(out, 2):
        if e != f and {g, h} in ({g}, {"g", "few"}) and out[e, g] & out[f, h]:
            yield e, f
    trips = {
        (e.id, g.id): out[e.id, g.id]
        for e in found
        for g in groups_of(e)
        if g.travel_mode == "minibus" and g.site != SITES[e.room]
    }
    underway = defaultdict(set)
    for (_e, g), trip in trips.items():
        for minute in trip:
            underway[minute].add(g)
    over = {minute for minute, several in underway.items() if len(several) > 1}
    if over:
        yield tuple({e for (e, _g), trip in trips.items() if trip & over})


def equipment_rule(found):
    for item in CASE.scenario.equipment.values():
        uses = {}
        level = Counter()
        for e in found:
            for key, units in e.equipment:
                if key == item.id:
                    elsewhere = SITES[e.room] != item.site
                    if elsewhere and not item.portable:
                        yield (e.id,)
                    move = item.move_minutes if elsewhere else 0
                    uses[e.id] = minutes(e.start - move, e.end + move)
                    level.update(dict.fromkeys(uses[e.id], units))
        for b, units in CASE.blocks_of_equipment[item.id]:
            level.update(dict.fromkeys(minutes(b.start, b.end), units))
        over = {minute for minute, units in level.items() if units > item.quantity}
        named = tuple(e for e, use in uses.items() if use & over)
        if named:
            yield named


def absences(member, found):
    """Walk through the tours of one person, event by event."""
    travel, home, mode = CASE.travel.minutes, member.site, member.travel_mode
    tours = defaultdict(list)
    for e in sorted(
        (e for e in found if member.id in e.staff), key=lambda e: (e.start, e.end, e.id)
    ):
        inside = [
            span
            for span in CASE.open_hours_of_staff[member.id]
            if span[0] <= e.start and e.end <= span[1]
        ]
        tours[inside[0] if inside else e.id].append(e)
    for tour in tours.values():
        out = None
        for at, e in enumerate(tour):
            site = SITES[e.room]
            to, back = travel(home, site, mode), travel(site, home, mode)
            if site != home:
                if out is None:
                    out = (e.start - to, [])
                out[1].append(e.id)
                after = tour[at + 1] if at + 1 < len(tour) else None
                ends = (
                    after is None
                    or SITES[after.room] == home
                    or after.start - e.end >= back + travel(home, SITES[after.room], mode)
                )
                if ends:
                    yield minutes(out[0], e.end + back), out[1]
                    out = None


def home_cover_rule(found):
    for institution in CASE.scenario.institutions.values():
        away = defaultdict(set)
        stretches = []
        for member in CASE.scenario.staff.values():
            if member.institution == institution.id:
                for stretch in absences(member, found):
                    stretches.append(stretch)
                    for minute in stretch[0]:
                        away[minute].add(member.id)
        over = {minute for minute, who in away.items() if len(who) > institution.max_away}
        if over:
            yield tuple({e for span, ids in stretches if span & over for e in ids})


ORACLES = {
    "room": room_rule,
    "group": group_rule,
    "equipment": equipment_rule,
    "home_cover": home_cover_rule,
}


@settings(max_examples=100, deadline=None)
@given(events())
def test_scanning_finds_what_every_minute_shows(found):
    judged = {(b.rule, b.events) for b in check(plan(*found), CASE) if b.rule in ORACLES}
    assert judged == {
        (rule, tuple(sorted(ids))) for rule, oracle in ORACLES.items() for ids in oracle(found)
    }


@st.composite
def anything(draw):
    """Draw what a file could hold: any known ids at any time."""
    if draw(st.integers(0, 4)) == 0:
        return bought("x", draw(st.sampled_from(("n", "g h"))))
    return Event(
        id="x",
        needs=tuple(draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3))),
        start=draw(st.integers(0, 12 * 24 * 60)),
        minutes=draw(st.integers(-200, 3000)),
        room=draw(st.sampled_from(ROOMS)),
        staff=tuple(draw(st.lists(st.sampled_from(("ann", "bob", "cat")), max_size=3))),
        equipment=tuple(
            draw(st.lists(st.sampled_from((("d", 1), ("d", 3), ("f", 1))), max_size=2))
        ),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(anything(), max_size=6))
def test_any_plan_that_a_file_can_hold_is_judged(several):
    found = plan(*(e.model_copy(update={"id": f"e{at}"}) for at, e in enumerate(several)))
    for breach in check(found, CASE):
        assert set(breach.events) <= {e.id for e in found.events}
    evaluate(found, CASE)
    session_costs(found, CASE)
