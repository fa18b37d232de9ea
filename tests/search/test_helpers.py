"""Workers who look for places beside the search."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import BrokenExecutor, Future

import pytest

import deling.optimise
import deling.search.chains
from deling.case import Case
from deling.check import check
from deling.optimise import optimise
from deling.search.chains import PACES, Chains, serve_by_chains
from deling.search.clock import Clock
from deling.search.ejections import Ejections
from deling.search.faults import Faults
from deling.search.helpers import Helpers
from deling.search.workers import Crew, Processes
from timetables import search, timetable


class AtHand(Crew):
    """Three workers who do what they are asked at once, or die of it."""

    def __init__(self, deaths: int = 0, last: bool = False, broken: int = 0) -> None:
        self.deaths = deaths
        self.broken = broken
        """How often nothing can be given to them, since one died."""
        self.asked = []
        self._last = last

    @property
    def count(self) -> int:
        return 3

    def submit(self, work, what):
        if self.broken:
            self.broken -= 1
            raise BrokenExecutor
        self.asked.append(what)
        future = Future()
        if len(self.asked) <= self.deaths:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(work(what, lambda: False))
        return future

    def replace(self) -> bool:
        self.generation += 1
        return not self._last


def helpers_of(state, crew) -> Helpers:
    return Helpers(state, state.best()[0], crew, 1)


def test_a_helper_begins_with_what_the_search_comes_to_last(monkeypatch):
    paces = []

    def run(self, *_told, long=False, honest=Chains.run) -> None:
        if long:
            paces.append(self.pace)
            self._state.end()
        else:
            honest(self, *_told)

    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    monkeypatch.setattr(deling.search.chains, "PATIENCE", 0)
    monkeypatch.setattr(Chains, "run", run)
    case, _wanted = timetable(6, 6, 6, 3, 1.0)
    state = search(case)
    helpers_of(state, AtHand()).look(1.0)
    assert set(paces) == {PACES[-1]}
    paces.clear()
    serve_by_chains(search(case), 1)
    assert paces == [PACES[1]]


def test_what_a_helper_finds_is_taken():
    case, wanted = timetable(6, 6, 6, 3, 1.0)
    state, crew = search(case), AtHand()
    helpers = helpers_of(state, crew)
    assert not helpers.look(1.0)
    assert len({task.seed for task in crew.asked}) == 2, "all but one, each from its own seed"
    assert helpers.look(1.0)
    assert state.values["served"] == wanted
    assert check(state.best()[0], case) == []


def test_a_helper_that_dies_is_replaced_and_another_one_asked():
    case, wanted = timetable(6, 6, 6, 3, 1.0)
    state, crew = search(case), AtHand(deaths=2)
    helpers = helpers_of(state, crew)
    assert not helpers.look(1.0)
    assert not helpers.look(1.0)
    assert crew.generation == 1, "two were lost, but once"
    assert helpers.look(1.0)
    assert state.values["served"] == wanted


def test_helpers_that_die_while_one_is_asked_are_replaced():
    case, wanted = timetable(6, 6, 6, 3, 1.0)
    state, crew = search(case), AtHand(broken=2)
    helpers = helpers_of(state, crew)
    assert not helpers.look(1.0)
    assert crew.generation == 2
    assert helpers.look(1.0)
    assert state.values["served"] == wanted


def test_where_nobody_can_be_asked_any_more_the_search_goes_on_alone():
    case, _wanted = timetable(6, 6, 6, 3, 1.0)
    state, crew = search(case), AtHand(broken=99, last=True)
    helpers = helpers_of(state, crew)
    assert not helpers.look(1.0)
    assert not helpers.look(1.0)
    assert crew.broken == 98


@pytest.mark.parametrize("stopped", [False, True])
def test_where_nobody_can_be_replaced_the_search_goes_on_alone(stopped):
    case, _wanted = timetable(6, 6, 6, 3, 1.0)
    state, crew = search(case), AtHand(deaths=99, last=not stopped)
    helpers = helpers_of(state, crew)
    helpers.look(1.0)
    if stopped:
        state.end()
    assert not helpers.look(1.0)
    assert not helpers.look(1.0)
    assert len(crew.asked) == 2


def test_nobody_is_asked_where_work_is_counted_or_there_is_no_time_or_no_crew():
    case, _wanted = timetable(6, 6, 6, 3, 1.0)
    state, crew = search(case), AtHand()
    assert not helpers_of(state, None).look(1.0)
    assert not helpers_of(state, crew).look(0.0)
    state.clock = Clock(1.0, deterministic=True)
    assert not helpers_of(state, crew).look(1.0)
    assert crew.asked == []


def test_a_search_ends_when_a_helper_has_found_everything(monkeypatch):
    case, wanted = timetable(6, 6, 6, 3, 1.0)
    state = search(case, limit=60)
    helpers = helpers_of(state, AtHand())
    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    found = {"by": 0}

    def helped(share: float) -> bool:
        monkeypatch.setattr(Ejections, "_insert", honest)
        better = helpers.look(share)
        found["by"] += better
        monkeypatch.setattr(Ejections, "_insert", idle)
        return better

    def idle(self, session):
        return [session]

    honest = Ejections._insert
    monkeypatch.setattr(deling.search.chains, "LONG", 60)
    monkeypatch.setattr(Ejections, "_insert", idle)
    assert serve_by_chains(state, 1, helped)
    assert state.values["served"] == wanted
    assert found["by"] == 1
    assert state.clock.seconds < 30


def test_helpers_at_work_are_called_off():
    case, _wanted = timetable(6, 6, 6, 3, 1.0)
    crew = Processes(2, Faults())
    with crew:
        helpers = helpers_of(search(case, limit=600), crew)
        helpers.look(1.0)
        (first,) = multiprocessing.active_children()
        helpers.end()
        assert not first.is_alive()
        future = crew.submit(len, "abc")
        assert future.result(60) == 3, "there are others"
        crew.call_off([future])
        (second,) = multiprocessing.active_children()
        assert second.is_alive(), "it has nothing to end"
    assert multiprocessing.active_children() == []


def test_processes_help_where_one_does_not_find_all(monkeypatch):
    monkeypatch.setattr(deling.optimise, "LARGE", 20)
    monkeypatch.setattr(Ejections, "_insert", lambda self, session: [session])
    monkeypatch.setattr(deling.search.chains, "LONG", 60)
    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    case, wanted = timetable(6, 6, 6, 3, 1.0)
    case = Case(case.scenario.model_copy(update={"goals": ("served",)}))
    result = optimise(case, time_limit=60, workers=2)
    assert result.goals["served"].value == wanted
    assert result.notes == ()
