"""Rows that are sessions: of today's use and of a plan."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import model_validator

from deling.domain import Source  # noqa: TC001
from deling.scenario.cells import Clock, Counted, Day, Id, People, Positive, Ref, Start, Text, YesNo
from deling.scenario.shape import RowShape

OF_INTERNAL = frozenset({"day", "start", "end", "minutes", "room", "staff", "equipment"})
"""Columns that are ignored in the row of a bought session."""


class EventShape(RowShape):
    """What a row of today's use and a row of a plan have in common."""

    event: Id
    """Id of the event; rows with the same one are one joint event."""
    source: Source = "internal"
    """`internal`, or `bought` outside the area."""
    day: Day | None = None
    """`Mo` to `Su`; blank for a bought session."""
    start: Start | None = None
    """`HH:MM`; blank for a bought session."""
    room: Annotated[Id, Ref("rooms")] = ""
    """The room."""
    staff: Annotated[People, Ref("staff")] = ()
    """List of staff."""
    equipment: Annotated[Counted, Ref("equipment")] = ()
    """List of equipment; `drums:2` takes two units."""

    @model_validator(mode="before")
    @classmethod
    def _ignore_bought(cls, cells: Any) -> Any:
        """Drop time and resources of a bought session, whatever stands there."""
        if isinstance(cells, dict) and cells.get("source") == "bought":
            return {column: text for column, text in cells.items() if column not in OF_INTERNAL}
        return cells


class UseRow(EventShape):
    """A session of today's use, or without a need a block of time that is taken."""

    table: ClassVar[str] = "use"
    key: ClassVar[tuple[str, ...]] = ("event", "need")

    need: Annotated[Id, Ref("needs")] = ""
    """The need that is served; blank is a block."""
    minutes: Positive | None = None
    """Length in minutes; blank is the need's."""
    fixed: YesNo = False
    """Whether every plan must contain the event as it is."""


class PlanRow(EventShape):
    """A session of a plan."""

    table: ClassVar[str] = "plan"
    key: ClassVar[tuple[str, ...]] = ("event", "need")

    need: Annotated[Id, Ref("needs")]
    """The need that is served."""
    end: Clock | None = None
    """`HH:MM`, `24:00` at midnight; blank for a bought session."""
    group: Text = ""
    """The need's group; written for people, ignored when read."""
    institution: Text = ""
    """The group's institution; written for people, ignored when read."""
    site: Text = ""
    """The room's site; written for people, ignored when read."""
    participants: Text = ""
    """The group's size; written for people, ignored when read."""
    cost: Text = ""
    """DKK; written for people, ignored when read."""
