"""An installed Chromium without a window, and pages to look at in it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from deling.compare import Column, Comparison
from deling.outputs import Outcome
from deling.outputs.report import limits, save
from doubles import outcome, sung

if TYPE_CHECKING:
    from pathlib import Path

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1360,900",
)


def whole() -> Outcome:
    """Return an outcome with a ladder, so that every part of the page is there."""
    one = outcome()
    own = Column("own", sung(), one.case, one.result)
    plans = Comparison((one.comparison.columns[0], own, one.chosen))
    return Outcome(plans, one.chosen, one.result, one.reasons)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report on the disk."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    save(whole(), path)
    return path


@pytest.fixture(scope="session")
def short_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of an area with too many institutions to show the week of each."""
    path = tmp_path_factory.mktemp("short") / "report.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "MOST", 1)
        save(whole(), path)
    return path


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the accessibility checker, fetched from npm's registry."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so axe-core cannot be fetched")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"axe-core cannot be fetched: {done.stderr.strip()[-200:]}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def browser(tmp_path: Path):
    """Start a browser for one test."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium = shutil.which("chromium")
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("chromium or chromedriver is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(driver)
    with webdriver.Chrome(options=options, service=service) as started:
        yield started


@pytest.fixture
def page(browser, report):
    browser.get(report.as_uri())
    return browser


@pytest.fixture
def short_page(browser, short_report):
    browser.get(short_report.as_uri())
    return browser
