from small import broken, event, said, small


def school(max_away, **more):
    """Three members of the school; groups at near (5 minutes by bike) and far (20)."""
    return small(
        institutions={"elm": {"max_away": max_away}},
        staff={"ann": {}, "bob": {}, "cat": {"institution": "books"}},
        rooms={"lib2": {"site": "near"}, "hut": {"site": "far"}, "gym": {}},
        groups={"g": {"site": "near"}, "h": {"site": "near"}, "i": {"site": "far"}, "o": {}},
        needs={
            key: {"group": group, "skills": (("music", 1),)}
            for key, group in (("n", "g"), ("m", "h"), ("k", "i"), ("p", "o"))
        },
        step=1,
        **more,
    )


def test_away_is_from_leaving_to_being_back():
    ann = event("e1", "Mo 09:00", room="lib", staff="ann")
    for start, holds in (("Mo 10:10", True), ("Mo 10:09", False)):
        bob = event("e2", start, needs="m", room="lib2", staff="bob")
        expected = set() if holds else {("home_cover", ("e1", "e2"))}
        assert broken(school(1), ann, bob) == expected
        assert broken(school(2), ann, bob) == set()
        assert broken(school(None), ann, bob) == set()


def test_nobody_may_leave_with_zero():
    away = event("e1", "Mo 09:00", room="lib", staff="ann")
    assert broken(school(0), away) == {("home_cover", ("e1",))}
    assert broken(school(0), event("e1", needs="p", staff="ann")) == set()


def test_staff_of_other_institutions_do_not_count():
    ann = event("e1", "Mo 09:00", room="lib", staff="ann")
    cat = event("e2", "Mo 09:00", needs="m", room="lib2", staff="cat")
    assert broken(school(1), ann, cat) == set()


def test_waiting_away_between_two_events_is_one_absence_with_both():
    # e1 and e2 are 9 minutes apart: too short to go home (10), so that Ann stays away
    ann = (
        event("e1", "Mo 09:00", room="lib", staff="ann"),
        event("e2", "Mo 10:09", room="lib", staff="ann"),
    )
    bob = event("e3", "Mo 09:55", needs="m", room="lib2", staff="bob")
    assert broken(school(1), *ann, bob) - {("group", ("e1", "e2"))} == {
        ("home_cover", ("e1", "e2", "e3"))
    }


def test_coming_home_between_two_events_ends_the_absence():
    ann = (
        event("e1", "Mo 08:00", room="lib", staff="ann"),
        event("e2", "Mo 11:00", room="lib", staff="ann"),
    )
    bob = event("e3", "Mo 09:10", needs="m", room="lib2", staff="bob")
    assert broken(school(1), *ann, bob) == set()
    late = event("e3", "Mo 10:00", needs="m", room="lib2", staff="bob")
    assert broken(school(1), *ann, late) == {("home_cover", ("e2", "e3"))}


def test_an_event_at_home_is_no_absence_even_in_the_middle_of_a_tour():
    ann = (
        event("e1", "Mo 08:00", room="lib", staff="ann"),
        event("e2", "Mo 09:05", needs="p", room="gym", staff="ann"),
        event("e3", "Mo 10:10", room="lib", staff="ann"),
    )
    bob = event("e4", "Mo 09:10", minutes=60, needs="m", room="lib2", staff="bob")
    # Bob is away 09:05-10:15, Ann from 10:05 on
    assert broken(school(1), *ann, bob) == {("home_cover", ("e3", "e4"))}
    assert broken(school(1), *ann[:2], bob) == set()


def test_the_own_site_of_staff_counts_and_not_the_institutions():
    case = small(
        institutions={"elm": {"max_away": 0}},
        staff={"ann": {"site": "near"}},
        groups={"g": {"site": "near"}},
        needs={"n": {"skills": (("music", 1),)}},
    )
    assert broken(case, event("e1", room="lib", staff="ann")) == set()
    assert broken(case, event("e1", room="hall", staff="ann")) == {("home_cover", ("e1",))}


def test_one_breach_for_all_times_over_the_limit():
    events = [
        event(f"{member}{day}", f"{day} 09:00", needs=need, room=room, staff=member)
        for day in ("Mo", "Tu")
        for member, need, room in (("ann", "n", "lib"), ("bob", "m", "lib2"))
    ]
    alone = event("alone", "We 09:00", room="lib", staff="ann")
    assert broken(school(1), *events, alone) == {
        ("home_cover", ("annMo", "annTu", "bobMo", "bobTu"))
    }


def test_every_institution_is_judged():
    case = small(
        institutions={"elm": {"max_away": None}, "books": {"max_away": 0}},
        staff={"cat": {"institution": "books", "site": "near"}},
        needs={"n": {"skills": (("music", 1),)}},
    )
    assert broken(case, event("e1", staff="cat")) == {("home_cover", ("e1",))}


def test_an_institution_without_a_limit_hides_no_other():
    case = small(
        institutions={"elm": {"max_away": None}, "books": {"max_away": 0}},
        staff={"ann": {}, "cat": {"institution": "books", "site": "near"}},
        needs={"n": {"skills": (("music", 1),)}},
    )
    away = event("e1", room="lib", staff="ann"), event("e2", "Tu 09:00", staff="cat")
    assert broken(case, *away) == {("home_cover", ("e2",))}


def test_the_message_says_when_first_and_how_many_at_most():
    events = (
        event("e1", "Mo 09:00", room="lib", staff="ann"),
        event("e2", "Mo 09:30", needs="m", room="lib2", staff="bob"),
        event("e3", "Tu 09:00", room="lib", staff="ann"),
    )
    assert said("home_cover", school(0), *events) == [
        "2 staff of elm are away at one time (Mo 08:55-10:35), but at most 0 can be."
    ]


def test_one_of_the_staff_is_one():
    assert said("home_cover", school(0), event("e1", room="lib", staff="ann")) == [
        "1 of the staff of elm is away at one time (Mo 08:55-10:05), but at most 0 can be."
    ]
