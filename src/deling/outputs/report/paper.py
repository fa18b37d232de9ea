"""How the week of an institution is set so that it fits one sheet of A4.

A browser cannot be told to fit a table to a page, so the height of each day is estimated, with
letters as wide as those of the widest font that the page may be shown in. Days with much in them
get several columns; where that is not enough, letters are smaller, and at last less is told.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 527.0, 614.0
"""What a sheet has for the days, in points: its margins and the head of the page are taken off."""
SIZES = (7.4, 7.0, 6.75, 6.5)
"""Sizes of letters in points; below the last they are hard to read."""
_LINE = 1.18
_LETTER = 0.575
_FRAME, _GAP = 2.9, 2.2
_INSET = 13.0
_MOST_COLUMNS = 9

Lines = tuple[str, ...]
"""What an event tells, part by part, each on lines of its own."""


@dataclass(frozen=True)
class Setting:
    """How the days are set.

    Attributes
    ----------
    size
        Of letters, in points.
    columns
        For each day.
    brief
        Whether details are left out.
    fits
        Whether the week is estimated to fit the sheet.
    """

    size: float
    columns: tuple[int, ...]
    brief: bool
    fits: bool

    @property
    def all_columns(self) -> int:
        """The columns of all days."""
        return sum(self.columns)


def setting(days: Sequence[Sequence[tuple[Lines, Lines]]], below: int) -> Setting:
    """Return the most legible setting that fits, or the smallest where none does.

    Parameters
    ----------
    days
        For each day its events: what is told of them always, and what only where there is room.
    below
        Events that stand below the days, by how many the sheet is shorter.
    """
    found = None
    for brief in (False, True):
        told = [[always if brief else always + more for always, more in day] for day in days]
        for size in SIZES:
            room = HEIGHT - _LINE * size * 2 * below
            found = _columns(told, size, room, brief)
            if found.fits:
                return found
    assert found is not None
    return found


def _columns(days: list[list[Lines]], size: float, room: float, brief: bool) -> Setting:
    """Give the fullest day another column as long as the week is too high."""
    columns = [1] * len(days)
    while True:
        letters = int((WIDTH / sum(columns) - _INSET) / (size * _LETTER))
        heights = [
            _height(day, letters, size, count) for day, count in zip(days, columns, strict=True)
        ]
        fits = max(heights) <= room
        if fits or sum(columns) >= _MOST_COLUMNS:
            return Setting(size, tuple(columns), brief, fits)
        columns[heights.index(max(heights))] += 1


def _height(day: list[Lines], letters: int, size: float, columns: int) -> float:
    """Return how high the fullest of a day's columns is, with events that are not torn apart."""
    events = [
        sum(len(textwrap.wrap(part, letters)) for part in event) * size * _LINE + _FRAME + _GAP
        for event in day
    ]
    if columns == 1 or not events:
        return sum(events)
    return sum(events) / columns + max(events)
