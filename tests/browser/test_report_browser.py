"""The report in a real browser: by mouse, by keyboard, without a script, on paper."""

from __future__ import annotations

import base64
import io
import json
import re
import unicodedata
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from urllib.parse import quote

import pytest

from deling.case import Case
from deling.domain import Plan
from deling.outputs.report import save
from deling.scenario.load import load
from deling.units import clock
from doubles import outcome
from small import bought, event

pytestmark = [
    pytest.mark.slow,
    # selenium leaves its connection to the driver to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

FLAGSHIP = Path(__file__).parents[2] / "scenarios" / "hedehusene.yaml"
SIGNS_TOO = {
    "checks": [
        {
            "id": "color-contrast",
            "options": {
                "ignoreUnicode": False,
                "ignoreLength": True,
                "ignorePseudo": False,
                "boldValue": 700,
                "boldTextPt": 14,
                "largeTextPt": 18,
                "contrastRatio": {"normal": {"expected": 4.5}, "large": {"expected": 3}},
                "pseudoSizeThreshold": 0.25,
                "shadowOutlineEmMax": 0.2,
                "textStrokeEmMin": 0.03,
            },
        }
    ]
}
"""Lets axe judge the contrast of arrows and single letters as well, as it does not by itself."""


def find(browser, selector):
    return browser.find_elements("css selector", selector)


def one(browser, selector):
    return browser.find_element("css selector", selector)


def choose(browser, field, value):
    one(browser, f"#{field} option[value='{value}']").click()


def titles(browser, plan=""):
    return [button.text.split("\n")[0] for button in find(browser, f"{plan} .grid button")]


def asked(browser):
    """Return what the browser has asked for."""
    requests = {
        message["params"]["request"]["url"]
        for entry in browser.get_log("performance")
        if (message := json.loads(entry["message"])["message"])["method"]
        == "Network.requestWillBeSent"
    }
    # The browser's own first tab is not the page's doing.
    return {url for url in requests if not url.startswith(("chrome:", "data:"))}


@pytest.fixture
def page(browser, report):
    browser.get(report.as_uri())
    return browser


def test_it_opens_without_a_complaint_and_asks_for_nothing_else(page, report):
    assert page.get_log("browser") == []
    assert asked(page) <= {report.as_uri()}


def test_mailed_to_oneself_and_opened_without_a_network_it_works(browser, report, tmp_path):
    mail = EmailMessage()
    mail["Subject"] = "Forslag til en fælles uge"
    mail["From"] = mail["To"] = "planner@example.org"
    mail.set_content("Se vedhæftede side.")
    mail.add_attachment(report.read_text("utf-8"), subtype="html", filename="report.html")
    received = message_from_bytes(mail.as_bytes(policy=SMTP), policy=default)
    (attached,) = received.iter_attachments()
    saved = tmp_path / attached.get_filename()
    saved.write_bytes(attached.get_payload(decode=True))
    # A mail program may change the ends of lines; the page is the same.
    assert saved.read_bytes().split() == report.read_bytes().split()
    browser.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    browser.get(saved.as_uri())
    one(browser, "#find a[data-house=books]").click()
    choose(browser, "view", "overlay")
    find(browser, ".grid button")[0].click()
    assert one(browser, "#event").is_displayed()
    one(browser, "#event button").click()
    choose(browser, "heat-whose", "room:lib")
    one(browser, ".houses-key button").click()
    assert browser.get_log("browser") == []
    assert asked(browser) <= {saved.as_uri()}


def test_the_page_of_the_flagship_goes_into_a_mail(browser, tmp_path):
    case = Case(load(FLAGSHIP).scenario)
    plan = case.scenario.today
    path = tmp_path / "report.html"
    save(outcome(case, plan), path)
    assert path.stat().st_size < 1_500_000
    browser.get(path.as_uri())
    assert browser.get_log("browser") == []
    sheets = paper(browser)
    pages = [
        next(at for at, text in enumerate(sheets) if text.startswith(f"{house.name}\n"))
        for house in case.scenario.institutions.values()
    ]
    assert pages == list(range(pages[0], pages[0] + len(pages)))


def test_a_leader_finds_her_week_in_one_click(page):
    one(page, "#find a[data-house=books]").click()
    assert one(page, "#weeks-h").text == "Biblioteket"
    assert page.switch_to.active_element == one(page, "#weeks-h")
    assert page.current_url.endswith("#week/institution/books/both") or page.current_url.endswith(
        "#week/institution/books"
    )
    assert "Proposed: 1 event." in one(page, "#status").text


def test_weeks_of_rooms_staff_and_equipment(page):
    for kind, thing, count in (
        ("room", "lib", 1),
        ("staff", "teacher", 2),
        ("equipment", "drum", 1),
    ):
        one(page, f"input[name=kind][value={kind}]").click()
        choose(page, "thing", thing)
        choose(page, "view", "proposed")
        assert len(find(page, ".grid button")) == count
    page.refresh()
    assert one(page, "#thing").get_attribute("value") == "drum"


def test_weeks_of_rooms_and_staff_show_what_lies_between_events(page):
    one(page, "input[name=kind][value=staff]").click()
    choose(page, "thing", "teacher")
    choose(page, "view", "proposed")
    told = [found.text for found in find(page, ".grid .between")]
    assert told == [
        "08:00–09:00 taken otherwise",
        "09:55–10:00 home to near, bike",
        "11:00–11:05 near to home, bike",
    ]
    assert "09:55–11:05" in find(page, ".grid .dayhead")[0].text
    one(page, "input[name=kind][value=room]").click()
    choose(page, "thing", "lib")
    assert [found.text for found in find(page, ".grid .between")] == ["11:00–11:15 turnaround"]
    one(page, ".plan summary").click()
    assert "Mo 11:00–11:15 turnaround" in one(page, ".plan table").text
    # It is no event: no search finds it.
    one(page, "#query").send_keys("sang")
    assert not find(page, ".grid .between")


def test_today_and_proposed_side_by_side_and_on_top_of_each_other(page):
    assert [head.text.split(" – ")[0] for head in find(page, ".plan h3")] == ["Today", "Proposed"]
    choose(page, "view", "overlay")
    assert len(find(page, ".plan")) == 1
    # What is as today stands once, what moves where it was and where it goes.
    assert len(find(page, ".grid button")) == 3
    assert len(find(page, ".grid .ghost")) == 1
    choose(page, "view", "today")
    assert len(find(page, ".grid button")) == 2


def test_filter_and_search(page):
    choose(page, "view", "proposed")
    choose(page, "only", "joint")
    assert titles(page) == ["+ ◆ ↔ Kor, Sang"]
    choose(page, "only", "all_events")
    one(page, "#query").send_keys("læseklub")
    assert titles(page) == ["+ ◆ ↔ Kor, Sang"]
    one(page, "#query").send_keys(" nothing like it")
    assert one(page, "#status").text == "No event matches."


def test_an_event_is_opened_and_closed_by_keyboard(page):
    button = next(found for found in find(page, ".grid button") if "Sang" in found.text)
    button.send_keys("\ue007")
    dialog = one(page, "#event")
    assert dialog.is_displayed()
    for heading in ("Need", "People", "Travel", "Cost", "Why it is there", "What it replaces"):
        assert heading in dialog.text
    page.switch_to.active_element.send_keys("\ue00c")
    assert not dialog.is_displayed()
    assert page.switch_to.active_element == button


def test_everything_can_be_reached_by_tab(page):
    reached = set()
    for _step in range(120):
        page.switch_to.active_element.send_keys("\ue004")
        active = page.switch_to.active_element
        reached.add(active.get_attribute("id") or active.get_attribute("class"))
    assert {"thing", "view", "only", "query", "print", "heat-whose"} <= reached
    assert any("ev" in name.split() for name in reached)


def test_rooms_of_one_institution_by_hour(page):
    before = one(page, "#heat-utilisation").text
    choose(page, "heat-whose", "room:lib")
    after = one(page, "#heat-utilisation").text
    assert "Salen" in after
    assert after != before
    # An hour for forty people in a room for as many as the table of measures says.
    choose(page, "heat-measure", "frequency")
    assert find(page, "#heat-frequency .h5")
    assert not one(page, "#heat-utilisation").is_displayed()


def test_the_script_adds_up_rooms_as_the_page_does(page):

    def cells():
        return [
            (cell.get_attribute("textContent"), cell.get_attribute("class"))
            for measure in ("frequency", "occupancy", "utilisation")
            for cell in find(page, f"#heat-{measure} tbody tr:nth-child(11) td")
        ]

    drawn = cells()
    assert any(text not in ("", "0") for text, _shade in drawn)
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page.refresh()
    assert cells() == drawn


def test_the_lines_of_one_house(page):
    one(page, ".houses-key button[data-id=books]").click()
    assert not find(page, ".line.off")
    assert one(page, ".houses-key button[data-id=books]").get_attribute("aria-pressed") == "true"


def test_without_a_script_all_weeks_are_tables(page):
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page.refresh()
    assert not one(page, "#weeks").is_displayed()
    one(page, "#find a[data-house=books]").click()
    assert one(page, "#house-books").is_displayed()
    assert len(find(page, ".events tbody tr")) >= 5


def paper(page):
    """Print as a browser does by itself; return the text of each sheet."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    settings = {"preferCSSPageSize": True, "printBackground": True}
    pdf = base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", settings)["data"])
    sheets = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets} == {
        (595, 842)
    }
    # Letters that a font draws as one, such as ff, are two again.
    return [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in sheets]


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


def test_a_phone_need_not_scroll_sideways(page):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
    )
    page.refresh()
    assert page.execute_script("return document.documentElement.scrollWidth") <= 360


def test_ids_of_any_letters_in_the_address(page, report):
    page.get(f"{report.as_uri()}#week/staff/{quote('=pianist')}")
    assert one(page, "#weeks").is_displayed()
    page.get(f"{report.as_uri()}#week/staff/pianist")
    page.refresh()
    assert "pianist" in one(page, "#weeks-h").text


def test_texts_of_drawings_stand_out_from_what_is_behind_them(page):
    pairs = page.execute_script(
        "return [...document.querySelectorAll('svg text')].map(text => {"
        "  const circle = text.parentNode.querySelector('circle');"
        "  const drawing = getComputedStyle(text.closest('svg')).backgroundColor;"
        "  return [getComputedStyle(text).fill, circle ? getComputedStyle(circle).fill : drawing];"
        "})"
    )
    assert len(pairs) > 10
    assert {behind for _text, behind in pairs} >= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    for text, behind in pairs:
        # What is seen through a drawing without a ground of its own is the white page.
        seen = "rgb(255, 255, 255)" if behind == "rgba(0, 0, 0, 0)" else behind
        lighter, darker = sorted((luminance(text), luminance(seen)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour):
    """Return the relative luminance of ``rgb(...)``, as WCAG defines it."""
    parts = [int(part) / 255 for part in re.fullmatch(r"rgb\((.*)\)", colour)[1].split(",")]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("view", ["plain", "dialog", "overlay", "unfolded", "phone", "no script"])
def test_axe_finds_no_barrier(page, axe, view):
    if view == "dialog":
        find(page, ".grid button")[0].click()
    elif view == "overlay":
        choose(page, "view", "overlay")
    elif view == "unfolded":
        page.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    elif view == "phone":
        page.set_window_size(390, 844)
    elif view == "no script":
        # axe is a script itself: the page as it is before its own one has run.
        page.execute_script(
            "document.documentElement.classList.remove('js');"
            "document.getElementById('weeks').hidden = true"
        )
    page.execute_script(axe)
    page.execute_script(f"axe.configure({json.dumps(SIGNS_TOO)})")
    found = page.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
        " 'best-practice']}).then(done, error => done({violations: [String(error)]}))"
    )
    told = [
        f"{one['id']}: {node['html'][:150]} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]
    assert told == []
    # Where a picture lies behind a text, axe gives up: that is no proof of contrast.
    given_up = [
        f"{node['html'][:150]} {node['any'][0]['message']}"
        for one in found["incomplete"]
        if one["id"] == "color-contrast"
        for node in one["nodes"]
        # Of drawings it always does: they have a test of their own.
        if not node["html"].startswith("<text ")
    ]
    # On a phone parts of tables are out of sight; their colours are those of the other views.
    assert view == "phone" or given_up == []
    assert len(found["passes"]) > 20
