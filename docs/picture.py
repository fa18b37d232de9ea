"""Takes the picture of the report in the README, by an installed Chromium without a window.

    deling run scenarios/hedehusene.yaml --ladder --language en
    python docs/picture.py out/hedehusene/report.html

It shows the page from its top to the end of one daycare's week. The figures of the README are to
be those of the same run.
"""

from __future__ import annotations

import base64
import shutil
import sys
from pathlib import Path

from selenium import webdriver

PICTURE = Path(__file__).parent / "report.png"
WEEK = "#week/institution/laeringshuset-dagtilbud/overlay"
WIDTH, MARGIN, SCALE = 1240, 12, 0.8
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-background-networking",
)


def picture(report: Path) -> bytes:
    """Return the picture of a report."""
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--window-size={WIDTH},1200"):
        options.add_argument(flag)
    # Without these two, Selenium would ask the network where they are.
    options.binary_location = shutil.which("chromium") or ""
    service = webdriver.ChromeService(shutil.which("chromedriver") or "")
    with webdriver.Chrome(options=options, service=service) as browser:
        browser.get(report.resolve().as_uri() + WEEK)
        browser.execute_script("scrollTo(0, 0); document.activeElement.blur()")
        end = browser.execute_script(
            "return document.getElementById('weeks').getBoundingClientRect().bottom"
        )
        clip = {
            "x": MARGIN,
            "y": 16,
            "width": WIDTH - 2 * MARGIN,
            "height": end - 16,
            "scale": SCALE,
        }
        shot = {"captureBeyondViewport": True, "clip": clip}
        data: str = browser.execute_cdp_cmd("Page.captureScreenshot", shot)["data"]
    return base64.b64decode(data)


if __name__ == "__main__":
    PICTURE.write_bytes(picture(Path(sys.argv[1])))
