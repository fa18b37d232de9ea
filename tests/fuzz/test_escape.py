"""Hostile names in a good area: every output of a run holds them as text and nothing else."""

from __future__ import annotations

import csv
import html
import json
import re
import zipfile
from html.parser import HTMLParser

import openpyxl
import pytest
from click.testing import CliRunner
from icalendar import Calendar

from deling.cli import main
from deling.outputs.file_names import file_name
from deling.scenario.csv_text import decode, read_csv
from fuzz.inputs import ROOT

EVIL = (
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "=HYPERLINK('http://x')",
    "@SUM(1)",
    "{{ 7*7 }} {0.__class__} %s",
    "-- ]]> <!--",
    "a\nEND:VEVENT\nBEGIN:VEVENT",
    "+1;=1,\t=1",
)
NAMED = {
    "sites": "name",
    "institutions": "name",
    "rooms": "name",
    "groups": "name",
    "needs": "name",
}
OTHERS = {"staff": "role", "needs": "activity", "rooms": "kind", "use": "note"}


@pytest.fixture(scope="module", params=[(), ("--excel",)], ids=["plain", "excel"])
def out(request, tmp_path_factory):
    """Return the output folder of a run over names that mean something elsewhere."""
    folder = tmp_path_factory.mktemp("evil")
    names = iter(EVIL * 20)
    (folder / "t").mkdir()
    for path in sorted((ROOT / "data" / "smallest").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for column in (NAMED.get(path.stem), OTHERS.get(path.stem)):
            if column in rows[0]:
                for row in rows[1:]:
                    row[rows[0].index(column)] = next(names)
        with (folder / "t" / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    text = (ROOT / "scenarios" / "smallest.yaml").read_text(encoding="utf-8")
    name = json.dumps(f"{EVIL[0]} {EVIL[2]}")
    text = re.sub("(?m)^name: .*$", lambda _match: f"name: {name}", text)
    text = text.replace("../data/smallest", "t")
    (folder / "area.yaml").write_text(text, encoding="utf-8")
    command = ["run", "area.yaml", "--output", str(folder / "out"), "--time-limit", "5"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("DELING_LANGUAGE", "en")
        told = CliRunner(catch_exceptions=False).invoke(
            main, [*command, "--workers", "1", "--quiet", *request.param]
        )
    assert told.exit_code == 0, told.stderr
    return folder / "out"


class Page(HTMLParser):
    """What a browser would run: elements, handlers and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts = 0
        self.strange: list[object] = []
        self.shown = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        if tag in ("img", "iframe", "object", "embed", "link", "base"):
            self.strange.append(tag)
        for name, value in attrs:
            outside = name in ("src", "href") and not (value or "").startswith("#")
            if name.startswith("on") or outside:
                self.strange.append((tag, name, value))

    def handle_data(self, data):
        self.shown += data


def test_the_report_runs_nothing_but_its_own_script(out):
    text = (out / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.scripts == 2
    assert page.strange == []
    for name in EVIL[:2]:
        assert name not in text
        assert name in page.shown
    assert "default-src 'none'" in html.unescape(text)
    data = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert data is not None
    assert EVIL[0] in json.dumps(json.loads(data[1]))
    script = (ROOT / "src/deling/outputs/report/templates/script.js").read_text(encoding="utf-8")
    # Names reach the page as text.
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_no_cell_of_a_csv_file_is_a_formula(out):
    seen = 0
    for path in out.rglob("*.csv"):
        for row in read_csv(decode(path.read_bytes()), []):
            for cell in row.texts:
                number = re.fullmatch(r"[+-]?[\d.,]*", cell)
                assert number or not cell.startswith(("=", "+", "-", "@")), (path, cell)
                seen += "HYPERLINK" in cell
    assert seen


def test_no_cell_of_the_workbook_is_a_formula_or_a_link_outside(out):
    book = openpyxl.load_workbook(out / "deling.xlsx")
    texts = []
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert not (cell.data_type == "f" and "HYPERLINK" in str(cell.value))
                assert cell.hyperlink is None or cell.hyperlink.target is None
                texts.append(str(cell.value))
    assert any(EVIL[2] in text for text in texts)
    with zipfile.ZipFile(out / "deling.xlsx") as archive:
        names = [name for name in archive.namelist() if name.endswith(".rels")]
        assert b'TargetMode="External"' not in b"".join(map(archive.read, names))


def test_a_calendar_has_only_the_entries_that_deling_made(out):
    found = sorted(out.rglob("*.ics"))
    assert found
    for path in found:
        data = path.read_bytes()
        calendar = Calendar.from_ical(data)
        uids = [entry["UID"] for entry in calendar.walk("VEVENT")]
        assert len(uids) == len(set(uids))
        assert len(re.findall(rb"(?m)^BEGIN:VEVENT\r$", data)) == len(uids)


def test_nothing_is_written_elsewhere(out):
    assert {path.name for path in out.parent.iterdir()} == {"area.yaml", "out", "t"}
    assert not [path for path in out.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize("key", ["con", "nul", "com1"])
def test_a_devices_name_is_no_file_on_windows(monkeypatch, key):
    assert file_name(key, "csv") == f"{key}.csv"
    monkeypatch.setattr("sys.platform", "win32")
    assert file_name(key, "csv") == f"{key}~.csv"
    assert file_name(f"{key}-x", "ics") == f"{key}-x.ics"
