"""Ctrl-C, and being told to end, while a search works or its results are written."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deling.ctrl_c import interrupt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class Stopping:
    """Whether a person, or the system, has asked for the end."""

    asked: bool = False
    after: bool = False
    """Whether that was so while nothing was searched, too."""


@contextmanager
def stoppable(stop: Callable[[], bool]) -> Iterator[Stopping]:
    """End the search early, and let what it has found be written, at a signal within the block.

    The first signal while nothing is searched lets the block end; the second interrupts it.

    Parameters
    ----------
    stop
        Stops the search; returns whether there was one to stop.
    """
    stopping = Stopping()

    def handle(number: int, frame: FrameType | None) -> None:
        stopping.asked = True
        if not stop():
            again, stopping.after = stopping.after, True
            if again:
                interrupt(number, frame)

    if threading.current_thread() is not threading.main_thread():
        yield stopping  # signals do not come here
        return
    before = {number: signal.signal(number, handle) for number in SIGNALS}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
