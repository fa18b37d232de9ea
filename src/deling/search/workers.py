"""Where parts of a large case are improved."""

from __future__ import annotations

import multiprocessing
import os
import signal
from abc import ABC, abstractmethod
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Self

from deling.search.task import set_up_worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection

    from deling.search.faults import Faults
    from deling.search.task import Better, Bound, Question, Task

    Work = Callable[..., Better | Bound]

BREAKDOWNS = 20
"""How often workers may be replaced in one search."""


class Crew(ABC):
    """Workers that improve parts or bound them, several at a time."""

    generation = 0
    """How often the workers have been replaced, all of them at once."""
    losses: tuple[type[BaseException], ...] = (BrokenExecutor,)
    """What comes of work whose worker died."""

    @property
    @abstractmethod
    def count(self) -> int:
        """How many work at a time."""

    @property
    def away(self) -> int | None:
        """How many of them work on a cluster; None where this computer does it all."""
        return None

    @abstractmethod
    def submit(self, work: Work, what: Task | Question) -> Future[Better | Bound]:
        """Let a worker do something."""

    def call_off(self, what: Iterable[Future[Better | Bound]]) -> None:
        """Let workers end what nobody wants any more."""
        for future in what:
            future.cancel()

    def replace(self) -> bool:
        """Replace workers that died; return False where there is no point in it."""
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.end()

    def end(self) -> None:
        """Tell all work to end; may be called again."""
        return


class Processes(Crew):
    """Processes of this machine; all work in them is told to end when the context is left.

    Parameters
    ----------
    count
        How many; 0 is one for each core.
    faults
        Where to note that they died.
    """

    def __init__(self, count: int, faults: Faults) -> None:
        self._faults = faults
        self._count = count or os.cpu_count() or 1
        self._context = multiprocessing.get_context("spawn")

    @property
    def count(self) -> int:
        """How many work at a time."""
        return self._count

    @cached_property
    def _line(self) -> tuple[Connection, Connection]:
        """A pipe whose closed end tells the processes to stop.

        It holds no lock, which a process that is killed could take along.
        """
        return self._context.Pipe(duplex=False)

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        """The processes, from when there is work for them: many a search is over before."""
        return self._new()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._count, self._context, initializer=set_up_worker, initargs=self._line[:1]
        )

    def submit(self, work: Work, what: Task | Question) -> Future[Better | Bound]:
        """Let a process do something."""
        # With the pool comes a helper of Python's, whose start would let Ctrl-C through again.
        pool = self._pool
        with _ctrl_c_held_back():
            try:
                return pool.submit(work, what)
            except (OSError, ValueError):
                # Where one process dies while another starts, Python closes the pipe that the new
                # one is being given. The pool knows by then, and says so when it is asked again.
                return pool.submit(work, what)

    def call_off(self, what: Iterable[Future[Better | Bound]]) -> None:
        """End all processes where one of them is at it: to start others is soon done."""
        if not all(future.cancel() or future.done() for future in what):
            self.end()
            del self._pool, self._line

    def replace(self) -> bool:
        """Start new processes; those left of the old ones end by themselves."""
        self._faults.add("lost")
        self.generation += 1
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new()
        return self.generation <= BREAKDOWNS

    def end(self) -> None:
        """Tell the processes to end, and wait for that."""
        if "_pool" in vars(self):
            told, tell = self._line
            tell.close()
            self._pool.shutdown(cancel_futures=True)
            told.close()


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Let processes that are started here never see Ctrl-C, not even while they load."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class AtOnce(Crew):
    """Does what it is asked before it answers, so that the order is the same every time.

    Parameters
    ----------
    stopped
        Whether to leave it at what has been done.
    """

    def __init__(self, stopped: Callable[[], bool]) -> None:
        self._stopped = stopped

    @property
    def count(self) -> int:
        """One."""
        return 1

    def submit(self, work: Work, what: Task | Question) -> Future[Better | Bound]:
        """Return the finished work."""
        future: Future[Better | Bound] = Future()
        future.set_result(work(what, self._stopped))
        return future
