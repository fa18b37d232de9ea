"""Workers of an existing Dask cluster; if it is lost, processes of this computer.

This module alone knows Dask, and loads it only where a cluster is asked for. Dask's scheduler
gives what a worker that dies was busy with to another one.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import time
import warnings
from collections import Counter
from concurrent.futures import BrokenExecutor, CancelledError, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from deling.errors import ClusterError
from deling.language import _, ngettext
from deling.search.versions import versions
from deling.search.workers import BREAKDOWNS, Crew, Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from deling.search.faults import Faults
    from deling.search.task import Better, Bound, Question, Task
    from deling.search.workers import Work

CONNECT_SECONDS = 10.0
"""How long the scheduler may take to answer, and its first worker to be there."""
LOOK_SECONDS = 1.0
"""Between two looks at how many workers there are."""
GONE_SECONDS = 30.0
"""Without any worker, after which the cluster is lost; one that is restarted is back by then."""


class Cluster(Crew):
    """Threads of a cluster's workers, also of those that join on the way.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://10.0.0.5:8786``.
    most
        Parts to work on at a time at most; 0 is one for each thread.
    faults
        Where to note that workers were lost.

    Raises
    ------
    ClusterError
        If there is no cluster that can be used.
    """

    def __init__(self, address: str, most: int, faults: Faults) -> None:
        self._faults = faults
        self._most = most
        distributed = _dask()
        self.losses = (BrokenExecutor, CancelledError, distributed.KilledWorker)
        self._here: Processes | None = None
        """What has taken the place of a cluster that is lost."""
        self._given_up = 0
        self._client = _connected(distributed, address)
        self._executor = self._client.get_executor(pure=False)
        self._threads, self._looked = 0, 0.0
        self._alone_since: float | None = None
        """When it was first seen that there is no worker."""
        try:
            _require_workers(self._client, address)
            _require_alike(self._client, address)
        except BaseException:
            self.end()
            raise

    @property
    def count(self) -> int:
        """How many work at a time by now."""
        now = time.monotonic()
        if self._here is None and now - self._looked >= LOOK_SECONDS:
            self._looked = now
            if threads := self._count_threads():
                self._threads, self._alone_since = threads, None
            elif self._alone_since is None:
                self._alone_since = now
            elif now - self._alone_since >= GONE_SECONDS:
                self._go_on_here()
        if self._here is not None:
            return self._here.count
        return max(1, min(self._threads, self._most or self._threads))

    @property
    def away(self) -> int | None:
        """How many of them work on a cluster."""
        return self.count if self._here is None else None

    def submit(self, work: Work, what: Task | Question) -> Future[Better | Bound]:
        """Let a worker do something."""
        if self._here is not None:
            return self._here.submit(work, what)
        if self._client.status != "running":
            raise BrokenExecutor
        errand = pickle.dumps(_Errand(work, what))
        future: Future[Better | Bound] = self._executor.submit(pickle.loads, errand)
        return future

    def call_off(self, what: Iterable[Future[Better | Bound]]) -> None:
        """Let workers end what nobody wants any more."""
        if self._here is not None:
            self._here.call_off(what)
        else:
            super().call_off(what)

    def replace(self) -> bool:
        """Do without a worker, or without the cluster; return False where there is no point."""
        if self._here is not None:
            self.generation += 1
            return self._here.replace()
        if self._client.status != "running":
            self._go_on_here()
            return True
        # Several workers in turn died of one job; the others are as they were.
        self._faults.add("lost")
        self._given_up += 1
        return self._given_up <= BREAKDOWNS

    def end(self) -> None:
        """Tell all work to end; the cluster itself goes on."""
        if self._here is not None:
            self._here.end()
        # Where the scheduler is gone, there is nobody to say goodbye to.
        with suppress(OSError):
            self._client.close(timeout=LOOK_SECONDS)

    def _go_on_here(self) -> None:
        self._faults.add("cluster")
        self.generation += 1
        here = Processes(self._most, self._faults)
        self.end()
        self._here = here

    def _count_threads(self) -> int:
        """Return the number of threads; 0 too where nobody answers."""
        if self._client.status != "running":
            return 0
        try:
            return sum(self._client.nthreads(callback_timeout=LOOK_SECONDS).values())
        except OSError:
            return 0


class _Errand:
    """Work that is done where it is unpacked.

    The scheduler looks into what it hands on, but not into this: it needs no deling.
    """

    def __init__(self, work: Work, what: Task | Question) -> None:
        self._told = (work, what)

    def __reduce__(self) -> tuple[Callable[..., Better | Bound], tuple[Any, ...]]:
        return _run, self._told


def _run(work: Work, what: Task | Question) -> Better | Bound:
    """Do some work on a worker, as long as it is asked for."""
    worker = _dask().get_worker()
    key = worker.get_current_task()

    def unwanted() -> bool:
        task = worker.state.tasks.get(key)
        return task is None or task.state == "cancelled"

    return work(what, unwanted)


def _dask() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ClusterError(
            _(
                "--cluster needs the Python package {package}, which is not there ({reason})."
                " Install it in deling's folder with: pip install '.[cluster]'"
            ).format(package="distributed", reason=error)
        ) from error
    return distributed


def _connected(distributed: Any, address: str) -> Any:
    """Return a client of the scheduler at an address."""
    # What goes wrong is told once, at the end and in words of its own.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        # In a thread of its own, so that a notebook's loop is not in the way.
        with ThreadPoolExecutor(1) as thread:
            role = thread.submit(asyncio.run, _role(distributed, address)).result()
        if role != "Scheduler":
            raise ValueError(_("this is not the scheduler but: {role}").format(role=role))
        with warnings.catch_warnings():
            # Versions are compared below.
            warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
            return distributed.Client(
                address, timeout=CONNECT_SECONDS, set_as_default=False, name="deling"
            )
    except TimeoutError as error:
        reason = _("no answer within {seconds} seconds").format(seconds=f"{CONNECT_SECONDS:.0f}")
        raise _unusable(address, reason) from error
    except (OSError, TypeError, ValueError) as error:
        # A TypeError comes of settings of TLS that are missing.
        raise _unusable(address, str(error)) from error


async def _role(distributed: Any, address: str) -> str:
    """Ask who listens; a client would wait for ever for one that is no part of Dask."""
    arguments = distributed.Security().get_connection_args("client")
    async with asyncio.timeout(CONNECT_SECONDS):
        async with distributed.rpc(address, connection_args=arguments) as other:
            return str((await other.identity())["type"])


def _require_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        raise _unusable(address, _("it has no workers")) from error


def _require_alike(client: Any, address: str) -> None:
    """Raise an error that names what differs between the workers and this computer."""
    here = versions()
    found: Counter[str] = Counter()
    first: dict[str, str] = {}
    for worker, there in client.run(versions, on_error="return").items():
        if isinstance(there, OSError):
            continue  # it is gone
        if isinstance(there, Exception):
            differences = [_("deling cannot be loaded: {reason}").format(reason=there)]
        else:
            differences = [
                _("{package} {there} instead of {here}").format(
                    package=package, there=there[package], here=here[package]
                )
                for package in here
                if there[package] != here[package]
            ]
        for text in differences:
            first.setdefault(text, worker)
        found.update(differences)
    if found:
        raise ClusterError(
            "\n".join(
                [
                    _(
                        "The cluster at {address} cannot be used: its workers need the versions of"
                        " this computer, but have"
                    ).format(address=address),
                    *(
                        ngettext(
                            "  {text} ({count} worker: {first})",
                            "  {text} ({count} workers, the first of them {first})",
                            count,
                        ).format(text=text, count=count, first=first[text])
                        for text, count in sorted(found.items())
                    ),
                ]
            )
        )


def _unusable(address: str, reason: str) -> ClusterError:
    return ClusterError(
        _(
            "No Dask cluster can be used at {address}: {reason}. An address looks like"
            " tcp://10.0.0.5:8786, the one that `dask scheduler` prints."
        ).format(address=address, reason=reason)
    )
