"""Where parts of a large case are improved."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from deling.search.task import set_up_worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """Provide some processes; all work in them is told to end when the context is left."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    executor = ProcessPoolExecutor(count, context, initializer=set_up_worker, initargs=(stop,))
    try:
        yield executor
    finally:
        stop.set()
        executor.shutdown(cancel_futures=True)


class AtOnce(Executor):
    """Does what it is asked before it answers, so that the order is the same every time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return the finished call."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
