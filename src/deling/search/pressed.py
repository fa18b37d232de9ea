"""Ctrl-C during a search in the main thread: it ends the search, however often it is pressed."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType


class Stop:
    """Whether a person asked for the end: by Ctrl-C within the context, or by an event.

    Ctrl-C is only noted. An exception could come up anywhere, also where threads are waited for
    and processes put away, and the next one where that is made good.

    Parameters
    ----------
    event
        Asks for the end as well, when it is set.
    """

    def __init__(self, event: threading.Event | None) -> None:
        self._event = event
        self._pressed = False

    def is_set(self) -> bool:
        """Return whether the end was asked for."""
        return self._pressed or (self._event is not None and self._event.is_set())

    def __enter__(self) -> Self:
        self._before = None
        if threading.current_thread() is threading.main_thread():
            before = signal.getsignal(signal.SIGINT)
            # Who is started in the background ignores it; what is not of Python stays as it is.
            if callable(before):
                self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._pressed = True
