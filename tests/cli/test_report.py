"""``deling report``."""

from __future__ import annotations

import pytest

from .runner import SMALLEST, run

pytestmark = pytest.mark.usefixtures("folder")


def test_a_plan_that_somebody_edited(plan, folder):
    told = run("report", SMALLEST, plan)
    assert told.exit_code == 0
    assert "Report in report.html" in told.stdout
    assert "The plan breaks rules; the report begins with them." in told.stderr
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "This plan breaks rules." in page
    assert "It is not known here how far from the best plan this one is." in page
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_what_a_run_has_proven_is_told_again(folder):
    run("run", SMALLEST, "--workers", 1, "--ladder", "--output", "out", "--time-limit", 20)
    first = (folder / "out/report.html").read_text(encoding="utf-8")
    assert "t is proven that no plan that keeps the rules can" in first
    plans = [folder / f"out/plans/{level}.csv" for level in ("own", "sector", "area")]
    assert run("report", SMALLEST, *plans, "--output", "again/page.html").exit_code == 0
    again = (folder / "again/page.html").read_text(encoding="utf-8")
    for text in (first, again):
        assert 'id="ladder"' in text
    answer = slice(first.index('id="answer"'), first.index('id="weeks"'))
    assert again[answer] == first[answer]


def test_the_language_asked_for(plan, folder):
    run("report", SMALLEST, plan, "--language", "da", "--quiet")
    assert '<html lang="da">' in (folder / "report.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written(plan, folder):
    (folder / "taken").mkdir()
    told = run("report", SMALLEST, plan, "--output", "taken")
    assert told.exit_code == 2
    assert "The report cannot be written to taken" in told.stderr
    for output, text in ((".", "to .: "), ("edited.csv/page.html", "to edited.csv/page.html: ")):
        told = run("report", SMALLEST, plan, "--output", output)
        assert told.exit_code == 2
        assert f"The report cannot be written {text}" in told.stderr


def test_of_very_many_institutions_it_says_where_the_rest_is(plan, monkeypatch):
    assert "schedules/" not in run("report", SMALLEST, plan).stdout
    monkeypatch.setattr("deling.outputs.report.limits.MOST", 1)
    assert "schedules/" in run("report", SMALLEST, plan).stdout
    assert "schedules/" not in run("report", SMALLEST, plan, "--quiet").stdout


def test_it_asks_for_a_plan():
    assert run("report", SMALLEST).exit_code == 2
