"""Compiled code, where the compiler is installed and the search is a long one.

Numba (the extra ``deling[fast]``) takes a moment to import, and some seconds to compile; what has
been compiled it keeps in a file. So it is readied once a search has gone on for long enough, which
waits for a moment, and goes on without it where that takes longer.
"""

from __future__ import annotations

import atexit
import threading
import time
from importlib import import_module
from multiprocessing import parent_process
from typing import TYPE_CHECKING, cast

import numpy as np

from deling.memory import collector_at_rest
from deling.search.layout import LACKING, WAITING, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from deling.search.clock import Clock
    from deling.search.ejections import Ejections
    from deling.search.places import Place

    GoOn = Callable[..., int]
    """`compiled_steps.go_on`, which has its signature there."""

STEPS_IN, ANNEALING_IN = 0.6, 1.5
"""Seconds that are waited for ejection chains and for annealing: beside a search, which takes turns
with it, an import takes as long again; and steps are many times as fast after it."""
LOOK_EACH = 0.01
"""Seconds of steps that are taken at once, about."""


class Compiler:
    """Readies what is compiled, once a process.

    Parameters
    ----------
    module
        Where it is; its `compile_all` compiles it, or reads what has been compiled before.
    patience
        Most seconds that `soon` waits for it.
    """

    def __init__(self, module: str, patience: float) -> None:
        self.module = module
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ready: ModuleType | None = None
        self._patience = patience

    def soon(self, seconds: float) -> ModuleType | None:
        """Return the module as `ready` does, waited for a moment, but only once a process.

        Parameters
        ----------
        seconds
            That are left for it.
        """
        most, self._patience = min(self._patience, seconds), 0.0
        return self.ready(most)

    def for_search(self, clock: Clock) -> ModuleType | None:
        """Return the module as `soon` does; never where work is counted, and not seconds.

        Whether it is ready is not the same every time.
        """
        return None if clock.deterministic else self.soon(clock.left())

    def ready(self, seconds: float = 0.0) -> ModuleType | None:
        """Return the module; None as long as it is not ready, or can never be.

        Parameters
        ----------
        seconds
            To wait for them at most.
        """
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._load, name="compiler", daemon=True)
                self._thread.start()
                if parent_process() is None:
                    # What is compiled is kept; and Python is not taken down around the compiler.
                    atexit.register(self._thread.join)
        self._thread.join(seconds)
        return self._ready

    def _load(self) -> None:
        try:
            with collector_at_rest():  # Not while it compiles: that leaves much to collect.
                module = import_module(self.module)
            module.compile_all()
        except (ImportError, OSError, RuntimeError, KeyError):
            # It is not installed, fits nothing else here, may keep nothing in a file, or is one
            # that does not know an option.
            return
        self._ready = module


COMPILER = Compiler("deling.search.compiled_steps", STEPS_IN)
"""Of ejection chains."""
ANNEALER = Compiler("deling.search.anneal.annealing", ANNEALING_IN)
"""Of annealing, which large cases ask for."""


class Compiled:
    """Takes ejections over, as soon as compiled steps are ready; the arrays are made once."""

    def __init__(self) -> None:
        self._table: Table | None = None

    def instead_of(
        self, ejections: Ejections | CompiledEjections, seconds: float
    ) -> Ejections | CompiledEjections:
        """Return what goes on from where some ejections are.

        Parameters
        ----------
        seconds
            That are left for it.
        """
        if isinstance(ejections, CompiledEjections):
            return ejections
        module = COMPILER.soon(seconds)
        if module is None:
            return ejections
        if self._table is None:
            self._table = Table(ejections.wishes, ejections.cells)
        return CompiledEjections(ejections, self._table, cast("GoOn", module.go_on))


class CompiledEjections:
    """Goes on where `Ejections` are, many times as fast; see there.

    Parameters
    ----------
    ejections
        What to go on with.
    table
        Of its sessions.
    steps
        The compiled steps.
    """

    def __init__(self, ejections: Ejections, table: Table, steps: GoOn) -> None:
        self._table = table
        self._week = table.week(ejections)
        self._steps = steps
        self._pace = ejections.pace
        self._rng = np.random.default_rng(ejections.rng.randrange(2**32))
        self.at_once = 100
        """Steps between two looks at the clock."""

    @property
    def waiting(self) -> int:
        """How many sessions wait."""
        return int(self._week.numbers[WAITING])

    @property
    def lacking(self) -> int:
        """Weight of those that wait."""
        return int(self._week.numbers[LACKING])

    def places(self) -> Mapping[int, Place]:
        """Return where sessions are held at present."""
        return self._table.places(self._week)

    def go_on(self, steps: int, least: int) -> int:
        """Take steps until less is lacking than ever, or nothing; return how many."""
        pace, begun = self._pace, time.perf_counter()
        taken = self._steps(
            self._table.layout,
            self._week,
            float(pace.growth),
            float(pace.rise),
            pace.stays,
            steps,
            least,
            self._rng,
        )
        seconds = time.perf_counter() - begun
        if seconds > 2 * LOOK_EACH:
            self.at_once = max(1, self.at_once // 2)
        elif taken == self.at_once and seconds < LOOK_EACH / 2:
            self.at_once *= 2
        return taken
