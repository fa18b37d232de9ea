"""Ctrl-C, and being told to end, while a search works or its results are written."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class Stopping:
    """Whether a person, or the system, has asked for the end."""

    asked: bool = False


@contextmanager
def stoppable(stop: Callable[[], bool]) -> Iterator[Stopping]:
    """End the search early, and let what it has found be written, at a signal within the block.

    A signal while nothing is searched lets the block end; another one after it interrupts.

    Parameters
    ----------
    stop
        Stops the search; returns whether there was one to stop.
    """
    stopping = Stopping()

    def handle(_number: int, _frame: object) -> None:
        again, stopping.asked = stopping.asked, True
        if not stop() and again:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield stopping  # signals do not come here
        return
    before = {number: signal.signal(number, handle) for number in SIGNALS}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
