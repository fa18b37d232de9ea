"""The report in a real browser: by mouse, by keyboard, without a script."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from urllib.parse import quote

import pytest

from browser.page import MARKS, choose, find, one, paper
from deling.case import Case
from deling.outputs.report import save
from deling.scenario.load import load
from doubles import outcome

pytestmark = MARKS

FLAGSHIP = Path(__file__).parents[2] / "scenarios" / "hedehusene.yaml"


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


@pytest.mark.parametrize("width", [360, 1360])
def test_large_figures_stay_in_their_places(page, width):
    page.set_window_size(width, 900)
    page.execute_script(
        "document.querySelectorAll('.figures .now').forEach(one =>"
        " one.textContent = '-44.439.967');"
        "document.querySelectorAll('.figures strong').forEach(one =>"
        " one.textContent = '-51.909.335')"
    )
    over = page.execute_script(
        "return [...document.querySelectorAll('.figures div')].filter(one => {"
        "  const right = one.getBoundingClientRect().right + 1;"
        "  return [...one.querySelectorAll('.pair *')].some("
        "    part => part.getBoundingClientRect().right > right);"
        "}).length"
    )
    assert over == 0
