"""What Python's collector need not look through, and memory that goes back to the system.

All that a scenario is read into, and all that a plan is judged by, refers one way: there are no
circles to find, but to look for them takes longer the more there is.
"""

from __future__ import annotations

import ctypes
import gc
import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


_lock = threading.Lock()
_resting = 0
_worked = True


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector rest while much is made that stays, until all threads are done."""
    global _resting, _worked
    with _lock:
        if _resting == 0:
            _worked = gc.isenabled()
            gc.disable()
        _resting += 1
    try:
        yield
    finally:
        with _lock:
            _resting -= 1
            if _resting == 0 and _worked:
                gc.enable()


def keep_for_good() -> None:
    """Tell the collector not to look at what there is now, since it stays until the end."""
    gc.freeze()


MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1
"""Names of `mallopt`."""
LARGE, SPARE = 200_000, 100_000
"""Bytes of a piece of memory that is the system's own, and of what may be kept."""


@contextmanager
def little_memory() -> Iterator[None]:
    """Let what is freed go back to the system, also what was before, and all in the end (glibc).

    HiGHS takes and frees pieces of all sizes, of which the C library would keep a third; and when
    it is done, the next to need that much may be another process.
    """
    set_up = _of_libc("mallopt")
    if set_up is not None:
        set_up(MMAP_THRESHOLD, LARGE)
        set_up(TRIM_THRESHOLD, SPARE)
    _give_back()
    try:
        yield
    finally:
        _give_back()


def _give_back() -> None:
    """Give back to the system what nobody refers to any more."""
    gc.collect()
    trim = _of_libc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_libc(name: str) -> Callable[..., int] | None:
    """Return a function of the C library, None where it has none of that name."""
    return getattr(ctypes.CDLL(None), name, None) if os.name == "posix" else None
