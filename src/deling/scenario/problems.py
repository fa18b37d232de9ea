"""Collecting problems, and the words that all messages about input share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deling.errors import InputError, Place, Problem
from deling.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_SHOWN = 60
_ALIKE = 0.75
FEWEST_LETTERS = 10
"""Of what looks like a CPR number."""
# Not after a digit or a decimal sign that follows one, and not before either: what is left are
# whole numbers of ten digits, so that coordinates and amounts pass.
_TEN_DIGITS = re.compile(
    r"(?<!\d)(?<!\d[.,])(\d\d)(\d\d)\d\d[-\N{EN DASH}\N{NON-BREAKING HYPHEN}]?\d{4}(?!\d|[.,]\d)"
)
_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Problems:
    """All that is wrong or doubtful in the input, each said once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def error(self, place: Place, field: str, message: str) -> None:
        """Note something that stops the run."""
        self._found[Problem(place, field, message)] = None

    def warn(self, place: Place, field: str, message: str) -> None:
        """Note something doubtful."""
        self._found[Problem(place, field, message, "warning")] = None

    @property
    def errors(self) -> int:
        """How many errors there are so far."""
        return sum(problem.severity == "error" for problem in self._found)

    @property
    def sorted(self) -> tuple[Problem, ...]:
        """All problems by file, line and column."""
        return tuple(sorted(self._found, key=lambda problem: (problem.place, problem.field)))

    def raise_errors(self) -> None:
        """Raise an `InputError` with all problems if any of them is an error."""
        if self.errors:
            raise InputError(self.sorted)


def cpr_numbers(text: str) -> list[tuple[int, int]]:
    """Return where in a text something stands that looks like a CPR number.

    Ten digits, with or without a dash after six, of which the first six could be a date.
    """
    found: list[tuple[int, int]] = []
    if len(text) < FEWEST_LETTERS:  # Most cells are short, and there are many.
        return found
    for match in _TEN_DIGITS.finditer(text):
        day, month = int(match[1]), int(match[2])
        if 1 <= month <= 12 and 1 <= day <= _DAYS_OF_MONTH[month - 1]:
            found.append(match.span())
    return found


def shown(text: str) -> str:
    """Return a text from the input in quotation marks, shortened and without CPR numbers."""
    for start, end in reversed(cpr_numbers(text)):
        text = text[:start] + "**********" + text[end:]
    text = " ".join(text.split())
    if len(text) > _LONGEST_SHOWN:
        text = text[: _LONGEST_SHOWN - 1] + "…"
    return f"“{text}”"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a mistyped one, if any is like it."""
    from difflib import get_close_matches

    lower = {key.lower(): key for key in known}
    close = get_close_matches(word.lower(), lower, n=1, cutoff=_ALIKE)
    return lower[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the end of a message that names the nearest known word, or nothing."""
    close = nearest(word, known)
    return "" if close is None else _("; did you mean {word}?").format(word=close)


def one_of(words: Iterable[str]) -> str:
    """Return ``a, b or c``."""
    *first, last = list(words)
    return _("{words} or {last}").format(words=", ".join(first), last=last) if first else last
