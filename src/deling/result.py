"""What an optimisation returns and what it tells while it works; no solver needed to read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.domain import Plan, SharingLevel

Status = Literal["optimal", "feasible", "no_plan_in_time", "infeasible"]
Ended = Literal["proven", "gap", "time_limit", "deterministic_limit", "interrupted", "failed"]


@dataclass(frozen=True)
class GoalOutcome:
    """What is known of one goal.

    Attributes
    ----------
    value
        The plan's value; ``cost`` in sixtieths of an øre.
    bound
        No plan that holds the goals before at their values can do better than this.
    gap
        Relative distance between value and bound, as the goal defines it.
    proven
        Whether value and bound meet.
    """

    value: int
    bound: int
    gap: float
    proven: bool


@dataclass(frozen=True)
class Result:
    """The best plan found and what is proven of it.

    Attributes
    ----------
    status
        ``optimal`` when every goal is proven; ``feasible`` with a plan that is not;
        ``no_plan_in_time`` and ``infeasible`` without one.
    plan
        A plan that the checker has found valid, or None.
    goals
        Outcome by goal id, in the scenario's order; empty without a plan.
    clash
        Without any valid plan: the rules and rows that cannot hold together, a line each.
    ended
        Why the search ended: all that can be known is ``proven``, each goal is within the ``gap``
        asked for, a limit was reached, a person ``interrupted`` it, or the solver ``failed``.
    work
        What a search with a deterministic limit used of it, else None.
    """

    status: Status
    sharing: SharingLevel
    plan: Plan | None
    goals: dict[str, GoalOutcome] = field(default_factory=dict)
    seconds: float = 0.0
    seconds_to_first_plan: float | None = None
    seed: int = 1
    workers: int = 1
    ended: Ended = "time_limit"
    work: float | None = None
    clash: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def interrupted(self) -> bool:
        """Whether a person stopped the search."""
        return self.ended == "interrupted"


@dataclass(frozen=True)
class Update:
    """A moment of the search, for a person to watch.

    Attributes
    ----------
    sharing
        Level of the ladder that is being searched.
    goal
        Id of the goal in hand.
    value, bound, gap
        The best plan's value and the proven bound of that goal; None while unknown.
    seconds
        Since the search's start.
    spent, limit
        How much of its limit the search has used: seconds, or units of work.
    away
        How many workers of a cluster are at it; None where this computer does it all.
    """

    sharing: SharingLevel
    goal: str
    value: int | None
    bound: int | None
    gap: float | None
    seconds: float
    spent: float
    limit: float
    deterministic: bool = False
    away: int | None = None


if TYPE_CHECKING:
    Watcher = Callable[[Update], None]
    News = Callable[[Update, Result | None], None]
