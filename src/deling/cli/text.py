"""Tables for a terminal: plain text that fits 100 columns and needs no colour."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 100
_GAP = "  "
_HIGHEST_HEAD = 4
_SHORT_HEAD = 8


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int = 1) -> str:
    """Return an aligned table.

    Parameters
    ----------
    texts
        How many of the first columns are text, aligned left; the others are numbers. When the
        table is too wide, the heads of numbers take several lines, then the first column gives
        way.
    """
    body = [list(row) for row in rows]
    cells = [max((len(line[i]) for line in body), default=0) for i in range(len(header))]
    for height in range(1, _HIGHEST_HEAD + 1):
        heads = [
            [head] if i < texts or len(head) <= _SHORT_HEAD else _folded(head, height)
            for i, head in enumerate(header)
        ]
        widths = [max(cells[i], *map(len, head)) for i, head in enumerate(heads)]
        if sum(widths) + len(_GAP) * (len(widths) - 1) <= WIDTH:
            break
    spare = WIDTH - sum(widths[1:]) - len(_GAP) * (len(widths) - 1)
    widths[0] = max(8, min(widths[0], spare))
    height = max(map(len, heads))
    top = zip(*([""] * (height - len(head)) + head for head in heads), strict=True)
    above = [_line(line, widths, texts) for line in top]
    below = [_line(line, widths, texts) for line in body]
    return "\n".join([*above, "-" * max(map(len, [*above, *below])), *below])


def _folded(head: str, height: int) -> list[str]:
    """Return a head in at most so many lines, as narrow as they allow."""
    width = max(map(len, head.split()), default=1)
    while len(lines := textwrap.wrap(head, width)) > height:
        width += 1
    return lines or [""]


def bar(part: int, whole: int, width: int = 40) -> str:
    """Return a share of a whole as a bar, of signs that the terminal has.

    Anything is at least one sign long, and only the whole fills the bar.
    """
    full, empty = ("█", "░") if _can_show("█░") else ("#", ".")
    filled = part * width // whole if whole else 0
    filled = min(width, max(filled, 1 if part > 0 else 0))
    return full * filled + empty * (width - filled)


def _can_show(signs: str) -> bool:
    try:
        signs.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def _line(cells: Sequence[str], widths: Sequence[int], texts: int) -> str:
    aligned = (
        shortened(cell, width).ljust(width) if i < texts else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return _GAP.join(aligned).rstrip()


def shortened(text: str, width: int) -> str:
    """Return the text cut to a width, the cut being visible."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def to_error(text: str) -> None:
    """Print a line to standard error: broken between words for eyes, whole for programs."""
    click.echo(wrapped(text) if sys.stderr.isatty() else text, err=True)


def wrapped(text: str, indent: str = "") -> str:
    """Return a paragraph in lines that fit, the second and later ones indented further."""
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    )
