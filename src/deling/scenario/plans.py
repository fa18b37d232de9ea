"""Reading a plan: `plan.csv` as deling writes it, and what a spreadsheet makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deling.domain import Plan
from deling.errors import Place
from deling.language import _
from deling.scenario.checks import report_repeated_keys, report_unknown_ids
from deling.scenario.csv_text import TextError, decode, read_csv
from deling.scenario.draft import type_rows
from deling.scenario.event_rows import PlanRow
from deling.scenario.events import Session, make_events, report_disagreement, require, session_of
from deling.scenario.locate import file_name
from deling.scenario.problems import Problems
from deling.scenario.shape import columns
from deling.scenario.tables import Files, Table, read_rows
from deling.scenario.workbook import rows_of
from deling.scenario.xlsx import Workbook
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Collection

    from deling.domain import Scenario

_SHEET = "plan"
_OF_INTERNAL = ("day", "start", "end", "room")


def read_plan(path: str | Path, scenario: Scenario) -> Plan:
    """Read a plan of a scenario.

    Columns that follow from the others (group, institution, site, participants, cost) are
    ignored and may be missing. A row that ends at or before its start ends the next day.

    Parameters
    ----------
    path
        A CSV file, or a workbook with the plan in a sheet ``plan`` or in its first.
    scenario
        Whose ids the plan names.

    Raises
    ------
    InputError
        With all problems found, by place.
    """
    problems = Problems()
    table = _read(Path(path), problems)
    typed = type_rows(table, problems)
    report_repeated_keys(table, problems)
    known: dict[str, Collection[str]] = {
        "needs": scenario.needs,
        "rooms": scenario.rooms,
        "staff": scenario.staff,
        "equipment": scenario.equipment,
    }
    report_unknown_ids(table, known, problems)
    sessions = []
    for row, shape in typed:
        assert isinstance(shape, PlanRow)
        sessions.append(session_of(row, shape, shape.need, _minutes(shape)))
    complete = _complete(table, sessions, problems)
    report_disagreement(complete, "end", problems)
    problems.raise_errors()
    return Plan(events=make_events(complete, scenario.needs))


def _read(path: Path, problems: Problems) -> Table:
    file = file_name(path)
    try:
        data = Files().read(path)
        if path.suffix.lower() == ".xlsx":
            workbook = Workbook(data)
            names = {sheet.strip().lower(): sheet for sheet in reversed(workbook.sheets)}
            sheet = names.get(_SHEET, workbook.sheets[0])
            file = f"{file}#{sheet}"
            rows = rows_of(workbook, sheet)
        else:
            rows = read_csv(decode(data), columns(PlanRow))
    except TextError as error:
        problems.error(Place(file, error.line, error.column), "", str(error))
        problems.raise_errors()
        raise
    return read_rows(PlanRow, file, rows, problems)


def _minutes(row: PlanRow) -> int | None:
    if row.start is None or row.end is None:
        return None
    minutes = row.end - row.start
    return minutes if minutes > 0 else minutes + DAY


def _complete(table: Table, sessions: list[Session], problems: Problems) -> list[Session]:
    """Return the sessions that have what an event needs; report the others."""
    absent = [column for column in _OF_INTERNAL if column not in table.present]
    internal = [session for session in sessions if session.source == "internal"]
    if internal:
        for column in absent:
            message = _("the column {name} is missing").format(name=column)
            problems.error(Place(internal[0].row.place().file, 1), column, message)
    needed = [column for column in _OF_INTERNAL if column not in absent]
    return [
        session
        for session in sessions
        if session.source == "bought" or (require(session, needed, problems) and not absent)
    ]
