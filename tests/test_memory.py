"""The collector at rest."""

from __future__ import annotations

import gc
import threading

from deling.memory import collector_at_rest, keep_for_good


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
