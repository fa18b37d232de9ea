"""The report for everybody: no barrier that is known, and letters that stand out."""

from __future__ import annotations

import json
import re

import pytest

from browser.page import MARKS, choose, find

pytestmark = MARKS

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
        unfold(page)
    elif view == "phone":
        page.set_window_size(390, 844)
    elif view == "no script":
        # axe is a script itself: the page as it is before its own one has run.
        page.execute_script(
            "document.documentElement.classList.remove('js');"
            "document.getElementById('weeks').hidden = true"
        )
    assert_no_barrier(page, axe, view)


@pytest.mark.parametrize("view", ["plain", "unfolded", "phone"])
def test_axe_finds_no_barrier_in_the_short_page(short_page, axe, view):
    assert find(short_page, "#weeks") == []
    if view == "unfolded":
        unfold(short_page)
    elif view == "phone":
        short_page.set_window_size(390, 844)
    assert_no_barrier(short_page, axe, view)


def unfold(page):
    page.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")


def assert_no_barrier(page, axe, view):
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
