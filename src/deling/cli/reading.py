"""Reading a scenario for a command, with its warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.case import Case
from deling.cli import speech
from deling.cli.text import to_error
from deling.compare import Column, Comparison, today
from deling.domain import SHARING_LEVELS
from deling.errors import InputError
from deling.language import _
from deling.memory import collector_at_rest, keep_for_good
from deling.preflight import review
from deling.scenario.load import country_of, load
from deling.scenario.plans import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from deling.domain import SharingLevel
    from deling.errors import Problem


def read_case(path: Path, sharing: SharingLevel | None, *, quiet: bool) -> Case:
    """Read a scenario; show what is doubtful, stop at what is wrong.

    Raises
    ------
    InputError
        With every problem found.
    """
    speech.follow(country_of(path))
    with collector_at_rest():
        loaded = load(path)
        keep_for_good()
    case = Case(loaded.scenario, sharing)
    problems = review(case)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise InputError(errors)
    if not quiet:
        warn([*loaded.warnings, *problems])
    return case


def read_plans(paths: Sequence[Path], case: Case) -> Comparison:
    """Put the plans of files beside today's use, each named by its file or its folder.

    Raises
    ------
    InputError
        With every problem of the first plan that cannot be read.
    """
    columns = [today(case)]
    for path in paths:
        label = _label(path)
        taken = {column.label for column in columns}
        number = 2
        unique = label
        while unique in taken:
            unique = f"{label} {number}"
            number += 1
        columns.append(Column(unique, read_plan(path, case.scenario), case))
    return Comparison(tuple(columns))


def _label(path: Path) -> str:
    """Return how a plan is called: by its folder or its file.

    Only the plans of a ladder, in ``plans/``, have the names of sharing levels.
    """
    folder = path.parent.name
    if path.stem in SHARING_LEVELS:
        return path.stem if folder == "plans" else path.name
    if path.stem != "plan" or not folder:
        return path.stem
    return f"{folder}/{path.stem}" if folder in SHARING_LEVELS else folder


def warn(problems: Iterable[Problem]) -> None:
    """Show warnings."""
    for problem in problems:
        to_error(_("Warning: {problem}").format(problem=problem))
