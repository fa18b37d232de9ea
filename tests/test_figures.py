"""Figures of stored measurements: of a row, of peers, targets, and the page."""

from __future__ import annotations

import math
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from peers import PEERS
from size_rows import SESSIONS, search_row, tables_row
from sizing.figures import disturbed, doubts, first_plan, gap_at, median, when_gap, when_served
from sizing.fit import fit
from sizing.page import make_page
from sizing.peers import BEST, NEARLY, SERVED, pairs
from sizing.plot import Axis, Line, draw
from sizing.store import Store, read_folder
from sizing.targets import exponent_verdict, judge, peer_targets, targets

REPORT = Path(__file__).parent.parent / "benchmarks" / "report.py"


def test_fit_finds_the_exponent():
    power = fit([(size, 0.02 * size**1.15) for size in (150, 1_100, 11_000, 110_000)])
    assert power.exponent == pytest.approx(1.15)
    assert power.scale == pytest.approx(0.02)
    assert power.at(1_000) == pytest.approx(0.02 * 1_000**1.15)
    # By least squares: two points above and two below a flat line.
    assert fit([(1, 2), (1, 0.5), (10, 2), (10, 0.5)]).exponent == pytest.approx(0)
    assert fit([(150, 1), (150, 2)]) is None


def test_figures_are_in_seconds_of_the_reference_machine():
    row = search_row(factor=2.0)
    assert first_plan(row, 1) == pytest.approx(0.075)
    assert when_served(row, 1, 60) == pytest.approx(0.15)
    assert when_served(row, 0.5, 60) == pytest.approx(0.075)
    assert when_gap(row, "cost", 0.01, 60) == pytest.approx(0.3)
    assert gap_at(row, "cost", 0.2) == 0.5
    assert gap_at(row, "cost", 0.01) == math.inf
    assert gap_at(row, "cost", 60) == 0.0025


def test_what_a_short_search_does_not_show_is_not_known():
    row = search_row()
    assert when_gap(row, "cost", 0, 60) == math.inf
    assert when_gap(row, "cost", 0, 61) is None
    assert gap_at(row, "cost", 61) is None
    row["found"]["ended"] = "proven"
    assert gap_at(row, "cost", 61) == 0.0025
    failed = {key: value for key, value in row.items() if key != "found"} | {"error": "no"}
    assert first_plan(failed, 61) == when_served(failed, 1, 61) == math.inf
    none = search_row()
    none["found"]["first"] = None
    assert (first_plan(none, 60), first_plan(none, 61)) == (math.inf, None)


def test_median_counts_what_was_never_reached():
    assert median([3.0, math.inf, 1.0]) == 3.0
    assert median([math.inf, math.inf, 1.0]) == math.inf
    assert median([1.0, None, 1.0]) is None
    assert median([]) is None


def test_disturbed_by_what_others_did():
    assert not disturbed(search_row(load=9, others=0.1))
    assert disturbed(search_row(load=0, others=0.5))
    assert disturbed(search_row(load=9, others=None))
    assert not disturbed(search_row(load=0.5, others=None))


def test_doubts_about_a_row():
    assert doubts(search_row()) == []
    assert doubts(tables_row()) == []
    row = search_row()
    row["found"] |= {"breaches": 2, "judged": {"served": 149, "cost": 4_000}}
    row["found"]["trace"].append([1, "served", 150, 149, 0.0])
    told = doubts(row)
    assert len(told) == 3
    assert "2 breaches" in told[0]
    assert "149, not 150" in told[1]
    assert "below the 150" in told[2]


def verdicts(rows):
    judged = [one for target in targets() for one in judge(target, rows)]
    return {(one.target.size, one.target.text, one.target.extra): one for one in judged}


def test_targets_are_judged():
    rows = [search_row(size) for size in SESSIONS] + [tables_row()]
    found = verdicts(rows)
    assert found["area", "first valid plan", 0.0].verdict == "not measured", "one of five areas"
    five = [search_row(seed=seed) for seed in range(101, 106)]
    assert verdicts(five)["area", "first valid plan", 0.0].verdict == "met"
    assert found["area", "first valid plan", 0.3].verdict == "not measured"
    assert found["area", "gap of `cost` after 60 s", 0.0].value == 0.25
    assert found["municipality", "100 % of the planted served", 0.0].value == 1.1
    assert found["region", "peak memory", 0.0].value == pytest.approx(0.65)
    assert found["country", "tables read and checked", 0.0].verdict == "met"
    assert found["country", "planted plan judged", 0.0].verdict == "not met"
    # The median of three, two of them slow, and a short one that is left aside.
    slow = search_row()
    slow["found"]["first"] = 1.5
    short = search_row(seed=104, limit=1.0)
    three = [search_row(), {**slow, "seed": 102}, {**slow, "seed": 103}, short]
    judged = verdicts(three)["area", "first valid plan", 0.0]
    assert (judged.value, judged.verdict, len(judged.rows)) == (1.5, "not met", 3)


def test_exponent_is_judged_with_all_sizes():
    rows = [search_row(size) for size in SESSIONS]
    exponent, verdict = exponent_verdict(rows)
    assert exponent == pytest.approx(1.0)
    assert verdict == "met"
    assert exponent_verdict(rows[:3])[1] == "not measured"
    rows[3]["found"]["trace"] = rows[3]["found"]["trace"][:2]
    assert exponent_verdict(rows)[1] == "not met"


def test_peers_are_compared_at_equal_time_and_quality():
    peer = search_row(solver="peer")
    peer["found"]["trace"] = [
        [1.0, "served", 135, None, None],
        [1.0, "cost", 8_000, None, None],
        [3.0, "served", 150, 150, 0.0],
        [4.0, "cost", 4_400, None, None],
    ]
    (pair,) = pairs([search_row(), peer, search_row(solver="peer", seed=102)])
    assert (pair.peer, pair.size, pair.areas) == ("peer", "area", 1)
    before = {1: pytest.approx(0.9), 2: pytest.approx(0.9)}
    assert pair.served == before | dict.fromkeys((3, 5, 10, 20, 30, 60), 1)
    # Deling serves all and costs 4,000 after 0.3 seconds; of the peer's plan the cost is told at 4.
    later = dict.fromkeys((5, 10, 20, 30, 60), pytest.approx(1.1))
    assert pair.cost == dict.fromkeys((1, 2, 3)) | later
    assert pair.alike == dict.fromkeys((1, 2, 3), 0) | dict.fromkeys((5, 10, 20, 30, 60), 1)
    assert pair.uneven == 0
    slow = {**peer, "speed": {"factor": 2.0}}
    assert pairs([search_row(), slow])[0].uneven == 1
    assert pair.equal[SERVED] == (3.0, 0.15, pytest.approx(0.05))
    assert pair.equal[NEARLY] == (4.0, 0.3, pytest.approx(0.075))
    assert pair.equal[BEST] == (4.0, 0.3, pytest.approx(0.075))
    judged = [one for one in peer_targets([search_row(), peer]) if one.rows]
    assert [(one.value, one.verdict) for one in judged] == [
        (1.0, "not measured"),
        (pytest.approx(1 / 1.1), "not measured"),
    ]
    rows = [
        {**row, "solver": solver, "seed": seed}
        for solver, row in (("deling", search_row()), *((each, peer) for each in PEERS))
        for seed in range(101, 106)
    ]
    judged = [one for one in peer_targets(rows) if one.rows]
    assert [one.verdict for one in judged] == ["met", "met"], "all peers on all areas"
    judged = [one for one in peer_targets(rows[:-1]) if one.rows]
    assert [one.verdict for one in judged] == ["not measured"] * 2


def test_peer_that_is_better_makes_targets_not_met():
    own, peer = search_row("municipality"), search_row("municipality", solver="peer")
    peer["found"]["trace"] = [[0.5, "served", 1_100, None, None], [0.6, "cost", 3_000, None, None]]
    (pair,) = pairs([own, peer])
    assert pair.served[1] == 2
    assert pair.equal[BEST].deling == pair.equal[NEARLY].deling == math.inf
    assert pair.equal[SERVED].deling == pytest.approx(1.1)
    found = [one for one in peer_targets([own, peer]) if one.rows]
    assert [one.verdict for one in found] == ["not met"] * 5
    assert [one.value for one in found][2:] == [pytest.approx(2.2), math.inf, math.inf]
    never = search_row(solver="peer")
    never["found"]["trace"] = []
    (pair,) = pairs([search_row(), never])
    assert pair.served[60] == 0
    assert pair.equal[BEST] == (math.inf, 0.0, None)


def test_page_from_rows(tmp_path):
    rows = [search_row(size, extra) for size in SESSIONS for extra in (0.0, 0.3)]
    rows += [tables_row(), search_row(solver="peer"), search_row(seed=102, others=1.2)]
    for row in rows:
        Store(tmp_path / "results" / f"{row['solver']}.jsonl").add(row)
    assert len(read_folder(tmp_path / "results")) == len(rows)
    page = tmp_path / "page" / "benchmarks.md"
    page.parent.mkdir()
    subprocess.run(
        [sys.executable, REPORT, "--results", tmp_path / "results", "--page", page],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    text = page.read_text(encoding="utf-8")
    assert "| country | as planted | planted plan judged | 10 s | 20 s | **not met** |" in text
    assert "| area | as planted | first valid plan | 1 s | 0.07 s † | not measured |" in text
    assert "| Disturbed | 1 of 11 |" in text
    assert "| 1.15 | 1.00 † | met |" in text
    assert "| peer | area | as planted | 1 | `served` | 1.000 | 1.000 | 1.000 | – |" in text
    assert "| peer | area | as planted | 1 | `served` | 0.15 s | 0.15 s | 1.000 |" in text
    assert "None: the checker finds every plan valid" in text
    pictures = sorted(path.name for path in (page.parent / "benchmarks").glob("*.svg"))
    assert len(pictures) == 4 + 4 + 2
    for name in pictures:
        assert f"(benchmarks/{name})" in text
        picture = (page.parent / "benchmarks" / name).read_text(encoding="utf-8")
        assert ("(disturbed)" in picture) == ("area" in name or "growth" in name)
        root = ET.fromstring(picture)
        assert len(root.findall("{*}path")) > 2


def test_page_says_what_is_missing():
    text, pictures = make_page([])
    assert "Nothing has been measured yet." in text
    assert pictures == {}
    assert "| met |" not in text
    failed = {key: value for key, value in search_row().items() if key != "found"}
    text, pictures = make_page([{**failed, "error": "ended with -9"}])
    assert "failed: ended with -9" in text
    assert "| area | as planted | first valid plan | 1 s | never | **not met** |" in text


def test_plot_places_points_by_their_logarithm():
    axis = Axis("seconds", 0.1, 1_000, logarithmic=True)
    assert axis.place(1) == pytest.approx(0.25)
    assert axis.place(0) == 0
    assert axis.ticks() == pytest.approx([0.1, 1, 10, 100, 1_000])
    assert Axis("%", 90, 110).ticks() == [90, 95, 100, 105, 110]
    text = draw("A < B", axis, Axis("%", 0, 100), [Line("x & y", 0, 0, [(1, 50)], dots=True)])
    root = ET.fromstring(text)
    (dot,) = root.findall("{*}circle")
    assert float(dot.attrib["cx"]) == pytest.approx(70 + 0.25 * 630)
