"""A plan that changes, indexed by what its events take: always what a look at all of them finds."""

from __future__ import annotations

import random

import pytest

from changing import Changer, valid_plan
from deling.board import Board
from deling.domain import Plan
from exhaustive.draw import case_of
from small import bought, event, plan, small


def takes(case, one, thing):
    """Return whether an event takes a thing, from the tables alone."""
    kind, key = thing
    scenario = case.scenario
    groups = [scenario.groups[scenario.needs[need].group] for need in one.needs]
    if kind == "need":
        return key in one.needs
    if kind == "group":
        for group in groups:
            while group.part_of is not None:
                group = scenario.groups[group.part_of]
            if group.id == key:
                return True
        return False
    if not one.internal:
        return False
    site = scenario.rooms[one.room].site
    return {
        "room": lambda: one.room == key,
        "staff": lambda: key in one.staff,
        "equipment": lambda: key in dict(one.equipment),
        "employer": lambda: any(scenario.staff[each].institution == key for each in one.staff),
        "fleet": lambda: (
            scenario.travel.modes[key].fleet is not None
            and any(group.travel_mode == key and group.site != site for group in groups)
        ),
    }[kind]()


def everything(case):
    scenario = case.scenario
    return [
        *(("need", key) for key in scenario.needs),
        *(("group", key) for key in scenario.groups),
        *(("room", key) for key in scenario.rooms),
        *(("staff", key) for key in scenario.staff),
        *(("equipment", key) for key in scenario.equipment),
        *(("employer", key) for key in scenario.institutions),
        *(("fleet", key) for key in scenario.travel.modes),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_what_takes_a_thing_is_found_after_any_change(seed):
    rng = random.Random(seed)
    case = case_of(seed)
    begun = valid_plan(case, rng, tries=8) or Plan(events=())
    changer = Changer(case, begun, None, rng)
    board = Board(case, begun)
    known = {one.id: one for one in begun.events}
    things = everything(case)
    for _ in range(25):
        if known and rng.random() < 0.4:
            gone = known.pop(rng.choice(list(known)))
            board.remove(gone)
            assert gone.id not in board
        elif (new := changer.event()) is not None:
            board.put(new)
            known[new.id] = new
        assert {one.id: one for one in board.plan().events} == known
        assert all(key in board for key in known)
        for thing in things:
            found = board.that_take([thing])
            assert found == {k: one for k, one in known.items() if takes(case, one, thing)}, thing
        some = rng.sample(things, 3)
        assert board.that_take(some) == {
            key: one for key, one in known.items() if any(takes(case, one, each) for each in some)
        }


def test_of_two_needs_of_one_line_of_groups_the_event_takes_the_line_once():
    case = small(groups={"h": {"part_of": "g"}}, needs={"m": {"group": "h"}})
    one = event("e", needs="n m")
    board = Board(case, plan(one))
    assert board.that_take([("group", "g")]) == {"e": one}
    assert board.that_take([("group", "h")]) == {}
    board.remove(one)
    assert board.that_take([("group", "g"), ("need", "m")]) == {}


def test_a_bought_session_takes_its_need_and_its_group_only():
    case = small(needs={"n": {"buy_price": 100}})
    board = Board(case, plan(bought("b")))
    assert set(board.taken_by(bought("b"))) == {("need", "n"), ("group", "g")}
    assert set(board.that_take([("need", "n")])) == {"b"}


def test_an_id_is_there_once():
    case = small()
    board = Board(case, plan(event("e")))
    with pytest.raises(ValueError, match="there is an event e already"):
        board.put(event("e", "Tu 09:00"))
    board.remove(event("e"))
    board.put(event("e", "Tu 09:00"))
    with pytest.raises(KeyError):
        board.remove(event("f"))
