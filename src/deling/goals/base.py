"""What a goal is: a whole number computed from a plan, and the same number in the model."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build


class Goal(ABC):
    """A goal of the plan."""

    id: ClassVar[str]
    sentence: ClassVar[str]
    """What is counted, marked with `N_` and translated where it is shown."""
    sense: ClassVar[Literal["max", "min"]]
    of_parts: ClassVar[Literal["sum", "max"]]
    """How its value follows from those of parts of the area, each institution in one: they add up
    to one at least as good, or the largest is it."""
    by_unmet: ClassVar[bool] = False
    """Whether nothing but sessions for what is unmet makes it better."""

    @abstractmethod
    def value(self, plan: Plan, case: Case) -> int:
        """Compute the goal from a plan alone; ``cost`` in sixtieths of an øre."""

    @abstractmethod
    def plain_bound(self, case: Case) -> int:
        """Return a value that no plan is better than, seen without any search."""

    @abstractmethod
    def term(self, build: Build) -> Any:
        """Return the same number as a linear expression over the model."""

    def better(self, first: int, second: int) -> bool:
        """Return whether the first value is better than the second."""
        return first > second if self.sense == "max" else first < second

    def gap(self, value: int, bound: int, plan: Plan, case: Case) -> float:
        """Return the relative distance between value and proven bound, 0 when proven best."""
        return abs(value - bound) / max(1, abs(value))
