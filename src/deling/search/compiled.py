"""Ejection chains in compiled code, where the compiler is installed and the search is a long one.

Numba (the extra ``deling[fast]``) takes a moment to import, and on its first day on a machine some
seconds to compile; what it has compiled it keeps in a file. So it is readied beside the search,
which goes on without it meanwhile.
"""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

from deling.search.layout import LACKING, WAITING, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deling.search.ejections import Ejections
    from deling.search.layout import Layout, Week
    from deling.search.places import Place

MODULE = "deling.search.compiled_steps"


class GoOn(Protocol):
    """`compiled_steps.go_on`."""

    def __call__(
        self,
        layout: Layout,
        week: Week,
        growth: float,
        rise: float,
        stays: int,
        steps: int,
        least: int,
        rng: np.random.Generator,
    ) -> int:
        """Take steps; return how many."""


class Compiler:
    """Readies the compiled steps, once a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ready: GoOn | None = None

    def ready(self, *, wait: bool = False) -> GoOn | None:
        """Return the compiled steps; None as long as they are not ready.

        Parameters
        ----------
        wait
            Whether to wait until they are; None then says that there is no compiler.
        """
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._load, name="compiler", daemon=True)
                self._thread.start()
        if wait:
            self._thread.join()
        return self._ready

    def _load(self) -> None:
        try:
            module = import_module(MODULE)
        except ModuleNotFoundError as error:
            if error.name != "numba":
                raise
            return
        except RuntimeError:
            return  # Numba finds no folder in which to keep what it compiles.
        module.compile_all()
        self._ready = cast("GoOn", module.go_on)


COMPILER = Compiler()


class Compiled:
    """Takes ejections over, as soon as compiled steps are ready; the arrays are made once."""

    def __init__(self) -> None:
        self._table: Table | None = None

    def instead_of(self, ejections: Ejections | CompiledEjections) -> Ejections | CompiledEjections:
        """Return what goes on from where some ejections are."""
        if isinstance(ejections, CompiledEjections):
            return ejections
        steps = COMPILER.ready()
        if steps is None:
            return ejections
        if self._table is None:
            self._table = Table(ejections.wishes, ejections.cells)
        return CompiledEjections(ejections, self._table, steps)


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

    at_once = 5_000

    def __init__(self, ejections: Ejections, table: Table, steps: GoOn) -> None:
        self._table = table
        self._week = table.week(ejections)
        self._steps = steps
        self._pace = ejections.pace
        self._rng = np.random.default_rng(ejections.rng.randrange(2**32))

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
        pace = self._pace
        return self._steps(
            self._table.layout,
            self._week,
            float(pace.growth),
            float(pace.rise),
            pace.stays,
            steps,
            least,
            self._rng,
        )
