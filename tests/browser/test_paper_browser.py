"""The report on paper, as a browser prints it."""

from __future__ import annotations

import pytest

from browser.page import MARKS, choose, one, paper
from deling.domain import Plan
from deling.outputs.report import save
from deling.units import clock
from doubles import outcome
from small import bought, event

pytestmark = MARKS


@pytest.mark.parametrize("a_day", [1, 9, 16])
def test_paper_has_a_page_for_each_institution(browser, tmp_path, a_day):
    starts = range(7 * 60, 7 * 60 + a_day * 45, 45)
    days = ("Mo", "Tu", "We", "Th", "Fr") if a_day != 9 else ("Mo", "Tu", "Tu", "Tu", "We")
    events = [
        event(f"{number}-{start}", f"{day} {clock(start)}", room="lib", staff="teacher")
        for number, day in enumerate(days)
        for start in starts
    ]
    path = tmp_path / "report.html"
    save(outcome(plan=Plan(events=(*events, bought("b")))), path)
    browser.get(path.as_uri())
    sheets = paper(browser)
    first = [
        next(at for at, text in enumerate(sheets) if text.startswith(name))
        for name in ("Skolen\n", "Biblioteket\n", "How this was computed\n")
    ]
    assert first == [first[0], first[0] + 1, first[0] + 2]
    assert sheets[first[0]].count("1.a") == len(events) + 1
    # Nothing on paper is smaller than can be read.
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    sizes = browser.execute_script(
        "return [...document.querySelectorAll('body *')].filter(one => one.offsetParent &&"
        " !one.closest('svg') && one.innerText).map(one =>"
        " parseFloat(getComputedStyle(one).fontSize) * 72 / 96)"
    )
    assert min(sizes) >= 6.5


def test_paper_shows_what_is_unfolded_and_says_so(page):
    whole = "\n".join(paper(page))
    assert "Folded tables are left out on paper" in whole
    assert "All figures of the area" not in whole
    page.execute_script("document.querySelector('#method details').open = true")
    assert "All figures of the area" in "\n".join(paper(page))


def test_one_week_alone_on_paper(page):
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not one(page, "#weeks").is_displayed()
    assert one(page, "#house-elm").is_displayed()
    page.execute_script("document.body.classList.add('one')")
    assert one(page, "#weeks").is_displayed()
    assert not one(page, "#houses").is_displayed()
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    choose(page, "view", "proposed")
    (sheet,) = paper(page)
    # As a grid with the hours beside it, not as the list that a phone shows.
    assert sheet.startswith("Skolen")
    assert "\n10\n" in sheet


def test_the_short_page_on_paper_has_what_is_unfolded(short_page):
    whole = "\n".join(paper(short_page))
    assert "Folded tables are left out on paper: unfold" in whole
    assert "Figures of each institution a week" in whole
    assert "Give and take" not in whole
    short_page.execute_script("document.querySelector('#give details').open = true")
    assert "Lent less borrowed" in "\n".join(paper(short_page))
