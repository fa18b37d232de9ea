"""Time that a choice takes of a thing, and how the model lets at most so many do so at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ortools.sat.python.cp_model import CpModel, IntervalVar

    from deling.model.variables import BoolLiteral, Expression


@dataclass(eq=False)
class Stay:
    """From start to start + minutes, while a literal is true.

    Attributes
    ----------
    end
        Only where the minutes are open too.
    """

    start: Expression
    minutes: Expression
    held: BoolLiteral
    end: Expression = None
    _interval: IntervalVar | None = field(default=None, init=False)

    @property
    def settled(self) -> bool:
        """Whether its time is no choice."""
        return isinstance(self.start, int) and isinstance(self.minutes, int)

    def interval(self, model: CpModel) -> IntervalVar:
        """Return it as a variable of the solver, always the same."""
        if self._interval is None:
            if self.end is None:
                self._interval = model.new_optional_fixed_size_interval_var(
                    self.start, self.minutes, self.held, ""
                )
            else:
                self._interval = model.new_optional_interval_var(
                    self.start, self.minutes, self.end, self.held, ""
                )
        return self._interval


def one_at_a_time(model: CpModel, stays: list[Stay]) -> None:
    """Let no two stays overlap."""
    if all(stay.settled for stay in stays):
        for together in at_once(stays):
            if len(together) > 1:
                model.add_at_most_one(stay.held for stay in together)
    elif len(stays) > 1:
        model.add_no_overlap(stay.interval(model) for stay in stays)


def no_more_than(model: CpModel, stays: list[Stay], units: list[Expression], capacity: int) -> None:
    """Let stays take no more units at any minute than there are."""
    if all(stay.settled for stay in stays) and all(isinstance(each, int) for each in units):
        taken = {id(stay): each for stay, each in zip(stays, units, strict=True)}
        for together in at_once(stays):
            if sum(taken[id(stay)] for stay in together) > capacity:
                model.add(sum(taken[id(stay)] * stay.held for stay in together) <= capacity)
    else:
        model.add_cumulative([stay.interval(model) for stay in stays], units, capacity)


def at_once(stays: Iterable[Stay]) -> Iterator[list[Stay]]:
    """Yield all settled stays that are under way at some minute, where no more could be.

    Those at any other minute are among those at one of these: the cliques of an interval graph
    (Fulkerson and Gross 1965), which say more of fractions than pairs do.
    """
    starts: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.minutes:
            starts[stay.start].append(stay)
    under_way: list[Stay] = []
    for minute in sorted(starts):
        left = [stay for stay in under_way if stay.start + stay.minutes > minute]
        if len(left) < len(under_way):
            yield under_way
        under_way = left + starts[minute]
    if under_way:
        yield under_way
