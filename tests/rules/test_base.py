from deling.rules import RULES_BY_ID
from deling.rules.base import Breach, Rule
from small import event, plan, small


class Early(Rule):
    """A rule of one's own: nothing starts before eight."""

    id = "early"
    sentence = "Nothing starts before eight."

    def breaches(self, plan, case):
        for found in plan.internal:
            if found.start % (24 * 60) < 8 * 60:
                yield self.breach([found.id], f"{found.id} is early.")


def test_a_breach_names_its_rule_and_each_event_once_in_order():
    found = Early().breach(["e2", "e10", "e1", "e5", "e4", "e2", "e3"], "Too early.")
    assert found == Breach("early", ("e1", "e10", "e2", "e3", "e4", "e5"), "Too early.")
    assert Early().breach([], "Too early.").events == ()


def test_a_rule_is_in_force_unless_it_is_off():
    assert Early().applies(small()) is True
    assert Early().applies(small(off=("room",))) is True
    assert Early().applies(small(off=("room", "early"))) is False


def test_a_rule_may_be_switched_off_unless_it_says_otherwise():
    assert Early().switchable
    assert not RULES_BY_ID["grid"].switchable


def test_a_rule_judges_a_plan():
    several = event("e1", "Mo 07:45"), event("e2", "Mo 08:00"), event("e3", "Tu 00:00")
    assert [breach.events for breach in Early().breaches(plan(*several), small())] == [
        ("e1",),
        ("e3",),
    ]
