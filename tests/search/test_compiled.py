"""Compiled steps: the same week, the same prices, and what they find is valid."""

from __future__ import annotations

import gc
import random
import threading
import time

import numpy as np
import pytest

import deling.search.chains
import deling.search.compiled
from deling.candidates import Candidates
from deling.check import check
from deling.search.cells import Cells
from deling.search.chains import PACES, Chains, serve_by_chains
from deling.search.compiled import COMPILER, Compiled, CompiledEjections, Compiler
from deling.search.ejections import Ejections, Pace, Wishes
from deling.search.grid import MOST, NEVER
from deling.search.layout import LACKING, Table, blank
from deling.search.places import Places
from deling.search.ways import Ways
from exhaustive.draw import case_of
from small import small
from timetables import search, timetable

compiled_steps = pytest.importorskip("deling.search.compiled_steps")


def of(case, seed=1, pace=PACES[0], steps=200) -> Ejections:
    """Return ejections of all that a case wishes for, some steps on, beside what it has today."""
    needs = [need for need in case.scenario.needs.values() if need.sessions]
    ways = Ways(Candidates(case), needs)
    wished = [need for need in needs if ways.of[need.id] for _session in range(need.sessions)]
    places = Places(ways, case.scenario.today.internal[:2])
    rng = random.Random(seed)
    waiting = []
    for session, need in enumerate(wished):
        place = places.free_place(ways.of[need.id], rng)
        if place is None or rng.random() < 0.3:
            waiting.append(session)
        else:
            places.put(session, place)
    wishes = Wishes([need.id for need in wished], [need.weight for need in wished])
    ejections = Ejections(wishes, Cells(ways, places), places.of, waiting, pace, rng)
    ejections.go_on(steps, 0)
    return ejections


def compiled(ejections: Ejections) -> CompiledEjections:
    module = COMPILER.ready(60)
    assert module is not None
    return CompiledEjections(ejections, Table(ejections.wishes, ejections.cells), module.go_on)


CASES = [*(timetable(4, 4, 4, seed, 1.0)[0] for seed in range(3)), *map(case_of, range(60))]


@pytest.mark.parametrize("case", CASES)
def test_it_goes_on_from_the_same_week(case):
    ejections = of(case)
    taken_over = compiled(ejections)
    assert taken_over.places() == ejections.places()
    assert taken_over.waiting == len(ejections.waiting)
    assert taken_over.lacking == ejections.lacking


@pytest.mark.parametrize("case", CASES)
def test_a_place_costs_what_it_costs_in_the_grid(case):
    ejections = of(case, steps=40)
    grid = ejections.grid
    grid._noise[:] = 0
    taken_over = compiled(ejections)
    layout, week = taken_over._table.layout, taken_over._week
    week.noise[0] = 0
    for session in ejections.waiting:
        move = grid.cheapest(ejections.wishes.needs[session])
        way, start = compiled_steps._cheapest.py_func(layout, week, session, draws())
        assert (way >= 0) == (move is not None)
        if move is not None:
            week.way[session], week.start[session] = way, start
            week.picks[session] = week.best_pick
            before = set(np.flatnonzero(week.way >= 0)) - {session}
            compiled_steps._oust.py_func(layout, week, session)
            ousted = before - set(np.flatnonzero(week.way >= 0))
            assert sum(week.now[list(ousted)]) == sum(grid._now[move.ousted])
            return


def draws() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.mark.parametrize("pace", [*PACES, Pace(1, 1e3, 3, 1, 1)])
@pytest.mark.parametrize("case", CASES)
def test_the_week_stays_whole(case, pace):
    ejections = of(case, pace=pace)
    taken_over = compiled(ejections)
    taken_over.go_on(500, 0)
    week, wishes = taken_over._week, ejections.wishes
    places = taken_over.places()
    owner = np.full(ejections.cells.count, -1)
    for session, place in places.items():
        cells = ejections.cells.held(place)
        assert (owner[cells] == -1).all()
        owner[cells] = session
    assert (owner == week.owner).all()
    waiting = week.waiting[: taken_over.waiting].tolist()
    assert sorted([*waiting, *places]) == list(range(len(wishes.needs)))
    assert taken_over.lacking == sum(wishes.weights[session] for session in waiting)
    assert (week.cost < 10 * MOST).all()
    assert ((week.now == week.cost) | (week.now == NEVER)).all()


def test_steps_end_when_less_is_lacking_and_with_their_number():
    ejections = of(timetable(6, 6, 6, 3, 1.0)[0], steps=0)
    taken_over = compiled(ejections)
    least = taken_over.lacking
    taken = taken_over.go_on(10_000, least)
    assert taken < 10_000
    assert taken_over.lacking < least
    assert taken_over.go_on(1, 0) == 1
    taken_over._week.numbers[LACKING] = 5
    assert taken_over.go_on(7, 6) == 0


def test_looks_at_the_clock_are_as_far_apart_as_steps_are_quick(monkeypatch):
    taken_over = compiled(of(timetable(6, 6, 6, 3, 1.0)[0], steps=0))
    monkeypatch.setattr(taken_over, "_steps", lambda *told: told[-3])
    taken_over.go_on(taken_over.at_once, 0)
    taken_over.go_on(7, 0)
    assert taken_over.at_once == 200
    monkeypatch.setattr(deling.search.compiled, "LOOK_EACH", -1.0)
    for _slow in range(20):
        taken_over.go_on(taken_over.at_once, 0)
    assert taken_over.at_once == 1


def test_nobody_takes_a_step_where_nobody_waits():
    layout, week = blank()
    draws = np.random.default_rng(0)
    assert compiled_steps.go_on.py_func(layout, week, 1.0, 1.0, 1, 9, 0, draws) == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_long_search_goes_on_compiled_and_finds_all(seed, monkeypatch):
    COMPILER.ready(60)
    monkeypatch.setattr(deling.search.chains, "LONG", -1.0)
    monkeypatch.setattr(deling.search.chains, "PATIENCE", 0)
    monkeypatch.setattr(deling.search.chains, "LONG_SHARES", ((0.0, 1.0),))
    case, wanted = timetable(6, 6, 6, seed, 1.0)
    state = search(case)
    chains = Chains(state, state.best()[0], seed)
    monkeypatch.setattr(Ejections, "at_once", 1)
    chains.run(1, long=True)
    assert isinstance(chains._ejections, CompiledEjections)
    assert serve_by_chains(state, seed)
    plan, values = state.best()
    assert check(plan, case) == []
    assert values["served"] == wanted


def test_a_first_look_takes_no_memory_for_a_compiler(monkeypatch):
    monkeypatch.setattr(deling.search.chains, "LONG", -1.0)
    monkeypatch.setattr(Ejections, "at_once", 1)
    state = search(timetable(6, 6, 6, 3, 1.0)[0])
    chains = Chains(state, state.best()[0], 1)
    chains.run(3)
    assert isinstance(chains._ejections, Ejections)


def test_work_is_counted_the_same_with_and_without_a_compiler(monkeypatch):
    monkeypatch.setattr(deling.search.chains, "LONG", -1.0)
    monkeypatch.setattr(Ejections, "at_once", 1)
    state = search(timetable(6, 6, 6, 3, 1.0)[0])
    state.clock.deterministic = True
    chains = Chains(state, state.best()[0], 1)
    chains.run(3, long=True)
    assert isinstance(chains._ejections, Ejections)


@pytest.mark.parametrize(
    "error",
    [ModuleNotFoundError("no numba"), OSError("disk full"), RuntimeError("no locator available")],
)
def test_without_a_compiler_the_search_goes_on_as_before(error, monkeypatch):
    def missing(_name: str) -> None:
        raise error

    monkeypatch.setattr(deling.search.compiled, "import_module", missing)
    monkeypatch.setattr(deling.search.compiled, "COMPILER", Compiler("any", 1.0))
    assert deling.search.compiled.COMPILER.ready(60) is None
    ejections = of(small())
    assert Compiled().instead_of(ejections, 9) is ejections


@pytest.mark.parametrize("left", [0.5, 99.0])
def test_a_process_waits_for_the_compiler_once_and_for_a_moment(monkeypatch, left):
    come = threading.Event()

    def slow(_name: str) -> None:
        come.wait(60)
        raise ModuleNotFoundError("no numba")

    monkeypatch.setattr(deling.search.compiled, "import_module", slow)
    compiler = Compiler("any", 1.0)
    monkeypatch.setattr(deling.search.compiled, "COMPILER", compiler)
    ejections, began = of(small()), time.monotonic()
    assert Compiled().instead_of(ejections, left) is ejections
    waited = time.monotonic() - began
    assert min(left, 1.0) <= waited < 30, "and not until it has come"
    began = time.monotonic()
    assert Compiled().instead_of(ejections, left) is ejections
    assert time.monotonic() - began < min(left, 1.0)
    come.set()
    assert compiler.ready(60) is None


def test_the_arrays_are_made_once():
    COMPILER.ready(60)
    both, ejections = Compiled(), of(small())
    first, second = both.instead_of(ejections, 9), both.instead_of(ejections, 9)
    assert first._table is second._table
    assert both.instead_of(first, 9) is first


def test_the_collector_rests_only_while_kept_code_is_read(monkeypatch):
    compiled_steps.compile_all()
    assert compiled_steps._is_kept()
    working = []
    monkeypatch.setattr(compiled_steps, "go_on", lambda *_told: working.append(gc.isenabled()))
    for kept in (True, False):
        monkeypatch.setattr(compiled_steps, "_is_kept", lambda kept=kept: kept)
        compiled_steps.compile_all()
    assert working == [False, True]
