"""Where parts of a large case are improved."""

from __future__ import annotations

import multiprocessing
from abc import ABC, abstractmethod
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Self

from deling.search.task import set_up_worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.search.task import Better, Bound, Question, Task

    Work = Callable[..., Better | Bound]

BREAKDOWNS = 20
"""How often workers may be replaced in one search."""


class Crew(ABC):
    """Workers that improve parts or bound them, several at a time."""

    count: int
    """How many work at a time."""
    generation = 0
    """How often the workers have been replaced."""

    @abstractmethod
    def submit(self, work: Work, what: Task | Question) -> Future[Better | Bound]:
        """Let a worker do something."""

    def replace(self) -> bool:
        """Replace workers that died; return False where there is no point in it."""
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        return


class Processes(Crew):
    """Processes of this machine; all work in them is told to end when the context is left.

    Parameters
    ----------
    count
        How many.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._context = multiprocessing.get_context("spawn")
        self._stop = self._context.Event()
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.count, self._context, initializer=set_up_worker, initargs=(self._stop,)
        )

    def submit(self, work: Work, what: Task | Question) -> Future[Better | Bound]:
        """Let a process do something."""
        return self._pool.submit(work, what)

    def replace(self) -> bool:
        """Start new processes; those left of the old ones end by themselves."""
        self.generation += 1
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new()
        return self.generation <= BREAKDOWNS

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        self._pool.shutdown(cancel_futures=True)


class AtOnce(Crew):
    """Does what it is asked before it answers, so that the order is the same every time.

    Parameters
    ----------
    stopped
        Whether to leave it at what has been done.
    """

    count = 1

    def __init__(self, stopped: Callable[[], bool]) -> None:
        self._stopped = stopped

    def submit(self, work: Work, what: Task | Question) -> Future[Better | Bound]:
        """Return the finished work."""
        future: Future[Better | Bound] = Future()
        try:
            future.set_result(work(what, self._stopped))
        except Exception as error:
            future.set_exception(error)
        return future
