"""What the report says of areas that are too large to be told in full."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from deling.domain import Plan
from deling.outputs.report import answer, area, limits
from deling.outputs.report.page import render
from doubles import outcome, singing
from small import event
from web_page import Page, sound


def test_of_very_many_breaches_the_first_of_each_rule_are_named(monkeypatch):
    broken = outcome(plan=Plan(events=(event("e", "Mo 08:30"), event("f", "Mo 08:45"))))
    named = [f"{one.rule}: {one.message}" for one in broken.chosen.breaches]
    rules = list(dict.fromkeys(one.rule for one in broken.chosen.breaches))
    assert len(named) > len(rules) > 1
    for most, more in ((len(named), ""), (len(named) - 1, "1 more breach is left out here.")):
        monkeypatch.setattr(limits, "MOST_BREACHES", most)
        told = answer.answer(broken)
        assert told["more_breaches"].startswith(more)
        assert bool(told["more_breaches"]) == bool(more)
        assert [one for one in named if one in told["breaches"]] == told["breaches"]
        assert len(told["breaches"]) == most
    monkeypatch.setattr(limits, "MOST_BREACHES", len(rules))
    told = answer.answer(broken)
    assert [one.split(":")[0] for one in told["breaches"]] == rules
    assert told["more_breaches"] in Page(render(broken)).text
    assert "deling check names all of them." in told["more_breaches"]


def test_above_the_limit_it_is_short_and_says_where_the_rest_is(monkeypatch):
    page = Page(render(outcome()))
    assert "institutions" not in page.ids
    count = len(outcome().scenario.institutions)
    monkeypatch.setattr(limits, "MOST", count)
    assert "weeks" in Page(render(outcome())).ids
    monkeypatch.setattr(limits, "MOST", count - 1)
    for part in ("area._apart", "page.Entries", "things.tables", "between.data", "heat.data"):
        monkeypatch.setattr(f"deling.outputs.report.{part}", lambda *_: pytest.fail("too much"))
    text = render(outcome())
    short = Page(text)
    for gone in ("weeks", "event", "houses", "house-elm", "things", "data", "heat-whose"):
        assert gone in page.ids
        assert gone not in short.ids
    assert "<script" not in text
    assert [tag for tag, _attributes in short.tags if tag in ("marker", "form")] == []
    for kept in ("answer", "map", "loans", "give-table", "heat-frequency", "unmet", "limits"):
        assert kept in short.ids
    for name in ("schedules/", "plan.csv", "changes.csv"):
        assert name in short.text
    assert f"The area has {count} institutions" in short.text
    # There are no sessions one by one to be left out on paper.
    assert "Folded tables are left out on paper: unfold" in short.text
    # Wanted, then served, net cost and participant hours, each today and proposed.
    assert re.search(r"Skolen \w+ schedules/elm\.csv 3 2 3 ", short.text)
    assert re.search(r"Biblioteket \w+ schedules/books\.csv 1 0 1 ", short.text)
    assert short.all("th")
    sound(short)


def test_of_very_many_loans_and_unmet_wishes_the_largest_are_shown(monkeypatch):
    case = singing(off=("keep",))
    few = outcome(case, Plan(events=(event("e", "Tu 10:00", staff="teacher"),)))
    whole = Page(render(few)).text
    assert "left out here" not in whole
    assert "no more n" in whole
    assert "no more m" in whole
    monkeypatch.setattr(limits, "MOST_ROWS", 1)
    told = Page(render(few)).text
    # Two of n's three sessions lack, and the only one of m.
    assert "no more n" in told
    assert "no more m" not in told
    assert "1 more wish, that lacks no more than these by weight, is left out here." in told
    assert "unmet.csv" in told
    one = outcome()
    now = replace(one, chosen=one.comparison.columns[0])
    found = area.loan_table(now, one)
    assert [row[:2] for row in found["rows"]] == [["Skolen", "Biblioteket"]]
    assert found["more"].startswith("1 more loan, of no more hours than these, is left out here.")
    assert "schedules/" in found["more"]
    assert found["more"] in Page(render(one)).text
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    found = area.loan_table(now, one)
    assert [row[:2] for row in found["rows"]] == [
        ["Skolen", "Biblioteket"],
        ["Biblioteket", "Skolen"],
    ]
    assert found["more"] == ""
