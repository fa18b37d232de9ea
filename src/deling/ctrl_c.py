"""Ctrl-C in the program ``deling``: a short word and exit code 130, from its first moment on.

Loads nothing of size, so that it is in force while everything else is loaded.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

INTERRUPTED = 130
"""Exit code, as of a program that SIGINT has ended."""
PEACE_SECONDS = 1.0
"""Within which what was begun is put away, whatever else is pressed."""

_program = False
"""Whether this is the program, whose Ctrl-C is all its own."""
_first: float | None = None
"""When something was first interrupted."""
_word = "Interrupted."


def begin() -> None:
    """End the program at once by Ctrl-C, as long as there is nothing to put away."""
    global _program
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        _program = True
        signal.signal(signal.SIGINT, end)


def say(word: str) -> None:
    """Let this be said at the end, once the language is known."""
    global _word
    _word = word


def end(_number: int, _frame: FrameType | None) -> NoReturn:
    """End the process here and now."""
    os.write(2, f"{_word}\n".encode())
    os._exit(INTERRUPTED)


def interrupt(number: int, frame: FrameType | None) -> None:
    """Raise `KeyboardInterrupt`; if that is not the end soon, end the process at the next call."""
    global _first
    now = time.monotonic()
    if _first is None or not _program:
        _first = now
        raise KeyboardInterrupt
    if now - _first > PEACE_SECONDS:
        end(number, frame)


@contextmanager
def with_something_to_put_away() -> Iterator[None]:
    """Let Ctrl-C raise `KeyboardInterrupt` within the block, of which nothing disturbs the end."""
    if not _program:
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
