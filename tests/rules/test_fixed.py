import pytest

from small import bought, broken, event, said, small

TODAY = event("old", staff="ann", equipment="d", fixed=True)


def case(*today, **more):
    return small(
        staff={"ann": {}, "bob": {}},
        equipment={"d": {}, "f": {}},
        needs={
            "n": {"skills": (("music", 1),), "equipment": (("drum", 1),), "buy_price": 1},
        },
        today=today,
        off=("keep",),
        **more,
    )


def test_the_plan_holds_the_fixed_event_under_any_id():
    assert broken(case(TODAY), TODAY) == set()
    assert broken(case(TODAY), event("new", staff="ann", equipment="d")) == set()


@pytest.mark.parametrize(
    "changed",
    [
        {"start": "Tu 09:00", "staff": "ann", "equipment": "d"},
        {"room": "lib", "staff": "ann", "equipment": "d"},
        {"staff": "bob", "equipment": "d"},
        {"staff": "ann", "equipment": "f"},
    ],
)
def test_any_change_names_todays_event(changed):
    start = changed.pop("start", "Mo 09:00")
    assert broken(case(TODAY), event("new", start, **changed)) == {("fixed", ("old",))}


def test_what_is_not_fixed_may_go():
    assert broken(case(event("old", staff="ann", equipment="d"))) == set()
    assert broken(case(TODAY)) == {("fixed", ("old",))}


def test_joined_needs_have_to_stay_together():
    rows = {
        "groups": {"h": {}},
        "needs": {"n": {"joint": "j"}, "m": {"group": "h", "joint": "j"}},
    }
    today = event("old", needs="n m", fixed=True)
    fixed = small(today=(today,), off=("keep",), **rows)
    assert broken(fixed, event("new", needs="m n")) == set()
    assert broken(fixed, event("new", needs="n")) == {("fixed", ("old",))}


def test_a_bought_one_is_counted_and_names_no_event():
    today = bought("b1", fixed=True), bought("b2", fixed=True), bought("b3")
    assert broken(case(*today), bought("x"), bought("y")) == set()
    assert broken(case(*today), bought("x")) == {("fixed", ())}
    inside = event("z", staff="ann", equipment="d")
    assert broken(case(*today), bought("x"), inside) == {("fixed", ())}


def test_the_messages():
    today = TODAY, bought("b1", fixed=True), bought("b2", fixed=True)
    assert said("fixed", case(*today), bought("x")) == [
        "Need n has 2 fixed bought sessions today, but the plan buys 1.",
        "Today's event old (Mo 09:00-10:00) is fixed, but the plan does not hold it.",
    ]
    assert said("fixed", case(bought("b1", fixed=True))) == [
        "Need n has 1 fixed bought session today, but the plan buys 0."
    ]
