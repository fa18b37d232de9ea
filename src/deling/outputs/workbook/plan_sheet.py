"""The sheet that holds the plan in the columns of ``plan.csv``: the one to edit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deling.language import _
from deling.outputs.plan import HEADER, in_order, plan_rows
from deling.outputs.workbook.book import Column
from deling.units import DAYS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from deling.outputs.outcome import Outcome
    from deling.outputs.workbook.book import Book, Form

_FORMS: dict[str, tuple[Form, float]] = {
    "event": ("id", 22),
    "need": ("id", 22),
    "group": ("id", 16),
    "institution": ("id", 18),
    "source": ("id", 9),
    "day": ("id", 6),
    "start": ("time", 8),
    "end": ("time", 8),
    "room": ("id", 16),
    "site": ("id", 14),
    "staff": ("id", 26),
    "equipment": ("id", 26),
    "participants": ("whole", 12),
    "cost": ("amount", 10),
}
_SPARE_ROWS = 200
"""Rows below the plan that choose from the same lists, for sessions that are added."""


def add(book: Book, outcome: Outcome, *, rooms: str) -> None:
    """Add the sheet; names of columns and days are those of ``plan.csv`` in every language.

    Parameters
    ----------
    rooms
        Name of the sheet whose first column lists the rooms.
    """
    sheet = book.sheet("plan", _("The plan, to be edited and checked again"), name="plan")
    columns = [Column(name, *_FORMS[name]) for name in HEADER]
    rows = plan_rows(outcome.plan, outcome.case, outcome.session_costs)
    length = book.table(sheet, columns, rows, keep=2)
    sheet.set_tab_color("#C55A11")
    _mark_joint(book, outcome, sheet)
    last = len(outcome.scenario.rooms) + 1
    quoted = rooms.replace("'", "''")
    for name, source in (
        ("source", ["internal", "bought"]),
        ("day", list(DAYS)),
        ("room", f"='{quoted}'!$A$2:$A${last}"),
    ):
        at = HEADER.index(name)
        sheet.data_validation(
            1, at, length + _SPARE_ROWS, at, {"validate": "list", "source": source}
        )


def _mark_joint(book: Book, outcome: Outcome, sheet: Worksheet) -> None:
    """Give the rows of a joint event a colour and italics, since they have to agree."""
    rows = Counter(event.id for event in outcome.plan.events for _need in event.needs)
    at = 1
    for event in in_order(outcome.plan):
        for _need in event.needs:
            if rows[event.id] > 1:
                style = book.format("id", bg_color="#E2EFDA", italic=True)
                sheet.write_string(at, 0, event.id, style)
            at += 1
