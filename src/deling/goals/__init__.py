"""All goals, by id."""

from deling.goals.base import Goal
from deling.goals.comfort import Comfort
from deling.goals.cost import Cost
from deling.goals.fairness import Fairness
from deling.goals.served import Served

__all__ = ["GOALS", "Goal"]

GOALS: dict[str, Goal] = {goal.id: goal for goal in (Served(), Fairness(), Cost(), Comfort())}
