import pytest

from deling.case import Case
from deling.rules import KEEP, RULES_BY_ID
from deling.rules.capacity import Capacity
from deling.rules.keep import Keep
from small import bought, broken, event, said, small

WORSE = {("keep", ())}
DAYS = ("Mo", "Tu", "We")


def todays(count, **more):
    return tuple(event(f"t{at}", f"{DAYS[at]} 09:00", **more) for at in range(count))


def test_as_many_sessions_as_today_at_any_time_and_bought_ones_too():
    case = small(today=todays(2), needs={"n": {"buy_price": 1}})
    assert broken(case, event("e1", "Th 09:00"), bought("e2")) == set()
    assert broken(case, event("e1", "Th 09:00")) == WORSE
    assert broken(case) == WORSE


def test_bought_sessions_of_today_are_kept():
    case = small(today=(bought("t"),), needs={"n": {"buy_price": 1}})
    assert KEEP.kept(case) == {"n": 1}
    assert broken(case, event("e1")) == set()


def test_no_more_than_wanted():
    # Too many sessions today break `sessions`, but that breach names none of them
    case = small(today=todays(3), needs={"n": {"sessions": 2}})
    assert KEEP.kept(case) == {"n": 2}


def test_sessions_that_break_a_rule_today_are_not_kept():
    small_room = {"rooms": {"hall": {"capacity": 9}}}
    assert KEEP.kept(small(today=todays(2), **small_room)) == {}
    assert KEEP.kept(small(today=todays(2), off=("capacity",), **small_room)) == {"n": 2}
    mixed = (*todays(1), event("t9", "We 09:00", room="lib"))
    assert KEEP.kept(small(today=mixed, **small_room)) == {"n": 1}


def test_both_of_a_clash_are_named():
    rows = {"groups": {"h": {}}, "needs": {"m": {"group": "h"}}}
    clash = event("t1"), event("t2", "Mo 09:30", needs="m"), event("t3", "Tu 09:00", needs="m")
    assert KEEP.kept(small(today=clash, **rows)) == {"m": 1}


def test_a_joint_event_of_today_is_kept_for_each_need():
    case = small(
        groups={"h": {}},
        needs={"n": {"joint": "j"}, "m": {"group": "h", "joint": "j"}},
        today=(event("t", needs="n m"),),
    )
    assert KEEP.kept(case) == {"n": 1, "m": 1}
    assert broken(case, event("e1", needs="m")) == WORSE


def test_todays_bought_sessions_over_budget_are_not_kept():
    case = small(today=(bought("t"),), needs={"n": {"buy_price": 100}}, budget=99)
    assert KEEP.kept(case) == {}


def test_existing_loans_are_kept_at_every_level():
    case = small(
        rooms={"lib": {"shared_with": ("none",)}}, today=(event("t", room="lib"),), sharing="own"
    )
    assert KEEP.kept(case) == {"n": 1}
    assert KEEP.kept(Case(case.scenario, "area")) == {"n": 1}


def test_today_itself_keeps():
    today = todays(3)
    assert broken(small(today=today), *today) == set()


def test_the_judge_of_today_asks_the_rules_that_it_is_given():
    case = small(today=todays(2), rooms={"hall": {"capacity": 9}}, floor_area={"pupils": "1"})
    assert Keep(()).kept(case) == {"n": 2}
    assert Keep((RULES_BY_ID["floor_area"],)).kept(case) == {"n": 2}
    assert Keep((RULES_BY_ID["floor_area"], RULES_BY_ID["capacity"])).kept(case) == {}


def test_todays_use_is_judged_once_a_case():
    asked = []

    class Asked(Capacity):
        def breaches(self, plan, case):
            asked.append(case)
            return super().breaches(plan, case)

    keep, case = Keep((Asked(),)), small(today=todays(2))
    assert keep.kept(case) == keep.kept(case) == {"n": 2}
    assert asked == [case]
    assert keep.kept(small(today=todays(1))) == {"n": 1}


def test_the_message_says_how_many_there_are_and_were():
    case = small(today=todays(3))
    assert said("keep", case) == ["Need n gets 0 sessions, but has 3 to keep from today."]
    assert said("keep", case, event("e1")) == [
        "Need n gets 1 session, but has 3 to keep from today."
    ]


@pytest.mark.parametrize("kept", [{"n": 1}, {}])
def test_a_part_of_a_case_keeps_what_it_is_told(kept):
    whole = small(today=todays(2))
    part = Case(whole.scenario, kept=kept)
    assert KEEP.kept(whole) == {"n": 2}
    assert KEEP.kept(part) == kept
    assert broken(part, event("e1")) == set()
    assert broken(part) == (WORSE if kept else set())
