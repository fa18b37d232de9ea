from deling.rules import RULES_BY_ID
from small import bought, broken, event, said, small

BREACH = {("sessions", ())}


def wanted(sessions, price=None):
    return small(
        groups={"h": {}},
        needs={
            "n": {"sessions": sessions, "buy_price": price, "joint": "j"},
            "m": {"group": "h", "buy_price": price, "joint": "j"},
        },
    )


def test_at_most_the_sessions_wanted_bought_ones_too():
    two = event("e1", "Mo 09:00"), event("e2", "Tu 09:00")
    assert broken(wanted(2), *two) == set()
    assert broken(wanted(1), *two) == BREACH
    assert broken(wanted(2, 100), *two, bought("e3")) == BREACH
    assert broken(wanted(3, 100), *two, bought("e3")) == set()
    assert broken(wanted(0), two[0]) == BREACH


def test_sessions_in_joint_events_count():
    joint = event("e1", needs="n m")
    assert broken(wanted(1), joint, event("e2", "Tu 09:00", needs="m")) == set()
    assert broken(wanted(1), joint, event("e2", "Tu 09:00", needs="n")) == BREACH


def test_only_what_has_a_price_is_bought():
    assert broken(wanted(1, 0), bought("e1")) == set()
    assert broken(wanted(1), bought("e1")) == BREACH


def test_a_bought_event_has_one_need():
    assert broken(wanted(1, 100), bought("e1", "n m")) == BREACH


def test_sessions_cannot_be_switched_off():
    assert not RULES_BY_ID["sessions"].switchable


def test_the_messages():
    assert said("sessions", wanted(1), bought("e1"), bought("e2", "n m")) == [
        "Bought event e2 is for 2 needs; it can be for one only.",
        "Event e1 is bought, but need n has no buy_price.",
        "Event e2 is bought, but need m has no buy_price.",
        "Event e2 is bought, but need n has no buy_price.",
        "Need n gets 2 sessions, but wants 1.",
    ]


def test_one_session_is_one():
    assert said("sessions", wanted(0), event("e1")) == ["Need n gets 1 session, but wants 0."]
