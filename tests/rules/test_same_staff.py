from small import bought, broken, event, said, small


def need(**row):
    return small(
        staff={"ann": {}, "bob": {}, "cat": {}},
        needs={"n": {"same_staff": True, "skills": (("music", 2),), "buy_price": 1, **row}},
    )


def test_all_internal_sessions_have_the_same_staff():
    events = [
        event(f"e{at}", f"{day} 09:00", staff="ann bob") for at, day in enumerate(("Mo", "Tu"))
    ]
    assert broken(need(), *events, bought("e9")) == set()
    other = event("e2", "We 09:00", staff="bob cat")
    assert broken(need(), *events, other) == {("same_staff", ("e0", "e1", "e2"))}
    assert broken(need(same_staff=False), *events, other) == set()


def test_a_session_without_staff_differs():
    events = event("e1", staff="ann bob"), event("e2", "Tu 09:00")
    assert ("same_staff", ("e1", "e2")) in broken(need(), *events)


def test_no_staff_is_the_same_staff():
    case = small(needs={"n": {"same_staff": True}})
    assert broken(case, event("e1"), event("e2", "Tu 09:00")) == set()


def test_joint_events_bind_through_their_need():
    case = small(
        staff={"ann": {}, "bob": {}},
        groups={"h": {}},
        needs={
            "n": {"same_staff": True, "joint": "j", "skills": (("music", 1),)},
            "m": {"group": "h", "joint": "j", "skills": (("music", 1),)},
        },
    )
    joint = event("e1", needs="n m", staff="ann")
    assert broken(case, joint, event("e2", "Tu 09:00", staff="bob")) == {
        ("same_staff", ("e1", "e2"))
    }
    assert broken(case, joint, event("e2", "Tu 09:00", needs="m", staff="bob")) == set()


def test_the_message_lists_the_staff_of_each_session():
    events = (
        event("e1", staff="ann bob"),
        event("e2", "Tu 09:00", staff="cat"),
        event("e3", "We 09:00"),
    )
    assert said("same_staff", need(), *events) == [
        "Need n asks for the same staff every time, but has: e1: ann, bob; e2: cat; e3: –."
    ]
