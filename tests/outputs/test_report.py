"""What the report says, read as a browser without a script reads it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from deling.compare import Column, Comparison
from deling.domain import Plan
from deling.language import use_language
from deling.measures import AREA, Scope, loans, measure, room_times
from deling.measures.rooms import days_of
from deling.outputs import write_all, write_comparison
from deling.outputs.known import known_of
from deling.outputs.report import answer, area, between, heat, limits, write
from deling.outputs.report import page as page_module
from deling.outputs.report.page import render
from deling.outputs.report.texts import script_texts, texts
from deling.outputs.schedules import rooms, staff
from deling.outputs.table import PLAIN
from deling.units import DAY
from doubles import outcome, singing, sung
from small import event

VOID = {"meta", "input", "br", "hr", "img", "link"}


class Page(HTMLParser):
    """Checks that every element ends where it should, and keeps what the tests ask for."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.tags, self.texts, self.script = [], [], [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _value in attributes]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, dict(attributes)))
        self.ids += [value for name, value in attributes if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] not in (["script"], ["style"]):
            self.texts.append(data.strip())

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self):
        return " ".join(filter(None, self.texts))


def data_of(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


@pytest.fixture(scope="module")
def text():
    return render(outcome())


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_it_is_one_well_formed_page_with_ids_of_its_own(page):
    assert len(page.ids) == len(set(page.ids))
    targets = [link["href"][1:] for link in page.all("a")]
    assert [target for target in targets if target not in page.ids] == []
    for _tag, attributes in page.tags:
        for name in ("aria-labelledby", "aria-describedby"):
            for target in (attributes.get(name) or "").split():
                assert target in page.ids


def test_it_asks_the_network_for_nothing(text, page):
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text
    assert "url(#" in text
    assert re.findall(r"url\((?!#)", text) == []
    assert not [attributes for _tag, attributes in page.tags if "src" in attributes]
    assert any("default-src 'none'" in (meta.get("content") or "") for meta in page.all("meta"))


def test_every_header_of_a_table_says_what_it_heads(page):
    assert page.all("th")
    for header in page.all("th"):
        assert header.get("scope") in ("col", "row", "colgroup")
    assert len(page.all("table")) == len(page.all("caption"))


def test_pictures_are_named(page):
    for picture in page.all("svg"):
        assert picture.get("aria-hidden") == "true" or picture["aria-labelledby"].split()


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


def test_above_the_limit_it_is_short_and_says_where_the_rest_is(monkeypatch, page):
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
    test_it_is_one_well_formed_page_with_ids_of_its_own(short)
    test_every_header_of_a_table_says_what_it_heads(short)
    test_pictures_are_named(short)


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


def test_loans_add_up_to_what_is_measured_as_lent():
    case, plan = singing(), sung()
    found = loans(plan, case)
    area = measure(plan, case).area
    assert sum(loan.rooms for loan in found.values()) == area.rooms_lent
    assert sum(loan.staff for loan in found.values()) == area.staff_lent
    assert found["elm", "books"].staff == 45
    assert found["elm", "books"].value == 45 * 30000
    assert found["books", "elm"].rooms == 15


def test_hours_of_rooms_add_up_to_their_measures():
    case, plan = singing(), sung()
    whole = measure(plan, case)
    sums = {"available": 0, "booked": 0, "seat_minutes": 0, "filled_minutes": 0}
    for time in room_times(plan, case).values():
        for day, _end in days_of(case):
            for hour in range(0, DAY, 60):
                part = time.within(((day + hour, day + hour + 60),))
                for name in sums:
                    sums[name] += getattr(part, name)
    for name, value in sums.items():
        assert value == getattr(whole.scopes[AREA], name)
    assert whole.value("frequency", Scope("room", "lib")) is not None


def test_bounds_are_read_back_only_for_the_same_plan(tmp_path):
    one = outcome()
    write_all(one, tmp_path / "out")
    path = tmp_path / "out" / "plan.csv"
    column = Column("plan", sung(), one.case)
    assert known_of(column, path).goals["served"].bound == 4
    other = Column("plan", Plan(events=sung().events[:2]), one.case)
    assert known_of(other, path).goals == {}
    (tmp_path / "out" / "result.json").write_text("{")
    assert known_of(column, path).goals == {}


def test_bounds_of_a_ladder_that_was_compared_are_read_back(tmp_path):
    one = outcome()
    own = Column("own", sung(), one.case, one.result)
    write_comparison(Comparison((one.comparison.columns[0], own, one.chosen)), tmp_path / "side")
    column = Column("area", sung(), one.case)
    assert known_of(column, tmp_path / "side/plans/area.csv").goals["served"].bound == 4
