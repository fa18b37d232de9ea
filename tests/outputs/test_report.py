"""What the report says, read as a browser without a script reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from deling.case import Case
from deling.compare import Column, Comparison
from deling.domain import Plan
from deling.language import use_language
from deling.measures import room_times
from deling.names import goal_value
from deling.outputs.report import between, heat, write
from deling.outputs.report import page as page_module
from deling.outputs.report.ladder import _row
from deling.outputs.report.page import render
from deling.outputs.report.texts import script_texts, texts
from deling.outputs.schedules import rooms, staff
from deling.outputs.table import PLAIN
from deling.units import DAY
from doubles import outcome, singing, sung
from small import event
from web_page import Page, data_of, sound


@pytest.fixture(scope="module")
def text():
    return render(outcome())


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_it_is_one_well_formed_page_that_names_what_it_shows(page):
    assert page.all("th")
    sound(page)


def test_it_asks_the_network_for_nothing(text, page):
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text
    assert "url(#" in text
    assert re.findall(r"url\((?!#)", text) == []
    assert not [attributes for _tag, attributes in page.tags if "src" in attributes]
    assert any("default-src 'none'" in (meta.get("content") or "") for meta in page.all("meta"))


def test_every_event_stands_in_a_table(page, text):
    rows = {row["data-event"] for row in page.all("tr") if "data-event" in row}
    data = data_of(text)
    assert rows == {event["key"] for event in data["today"] + data["proposed"]}
    assert len(data["today"]) == 2
    assert len(data["proposed"]) == 3


def test_the_answer(page):
    assert "The proposed week serves 4 of the 4 sessions that are wanted" in page.text
    assert "(1 of them bought outside)" in page.text
    assert "It is proven that no plan that keeps the rules can serve more than 4." in page.text
    figures = page.text[page.text.index("Sessions served a week") :]
    assert re.search(r"today 2 → proposed 4 \+2 of 4 wanted", figures)
    assert "1 moved, 2 new, 0 dropped; 1 as today" in page.text


def test_a_bound_that_is_not_met(page):
    one = outcome()
    served = replace(one.result.goals["served"], bound=6, gap=0.5, proven=False)
    result = replace(one.result, goals={**one.result.goals, "served": served})
    told = Page(render(replace(one, result=result))).text
    assert "4 sessions are served; it is proven that no plan that keeps the rules can serve" in told
    assert "more than 6" in told


def test_without_a_search_no_bound_is_claimed():
    one = outcome()
    told = Page(render(replace(one, result=replace(one.result, goals={})))).text
    assert "It is not known here how far from the best plan this one is." in told
    assert "Seconds of search" not in told


def test_a_click_tells_all(text):
    joint = next(event for event in data_of(text)["proposed"] if "joint" in event["marks"])
    assert joint["change"] == "new"
    assert set(joint["marks"]) == {"joint", "cross", "lent"}
    assert joint["of"] == {
        "institution": ["elm", "books"],
        "room": ["lib"],
        "staff": ["pianist", "teacher"],
        "equipment": ["drum"],
    }
    more = {heading: " / ".join(lines) for heading, lines in joint["more"]}
    assert list(more) == ["Need", "People", "Travel", "Cost", "Why it is there", "What it replaces"]
    assert "Kor: 1.a, Skolen" in more["Need"]
    assert "40 participants" in more["People"]
    assert "1.a: 10 min each way (walk), leaves 09:50, is back 11:10" in more["Travel"]
    assert "musiklærer (teacher): 5 min by bike from home" in more["Travel"]
    assert "To be brought: drums (drum) from home" in more["Travel"]
    # by its parts in plan.csv: -105 and 285
    assert more["Cost"].startswith("180 DKK net")
    assert "Several groups meet" in more["Why it is there"]
    assert "Instead of Kor, We 10:00–11:00, Hallen" in more["What it replaces"]
    assert "The room is free at that time today." in more["What it replaces"]


def test_rooms_are_told_of_turnaround_and_other_use_and_staff_of_their_ways(page, text):
    proposed = data_of(text)["between"]["proposed"]
    told = {
        kind: {key: [(one["hours"], one["kind"]) for one in rows] for key, rows in found.items()}
        for kind, found in proposed.items()
        if kind != "hours"
    }
    assert told["room"]["lib"] == [("11:00–11:15", "turnaround")]
    assert told["room"]["hall"] == told["room"]["half"] == [("08:00–09:00", "block")]
    assert told["staff"]["teacher"] == [
        ("08:00–09:00", "block"),
        ("09:55–10:00", "way"),
        ("11:00–11:05", "way"),
    ]
    assert proposed["staff"]["teacher"][1]["what"] == "home to near, bike"
    assert proposed["hours"]["teacher"] == {"0": "09:55–11:05", "1": "10:00–11:00"}
    assert proposed["hours"]["pianist"] == {"0": "10:00–11:00"}
    # Without the script too.
    assert "Mo 11:00–11:15 turnaround" in page.text
    assert "Mo 09:55–10:00 home to near, bike proposed" in page.text
    assert "Mo 08:00–09:00 taken otherwise today and proposed" in page.text


@pytest.mark.parametrize("word", ["travel", "waiting", "turnaround", "taken otherwise"])
def test_what_fills_time_is_known_whatever_it_and_the_activities_are_called(monkeypatch, word):
    def told(case):
        one = outcome(case)
        return [
            {key: [(row.when, row.kind) for row in rows] for key, rows in find(one).items()}
            for find in (between.of_rooms, between.of_staff)
        ]

    case = singing()
    before = told(case)
    assert {kind for found in before for rows in found.values() for _when, kind in rows} == {
        "turnaround",
        "block",
        "way",
    }
    needs = {
        key: need.model_copy(update={"name": word}) for key, need in case.scenario.needs.items()
    }
    case = type(case)(case.scenario.model_copy(update={"needs": needs}))
    assert told(case) == before
    # A language may have one word for several of them, the session included.
    for module in (rooms, staff):
        monkeypatch.setattr(module, "_", lambda _text: word)
    assert told(case) == before


def test_what_becomes_of_today(text):
    told = {event["change"]: dict(event["more"]) for event in data_of(text)["today"]}
    assert told["kept"]["In the proposal"] == ["Stays as it is."]
    assert told["moved"]["In the proposal"] == ["Moves to Kor, Sang, Mo 10:00–11:00, Salen"]


def test_names_are_escaped_in_the_page_and_in_the_data():
    evil = "</script><script>alert('æ')</script>"
    case = singing()
    scenario = case.scenario
    groups = {**scenario.groups, "g": scenario.groups["g"].model_copy(update={"name": evil})}
    scenario = scenario.model_copy(update={"groups": groups, "name": evil})
    text = render(outcome(type(case)(scenario)))
    assert evil not in text
    assert text.count("<script") == 2
    assert evil in Page(text).text
    assert any(evil in event["groups"] for event in data_of(text)["proposed"])


def test_a_plan_that_breaks_rules_begins_with_them():
    told = Page(render(outcome(plan=Plan(events=(event("e", "Mo 08:30"),)))))
    assert "This plan breaks rules." in told.text
    assert "room: " in told.text


@pytest.mark.parametrize(
    ("goals", "bound"), [(("served", "cost"), 4), (("fairness", "served"), None)]
)
def test_a_bound_of_what_is_served_is_told_where_nothing_comes_before_it(goals, bound):
    case = singing()
    case = Case(case.scenario.model_copy(update={"goals": goals}))
    assert _row(outcome(case).chosen)[2] == goal_value("served", bound)


def test_the_ladder_is_drawn_where_there_is_one(page):
    assert "ladder" not in page.ids
    one = outcome()
    columns = tuple(Column(label, sung(), one.case, one.result) for label in ("own", "area"))
    plans = Comparison((one.comparison.columns[0], *columns))
    told = Page(render(replace(one, comparison=plans, chosen=columns[-1])))
    assert "ladder" in told.ids
    assert "the area shares" in told.text


def test_unmet_wishes_have_their_reasons(page):
    assert "Every wish is met in full." in page.text
    few = Plan(events=(event("e", "Tu 10:00", staff="teacher"),))
    assert "no more m" in Page(render(outcome(singing(off=("keep",)), few))).text


def test_hours_of_all_rooms_are_those_of_each_added_up():
    one = outcome()
    now = replace(one, chosen=one.comparison.columns[0])
    [told] = heat.tables(now, one)
    rows = {row["hour"]: row["cells"] for row in told["tables"][0]["rows"]}
    days = one.scenario.calendar.days
    filled = 0
    for number, side in enumerate((now, one)):
        times = room_times(side.plan, side.case).values()
        for hour, cells in rows.items():
            for place, day in enumerate(days):
                start = day * DAY + int(hour[:2]) * 60
                parts = [time.within(((start, start + 60),)) for time in times]
                booked, open_ = (sum(getattr(p, k) for p in parts) for k in ("booked", "available"))
                text = str((200 * booked + open_) // (2 * open_)) if open_ else ""
                assert cells[number * len(days) + place]["text"] == text
                filled += booked
    assert filled


def test_it_speaks_the_chosen_language():
    try:
        use_language("da")
        assert '<html lang="da">' in render(outcome())
    finally:
        use_language("en")
    assert '<html lang="en">' in render(outcome())


def test_every_text_is_used():
    folder = Path(page_module.__file__).parent / "templates"
    template = "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("report.html", "parts.html")
    )
    script = (folder / "script.js").read_text(encoding="utf-8")
    for key in texts():
        assert re.search(rf"\bt\.{key}\b|\"{key}\"", template), key
    marks = {"new", "moved", "kept", "dropped", "joint", "cross", "lent"}
    for key in script_texts():
        assert key in marks or re.search(rf"\btext\.{key}\b", script), key


def test_the_same_plan_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    pages = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(outcome(), tmp_path / name, PLAIN)
        pages.append((tmp_path / name / "report.html").read_bytes())
    assert pages[0] == pages[1]
    assert b"21 September 2026" in pages[0]


def test_an_area_without_loans_or_events_has_a_report_too():
    Page(render(outcome(singing(off=("keep",)), Plan(events=()))))
