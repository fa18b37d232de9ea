import pytest

from deling.domain import Agreement
from small import broken, event, hours, said, small

BREACH = {("sharing", ("e1",))}
VISIT = event("e1", room="lib")


def lib(shared_with=("all",), **more):
    """The school's group in the library's room; a second school stands by."""
    row = {"shared_with": shared_with, **more.pop("row", {})}
    return small(
        rooms={"lib": row},
        institutions={"books": more.pop("books", {}), "ash": {}},
        **more,
    )


@pytest.mark.parametrize(
    ("shared_with", "holds"),
    [
        (("none",), False),
        ((), False),
        (("all",), True),
        (("elm",), True),
        (("ash",), False),
        (("school",), True),
        (("culture",), False),
        (("culture", "elm"), True),
    ],
)
def test_the_owner_shares_with_all_with_sectors_or_with_institutions(shared_with, holds):
    assert broken(lib(shared_with), VISIT) == (set() if holds else BREACH)


def test_levels():
    for level, holds in (("own", False), ("sector", False), ("area", True)):
        assert broken(lib(sharing=level), VISIT) == (set() if holds else BREACH)
    for level, holds in (("own", False), ("sector", True), ("area", True)):
        case = lib(sharing=level, books={"sector": "school"})
        assert broken(case, VISIT) == (set() if holds else BREACH)
    for level in ("own", "sector", "area"):
        assert broken(lib(sharing=level), event("e1", room="hall")) == set()


def test_an_agreement_adds_to_what_a_row_shares():
    def agreed(lender, borrower, *kinds, **more):
        agreement = Agreement(lender=lender, borrower=borrower, kinds=kinds)
        return broken(lib(("none",), agreements=(agreement,), **more), VISIT)

    assert agreed("books", "elm", "rooms") == set()
    assert agreed("books", "elm", "staff", "equipment") == BREACH
    assert agreed("elm", "books", "rooms") == BREACH
    assert agreed("books", "ash", "rooms") == BREACH
    assert agreed("books", "elm", "rooms", sharing="own") == BREACH
    assert agreed("books", "elm", "rooms", sharing="sector") == BREACH


def test_the_event_lies_within_one_interval_of_the_shared_hours():
    for shared, holds in (
        (("Mo 09:00-10:00",), True),
        (("Mo 09:01-10:00",), False),
        (("Mo 09:00-09:59",), False),
        (("Mo 08:00-09:30", "Mo 09:31-12:00"), False),
    ):
        case = lib(row={"shared_hours": hours(*shared)})
        assert broken(case, VISIT) == (set() if holds else BREACH)
    own = small(rooms={"hall": {"shared_hours": (), "shared_with": ("none",)}})
    assert broken(own, event("e1", room="hall")) == set()


@pytest.mark.parametrize("kind", ["staff", "equipment"])
def test_an_agreement_about_a_kind_lends_things_of_that_kind(kind):
    borrowed = {"institution": "books", "shared_with": ("none",)}
    session = event("e1", **{kind: "x"})
    for agreed, holds in ((kind, True), ("rooms", False)):
        agreement = Agreement(lender="books", borrower="elm", kinds=(agreed,))
        case = small(
            **{kind: {"x": borrowed}},
            needs={"n": {"skills": (("music", 1),), "equipment": (("drum", 1),)}},
            agreements=(agreement,),
            off=("needs_met",),
        )
        assert broken(case, session) == (set() if holds else BREACH)


def test_shared_hours_bind_with_an_agreement_too():
    agreement = Agreement(lender="books", borrower="elm", kinds=("rooms",))
    case = lib(("none",), row={"shared_hours": hours("Mo 10:00-12:00")}, agreements=(agreement,))
    assert broken(case, VISIT) == BREACH
    assert broken(case, event("e1", "Mo 10:00", room="lib")) == set()


def test_staff_and_equipment_are_judged_likewise():
    def case(staff, equipment):
        return small(
            staff={"ann": {"institution": "books", "shared_with": staff}},
            equipment={"d": {"institution": "books", "shared_with": equipment}},
            needs={"n": {"skills": (("music", 1),), "equipment": (("drum", 1),)}},
        )

    session = event("e1", staff="ann", equipment="d")
    assert broken(case(("all",), ("all",)), session) == set()
    assert broken(case(("none",), ("all",)), session) == BREACH
    assert broken(case(("all",), ("none",)), session) == BREACH


def test_each_group_of_a_joint_event_has_to_be_shared_with():
    rows = {
        "groups": {"h": {"institution": "books"}},
        "needs": {"n": {"joint": "j"}, "m": {"group": "h", "joint": "j"}},
    }
    joint = event("e1", needs="n m", room="hall")
    assert broken(small(rooms={"hall": {"shared_with": ("books",)}}, **rows), joint) == set()
    assert broken(small(rooms={"hall": {"shared_with": ("elm",)}}, **rows), joint) == BREACH


@pytest.mark.parametrize("level", ["own", "sector", "area"])
def test_existing_loans_stay_at_every_level(level):
    case = lib(("none",), sharing=level, today=(VISIT,))
    assert broken(case, VISIT) == set()
    moved = event("e2", "Tu 09:00", room="lib")
    assert broken(case, VISIT, moved) == {("sharing", ("e2",))}


def test_off_means_off():
    assert broken(lib(("none",), off=("sharing",)), VISIT) == set()


def test_the_messages_name_the_owner_the_thing_and_the_borrower():
    here = "e1 (Mo 09:00-10:00)"
    none = {"institution": "books", "shared_with": ("none",)}
    case = small(rooms={"lib": {"shared_with": ()}}, staff={"ann": none}, equipment={"d": none})
    assert said("sharing", case, event("e1", room="lib", staff="ann", equipment="d")) == [
        f"books does not share ann with elm, which uses it in {here}.",
        f"books does not share d with elm, which uses it in {here}.",
        f"books does not share lib with elm, which uses it in {here}.",
    ]
    late = lib(row={"shared_hours": hours("Mo 09:30-12:00", "Tu 08:00-12:00")})
    assert said("sharing", late, VISIT) == [
        f"books does not share lib for all of {here} of elm; shared that day: 09:30-12:00."
    ]
