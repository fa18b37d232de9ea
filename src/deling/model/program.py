"""A model as a mixed-integer program: rows over whole-numbered columns.

A list of all events that there may be needs nothing else. From some ten thousand events on, a
solver that begins with the linear relaxation of all rows at once gets much further with it.
"""

from __future__ import annotations

from collections import defaultdict
from math import inf
from typing import TYPE_CHECKING, Any

from ortools.math_opt import model_pb2

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ortools.sat.python.cp_model import CpModel

Terms = dict[int, int]
"""Columns, each with how often it counts."""

ENDLESS = 2**60
"""A limit from here on is none."""


def as_program(model: CpModel) -> model_pb2.ModelProto | None:
    """Return a model's rows, to be minimised; its variables are the columns, in their order.

    Returns
    -------
    ModelProto
        As MathOpt takes it; None if something in the model cannot be said in rows.
    """
    rows = _Rows(model)
    for constraint in model.proto.constraints:
        if not rows.add(constraint):
            return None
    rows.minimise(model)
    return rows.stated()


class _Rows:
    """The rows of a program so far."""

    def __init__(self, model: CpModel) -> None:
        domains = [list(variable.domain) for variable in model.proto.variables]
        self._least = [domain[0] for domain in domains]
        self._most = [domain[-1] for domain in domains]
        self._has_holes = any(len(domain) > 2 for domain in domains)
        self._program = model_pb2.ModelProto()
        # Lists, handed over at once: a message takes a microsecond for each call.
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._row_ids: list[int] = []
        self._columns: list[int] = []
        self._factors: list[int] = []
        columns = self._program.variables
        columns.ids.extend(range(len(domains)))
        columns.lower_bounds.extend(self._least)
        columns.upper_bounds.extend(self._most)
        columns.integers.extend([True] * len(domains))

    def stated(self) -> model_pb2.ModelProto:
        """Return all of them."""
        rows, matrix = self._program.linear_constraints, self._program.linear_constraint_matrix
        rows.ids.extend(range(len(self._lower)))
        rows.lower_bounds.extend(self._lower)
        rows.upper_bounds.extend(self._upper)
        matrix.row_ids.extend(self._row_ids)
        matrix.column_ids.extend(self._columns)
        matrix.coefficients.extend(self._factors)
        return self._program

    def add(self, constraint: Any) -> bool:
        """Add the rows of a constraint; return False if it is none."""
        if self._has_holes:
            return False
        unless = list(constraint.enforcement_literal)
        if constraint.has_linear():
            if len(constraint.linear.domain) > 2:
                return False
            self._add_linear(constraint.linear, unless)
        elif constraint.has_at_most_one() and not unless:
            self._clause(constraint.at_most_one.literals, most=1)
        elif constraint.has_exactly_one() and not unless:
            self._clause(constraint.exactly_one.literals, least=1, most=1)
        elif constraint.has_bool_or():
            self._clause([*constraint.bool_or.literals, *map(_not, unless)], least=1)
        elif constraint.has_bool_and():
            for literal in constraint.bool_and.literals:
                self._clause([literal, *map(_not, unless)], least=1)
        else:
            return False
        return True

    def minimise(self, model: CpModel) -> None:
        """Take over the objective; of what is to be large, the model says the negative."""
        objective = model.proto.objective
        terms = _sum(objective.vars, objective.coeffs)
        stated = self._program.objective
        stated.linear_coefficients.ids.extend(sorted(terms))
        stated.linear_coefficients.values.extend(terms[at] for at in sorted(terms))
        stated.offset = objective.offset

    def _add_linear(self, linear: Any, unless: list[int]) -> None:
        """Add a row that holds where some literals are all true.

        Where one is false, the row gives as much way as the columns can ask for.
        """
        terms = _sum(linear.vars, linear.coeffs)
        least, most = linear.domain
        if not unless:
            self._row(terms, least, most)
            return
        if most < ENDLESS:
            way = max(0, self._largest(terms) - most)
            self._row(*_given_way(terms, -ENDLESS, most, unless, way))
        if least > -ENDLESS:
            way = max(0, least - self._smallest(terms))
            self._row(*_given_way(terms, least, ENDLESS, unless, -way))

    def _smallest(self, terms: Terms) -> int:
        return sum(
            factor * (self._least if factor > 0 else self._most)[at] for at, factor in terms.items()
        )

    def _largest(self, terms: Terms) -> int:
        return -self._smallest({at: -factor for at, factor in terms.items()})

    def _clause(self, literals: Iterable[int], least: int = -ENDLESS, most: int = ENDLESS) -> None:
        """Add a row over how many of some literals are true."""
        literals = list(literals)
        if min(literals, default=0) >= 0 and len(set(literals)) == len(literals):
            self._append(sorted(literals), [1] * len(literals), least, most)
            return
        terms: Terms = defaultdict(int)
        negated = 0
        for literal in literals:
            at, sign = _column(literal)
            terms[at] += sign
            negated += sign < 0
        self._row(terms, least - negated, most - negated)

    def _row(self, terms: Terms, least: int, most: int) -> None:
        columns = sorted(at for at, factor in terms.items() if factor)
        self._append(columns, [terms[at] for at in columns], least, most)

    def _append(self, columns: list[int], factors: list[int], least: int, most: int) -> None:
        """Add a row over columns in their order."""
        self._row_ids += [len(self._lower)] * len(columns)
        self._lower.append(least if least > -ENDLESS // 2 else -inf)
        self._upper.append(most if most < ENDLESS // 2 else inf)
        self._columns += columns
        self._factors += factors


def _given_way(
    terms: Terms, least: int, most: int, unless: list[int], way: int
) -> tuple[Terms, int, int]:
    """Return a row that gives way by as much for each of some literals that is false."""
    found = defaultdict(int, terms)
    shift = 0
    for literal in unless:
        at, sign = _column(literal)
        found[at] += way * sign
        shift += way if sign > 0 else 0
    return found, least + shift, most + shift


def _sum(columns: Iterable[int], factors: Iterable[int]) -> Terms:
    terms: Terms = defaultdict(int)
    for at, factor in zip(columns, factors, strict=True):
        terms[at] += factor
    return terms


def _column(literal: int) -> tuple[int, int]:
    """Return a literal's column, and 1 if it is true where that is 1, else -1."""
    return (literal, 1) if literal >= 0 else (_not(literal), -1)


def _not(literal: int) -> int:
    return -literal - 1
