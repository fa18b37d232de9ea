"""The search of large areas, part by part, forced on small ones and tried on planted ones."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import deling.optimise
import deling.search.borders
import deling.search.relay
import deling.search.split
from changing import valid_plan
from deling.candidates import Candidates
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.optimise import optimise
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.clock import Clock
from deling.search.eject.chain import Chains
from deling.search.relay import DISTRICT_GAP, Relay
from deling.search.start import without_breaches
from deling.search.state import State
from deling.search.task import Stopping
from deling.search.workers import Processes
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.agree import LIMITS
from exhaustive.draw import case_of
from planting import plant, write

if TYPE_CHECKING:
    from concurrent.futures import Future

SCENARIOS = Path(__file__).parents[2] / "scenarios"
WORK = 0.15
"""Units of the solver's work for a small area: a second or less."""


@pytest.fixture
def all_large(monkeypatch):
    """Search any area by parts, each of a few needs."""
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0.5)


@pytest.fixture(scope="module")
def smallest() -> Case:
    return Case(load(SCENARIOS / "smallest.yaml").scenario)


def planted(folder: Path, *arguments) -> tuple[Case, int]:
    """Return a planted area, and what can be served in it."""
    grown = plant(*arguments)
    return Case(load(write(grown, folder)).scenario), grown.facts["served"]


def sound(case: Case, result) -> None:
    """Assert that a result's plan is valid, worth what is told, and not better than its bounds."""
    assert result.notes == ()
    assert result.plan is not None
    assert check(result.plan, case) == []
    values = evaluate(result.plan, case)
    assert list(result.goals) == list(case.scenario.goals)
    for goal, outcome in result.goals.items():
        assert outcome.value == values[goal], goal
        assert not GOALS[goal].better(outcome.value, outcome.bound), goal


def worse(case: Case, values, than) -> bool:
    """Return whether some values are worse than others by the case's goals in order."""
    for goal in case.scenario.goals:
        if values[goal] != than[goal]:
            return GOALS[goal].better(than[goal], values[goal])
    return False


class News:
    """Looks at all that is told of a search on the way."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._before = None
        self.results = 0

    def __call__(self, _update, result) -> None:
        if result is None:
            return
        self.results += 1
        assert check(result.plan, self._case) == []
        values = evaluate(result.plan, self._case)
        assert {goal: each.value for goal, each in result.goals.items()} == {
            goal: values[goal] for goal in result.goals
        }
        assert self._before is None or not worse(self._case, values, self._before)
        self._before = values


def relayed(seed: int, work: float = WORK) -> bool:
    """Search a random area by parts, from a plan; return whether the optimum was found."""
    case = case_of(seed)
    start = valid_plan(case, random.Random(seed), tries=3)
    news = News(case)
    result = optimise(case, start=start, deterministic_limit=work, seed=seed, news=news)
    if result.plan is None:
        assert start is None
        return False
    sound(case, result)
    values = evaluate(result.plan, case)
    if start is not None:
        assert not worse(case, values, evaluate(start, case))
    try:
        best = best_plan(case, **LIMITS)
    except TooManyPlansError:
        return False
    assert best is not None
    assert not worse(case, best.values, values), "the enumeration finds all plans"
    for goal in case.scenario.goals:
        assert not GOALS[goal].better(best.values[goal], result.goals[goal].bound), goal
        if best.values[goal] != values[goal]:
            # What comes after it is proven of plans that keep less than the best one does.
            break
    assert result.status != "optimal" or values == best.values
    return values == best.values


# The search of the first, which has nothing left to do for its last goal, had no end.
@pytest.mark.parametrize("seed", [1, *range(2000, 2005)])
def test_random_areas_by_parts(all_large, seed):
    relayed(seed)


@pytest.mark.slow
def test_very_many_random_areas_by_parts(all_large, capsys):
    found = 0
    for seed in range(2100, 2350):
        try:
            found += relayed(seed, 0.5)
        except AssertionError as error:
            error.add_note(f"in the case of seed {seed}")
            raise
    with capsys.disabled():
        print(f"\n{found} optima of 250")
    assert found > 225


def test_the_best_plan_of_the_smallest_scenario_is_found_by_parts(smallest, monkeypatch):
    best = optimise(smallest, time_limit=60)
    assert best.status == "optimal"
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 5)
    result = optimise(smallest, deterministic_limit=1)
    sound(smallest, result)
    for goal, outcome in result.goals.items():
        assert not GOALS[goal].better(best.goals[goal].value, outcome.bound)
        assert outcome.value == best.goals[goal].value, goal


def test_a_search_by_parts_is_not_worse_than_its_start(all_large, smallest):
    best = optimise(smallest, deterministic_limit=0.3)
    again = optimise(smallest, start=best.plan, deterministic_limit=0.03, seed=5)
    sound(smallest, again)
    found = {goal: each.value for goal, each in again.goals.items()}
    assert not worse(smallest, found, {goal: each.value for goal, each in best.goals.items()})


class Wrong:
    """A search that puts one event twice into its plan."""

    def __init__(self, state, _crew, _seed) -> None:
        self._state = state

    def run(self) -> None:
        plan, _values = self._state.best()
        twice = plan.internal[0].model_copy(update={"id": "twice"})
        wrong = Plan(events=(*plan.events, twice))
        self._state.put(wrong, evaluate(wrong, self._state.case))


def test_a_plan_that_parts_have_got_wrong_is_put_right(all_large, smallest, monkeypatch):
    monkeypatch.setattr(deling.optimise, "Relay", Wrong)
    result = optimise(smallest, deterministic_limit=1)
    assert result.plan is not None
    assert check(result.plan, smallest) == []
    values = evaluate(result.plan, smallest)
    assert {goal: each.value for goal, each in result.goals.items()} == {
        goal: values[goal] for goal in result.goals
    }
    assert len(result.notes) == 1


# Districts


@pytest.fixture(params=[1, 40], ids=["one", "some"])
def districts(request, monkeypatch) -> int:
    """Let HiGHS plan an area from the first, all of it at once or by districts."""
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    monkeypatch.setattr(deling.search.split, "DISTRICT_SESSIONS", 1_200 / request.param)
    monkeypatch.setattr(deling.search.relay, "HOPELESS", -1.0)
    return request.param


class Asked(Processes):
    """Processes, and what they have been asked about districts."""

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self.found: dict[str, list[Future]] = {"improve_district": [], "bound_district": []}
        crews.append(self)

    def submit(self, work, what):
        future = super().submit(work, what)
        if work.__name__ in self.found:
            self.found[work.__name__].append(future)
        return future


crews: list[Asked] = []


@pytest.fixture
def asked(monkeypatch) -> list[Asked]:
    """The crew of each search."""
    crews.clear()
    monkeypatch.setattr(deling.optimise, "Processes", Asked)
    return crews


def test_districts_are_planned_and_bounded_by_highs(districts, asked, tmp_path):
    case, served = planted(tmp_path, 4, 83, "tight", 0.4)
    case = Case(case.scenario.model_copy(update={"goals": ("served",)}))
    stop = threading.Event()

    def look(update, _result) -> None:
        improved, bounded = asked[0].found.values()
        if districts > 1:
            # Bounds are asked when all districts have been planned.
            enough = len(bounded) > 1 and all(future.done() for future in (*improved, *bounded))
        else:
            # What is done has still to be taken.
            enough = any(
                future.done() and update.bound <= future.result().bound for future in improved
            )
        if enough:
            stop.set()

    result = optimise(case, time_limit=120, workers=2, news=look, stop=stop)
    sound(case, result)
    better, bounds = (
        [future.result() for future in asked[0].found[work] if not future.cancelled()]
        for work in ("improve_district", "bound_district")
    )
    assert better
    assert all(each.faults == () for each in [*better, *bounds])
    assert any(each.events for each in better), "HiGHS found a plan"
    if districts == 1:
        assert better[0].bound >= served
        assert result.goals["served"].bound <= better[0].bound
        # As good as was asked for, or the parts were better meanwhile.
        assert result.goals["served"].value >= (1 - DISTRICT_GAP) * better[0].bound - 1
    else:
        assert len(better) > 1
        assert len(bounds) > 1
        assert all(each.value is not None for each in bounds)


def test_costs_of_one_district_are_improved_and_bounded_by_highs(asked, monkeypatch, tmp_path):
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    case, served = planted(tmp_path, 6, 83, "tight")
    stop = threading.Event()

    def look(update, _result) -> None:
        found = asked[0].found["improve_district"]
        done = found and found[0].done()
        if done and update.goal == "cost" and update.bound >= found[0].result().bound:
            stop.set()  # It is not only done, but taken.

    result = optimise(case, time_limit=120, workers=2, news=look, stop=stop)
    sound(case, result)
    assert result.goals["served"].value == served
    (future, *_more) = asked[0].found["improve_district"]
    better = future.result()
    assert better.faults == ()
    assert better.events
    assert better.bound is not None
    assert result.goals["cost"].bound >= better.bound
    assert result.goals["cost"].gap < 0.05


def test_a_district_of_which_nothing_can_be_said_is_asked_once(asked, monkeypatch, tmp_path):
    """Without this rule there may be any staff, so there is no list for HiGHS."""
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    case, _served = planted(tmp_path, 4, 83, "tight")
    rules = case.scenario.rules.model_copy(update={"off": frozenset({"needs_met"})})
    case = Case(case.scenario.model_copy(update={"rules": rules, "goals": ("cost",)}))
    result = optimise(case, time_limit=12, workers=2)
    sound(case, result)
    (future,) = asked[0].found["improve_district"]
    assert future.result().events is None


# What is left over


def relay_of(case: Case, plan: Plan, limit: float = 100.0) -> Relay:
    """Return a search by parts that has not begun, from a plan."""
    state = State(Candidates(case), Clock(limit), 0.0, None)
    assert state.offer(plan)
    return Relay(state, SimpleNamespace(count=2), 1)


def test_more_time_is_for_what_is_left_to_serve_as_long_as_it_gets_better(tmp_path):
    grown = plant(4, 86, "tight")
    case = Case(load(write(grown, tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    new = next(event for event in whole.internal if event.key not in case.today_by_key)
    nearly = Plan(events=tuple(event for event in whole.events if event != new))
    little = without_breaches(case.scenario.today, case)
    for plan, better_at, time_left in (
        (nearly, 39.0, 35.0),
        (nearly, 20.0, 0.0),
        (little, 39.0, 0.0),
    ):
        relay = relay_of(case, plan)
        relay._state.clock._start -= 40
        relay._state.better_at = better_at
        assert relay._time_for("served") == pytest.approx(time_left, abs=2)
        assert relay._time_for("cost") == pytest.approx(55, abs=2)


def test_parts_reach_further_around_what_is_at_its_best(tmp_path, monkeypatch):
    monkeypatch.setattr(deling.search.borders, "NEEDS", 10)
    case = Case(load(write(plant(12, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, read_plan(tmp_path / "planted.csv", case.scenario))
    jobs, around = relay._jobs, relay._borders._around
    sizes = []
    for times in range(4):
        found = []
        for seed in case.scenario.needs:
            jobs.best_around["served", seed] = times
            needs = around([seed], "served")
            assert needs[0] == seed
            assert len(set(needs)) == len(needs)
            found.append(len(needs))
        sizes.append(max(found))
    assert sizes == sorted(sizes)
    assert sizes[-1] > 2 * sizes[0]


@pytest.mark.parametrize("limit", [{"time_limit": 60, "workers": 2}, {"deterministic_limit": 0.5}])
def test_workers_go_on_while_chains_run_over_the_whole(monkeypatch, tmp_path, limit):
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.optimise, "AT_ONCE", 0)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    monkeypatch.setattr(deling.search.relay, "FILL_SECONDS", 0.01)
    monkeypatch.setattr(deling.search.relay, "HOPELESS", 1.0)
    monkeypatch.setattr(deling.search.relay, "SERVE_ALONE", -1.0)
    renewed: list[frozenset[str]] = []
    honest = Chains.renew

    def renew(self, needs, events) -> None:
        events = list(events)
        assert all(needs.issuperset(event.needs) for event in events)
        renewed.append(needs)
        honest(self, needs, events)

    monkeypatch.setattr(Chains, "renew", renew)
    case, served = planted(tmp_path, 8, 83, "tight")
    case = Case(case.scenario.model_copy(update={"goals": ("served",)}))
    result = optimise(case, **limit)
    sound(case, result)
    assert result.goals["served"].value >= 0.97 * served
    assert renewed or "time_limit" in limit, "processes may be slower than chains"


@pytest.mark.slow
def test_random_areas_by_districts(districts, asked):
    looked = 0
    for seed in range(2400, 2440):
        case = case_of(seed)
        start = valid_plan(case, random.Random(seed), tries=3)
        result = optimise(case, start=start, time_limit=2, workers=2, seed=seed)
        if result.plan is None:
            continue
        sound(case, result)
        looked += sum(len(each) for crew in asked for each in crew.found.values())
        asked.clear()
        try:
            best = best_plan(case, **LIMITS)
        except TooManyPlansError:
            continue
        assert not worse(case, best.values, evaluate(result.plan, case))
        first = case.scenario.goals[0]
        assert not GOALS[first].better(best.values[first], result.goals[first].bound), seed
    assert looked > 20


def test_a_search_that_ends_does_not_wait_for_highs(asked, monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.relay, "HOPELESS", -1.0)
    case, _served = planted(tmp_path, 60, 84, "tight", 0.3)
    stop = threading.Event()

    def soon() -> None:
        while not (asked and any(each.running() for each in asked[0].found["improve_district"])):
            time.sleep(0.05)
        time.sleep(4)
        stop.set()

    waiter = threading.Thread(target=soon)
    waiter.start()
    began = time.monotonic()
    result = optimise(case, time_limit=600, workers=2, stop=stop)
    waiter.join()
    assert result.ended == "interrupted"
    future = asked[0].found["improve_district"][0]
    # A worker that is still making the model after some seconds does not answer at all.
    if not isinstance(future.exception(), BrokenExecutor):
        assert future.result().events is None, "HiGHS was at work"
    sound(case, result)
    assert time.monotonic() - began < 40, "some seconds on a quiet machine"
    assert multiprocessing.active_children() == []
    assert capfd.readouterr() == ("", ""), "a process that leaves while HiGHS works says nothing"


# Steady

BYTES = """
import sys
import deling.search.split
import deling.optimise
from deling.case import Case
from deling.scenario.load import load
deling.optimise.LARGE = -1
deling.search.split.SESSIONS_EACH = 15
result = deling.optimise.optimise(
    Case(load(sys.argv[1]).scenario), deterministic_limit=float(sys.argv[2]), seed=4
)
print(result.plan.model_dump_json(), result.goals, result.work)
"""


def by_work(file: Path, limit: float, hash_seed: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", BYTES, file, str(limit)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return hashlib.sha256(answer.stdout.encode()).hexdigest()


def test_a_search_that_counts_work_ends_with_the_same_bytes(tmp_path):
    file = write(plant(3, 81, "tight", 0.3), tmp_path)
    assert by_work(file, 0.05, "1") == by_work(file, 0.05, "2")


@pytest.mark.slow
def test_a_long_search_that_counts_work_ends_with_the_same_bytes(tmp_path):
    file = write(plant(14, 82, "tight", 0.3), tmp_path)
    # A unit is about ten seconds here: what is not the solver's work is not counted.
    assert by_work(file, 5, "1") == by_work(file, 5, "2")


@pytest.mark.slow
def test_a_search_that_counts_work_is_the_same_however_long_its_plans_take(monkeypatch, tmp_path):
    """A solver that has found enough is not stopped sooner or later by the clock."""
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 15)
    case, _served = planted(tmp_path, 8, 82, "tight", 0.3)
    quick = optimise(case, deterministic_limit=0.3)
    honest = State.take

    def slow(self, plan, values) -> bool:
        better = honest(self, plan, values)
        time.sleep(0.12)
        return better

    monkeypatch.setattr(State, "take", slow)
    late = optimise(case, deterministic_limit=0.3)
    assert (late.plan, late.goals, late.work) == (quick.plan, quick.goals, quick.work)


@pytest.mark.parametrize("by_work", [True, False])
def test_the_moment_of_a_look_stops_no_solver_where_work_is_counted(by_work):
    ended = threading.Event()
    clock = Clock(1.0, deterministic=by_work)
    with Stopping(SimpleNamespace(over=True, clock=clock, end=ended.set), lambda: False):
        assert ended.wait(0.3 if by_work else 10) is not by_work
    ended.clear()
    with Stopping(SimpleNamespace(over=False, clock=clock, end=ended.set), lambda: True):
        assert ended.wait(10), "a person's end counts at once"


def test_the_last_digit_of_the_work_of_a_solver_is_not_counted():
    clocks = [Clock(1.0, deterministic=True) for _number in range(2)]
    for clock, work in zip(clocks, (0.044313375000000876, 0.04431337500000088), strict=True):
        clock.charge(SimpleNamespace(deterministic_time=work))
    assert clocks[0].spent == clocks[1].spent == pytest.approx(0.044313375)


# In processes


def test_parts_are_searched_in_processes(monkeypatch, tmp_path):
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    case, _served = planted(tmp_path, 4, 83, "tight", 0.2)
    start = evaluate(case.scenario.today, case)["served"]
    news, better = News(case), threading.Event()

    def look(update, result) -> None:
        news(update, result)
        if result is not None and result.goals["served"].value > start:
            better.set()

    result = optimise(case, time_limit=300, workers=2, news=look, stop=better)
    sound(case, result)
    assert result.goals["served"].value > start
    assert result.ended == "interrupted", "the processes found better plans"
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("limit", [{"time_limit": 600, "workers": 2}, {"deterministic_limit": 500}])
def test_a_search_by_parts_that_is_stopped_ends_soon_with_its_best_plan(
    monkeypatch, tmp_path, limit
):
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    case, _served = planted(tmp_path, 14, 84, "tight", 0.3)
    stop = threading.Event()
    began: list[float] = []

    def stop_soon() -> None:
        began.append(time.monotonic())
        stop.set()

    timer = threading.Timer(3, stop_soon)
    timer.start()
    try:
        result = optimise(case, stop=stop, **limit)
    finally:
        timer.cancel()
    ended = time.monotonic()
    assert result.ended == "interrupted"
    sound(case, result)
    assert ended - began[0] < 20, "a second or two on a quiet machine"
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to processes there")
def test_a_worker_that_dies_when_the_search_ends_is_not_replaced(monkeypatch, tmp_path):
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    case, _served = planted(tmp_path, 4, 85, "tight", 0.2)
    stop, killed = threading.Event(), []

    def end_all() -> None:
        while not killed:
            for child in multiprocessing.active_children():
                stop.set()
                os.kill(child.pid, signal.SIGKILL)
                killed.append(child.pid)
            time.sleep(0.01)

    killer = threading.Thread(target=end_all)
    killer.start()
    result = optimise(case, time_limit=60, workers=2, stop=stop)
    killer.join()
    assert result.ended == "interrupted"
    sound(case, result)
    assert multiprocessing.active_children() == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals to processes there")
def test_a_worker_that_is_killed_costs_time_and_not_the_plan(monkeypatch, tmp_path):
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    case, _served = planted(tmp_path, 4, 85, "tight", 0.2)
    killed: list[int] = []

    def kill_one() -> None:
        children = multiprocessing.active_children()
        if children:
            killed.append(children[0].pid)
            os.kill(children[0].pid, signal.SIGKILL)

    timer = threading.Timer(5, kill_one)
    timer.start()
    try:
        result = optimise(case, time_limit=16, workers=2)
    finally:
        timer.cancel()
    assert len(killed) == 1
    assert result.plan is not None
    assert check(result.plan, case) == []
    values = evaluate(result.plan, case)
    assert {goal: each.value for goal, each in result.goals.items()} == {
        goal: values[goal] for goal in result.goals
    }
    assert values["served"] > evaluate(case.scenario.today, case)["served"]
    assert [note.split(";")[0] for note in result.notes] == ["A process of the search died"]
    assert multiprocessing.active_children() == []


# Planted areas


@pytest.mark.slow
@pytest.mark.parametrize(
    ("institutions", "seed", "supply"), [(24, 91, "tight"), (36, 92, "loose"), (36, 93, "tight")]
)
def test_all_that_is_planted_is_served_by_parts(monkeypatch, tmp_path, institutions, seed, supply):
    monkeypatch.setattr(deling.optimise, "LARGE", 0)
    case, served = planted(tmp_path, institutions, seed, supply)
    # One goal, so that the search ends as soon as it is reached.
    case = Case(case.scenario.model_copy(update={"goals": ("served",)}))
    result = optimise(case, time_limit=180, workers=2)
    sound(case, result)
    assert result.goals["served"].value == result.goals["served"].bound == served
