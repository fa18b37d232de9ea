"""The one entry: a scenario file -> a Scenario, or every problem it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deling.errors import InputError
from deling.memory import collector_at_rest
from deling.scenario.build import build
from deling.scenario.changes import apply_changes
from deling.scenario.checks import check
from deling.scenario.doubts import doubt
from deling.scenario.draft import make_draft, refuse_cpr_in_changes
from deling.scenario.problems import Problems
from deling.scenario.scenario_file import read_settings
from deling.scenario.settings import CalendarShape
from deling.scenario.tables import Files, read_tables

if TYPE_CHECKING:
    from deling.domain import Scenario
    from deling.errors import Problem


class Loaded(NamedTuple):
    """A scenario, and what is doubtful about it."""

    scenario: Scenario
    warnings: tuple[Problem, ...]


def country_of(path: str | Path) -> str:
    """Return the country of a scenario; the default where the file does not say it legibly."""
    try:
        return read_settings(Path(path), Files(), Problems()).shape.calendar.country
    except InputError:
        return CalendarShape().country


def load(path: str | Path) -> Loaded:
    """Read a scenario file with all that it names.

    Parameters
    ----------
    path
        The scenario file.

    Raises
    ------
    InputError
        With all problems found, by place.
    """
    with collector_at_rest():
        return _load(Path(path))


def _load(path: Path) -> Loaded:
    problems = Problems()
    files = Files()
    settings = read_settings(path, files, problems)
    if settings.tables is None:
        problems.raise_errors()
    assert settings.tables is not None
    said = settings.tree.find(["tables"]).place
    tables = read_tables(settings.tables, said, files, problems)
    before = problems.errors
    apply_changes(settings.shape.change, settings.tree, tables, problems)
    changed = settings.change and problems.errors == before
    refuse_cpr_in_changes(tables, problems)
    draft = make_draft(settings, tables, problems)
    if changed:
        # After a failed edit, ids may be missing that the edit was about.
        check(draft)
    problems.raise_errors()
    scenario = build(draft, path.stem, files.inputs)
    doubt(draft, scenario)
    return Loaded(scenario, problems.sorted)
