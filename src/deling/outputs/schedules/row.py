"""A row of the week of a room or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from deling.outputs.table import Cell

Kind = Literal["session", "turnaround", "block", "way", "wait"]


class Row(NamedTuple):
    """What fills a stretch of time.

    Attributes
    ----------
    start
        Minute of the week.
    kind
        What it is, whatever it is called in the language of the reader.
    cells
        As they are written.
    """

    start: int
    kind: Kind
    cells: tuple[Cell, ...]
