"""A search in a process of its own: a solver that crashes does not take the best plan with it.

`Searcher` stands in the process that a person started; `deling.apart.child` is the other one, which
searches and sends each better plan with its bounds. A search that ends without an answer is
started once more with another setting, from the best plan so far. A cluster that was there once and
is not any more is done without.
"""

from __future__ import annotations

import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from deling import language
from deling.apart.merge import merged
from deling.apart.messages import STOP, Ask, Done, Failed, News, Refused
from deling.case import Case
from deling.check import check
from deling.errors import ClusterError
from deling.language import N_, _
from deling.result import Result

if TYPE_CHECKING:
    from subprocess import Popen
    from types import TracebackType

    from deling.apart.messages import Answer
    from deling.domain import Plan
    from deling.result import Ended, Watcher

CHILD = "import sys; sys.path[:] = {path!r}; from deling.apart.child import main; main()"
QUIET = "ignore:resource_tracker:UserWarning"
"""What is left by a search that is killed is cleared away by Python, without a word about it."""
_CRASHED = (
    N_("The search crashed ({reason}); it was started once more with another setting."),
    N_("The search crashed again ({reason}); this is the best plan found until then."),
)
_LOOK = 0.1
"""Seconds between two looks at whether a person wants to stop."""
PATIENCE = 10.0
"""Seconds that a search has to stop; then it is ended, if a person asked again."""


class Searcher:
    """Searches in a process of its own, from when it is entered until it is left.

    Parameters
    ----------
    child
        The Python program of the process, with ``{path!r}`` for the places of modules.
    """

    def __init__(self, child: str = CHILD) -> None:
        self._child = child
        self._process: Popen[bytes] | None = None
        self._searching = False
        self._asked_to_stop = 0
        self._began = False
        """Whether any search has begun, on a cluster if one was asked for."""

    def __enter__(self) -> Self:
        # It loads the solver while this process reads the scenario.
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    @property
    def process_id(self) -> int | None:
        """Number of the process that searches."""
        return None if self._process is None else self._process.pid

    def stop(self) -> bool:
        """Ask for an end of all searches; return whether there was one to stop.

        The first call asks the search for its best plan; after another one its process is ended
        if it does not answer soon. Does not wait, so that it may be called by the handler of a
        signal.
        """
        self._asked_to_stop += 1
        return self._searching

    def optimise(
        self,
        case: Case,
        *,
        start: Plan | None = None,
        time_limit: float | None = None,
        watch: Watcher | None = None,
        **options: Any,
    ) -> Result:
        """Find the best plan as `deling.optimise.optimise` does, with the same options.

        Returns
        -------
        Result
            Always with the best valid plan found, even where the search crashed twice; the notes
            then say so.

        Raises
        ------
        ClusterError
            If the first search is to run on a cluster that cannot be used.
        """
        limit = case.scenario.solve.time_limit if time_limit is None else time_limit
        began = time.monotonic()
        best: Result | None = None
        crashes: list[str] = []
        self._searching = True
        try:
            for careful in (False, True):
                seconds = time.monotonic() - began if careful else 0.0
                told = {**options, "time_limit": max(0.0, limit - seconds), "careful": careful}
                base = start if best is None else best.plan
                ask = Ask(case.scenario, case.sharing, base, language.language(), told)
                found, crash = self._search(ask, watch)
                if found is not None:
                    best = found if best is None else merged(best, found, seconds, case)
                if crash is None or self._asked_to_stop:
                    break
                crashes.append(crash)
        finally:
            self._searching = False
        if best is None:
            best = Result("no_plan_in_time", case.sharing, None)
        if crash is not None:
            ended: Ended = "interrupted" if self._asked_to_stop else "failed"
            best = replace(best, ended=ended, seconds=time.monotonic() - began)
        notes = [_(text).format(reason=why) for text, why in zip(_CRASHED, crashes, strict=False)]
        return replace(best, notes=(*best.notes, *notes))

    def _search(self, ask: Ask, watch: Watcher | None) -> tuple[Result | None, str | None]:
        """Return the last that is known of a search, and how it crashed if it did.

        Where there was a cluster for an earlier search, this one is not given up for it.
        """
        began = time.monotonic()
        try:
            return self._search_as_asked(ask, watch)
        except ClusterError:
            if not self._began:
                raise
        left = max(0.0, ask.options["time_limit"] - (time.monotonic() - began))
        alone = {**ask.options, "cluster": None, "time_limit": left}
        found, crash = self._search_as_asked(replace(ask, options=alone), watch)
        if found is not None:
            note = _("The cluster was lost; this search ran on this computer.")
            found = replace(found, notes=(*found.notes, note))
        return found, crash

    def _search_as_asked(self, ask: Ask, watch: Watcher | None) -> tuple[Result | None, str | None]:
        if self._process is None or self._process.poll() is not None:
            self._start()
        answers = self._answers(ask)
        told_to_stop: float | None = None
        first: Result | None = None
        found: Result | None = None
        while True:
            if self._asked_to_stop and told_to_stop is None:
                told_to_stop = time.monotonic()
                self._send(STOP)
            elif self._asked_to_stop > 1 and time.monotonic() - (told_to_stop or 0) > PATIENCE:
                self._kill()
            try:
                answer = answers.get(timeout=_LOOK)
            except queue.Empty:
                continue
            if isinstance(answer, Refused):
                raise ClusterError(answer.reason)
            self._began |= isinstance(answer, News | Done)
            if isinstance(answer, Done):
                return answer.result, None
            if isinstance(answer, News):
                found = answer.result or found
                first = first or found
                if watch is not None:
                    watch(answer.update)
            else:
                crash = self._how_it_ended(answer)
                # What the search begins with has been judged; what it goes on with, as a whole at
                # its end.
                return found if _is_valid(found, ask) else first, crash

    def _answers(self, ask: Ask) -> queue.SimpleQueue[Answer | None]:
        """Ask the process for a search, and return what it answers as it comes; at last None."""
        process = self._process
        assert process is not None
        answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()

        def read() -> None:
            assert process.stdout is not None
            answer: Answer | None = None
            while not isinstance(answer, Done | Refused | Failed):
                try:
                    answer = pickle.load(process.stdout)
                except (EOFError, OSError, pickle.UnpicklingError):  # cut off by its end
                    answers.put(None)
                    return
                answers.put(answer)

        threading.Thread(target=read, daemon=True).start()
        self._send(ask)
        return answers

    def _send(self, what: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with suppress(OSError):  # it is gone, and whoever reads from it finds out how
            pickle.dump(what, self._process.stdin)
            self._process.stdin.flush()

    def _start(self) -> None:
        # In a group of its own, Ctrl-C at the terminal does not reach it.
        apart: dict[str, Any] = {"process_group": 0}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        self._process = subprocess.Popen(
            (sys.executable, "-P", "-W", QUIET, "-c", self._child.format(path=sys.path)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            **apart,
        )

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _how_it_ended(self, failed: Failed | None) -> str:
        """Wait for the end of a process that answers no more; return why it ended."""
        assert self._process is not None
        code = self._process.wait()
        self._end()
        if failed is not None:
            return failed.reason
        if code < 0:
            return signal.strsignal(-code) or str(-code)
        return _("exit code {code}").format(code=code)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            with suppress(OSError):  # what was to be sent has nobody to go to
                stream.close()


def _is_valid(found: Result | None, ask: Ask) -> bool:
    """Return whether what is known of a search is of a plan that keeps all rules."""
    if found is None or found.plan is None:
        return True
    return not check(found.plan, Case(ask.scenario, ask.sharing))
