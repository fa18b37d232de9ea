"""``deling run``: exit codes, what is printed and what is written."""

from __future__ import annotations

import json

import pytest

from deling.domain import Plan
from deling.outputs.report.method import LEVELS
from deling.result import Result

from .runner import SMALLEST, run

pytestmark = pytest.mark.usefixtures("folder")


def search(**changes):
    """Return a search that finds what it is told to: today's use by default."""

    def optimise(_searcher, case, **options):
        told = {"status": "feasible", "plan": case.scenario.today, **changes}
        return Result(sharing=case.sharing, seconds=1.0, **told)

    return optimise


@pytest.fixture
def found(monkeypatch):
    """Replace the search."""

    def replace(**changes):
        monkeypatch.setattr("deling.apart.Searcher._start", lambda _searcher: None)
        monkeypatch.setattr("deling.apart.Searcher.optimise", search(**changes))

    return replace


def test_the_whole_way(folder):
    told = run("run", SMALLEST, "--workers", 1)
    assert told.exit_code == 0, told.stderr
    out = folder / "out" / "smallest"
    assert json.loads((out / "result.json").read_text())["goals"]["served"]["value"] == 12
    assert (out / "schedules" / "staff" / "friv-pianist.csv").exists()
    assert run("check", SMALLEST, out / "plan.csv").exit_code == 0
    for text in ("Today: 8 of 12", "Proven best", "By kind of group", "Results in out/smallest"):
        assert text in told.stdout
    assert all(len(line) <= 100 for line in told.stdout.splitlines())
    assert "besoegshund" in (out / "unmet.csv").read_text()


def test_the_ladder_of_the_smallest_scenario(folder):
    told = run("run", SMALLEST, "--ladder", "--workers", 1, "--quiet", "--time-limit", 90)
    assert told.exit_code == 0
    assert told.stderr == ""
    header = (folder / "out/smallest/comparison.csv").read_text().splitlines()[0]
    assert header.endswith("today,own,sector,area")
    result = json.loads((folder / "out/smallest/result.json").read_text())
    served = [plan["goals"]["served"]["value"] for plan in result["plans"].values()]
    assert served == [9, 10, 10, 12]
    assert "cross the lines between sectors" in told.stdout


def test_json_alone_on_standard_output(found):
    found()
    told = run("run", SMALLEST, "--json", "--output", "here")
    record = json.loads(told.stdout)
    assert record["status"] == "feasible"
    assert "plan.csv" in record["files"]


def test_no_plan_in_time(found, folder):
    found(status="no_plan_in_time", plan=None)
    told = run("run", SMALLEST, "--output", "here")
    assert told.exit_code == 3
    assert "No plan was found in 1.0 seconds" in told.stderr
    assert [path.name for path in (folder / "here").iterdir()] == ["result.json"]


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"ended": "failed"}, "The search failed before any plan was found."),
        ({"work": 2.0, "ended": "deterministic_limit"}, "try a larger --deterministic-limit"),
        ({"ended": "time_limit"}, "try a longer --time-limit"),
    ],
)
def test_without_a_plan_it_is_told_what_went_wrong_and_what_to_do(found, changes, advice):
    note = "The search crashed (Killed); it was started once more."
    found(status="no_plan_in_time", plan=None, notes=(note,), **changes)
    told = run("run", SMALLEST, "--output", "here")
    assert told.exit_code == 3
    assert note in told.stderr
    assert advice in " ".join(told.stderr.split())


def test_no_valid_plan_names_the_clash(found, folder):
    found(status="infeasible", plan=None, clash=("keep: need kor wants two sessions",))
    told = run("run", SMALLEST, "--output", "here", "--json")
    assert told.exit_code == 4
    assert "keep: need kor wants two sessions" in told.stderr
    record = json.loads(told.stdout)
    assert record["status"] == "infeasible"
    assert record["clash"] == ["keep: need kor wants two sessions"]
    assert json.loads((folder / "here/result.json").read_text())["status"] == "infeasible"


def test_interrupted_with_a_plan_writes_it(found, folder):
    found(ended="interrupted")
    told = run("run", SMALLEST, "--output", "here")
    assert told.exit_code == 130
    assert (folder / "here/plan.csv").exists()
    assert json.loads((folder / "here/result.json").read_text())["interrupted"] is True
    assert "Interrupted" in told.stderr


def test_what_went_wrong_is_told_everywhere(found, folder):
    note = "The solver gave a plan that breaks a rule; the plan was discarded (2 times)."
    found(notes=(note,))
    told = run("run", SMALLEST, "--output", "here")
    assert told.exit_code == 0
    assert note in told.stdout
    assert json.loads((folder / "here/result.json").read_text())["notes"] == [note]
    assert note in (folder / "here/report.html").read_text()
    assert note in run("compare", SMALLEST).stdout


def test_interrupted_without_a_plan_leaves_earlier_results(found, folder):
    found()
    run("run", SMALLEST, "--output", "here")
    found(status="no_plan_in_time", plan=None, ended="interrupted")
    told = run("run", SMALLEST, "--output", "here")
    assert told.exit_code == 130
    assert (folder / "here/plan.csv").exists()


def test_a_ladder_interrupted_on_the_way_keeps_what_it_has(found, folder):
    found(ended="interrupted")
    told = run("run", SMALLEST, "--ladder", "--output", "here")
    assert told.exit_code == 130
    header = (folder / "here/comparison.csv").read_text().splitlines()[0]
    assert header.endswith("today,own")
    assert json.loads((folder / "here/result.json").read_text())["sharing"] == "own"
    page = (folder / "here/report.html").read_text(encoding="utf-8")
    assert LEVELS["own"] in page
    assert LEVELS["area"] not in page, "nothing is said of a level that was not searched"


def test_a_wrong_plan_is_never_written(found, folder):
    found(plan=Plan(events=()))  # today's sessions and a fixed event are gone
    told = run("run", SMALLEST, "--output", "here")
    assert told.exit_code == 1
    assert "keep: " in told.stderr
    assert not (folder / "here").exists()


def test_results_never_take_the_place_of_what_was_read(found, folder):
    scenario, tables = folder / "area.yaml", SMALLEST.parents[1] / "data/smallest"
    for table in tables.iterdir():
        (folder / table.name).write_bytes(table.read_bytes())
    scenario.write_text(f"extends: {SMALLEST}\ntables: .\n")
    found()
    before = (folder / "staff.csv").read_bytes()
    told = run("run", "area.yaml", "--output", ".")
    assert told.exit_code == 2
    assert "staff.csv is read by the scenario" in " ".join(told.stderr.split())
    assert (folder / "staff.csv").read_bytes() == before
    assert run("run", "area.yaml", "--output", "out").exit_code == 0


def test_a_seed_that_no_solver_takes_is_refused():
    told = run("run", SMALLEST, "--seed", 2**31)
    assert told.exit_code == 2
    assert "2147483647" in told.stderr


def test_a_folder_that_cannot_be_written_is_found_before_the_search(found, folder):
    (folder / "file").write_text("")

    def never(*_arguments, **_options):
        pytest.fail("searched in vain")

    found()
    told = run("run", SMALLEST, "--output", "file")
    assert told.exit_code == 2
    assert "cannot be written" in told.stderr
    assert told.stdout == ""


def test_bad_input_leaves_earlier_output(found, folder):
    found()
    run("run", SMALLEST, "--output", "here")
    (folder / "bad.yaml").write_text("name: bad\ntables: nowhere\nsharring: area\n")
    told = run("run", "bad.yaml", "--output", "here")
    assert told.exit_code == 2
    assert "sharring" in told.stderr
    assert (folder / "here/plan.csv").exists()


def test_what_is_left_out_of_very_large_areas_is_told(found, monkeypatch):
    found()
    told = run("run", SMALLEST, "--output", "here").stdout
    assert "left out" not in told
    assert "no map of more than" not in told
    monkeypatch.setattr("deling.outputs.report.limits.MOST", 1)
    monkeypatch.setattr("deling.outputs.calendars.MOST", 1)
    told = run("run", SMALLEST, "--output", "here").stdout
    assert "no weeks and no map of more than 1 institutions: see schedules/" in told
    assert "left out: institutions, staff, rooms" in told
    danish = run("run", SMALLEST, "--output", "here", "--language", "da").stdout
    assert "1 institutioner" in danish


def test_excel(found, folder):
    found()
    run("run", SMALLEST, "--output", "here", "--excel")
    assert (folder / "here/unmet.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (folder / "here/plan.csv").read_bytes().startswith(b"event,need")


def test_quiet_shows_no_progress(folder):
    told = run("run", SMALLEST, "--quiet", "--workers", 1)
    assert told.stderr == ""
    assert "best plan" in run("run", SMALLEST, "--workers", 1).stderr
