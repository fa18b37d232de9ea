"""What a chain has to move to serve one session more, case by case."""

from __future__ import annotations

import pytest

from deling.candidates import Candidates
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.search.eject.chain import Chains
from deling.search.eject.times import Times
from deling.units import ALWAYS
from small import event, hours, small

MONDAY = hours("Mo 09:00-10:00")
MUSIC = (("music", 1),)


def served(case, *events, seeds=10):
    """Return what chains serve at best, from some events on; all that they offer is valid."""
    plan = Plan(events=events)
    assert check(plan, case) == []
    candidates = Candidates(case)
    found = [evaluate(plan, case)["served"]]
    for seed in range(seeds):
        chains = Chains(candidates, Times(candidates), plan, frozenset(case.scenario.needs), seed)
        for better in chains.plans(4, lambda: False):
            assert check(better, case) == []
            found.append(evaluate(better, case)["served"])
    return max(found)


def together(area: int = 40, drum=ALWAYS, **second):
    """Return two needs that may go together, for which there is one room at one time."""
    return small(
        groups={"h": {}},
        rooms={"hall": {"available": MONDAY, "area_m2": area}, "lib": {"available": ()}},
        equipment={"drum": {"kind": "drum", "available": drum}},
        floor_area={"pupils": "1"},
        needs={
            "n": {"joint": "j", "sessions": 1},
            "m": {"group": "h", "joint": "j", "sessions": 1, **second},
        },
    )


def test_an_event_gets_the_equipment_of_a_need_that_joins():
    assert served(together(equipment=(("drum", 1),)), event("e1")) == 2


def test_no_need_joins_where_equipment_is_not_there_for_both():
    case = together(drum=hours("Tu 09:00-10:00"), equipment=(("drum", 1),))
    assert served(case, event("e1")) == 1


@pytest.mark.parametrize(("area", "both"), [(40, 2), (20, 2), (19, 1)])
def test_no_need_joins_where_the_floor_is_too_small(area, both):
    assert served(together(area=area), event("e1")) == both


def test_no_need_joins_what_is_there_only_because_it_is_today():
    """The library shares with nobody: with one more need, today's event is no longer as today."""
    today = event("t", room="lib")
    case = small(
        institutions={"books": {"site": "near"}},
        rooms={
            "lib": {"institution": "books", "shared_with": ("none",)},
            "hall": {"available": hours("Tu 09:00-10:00")},
        },
        groups={"h": {"institution": "books", "site": "near"}},
        needs={
            "n": {"joint": "j", "sessions": 1},
            "m": {"group": "h", "joint": "j", "sessions": 1},
        },
        today=(today,),
    )
    blocked = event("e2", "Mo 10:00", needs="m", room="lib")
    candidates = Candidates(case)
    chains = Chains(candidates, Times(candidates), Plan(events=(today,)), {"m"}, 1)
    (held,) = chains._table.by_need["n"].values()
    assert chains._places._joint(case.scenario.needs["m"], held) is None
    assert served(case, today) == 2
    assert check(Plan(events=(today, blocked)), case) == []


def test_the_other_session_gets_other_staff_as_well():
    """Ann has Monday alone; only Bob has both days."""
    case = small(
        staff={
            "ann": {"available": hours("Mo 09:00-12:00")},
            "bob": {"available": hours("Mo 09:00-12:00", "Tu 09:00-12:00")},
        },
        needs={"n": {"sessions": 2, "same_staff": True, "skills": MUSIC}},
    )
    assert served(case, event("e1", staff="ann")) == 2


def test_two_short_sessions_take_the_hours_of_a_long_one():
    """One for one is no gain in weight, but leaves time for the other."""
    short = {"minutes": 45, "sessions": 1, "skills": MUSIC}
    case = small(
        staff={"ann": {"weekly_minutes": 90}},
        needs={"n": {"minutes": 90, "sessions": 1, "skills": MUSIC}, "m": short, "k": short},
    )
    assert served(case, event("e1", minutes=90, staff="ann")) == 2


def away(minutes: int, **needs):
    """Return needs in one room, five minutes by bike from where Ann belongs."""
    return small(
        groups={"h": {}},
        rooms={"lib": {"available": ()}},
        staff={"ann": {"site": "near", "weekly_minutes": minutes}},
        needs={"n": {"sessions": 2, "skills": MUSIC}, **needs},
    )


@pytest.mark.parametrize(("minutes", "both"), [(130, 2), (129, 1)])
def test_sessions_one_after_the_other_cost_one_journey(minutes, both):
    assert served(away(minutes), event("e1", staff="ann")) == both


@pytest.mark.parametrize(("minutes", "all_of"), [(190, 3), (189, 2)])
def test_journeys_are_saved_to_let_another_need_in(minutes, all_of):
    """The two sessions of the first need, on two days, have to be moved together."""
    case = away(minutes, m={"group": "h", "sessions": 1, "skills": MUSIC})
    events = event("e1", staff="ann"), event("e2", "Tu 09:00", staff="ann")
    assert served(case, *events) == all_of
