"""Districts of a large area, which HiGHS plans and bounds in processes of its own."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING

import pytest

import deling.optimise
import deling.search.relay
import deling.search.split
from by_parts import planted, sound, worse
from changing import valid_plan
from deling.case import Case
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.optimise import optimise
from deling.search.by_district import DISTRICT_GAP
from deling.search.workers import Processes
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.agree import LIMITS
from exhaustive.draw import case_of

if TYPE_CHECKING:
    from concurrent.futures import Future


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
