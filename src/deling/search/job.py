"""Something that a worker of a large case is given to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deling.search.district import bound_district, improve_district
from deling.search.task import Task, bound_part, improve_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deling.part import Part
    from deling.search.part_bounds import PartBounds
    from deling.search.task import Question
    from deling.search.workers import Work


@dataclass(frozen=True)
class Job:
    """Something a worker is busy with."""

    goal: str
    """The stage of the search."""
    part: Part | None
    """The part that is improved; None for a bound."""
    what: Task | Question
    """What the worker is told."""
    areas: tuple[int, ...] = ()
    """Numbers of the local areas that are improved as a whole; none around a need."""
    at: int = -1
    """Number of the part whose bound is asked for."""
    spare: int = 0
    """What it may spend of what was left of the budget, in øre."""
    generation: int = 0
    """Of the workers that it was given to."""
    around: str | None = None
    """The need that a part across borders is around."""
    lost: int = 0
    """How many workers died of it, or beside it."""
    bounds: PartBounds | None = None
    """Where to note a bound."""
    held: Mapping[str, int] | None = None
    """Of a part that is all there is: what its plans keep, so that its bound is that of the whole.
    """
    district: bool = False
    """Whether HiGHS is asked. That takes long, so nothing waits for it meanwhile."""

    by_rows: bool = False
    """Whether HiGHS is asked about a local area, of which nobody else plans anything meanwhile."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Ids of needs that nobody else should plan meanwhile."""
        return self.part.free if self.part is not None and not self.district else ()

    @property
    def is_wide(self) -> bool:
        """Whether a district is planned with all there may be."""
        return self.district and isinstance(self.what, Task) and self.what.among is None

    @property
    def work(self) -> Work:
        """What a worker does."""
        if isinstance(self.what, Task):
            return improve_district if self.district or self.by_rows else improve_part
        return bound_district if self.district else bound_part
