"""Errors that a person can act on; each carries its exit code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

BREACHES = 1
BAD_INPUT = 2
NO_PLAN_IN_TIME = 3
NO_VALID_PLAN = 4


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in the input.

    Attributes
    ----------
    file
        Path of the file as the user would recognise it; a workbook's sheet follows after ``#``.
    line, column
        Counted from 1; 0 where the file as a whole is meant.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True)
class Problem:
    """One mistake, or one doubtful thing, in the input.

    Attributes
    ----------
    place
        File, line and column.
    field
        Column of the table or key path of the scenario file; blank where the row is meant.
    message
        What is wrong, what was found and what would be right, in one sentence.
    severity
        An ``error`` stops the run; a ``warning`` is shown and the run goes on.
    """

    place: Place
    field: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.place}: {field}{self.message}"


class DelingError(Exception):
    """Base of all errors that deling explains to the person at the terminal."""

    exit_code: ClassVar[int] = 1


class InputError(DelingError):
    """The input cannot be used; holds every problem found, not only the first."""

    exit_code = BAD_INPUT

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class OutputError(DelingError):
    """The results cannot be written where they should be; nothing there has changed."""

    exit_code = BAD_INPUT


class ClusterError(DelingError):
    """The cluster cannot be used that the search was to run on."""

    exit_code = BAD_INPUT


class InvalidPlanError(DelingError):
    """A computed plan breaks rules: a mistake of deling itself, found before it is written."""

    def __init__(self, reason: str, breaches: Iterable[str]) -> None:
        super().__init__("\n".join([reason, *(f"  {breach}" for breach in breaches)]))
