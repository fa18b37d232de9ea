"""What the tests of the page share."""

from __future__ import annotations

import base64
import io
import unicodedata

import pytest

MARKS = [
    pytest.mark.slow,
    # selenium leaves its connection to the driver to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
"""Of every module of these tests."""


def find(browser, selector):
    return browser.find_elements("css selector", selector)


def one(browser, selector):
    return browser.find_element("css selector", selector)


def choose(browser, field, value):
    one(browser, f"#{field} option[value='{value}']").click()


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
