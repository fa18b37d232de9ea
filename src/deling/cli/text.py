"""Tables for a terminal: plain text that fits 100 columns and needs no colour."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 100
_GAP = "  "


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int = 1) -> str:
    """Return an aligned table.

    Parameters
    ----------
    texts
        How many of the first columns are text, aligned left; the others are numbers. The first
        column gives way when the table is too wide.
    """
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    spare = WIDTH - sum(widths[1:]) - len(_GAP) * (len(widths) - 1)
    widths[0] = max(8, min(widths[0], spare))
    shown = [_line(line, widths, texts) for line in lines]
    return "\n".join([shown[0], "-" * max(map(len, shown)), *shown[1:]])


def _line(cells: Sequence[str], widths: Sequence[int], texts: int) -> str:
    aligned = (
        shortened(cell, width).ljust(width) if i < texts else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return _GAP.join(aligned).rstrip()


def shortened(text: str, width: int) -> str:
    """Return the text cut to a width, the cut being visible."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def wrapped(text: str, indent: str = "") -> str:
    """Return a paragraph in lines that fit, the second and later ones indented further."""
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    )
