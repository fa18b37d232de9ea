"""The sheet that holds the plan in the columns of ``plan.csv``: the one to edit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deling.evaluate import session_costs
from deling.figures import ore_in_dkk
from deling.language import _
from deling.outputs.plan import HEADER, in_order
from deling.outputs.workbook.book import Column
from deling.units import DAY, DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from deling.outputs.outcome import Outcome
    from deling.outputs.workbook.book import Book, Form, Value

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
    length = book.table(sheet, columns, _rows(outcome), keep=2)
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


def _rows(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    costs = session_costs(outcome.plan, outcome.case)
    for event in in_order(outcome.plan):
        where: tuple[Value, ...] = (None,) * 7
        if event.internal:
            start = event.start % DAY
            where = (
                DAYS[event.day],
                start,
                start + event.minutes,
                event.room,
                outcome.case.site_of(event),
                " ".join(event.staff),
                " ".join(f"{item}:{units}" for item, units in event.equipment),
            )
        for need in event.needs:
            group = outcome.case.group_of(need)
            yield (
                event.id,
                need,
                group.id,
                group.institution,
                event.source,
                *where,
                group.size,
                ore_in_dkk(costs[event.id, need]),
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
