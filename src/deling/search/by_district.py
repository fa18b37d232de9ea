"""What districts are asked: to be planned at once, and for their bounds."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from deling.domain import EventKey
    from deling.search.jobs import Jobs
    from deling.search.state import State

DISTRICT_SECONDS = 60.0
"""Most seconds for a district."""
AGAIN_SECONDS = 36.0
"""Those each time that one is planned again and again: what HiGHS holds grows with the time, by 7
to 10 MB a second of a municipality."""
LONGER_SECONDS = 54.0
"""Those once they have brought no better plan: on a slow machine, it has hardly begun by then."""
WHOLLY = 0.75
"""Share of its time that it has used up then: else it ended since the plan was good enough."""
CHOICE_SECONDS = 42.0
"""Those for a choice among likely events; on a slow machine a third goes by before it begins."""
CHOICE_GAP = 0.0015
"""Distance to the best of these, relative to the value, that is good enough at first."""
DISTRICT_GAP = 0.01
"""Distance to a district's best plan, relative to its value, that is good enough."""
CLOSER_GAP = 0.005
"""That of what is served, where all there is is one district, which is asked once more then: mostly
a better bound comes of it, no better plan."""
COST_GAPS = 0.003, 0.0015, 0.0005, 0.0
"""Those of its costs, which are planned again and again: each time from the best plan there is by
then, at last as close as can be."""


class ByDistrict:
    """Sends districts to workers, while these have something to say of a goal.

    Parameters
    ----------
    state
        The search.
    jobs
        Through which they are sent.
    districts
        The needs of each.
    """

    def __init__(self, state: State, jobs: Jobs, districts: list[tuple[str, ...]]) -> None:
        self._state = state
        self._jobs = jobs
        self._districts = districts
        self._costs_by_parts = False
        """Whether HiGHS has been found to have nothing to say of the costs of all there is."""
        self.asked = False
        """Whether any has been asked about the goal in hand."""

    def begin(self) -> None:
        """Begin with another goal."""
        self.asked = False

    @property
    def is_one(self) -> bool:
        """Whether all there is is one district."""
        return len(self._districts) == 1

    @property
    def tells_bounds(self) -> bool:
        """Whether they tell a bound of the goal in hand, which says far more than those of parts.

        What is asked of parts beside it would be time lost.
        """
        return self.asked and not self._jobs.district_is_silent

    def send(self, goal: str, unmet: float) -> Iterator[bool]:
        """Let each be planned at once; of several, ask for each one's bound as well.

        Parameters
        ----------
        unmet
            Share of a district's weight that is unmet from which on its bound is asked for.
        """
        if self._state.clock.deterministic:
            return  # How far HiGHS gets in its time is not the same twice.
        self.asked = True
        for needs in self._districts:
            if goal != "served" or self._jobs.joined.unmet(needs):
                self._jobs.improve_district(goal, needs, DISTRICT_SECONDS, DISTRICT_GAP)
                yield True
        if not self.is_one:
            for _district in self._districts:
                if not self._jobs.ask_district(goal, unmet):
                    return
                yield True

    def choose(self, goal: str, events: Set[EventKey]) -> Iterator[bool]:
        """Let all there is be chosen anew, among events and those of plans in fractions.

        Only costs, and only if it is one district.
        """
        if goal != "cost" or not events or not self.is_one or self._state.clock.deterministic:
            return
        self.asked = True
        yield from self._choose(events, CHOICE_GAP)

    def _choose(self, events: Set[EventKey], gap: float) -> Iterator[bool]:
        while self._jobs.has_district:
            yield False
        self._jobs.improve_district("cost", self._districts[0], CHOICE_SECONDS, gap, events)
        yield True

    def plan_whole(self, goal: str, events: Set[EventKey] = frozenset()) -> Iterator[bool]:
        """Let all there is be planned for its costs, if it is one district; each time closer.

        What is served is asked for once more, where it has been asked for.

        Parameters
        ----------
        events
            Among which costs are chosen again each time that this has brought no better plan.
        """
        if not self.is_one or self._state.clock.deterministic:
            return
        if goal == "served" and self.asked:
            while self._jobs.has_district:
                yield False
            if not self._jobs.district_is_silent:
                self._jobs.improve_district(goal, self._districts[0], AGAIN_SECONDS, CLOSER_GAP)
                yield True
        if goal != "cost" or self._costs_by_parts:
            return
        self.asked = True
        seconds = AGAIN_SECONDS
        for gap in chain(COST_GAPS, repeat(COST_GAPS[-1])):
            while self._jobs.has_district:
                yield False
            if gap < COST_GAPS[0]:
                silent, took = self._jobs.district_is_silent, self._jobs.district_took
                if silent and (not took or seconds == LONGER_SECONDS):
                    self._costs_by_parts = True  # A list too long, say: it will not be shorter.
                    return
                if silent or (not self._jobs.district_helped and took > WHOLLY * seconds):
                    seconds = LONGER_SECONDS
            self._jobs.improve_district(goal, self._districts[0], seconds, gap)
            yield True
            while self._jobs.has_district:
                yield False
            if events and not (self._jobs.district_helped or self._jobs.district_is_silent):
                yield from self._choose(events, 0.0)
