"""A linear model in plain lists, which both CP-SAT and HiGHS are given."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Terms = dict[int, int]
"""Column -> coefficient."""
Span = tuple[int, int, int, int]
"""Column, start, end, units that it takes in between if it is chosen."""
MANY = 10**9


@dataclass
class Linear:
    """Columns of whole numbers and rows over them.

    Attributes
    ----------
    columns
        Least and most of each column.
    rows
        Terms, least and most of their sum.
    goals
        What each goal is, by id: terms and what is added to their sum.
    """

    columns: list[tuple[int, int]] = field(default_factory=list)
    rows: list[tuple[Terms, int, int]] = field(default_factory=list)
    goals: dict[str, tuple[Terms, int]] = field(default_factory=dict)

    def column(self, least: int = 0, most: int = 1) -> int:
        """Add a column and return its place."""
        self.columns.append((least, most))
        return len(self.columns) - 1

    def row(self, terms: Terms, least: int = -MANY, most: int = MANY) -> None:
        """Add a row, unless it says nothing."""
        if terms and not (least <= self._least(terms) and self._most(terms) <= most):
            self.rows.append((terms, least, most))

    def fix(self, column: int, value: int) -> None:
        """Leave a column one value."""
        self.columns[column] = value, value

    def _least(self, terms: Terms) -> int:
        return sum(factor * self.columns[at][factor < 0] for at, factor in terms.items())

    def _most(self, terms: Terms) -> int:
        return sum(factor * self.columns[at][factor > 0] for at, factor in terms.items())


def ones(columns: Iterable[int]) -> Terms:
    """Return the sum of columns; one that comes twice counts twice."""
    terms: Terms = defaultdict(int)
    for column in columns:
        terms[column] += 1
    return dict(terms)


def plus(*several: Terms) -> Terms:
    """Return the sum of sums."""
    total: Terms = defaultdict(int)
    for terms in several:
        for column, factor in terms.items():
            total[column] += factor
    return {column: factor for column, factor in total.items() if factor}


def times(factor: int, terms: Terms) -> Terms:
    """Return a multiple of a sum."""
    return {column: factor * each for column, each in terms.items()}


def at_once(spans: Iterable[Span]) -> Iterator[Terms]:
    """Yield what may be under way together, with its units, where nothing more could be.

    What is under way at any other minute is part of what is under way at one of these.
    """
    starts: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        if span[1] < span[2]:
            starts[span[1]].append(span)
    under_way: list[Span] = []
    for minute in sorted(starts):
        left = [span for span in under_way if span[2] > minute]
        if len(left) < len(under_way):
            yield _units(under_way)
        under_way = left + starts[minute]
    if under_way:
        yield _units(under_way)


def _units(spans: list[Span]) -> Terms:
    total: Terms = defaultdict(int)
    for column, _start, _end, units in spans:
        total[column] += units
    return dict(total)
