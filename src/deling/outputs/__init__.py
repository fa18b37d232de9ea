"""What a run writes: one module a format, and `WRITERS` in the order that they are written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deling.errors import OutputError
from deling.language import _
from deling.outputs import (
    calendars,
    changes,
    comparison,
    dated,
    plan,
    report,
    result,
    schedules,
    staff_hours,
    unmet,
    workbook,
)
from deling.outputs.folder import replaced, require_writable
from deling.outputs.outcome import Outcome
from deling.outputs.result import comparison_record, record, write_record
from deling.outputs.table import EXCEL, PLAIN, Dialect

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.case import Case
    from deling.compare import Comparison
    from deling.result import Result

__all__ = [
    "EXCEL",
    "PLAIN",
    "WRITERS",
    "Outcome",
    "comparison_record",
    "record",
    "require_no_input_in",
    "require_writable",
    "write_all",
    "write_comparison",
    "write_without_plan",
]

WRITERS: dict[str, Callable[[Outcome, Path, Dialect], None]] = {
    "plan.csv": plan.write,
    "plans/": plan.write_ladder,
    "schedules/": schedules.write,
    "schedule_dated.csv": dated.write,
    "calendars/": calendars.write,
    "comparison.csv": comparison.write,
    "changes.csv": changes.write,
    "unmet.csv": unmet.write,
    "staff.csv": staff_hours.write,
    "deling.xlsx": workbook.write,
    "report.html": report.write,
    # Last, since it lists the others.
    "result.json": result.write,
}


def write_all(outcome: Outcome, target: Path, dialect: Dialect = PLAIN) -> None:
    """Write every output; the folder holds either the earlier ones or all of these.

    Raises
    ------
    InvalidPlanError
        If the plan breaks a rule; nothing is written then.
    OutputError
        If the folder cannot be written.
    """
    outcome.chosen.require_valid()
    outcome = replace(outcome, earlier=target)
    with replaced(target) as folder:
        for write in WRITERS.values():
            write(outcome, folder, dialect)


def require_no_input_in(target: Path, case: Case) -> None:
    """Find out before a long search that its result would take the place of what it read.

    Raises
    ------
    OutputError
        If a file of the scenario has the place and the name of one of the outputs.
    """
    for name in case.scenario.inputs:
        path = Path(name).resolve()
        if path.parent == target.resolve() and path.name in WRITERS:
            raise OutputError(
                _(
                    "{file} is read by the scenario, and the results would take its place. Choose"
                    " another folder with --output."
                ).format(file=name)
            )


def write_without_plan(result: Result, case: Case, target: Path) -> None:
    """Write that there is no plan; the plan of an earlier run would be misleading beside it.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    with replaced(target) as folder:
        write_record(record(result, case), folder)


def write_comparison(plans: Comparison, target: Path, dialect: Dialect = PLAIN) -> None:
    """Write a comparison by itself, with each plan that was searched for.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    with replaced(target) as folder:
        comparison.write_comparison(plans, folder / "comparison.csv", dialect)
        plan.write_plans(plans, folder)
        write_record(comparison_record(plans), folder)
