"""What to plan anew together in a large case beside its local areas: what crosses borders."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from deling.goals import GOALS

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from deling.case import Case
    from deling.part import Cutter
    from deling.search.jobs import Jobs

NEEDS, MOST_NEEDS = 150, 500
"""Needs of a part that reaches across borders, at first and at most."""
NEEDS_TO_SAVE = 60
"""Those at first where costs are to go down: mostly of a few at a time, found in a second."""
THINGS_EACH = 5
"""Rooms, staff and equipment that are looked at around each of its needs, at first."""
GROWTH = 1.6
"""By how many times a part reaches further than one around the same need that is at its best."""
BOUGHT_FIRST = 0.5
"""Share of such parts that begin with what is bought, where costs are to go down."""
BOUGHT_BESIDE = 4
"""Needs with bought sessions that are planned beside one that could be bought for."""


class Borders:
    """Chooses needs of several local areas.

    Parameters
    ----------
    case
        The whole.
    cutter
        Of the whole case.
    jobs
        What workers are busy with, and the plan.
    areas
        The needs of each local area.
    rng
        Of all random choices.
    """

    def __init__(
        self,
        case: Case,
        cutter: Cutter,
        jobs: Jobs,
        areas: Sequence[Sequence[str]],
        rng: random.Random,
    ) -> None:
        self._needs = case.scenario.needs
        self._cutter = cutter
        self._jobs = jobs
        self._joined = jobs.joined
        self._areas = areas
        self._rng = rng
        self._left: deque[tuple[int, int]] = deque()

    @cached_property
    def _sharing(self) -> list[tuple[int, int]]:
        """Local areas that could use the same things, those with the most of these first."""
        users: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, area in enumerate(self._areas):
            for thing in sorted(self._cutter.could_use(area)):
                users[thing].append(at)
        shared = Counter(pair for some in users.values() for pair in combinations(some, 2))
        return [pair for pair, _count in shared.most_common()]

    def begin(self) -> None:
        """Let each pair of local areas have its turn."""
        self._left = deque(self._sharing)

    def next_pair(self, goal: str) -> tuple[int, ...]:
        """Return two local areas that nobody is at work on; none where no pair is left.

        Each pair has one turn, those that could share the most first.
        """
        at_work = self._jobs.at_work()
        for _each in range(len(self._left)):
            pair = self._left.popleft()
            if not at_work.isdisjoint(pair):
                self._left.append(pair)
            elif self._is_worth(goal, pair):
                return pair
        return ()

    def _is_worth(self, goal: str, pair: tuple[int, int]) -> bool:
        """Return whether two local areas have anything to gain of a goal."""
        return not GOALS[goal].by_unmet or any(self._joined.unmet(self._areas[at]) for at in pair)

    def around_something(self, goal: str, dear: Sequence[str] = ()) -> list[str]:
        """Return needs around what could be better, that first; a worker is busy with none.

        Parameters
        ----------
        goal
            To be improved.
        dear
            Needs of which that is known, if any is.
        """
        free = [key for key in dear if not self._jobs.is_busy(key)]
        seeds = free[:1] or self._seeds(goal)
        return self._around(seeds, goal) if seeds else []

    def reach(self, goal: str, need: str) -> float:
        """Return how many times as far as at first a part around a need reaches."""
        return float(GROWTH ** self._jobs.best_around[goal, need])

    def _around(self, seeds: list[str], goal: str) -> list[str]:
        """Return needs that hold what others of them could use, none of which is busy."""
        first = NEEDS_TO_SAVE if goal == "cost" else NEEDS
        reach = self.reach(goal, seeds[0])
        most, each = min(MOST_NEEDS, round(first * reach)), round(THINGS_EACH * reach)
        found: dict[str, None] = dict.fromkeys(seeds)
        waiting = deque(seeds)
        while waiting and len(found) < most:
            useful = sorted(self._cutter.could_use([waiting.popleft()]))
            for thing in self._rng.sample(useful, min(len(useful), each)):
                for event in self._joined.board.that_take([thing]).values():
                    if not any(self._jobs.is_busy(other) for other in event.needs):
                        waiting.extend(need for need in event.needs if need not in found)
                        found.update(dict.fromkeys(event.needs))
        return list(found)

    def _seeds(self, goal: str) -> list[str]:
        """Return needs to begin with that no worker is busy with."""
        needs = self._needs
        if GOALS[goal].by_unmet:
            choice = [key for key, need in needs.items() if self._joined.got[key] < need.sessions]
        else:
            choice = list(needs)
        choice = [key for key in choice if not self._jobs.is_busy(key)]
        bought = [key for key in +self._joined.bought if not self._jobs.is_busy(key)]
        if goal == "cost" and bought and self._rng.random() < BOUGHT_FIRST:
            choice = bought
        if not choice:
            return []
        seeds = [self._rng.choice(choice)]
        if needs[seeds[0]].buy_price is not None:
            # What another need is bought for could be spent on this one.
            seeds += self._rng.sample(bought, min(len(bought), BOUGHT_BESIDE))
        return seeds
