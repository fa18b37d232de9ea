"""How long a search may take, and how much of that is gone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver

WORK_DIGITS = 9
"""Of what a solver did: decimals that are counted."""
LEAST_WORK = 0.001
"""What a step of the search costs at least, so that steps without the solver come to an end."""


class Clock:
    """A limit in seconds, or in the solver's own measure of work.

    Work is counted by the solver in steps, not by a clock: it is the same on every machine, under
    any load. A search in one thread that is limited by work ends with the same plan every time.

    Parameters
    ----------
    limit
        Seconds, or units of work.
    deterministic
        Whether to count work.
    """

    def __init__(self, limit: float, *, deterministic: bool = False) -> None:
        self.limit = limit
        self.deterministic = deterministic
        self._work = 0
        """In the smallest unit that is counted: a sum of whole numbers is the same in any order."""
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since the start, whatever is counted."""
        return time.monotonic() - self._start

    @property
    def spent(self) -> float:
        """How much of the limit is gone."""
        return self._work / 10**WORK_DIGITS if self.deterministic else self.seconds

    def left(self, share: float = 1.0) -> float:
        """Return what is left until a share of the limit is used up, at least 0."""
        return max(0.0, share * self.limit - self.spent)

    def limit_solver(self, solver: CpSolver, amount: float) -> None:
        """Give a solver an amount of what is counted."""
        if self.deterministic:
            solver.parameters.max_deterministic_time = max(LEAST_WORK, amount)
        else:
            solver.parameters.max_time_in_seconds = max(0.01, amount)

    def charge(self, solver: CpSolver) -> float:
        """Count what a solver did; return how much that was."""
        # The last digit of the solver's own sum is not the same every time.
        work = round(float(solver.deterministic_time), WORK_DIGITS)
        self._count(work)
        return work if self.deterministic else float(solver.wall_time)

    def add(self, work: float) -> None:
        """Count work that was done without a solver here."""
        if self.deterministic:
            self._count(work)

    def step(self) -> None:
        """Count a step of the search by itself."""
        self._count(LEAST_WORK)

    def _count(self, work: float) -> None:
        self._work += round(work * 10**WORK_DIGITS)
