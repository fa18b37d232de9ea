"""Plans in fractions: the events that the linear relaxation of all rows would hold.

Most of the events that there may be are in no good plan. Those of the cheapest plan in fractions
are few, and many of what annealing overlooks are among them, those that tie several local areas
together as well; a choice among both is a small program (a restricted master heuristic, see
Joncour, Michel, Sadykov, Sverdlov and Vanderbeck 2010). Which of many equals a plan in fractions
holds is chance, so another one is asked for at prices that differ a little.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

if TYPE_CHECKING:
    from collections.abc import Collection

CHANCE = 0.3
"""Share of what an event costs on average by which chance makes one dearer, at most."""
LEAST = 1e-6
"""Share of an event from which on it is held."""


class Fractions:
    """The linear relaxation of a program.

    Parameters
    ----------
    program
        Rows over whole-numbered columns, to be minimised; it is left as it is.
    choices
        The columns of which those that are held are asked for.
    seed
        Of chance in prices.
    """

    def __init__(self, program: model_pb2.ModelProto, choices: Collection[int], seed: int) -> None:
        relaxed = model_pb2.ModelProto()
        relaxed.CopyFrom(program)
        relaxed.variables.integers[:] = [False] * len(relaxed.variables.ids)
        self._model = mathopt.Model.from_model_proto(relaxed)
        self._choices = frozenset(choices)
        stated = relaxed.objective.linear_coefficients
        prices = dict(zip(stated.ids, stated.values, strict=True))
        self._prices = {at: prices.get(at, 0.0) for at in sorted(self._choices)}
        total = sum(map(abs, self._prices.values()))
        self._chance = CHANCE * total / max(1, len(self._prices))
        self._rng = random.Random(seed)
        self.bound = -math.inf
        """What no plan costs less than; known after `cheapest`."""

    def cheapest(self) -> frozenset[int]:
        """Return the choices that the cheapest plan in fractions holds, in part at least."""
        result = mathopt.solve(self._model, mathopt.SolverType.HIGHS)
        if result.termination.reason == mathopt.TerminationReason.OPTIMAL:
            self.bound = result.dual_bound()
        return self._held(result)

    def nearly_cheapest(self) -> frozenset[int]:
        """Return those of one that is the cheapest at other prices, each time of another one."""
        objective = self._model.objective
        for at, price in self._prices.items():
            dearer = price + self._chance * self._rng.random()
            objective.set_linear_coefficient(self._model.get_variable(at), dearer)
        return self._held(mathopt.solve(self._model, mathopt.SolverType.HIGHS))

    def _held(self, result: mathopt.SolveResult) -> frozenset[int]:
        if not result.has_primal_feasible_solution():
            return frozenset()
        values = result.variable_values()
        return frozenset(
            at.id for at, value in values.items() if value > LEAST and at.id in self._choices
        )
