"""Bounds of a large case: the sum of what its parts could do at best, each by itself.

A part by itself may use whatever its needs could use in any plan, and nobody is in its way, so
what is left of a plan when all other needs are dropped is one of its plans. The values of the
parts of a plan therefore add up to at least its own, for a goal that is a sum over needs; the
largest of them is its own, for one that is a maximum over institutions. Staff whom several parts
could use are paid for their events only, since their ways may serve several parts at once.

What a plan has to keep of a goal before is shared among the parts by a price on it (a Lagrangian
relaxation, after Everett 1963): else each of them could leave out as much as all may together.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deling.board import Board
from deling.domain import Plan
from deling.goals import GOALS
from deling.search.bounds import keeps
from deling.search.prices import price_of_weight
from deling.search.task import Limits, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from deling.part import Cutter
    from deling.search.state import State

FIRST_SECONDS = 5.0
"""Most seconds for the first try at a local area's bound."""
LONGEST_SECONDS = 80.0


class PartBounds:
    """What each part could do at best.

    Parameters
    ----------
    state
        The search, which is told every better bound of the whole.
    cutter
        Of the whole case.
    parts
        The needs of each part; together all needs, each once.
    seed
        Of the solver's random choices.
    seconds
        Most for the first try at a part; each later one gets twice as many; after one of
        `LONGEST_SECONDS` there is none.
    """

    def __init__(
        self,
        state: State,
        cutter: Cutter,
        parts: list[tuple[str, ...]],
        seed: int,
        seconds: float = FIRST_SECONDS,
    ) -> None:
        self._state = state
        self._cutter = cutter
        self._parts = parts
        self._seed = seed
        self._first_seconds = seconds
        self._nothing = Board(state.case, Plan(events=()))
        needs = state.case.scenario.needs
        self._worth: int | None = None
        self._budget = state.case.scenario.rules.budget if state.case.applies("budget") else None
        self._wanted = [
            sum(needs[key].weight * needs[key].sessions for key in part) for part in parts
        ]
        self._known: dict[str, list[int | None]] = {
            goal: [self._plain(goal, at) for at in range(len(parts))]
            for goal in dict.fromkeys((*state.order, "served"))
        }
        self._prices: dict[str, int] = {}
        """What a unit of weight is worth of each other goal that has been asked about."""
        self._held_then: dict[tuple[str, int], dict[str, int]] = {}
        """What the plans keep of which a part's bound is proven."""
        self._exact: set[tuple[str, int]] = set()
        self._seconds: Counter[tuple[str, int]] = Counter()
        used = Counter(
            key
            for part in parts
            for kind, key in cutter.could_use(part) | cutter.use_today(part)
            if kind == "staff"
        )
        self._roaming = frozenset(key for key, count in used.items() if count > 1)

    def set_worth(self, worth: int) -> None:
        """Set what a unit of weight is worth of the budget, in øre; before any bound is known."""
        if self._budget is not None:
            self._worth = worth
            self._known["served"] = [self._plain("served", at) for at in range(len(self._parts))]

    @property
    def has_worth(self) -> bool:
        """Whether that is known, or does not matter."""
        return self._worth is not None or self._budget is None

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self._parts)

    def _plain(self, goal: str, at: int) -> int | None:
        """Return what is known of a part without a question."""
        if goal != "served":
            return None
        return self._wanted[at] * (1 if self._worth is None else self._worth)

    def next_part(
        self,
        goal: str,
        got: Mapping[str, int],
        asked: Collection[int | None],
        unmet: float = 0.0,
    ) -> int | None:
        """Return the part whose bound is most worth asking for, or None.

        Parameters
        ----------
        goal
            Id of the goal.
        got
            Sessions of each need in the best plan.
        asked
            Numbers of parts that somebody is at work on.
        unmet
            For ``served``: more than this share of the part's weight is to be unmet.
        """
        # Without `needs_met`, staff of one part may be of use on their way in another.
        if not self._state.case.applies("needs_met"):
            return None
        missing = self._wanted
        if goal == "served":
            needs = self._state.case.scenario.needs
            missing = [
                wanted - sum(needs[key].weight * got[key] for key in part)
                for part, wanted in zip(self._parts, self._wanted, strict=True)
            ]
        self._forget(goal)
        open_parts = [
            at
            for at in range(len(self._parts))
            if (goal, at) not in self._exact
            and at not in asked
            and self._seconds[goal, at] < LONGEST_SECONDS
            and (goal != "served" or missing[at] > unmet * self._wanted[at])
        ]

        def urgency(at: int) -> tuple[int, int]:
            return (self._seconds[goal, at], -missing[at])

        return min(open_parts, key=urgency, default=None)

    def question(self, goal: str, at: int) -> Question:
        """Return what to ask about a part."""
        state = self._state
        for known in self._known:
            self._forget(known)
        self._seconds[goal, at] = round(2 * self._seconds[goal, at] or self._first_seconds)
        budget = state.case.scenario.rules.budget
        before = state.order[: state.order.index(goal)]
        if goal not in self._prices:
            self._prices[goal] = self._price(goal)
        self._held_then[goal, at] = {key: state.values[key] for key in before}
        held = {key: least for key in before if (least := self._held(key, at)) is not None}
        return Question(
            self._cutter.part(self._parts[at], self._nothing, budget).portable(),
            goal,
            self._worth,
            dict(self._prices),
            held,
            self._roaming,
            Limits(
                min(self._seconds[goal, at], state.clock.left()),
                state.clock.deterministic,
                state.careful,
            ),
            self._seed,
        )

    def _held(self, goal: str, at: int) -> int | None:
        """Return what a part has of a goal at least, in a plan as good as the best one.

        If all other parts did the best they can, this one would have to make up the difference.
        """
        if GOALS[goal].of_parts == "max":
            return self._state.values[goal]
        known = self._known[goal]
        certain = [each for each in known if each is not None]
        mine = known[at]
        if mine is None or len(certain) < len(known):
            return None
        return mine + self._measured(goal, self._state.values[goal]) - sum(certain)

    def _measured(self, goal: str, value: int) -> int:
        """Return a value of a goal as it is counted in questions, for all parts together."""
        if goal == "served":
            return value if self._worth is None else self._worth * value - (self._budget or 0)
        return value - self._prices.get(goal, 0) * self._state.values.get("served", 0)

    def _value(self, goal: str, measured: int) -> int:
        """Return the best value of a goal that is no more than this as it is counted."""
        if goal == "served":
            if self._worth is None:
                return measured
            return (measured + (self._budget or 0)) // self._worth
        return measured + self._prices.get(goal, 0) * self._state.values.get("served", 0)

    def _price(self, goal: str) -> int:
        """Return what a unit of weight shall be worth of a goal that comes after ``served``."""
        state = self._state
        order = state.order
        if GOALS[goal].of_parts != "sum" or "served" not in order[: order.index(goal)]:
            return 0
        more = abs(state.bounds["served"] - state.values["served"])
        return price_of_weight(state.case, self._cutter, self._parts, state.best()[0], goal, more)

    def note(self, goal: str, at: int, bound: int | None, *, exact: bool) -> None:
        """Note a part's bound, and what follows for the whole."""
        if exact:
            self._exact.add((goal, at))
        known = self._known[goal]
        before = known[at]
        if bound is not None and (before is None or GOALS[goal].better(before, bound)):
            known[at] = bound
        self._forget(goal)
        certain = [each for each in known if each is not None]
        if len(certain) == len(known):
            held: dict[str, int] = {}
            for other in range(len(known)):
                for key, value in self._held_then.get((goal, other), {}).items():
                    if key not in held or GOALS[key].better(value, held[key]):
                        held[key] = value
            if self._prices.get(goal):
                held["served"] = self._state.values["served"]
            adds_up = GOALS[goal].of_parts == "sum"
            bound = self._value(goal, sum(certain)) if adds_up else max(certain)
            self._state.bound(goal, bound, held)

    def _forget(self, goal: str) -> None:
        """Drop bounds of plans that keep more than the best plan does by now."""
        for at in range(len(self._parts)):
            held = self._held_then.get((goal, at))
            if held is not None and not keeps(self._state.values, held):
                self._known[goal][at] = self._plain(goal, at)
                self._exact.discard((goal, at))
                self._seconds[goal, at] = 0
