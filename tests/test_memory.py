"""The collector at rest, and memory that is given back."""

from __future__ import annotations

import gc
import os
import threading
from types import SimpleNamespace

import pytest

import deling.memory
from deling.memory import LARGE, SPARE, collector_at_rest, keep_for_good, little_memory


@pytest.fixture(autouse=True)
def nothing_else_lets_it_rest():
    for thread in threading.enumerate():
        if thread.name == "compiler":  # That an earlier test has started.
            thread.join()


def test_the_collector_rests_until_the_last_is_done():
    assert gc.isenabled()
    entered, leave = threading.Event(), threading.Event()

    def rest():
        with collector_at_rest():
            entered.set()
            leave.wait()

    thread = threading.Thread(target=rest)
    with collector_at_rest():
        thread.start()
        entered.wait()
        assert not gc.isenabled()
    assert not gc.isenabled()
    leave.set()
    thread.join()
    assert gc.isenabled()


def test_a_collector_that_is_switched_off_stays_so():
    gc.disable()
    try:
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_is_kept_for_good_is_not_looked_at():
    before = gc.get_freeze_count()
    try:
        keep_for_good()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_memory_is_given_back_where_the_c_library_keeps_it(monkeypatch):
    asked: list[int] = []
    keeping = SimpleNamespace(
        malloc_trim=asked.append, mallopt=lambda _of, most: asked.append(most)
    )
    for library, calls in ((keeping, [LARGE, SPARE, 0, 0]), (SimpleNamespace(), [])):
        asked.clear()
        monkeypatch.setattr(deling.memory.ctypes, "CDLL", lambda _name, known=library: known)
        with little_memory():
            assert asked == (calls[:3] if os.name == "posix" else [])
        assert asked == (calls if os.name == "posix" else [])
