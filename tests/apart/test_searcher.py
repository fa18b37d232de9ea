"""A search in a process of its own: its end, however it comes, does not lose the best plan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deling.apart import CHILD, Searcher
from deling.apart.merge import merged
from deling.case import Case
from deling.check import check
from deling.errors import ClusterError
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.optimise import optimise
from deling.result import GoalOutcome, Result
from deling.scenario.load import load

if TYPE_CHECKING:
    from deling.result import Update

SCENARIOS = Path(__file__).parents[2] / "scenarios"
posix = pytest.mark.skipif(sys.platform == "win32", reason="no signals to processes there")


@pytest.fixture(scope="module")
def smallest() -> Case:
    return Case(load(SCENARIOS / "smallest.yaml").scenario)


@pytest.fixture(scope="module")
def flagship() -> Case:
    return Case(load(SCENARIOS / "hedehusene.yaml").scenario)


@pytest.fixture
def searcher():
    with Searcher() as found:
        yield found


def faulty(patch: str) -> str:
    """Return the program of a process in which something is patched before it answers."""
    before, main = CHILD.rsplit("; ", 1)
    body = textwrap.dedent(patch).replace("{", "{{").replace("}", "}}")
    return f"{before}\n{body}\n{main}"


def require_sound(result: Result, case: Case) -> None:
    """Fail unless the plan is valid, worth what is said, and not better than its bounds."""
    assert result.plan is not None
    assert check(result.plan, case) == []
    values = evaluate(result.plan, case)
    for goal, outcome in result.goals.items():
        assert outcome.value == values[goal]
        assert not GOALS[goal].better(outcome.value, outcome.bound)


class Killer:
    """Kills the searching process at its n-th news, as often as it is told."""

    def __init__(self, searcher: Searcher, number: int, times: int, news: int = 1) -> None:
        self._searcher = searcher
        self._number = number
        self._times = times
        self._news = news
        self.updates: list[Update] = []

    def __call__(self, update: Update) -> None:
        self.updates.append(update)
        if self._times and len(self.updates) >= self._news:
            self._times -= 1
            self.updates.clear()
            assert self._searcher.process_id is not None
            os.kill(self._searcher.process_id, self._number)


def test_finds_what_the_search_finds_several_times(smallest, searcher):
    here = optimise(smallest, time_limit=60)
    for _turn in range(2):
        there = searcher.optimise(smallest, time_limit=60)
        assert there.status == "optimal"
        assert there.plan == here.plan
        assert there.goals == here.goals
        assert there.notes == ()
    assert searcher.optimise(smallest.at("own"), time_limit=60).sharing == "own"


@posix
@pytest.mark.parametrize(
    ("number", "told"), [("SIGSEGV", "Segmentation fault"), ("SIGABRT", "Abort")]
)
def test_a_crash_is_survived_and_the_search_goes_on(flagship, searcher, number, told):
    killer = Killer(searcher, getattr(signal, number), times=1, news=2)
    result = searcher.optimise(flagship, time_limit=8, watch=killer)
    require_sound(result, flagship)
    assert killer.updates, "the second search told nothing"
    assert result.ended == "time_limit"
    assert result.seconds > 6
    assert len(result.notes) == 1
    assert told in result.notes[0]
    assert "started once more with another setting" in result.notes[0]


@posix
def test_after_a_second_crash_the_best_plan_until_then_stands(flagship, searcher):
    killer = Killer(searcher, signal.SIGKILL, times=9, news=4)
    result = searcher.optimise(flagship, time_limit=60, watch=killer)
    require_sound(result, flagship)
    assert result.ended == "failed"
    assert result.status == "feasible"
    assert [note.split(" (")[0] for note in result.notes] == [
        "The search crashed",
        "The search crashed again",
    ]
    assert result.seconds < 50
    assert result.goals["served"].value >= evaluate(flagship.scenario.today, flagship)["served"]


def test_a_search_that_crashes_before_any_plan_says_so(smallest):
    with Searcher("import sys; sys.exit(7)") as searcher:
        result = searcher.optimise(smallest, time_limit=5)
    assert (result.status, result.ended, result.plan) == ("no_plan_in_time", "failed", None)
    assert "exit code 7" in result.notes[0]


LOSING = """
import deling.apart.child as child
from deling.errors import ClusterError
honest = child.optimise
def optimise(case, cluster=None, **options):
    if cluster == "lost" or cluster is not None and case.sharing == "own":
        raise ClusterError("nobody there")
    return honest(case, **options)
child.optimise = optimise
"""


def test_a_cluster_that_was_never_there_is_an_error(smallest):
    with Searcher(faulty(LOSING)) as searcher, pytest.raises(ClusterError, match="nobody there"):
        searcher.optimise(smallest, time_limit=60, cluster="lost")


def test_a_cluster_that_is_gone_for_the_next_search_is_done_without(smallest):
    with Searcher(faulty(LOSING)) as searcher:
        first = searcher.optimise(smallest, time_limit=60, cluster="there")
        second = searcher.optimise(smallest.at("own"), time_limit=60, cluster="there")
    assert first.notes == ()
    assert second.status == "optimal"
    assert second.notes == ("The cluster was lost; this search ran on this computer.",)


def test_an_error_in_the_search_is_survived_and_named(smallest, capfd):
    child = faulty("""
    import deling.apart.child as child
    honest = child.optimise
    def optimise(case, **options):
        if not options["careful"]:
            raise MemoryError("no more of it")
        return honest(case, **options)
    child.optimise = optimise
    """)
    with Searcher(child) as searcher:
        result = searcher.optimise(smallest, time_limit=60)
    require_sound(result, smallest)
    assert result.status == "optimal"
    assert "MemoryError: no more of it" in result.notes[0]
    assert "Traceback" in capfd.readouterr().err, "whoever mends it needs to know where"


def test_what_the_solver_prints_does_not_disturb(smallest, capfd):
    child = faulty("""
    import os
    import deling.apart.child as child
    honest = child.optimise
    def optimise(case, **options):
        print("a line", flush=True)
        os.write(1, b"another")
        return honest(case, **options)
    child.optimise = optimise
    """)
    with Searcher(child) as searcher:
        assert searcher.optimise(smallest, time_limit=60).notes == ()
    assert capfd.readouterr().out == ""


def test_a_person_who_stops_gets_the_best_plan(flagship, searcher):
    updates = []

    def stop_soon(update: Update) -> None:
        updates.append(update)
        if len(updates) == 3:
            assert searcher.stop()

    began = time.monotonic()
    result = searcher.optimise(flagship, time_limit=300, watch=stop_soon)
    assert time.monotonic() - began < 60
    require_sound(result, flagship)
    assert result.interrupted
    assert result.notes == ()
    assert not searcher.stop(), "nothing is searched now"
    again = searcher.optimise(flagship, time_limit=300)
    assert again.interrupted, "whoever stops a ladder stops all of it"


def test_a_search_that_does_not_stop_is_ended_the_second_time(flagship, monkeypatch, capfd):
    monkeypatch.setattr("deling.apart.PATIENCE", 1.0)
    child = faulty("""
    import deling.apart.child as child
    import deling.optimise
    deling.optimise.LARGE = -1
    honest = child.optimise
    def optimise(case, *, stop, **options):
        return honest(case, **options)
    child.optimise = optimise
    """)
    with Searcher(child) as searcher:

        def stop(_update: Update) -> None:
            searcher.stop()

        result = searcher.optimise(flagship, time_limit=300, watch=stop, workers=2)
    assert result.seconds < 60
    require_sound(result, flagship)
    assert result.interrupted
    assert result.notes == ()
    assert capfd.readouterr().err == ""


def test_a_plan_that_a_search_had_not_judged_when_it_died_is_not_taken(smallest):
    child = faulty("""
    import os
    from dataclasses import replace
    import deling.apart.child as child
    from deling.domain import Plan
    honest = child.optimise
    def optimise(case, *, news, **options):
        updates = []
        found = honest(case, news=lambda update, _result: updates.append(update), **options)
        for plan in (case.scenario.today, Plan(events=found.plan.events * 2)):
            news(updates[0], replace(found, plan=plan))
        os._exit(9)
    child.optimise = optimise
    """)
    with Searcher(child) as searcher:
        result = searcher.optimise(smallest, time_limit=60)
    assert result.ended == "failed"
    assert result.plan == smallest.scenario.today


PARENT = """
import sys, time
from pathlib import Path
from deling.apart import Searcher
from deling.case import Case
from deling.scenario.load import load
with Searcher() as searcher:
    print(searcher.process_id, flush=True)
    searcher.optimise(
        Case(load(Path(sys.argv[1])).scenario),
        time_limit=300,
        watch=lambda update: print("news", flush=True),
    )
"""


@posix
@pytest.mark.parametrize("news", [0, 2], ids=["at its start", "at work"])
def test_a_search_ends_when_the_one_who_asked_is_killed(news):
    arguments = [sys.executable, "-c", PARENT, str(SCENARIOS / "hedehusene.yaml")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        for _number in range(news):
            assert parent.stdout.readline() == "news\n"
        parent.kill()
    deadline = time.monotonic() + 30
    while is_running(child):
        assert time.monotonic() < deadline, "the search goes on for nobody"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Return whether a process is there and not only waiting to be buried."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    try:
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False


def outcome(value: int, bound: int) -> GoalOutcome:
    return GoalOutcome(value, bound, abs(value - bound) / max(1, abs(value)), value == bound)


def test_bounds_of_the_search_before_count_for_plans_as_good(smallest):
    plan = smallest.scenario.today

    def result(served: tuple[int, int], fairness: tuple[int, int], cost: tuple[int, int]) -> Result:
        goals = {"served": outcome(*served), "fairness": outcome(*fairness), "cost": outcome(*cost)}
        return Result("feasible", "area", plan, goals, seconds=2.0, seconds_to_first_plan=1.0)

    first = result((9, 10), (500, 400), (700, 600))
    as_good = merged(first, result((10, 13), (500, 0), (650, 10)), 3.0, smallest)
    assert {goal: one.bound for goal, one in as_good.goals.items()} == {
        "served": 10,
        "fairness": 400,
        "cost": 600,
    }
    assert as_good.goals["served"].proven
    assert (as_good.seconds, as_good.seconds_to_first_plan) == (5.0, 1.0)
    # Less fair: what the first search knew of cost was of fairer plans.
    unfair = merged(first, result((10, 13), (501, 0), (650, 10)), 3.0, smallest)
    assert {goal: one.bound for goal, one in unfair.goals.items()} == {
        "served": 10,
        "fairness": 400,
        "cost": 10,
    }
    # A bound that the second plan beats is not taken over.
    beaten = merged(first, result((11, 13), (500, 0), (650, 10)), 3.0, smallest)
    assert beaten.goals["served"].bound == 13
    done = merged(first, result((10, 10), (400, 400), (600, 600)), 3.0, smallest)
    assert done.status == "optimal"
