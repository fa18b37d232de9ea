"""``deling.xlsx``: the plan for people who work in a spreadsheet, and the way back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from deling.outputs.outcome import Outcome
    from deling.outputs.table import Dialect


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the workbook; cells are typed, so that the dialect of CSV files does not concern it."""
    # Imported here, so that commands that write no workbook do not wait for the library.
    from deling.outputs.workbook import dates, overview, plan_sheet, tables, weeks
    from deling.outputs.workbook.book import Book

    with Book(folder / "deling.xlsx", outcome.scenario) as book:
        front = book.sheet(_("Overview"))
        plan_sheet.add(book, outcome, rooms=book.reserve(_("Rooms")))
        tables.add_comparison(book, outcome)
        weeks.add_all(book, outcome)
        tables.add_lists(book, outcome)
        dates.add(book, outcome)
        overview.fill(book, front, outcome)
