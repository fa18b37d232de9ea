"""What a peer finds while it works: kept as it is, and judged only when it has ended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.domain import Plan

CLOSE = 1.02
"""Of plans found within a fiftieth of the time gone, only the last is kept."""


class Found(NamedTuple):
    """A plan that a peer found.

    Attributes
    ----------
    seconds
        Since the peer's start.
    tell
        Makes the plan, and what the peer says that its goals are.
    """

    seconds: float
    tell: Callable[[], tuple[Plan, dict[str, int]]]


class Notes:
    """A clock, and what was found when."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._since = 0.0
        self.found: list[Found] = []
        self.bounds: list[tuple[float, str, int]] = []
        """Seconds, goal and what the peer has proven that no plan is better than."""

    def restart(self) -> None:
        """Start the clock anew, after what need not be done for each plan."""
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._start

    def add(self, tell: Callable[[], tuple[Plan, dict[str, int]]]) -> None:
        """Note a plan; the first one, and the last one of those found soon after each other."""
        self.add_found(Found(self.seconds, tell))

    def add_found(self, found: Found) -> None:
        """Note a plan that was found before now."""
        if len(self.found) > 1 and found.seconds <= CLOSE * self._since:
            self.found[-1] = found
        else:
            self._since = found.seconds
            self.found.append(found)

    def prove(self, goal: str, bound: int) -> None:
        """Note a bound."""
        self.bounds.append((self.seconds, goal, bound))
