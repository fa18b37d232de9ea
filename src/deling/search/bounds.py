"""What is proven of each goal, for as long as it is true of the best plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deling.goals import GOALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deling.case import Case

CHANCES = 2
"""Wrong bounds of a goal after which the solver is not believed about it any more."""

_NOTHING_HELD: Mapping[str, int] = {}


@dataclass(frozen=True)
class _Bound:
    value: int
    held: Mapping[str, int]
    """Proven of plans that keep these goals at these values or better."""


class Bounds:
    """The best known bound of each goal.

    A bound is proven of the plans that hold other goals at certain values. While the best plan
    gets better goal by goal, a later goal may get worse: a bound that held it at a better value
    says nothing of the new plan and goes.

    Parameters
    ----------
    case
        Gives the bounds that need no search.
    """

    def __init__(self, case: Case) -> None:
        self._order = case.scenario.goals
        self._plain = {
            goal: _Bound(GOALS[goal].plain_bound(case), _NOTHING_HELD) for goal in self._order
        }
        self._best = dict(self._plain)
        self._wrong: Counter[str] = Counter()

    def __getitem__(self, goal: str) -> int:
        return self._best[goal].value

    def note(
        self, goal: str, value: int, held: Mapping[str, int], values: Mapping[str, int] | None
    ) -> bool:
        """Take a bound over if it is news; return False where it is wrong.

        Parameters
        ----------
        goal, value
            No plan does better than this.
        held
            What those plans keep. With more than the goals before, it is no bound of all plans
            that count.
        values
            The best plan's, as far as there is one.
        """
        bound = _Bound(value, held)
        if not held.keys() <= set(self._order[: self._order.index(goal)]):
            return True
        if values is not None:
            if not keeps(values, held):
                return True
            if GOALS[goal].better(values[goal], value):
                self._distrust(goal)
                return False
        believed = self._wrong[goal] < CHANCES
        if believed and GOALS[goal].better(self._best[goal].value, value):
            self._best[goal] = bound
        return True

    def follow(self, values: Mapping[str, int]) -> int:
        """Keep what is true of a new best plan; return how many bounds it shows to be wrong."""
        wrong = 0
        for goal, bound in list(self._best.items()):
            if not keeps(values, bound.held):
                self._best[goal] = self._plain[goal]
            elif GOALS[goal].better(values[goal], bound.value):
                self._distrust(goal)
                wrong += 1
        return wrong

    def _distrust(self, goal: str) -> None:
        self._wrong[goal] += 1
        self._best[goal] = self._plain[goal]


def keeps(values: Mapping[str, int], held: Mapping[str, int]) -> bool:
    """Return whether goal values are all at least as good as those held."""
    return not any(GOALS[goal].better(least, values[goal]) for goal, least in held.items())
