"""Lines of a table as texts; where a cell begins is found out when somebody asks."""

from __future__ import annotations


class Line:
    """A row of cells, each in a column of its own, as in a sheet.

    Parameters
    ----------
    texts
        Of its cells.
    number
        Of the line, counted from 1.
    """

    __slots__ = ("number", "texts")

    def __init__(self, texts: list[str], number: int) -> None:
        self.texts = texts
        self.number = number

    def place(self, cell: int) -> tuple[int, int]:
        """Return line and column, from 1, where a cell begins; the last one for those after it."""
        return self._begins(min(cell, len(self.texts) - 1))

    def _begins(self, cell: int) -> tuple[int, int]:
        return self.number, cell + 1


class PlainLine(Line):
    """A line of a text file that is cut at every delimiter.

    Parameters
    ----------
    parts
        What stands between the delimiters.
    number
        Of the line.
    """

    __slots__ = ("_parts",)

    def __init__(self, parts: list[str], number: int) -> None:
        super().__init__([part.strip() for part in parts], number)
        self._parts = parts

    def _begins(self, cell: int) -> tuple[int, int]:
        return self.number, 1 + cell + sum(map(len, self._parts[:cell]))


class QuotedLine(Line):
    """A row with cells in quotation marks, which may go over several lines.

    Parameters
    ----------
    texts
        Of its cells.
    places
        Line and column of each.
    """

    __slots__ = ("_places",)

    def __init__(self, texts: list[str], places: list[tuple[int, int]]) -> None:
        super().__init__(texts, places[0][0])
        self._places = places

    def _begins(self, cell: int) -> tuple[int, int]:
        return self._places[cell]
