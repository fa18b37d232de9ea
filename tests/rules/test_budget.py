from deling.language import use_language
from small import bought, broken, event, said, small


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


def test_what_has_no_price_costs_nothing_and_takes_nothing_off():
    case = small(groups={"h": {}}, needs={"m": {"group": "h", "buy_price": 1}}, budget=0)
    assert broken(case, bought("e1")) == {("sessions", ())}
    assert ("budget", ("e1", "e2")) in broken(case, bought("e1"), bought("e2", "m"))


def test_the_message_has_both_amounts():
    assert said("budget", budget(20000), bought("e1"), bought("e2")) == [
        "Bought sessions cost 201.00 DKK a week, but the budget is 200.00 DKK."
    ]


def test_amounts_have_the_signs_of_the_readers_language():
    use_language("da")
    (message,) = said("budget", budget(20000), bought("e1"), bought("e2"))
    assert "201,00" in message
    assert "200,00" in message
