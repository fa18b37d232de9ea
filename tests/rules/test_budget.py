from small import bought, broken, event, small


def budget(limit, price=10050):
    return small(
        groups={"h": {}},
        needs={"n": {"buy_price": price}, "m": {"group": "h", "buy_price": 1}},
        budget=limit,
    )


def test_the_price_of_all_bought_sessions_is_within_the_budget():
    events = bought("e1"), bought("e2"), bought("e3", "m"), event("e4")
    assert broken(budget(20101), *events) == set()
    assert broken(budget(20100), *events) == {("budget", ("e1", "e2", "e3"))}


def test_no_budget_is_no_limit_and_zero_buys_nothing_but_gifts():
    assert broken(budget(None), bought("e1")) == set()
    assert broken(budget(0), bought("e1")) == {("budget", ("e1",))}
    assert broken(budget(0, price=0), bought("e1")) == set()
