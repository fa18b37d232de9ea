"""The processes of a search by parts: they find plans, are stopped, and may die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool

import pytest

import deling.optimise
import deling.search.split
from by_parts import News, planted, sound
from deling.check import check
from deling.evaluate import evaluate
from deling.optimise import optimise
from deling.search.faults import Faults
from deling.search.task import improve_part
from deling.search.workers import Processes


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
    stop, ended, killed = threading.Event(), threading.Event(), []

    def end_all() -> None:
        while not (killed or ended.is_set()):
            children = multiprocessing.active_children()
            if len(children) == 2:  # Python does not bear one that dies while another starts.
                stop.set()
                for child in children:
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
            time.sleep(0.01)

    killer = threading.Thread(target=end_all)
    killer.start()
    result = optimise(case, time_limit=60, workers=2, stop=stop)
    ended.set()
    killer.join()
    assert len(killed) == 2
    assert result.ended == "interrupted"
    sound(case, result)
    assert multiprocessing.active_children() == []


class Pool:
    """A pool whose pipes are closed, since a process has died while another one starts."""

    def __init__(self, *told: Exception) -> None:
        self._told = list(told)

    def submit(self, work, what) -> None:
        raise self._told.pop(0)


@pytest.mark.parametrize("first", [OSError("handle is closed"), ValueError("bad value(s)")])
@pytest.mark.parametrize(
    ("then", "told"), [(BrokenProcessPool(), BrokenProcessPool), (OSError("no processes"), OSError)]
)
def test_a_worker_that_dies_while_another_one_starts_is_a_loss(first, then, told):
    crew = Processes(2, Faults())
    crew._pool = Pool(first, then)
    with pytest.raises(told) as error:
        crew.submit(improve_part, None)
    assert error.value is then


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
