"""The first sheet: the answer, goals with bounds, key figures, and where to find what."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from deling import __version__, answers, names
from deling.compare import Step
from deling.figures import in_dkk
from deling.language import _
from deling.measures import BY_ID
from deling.outputs.plan import HEADER
from deling.scenario.xlsx_parts import MOST_CELLS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from deling.figures import Number
    from deling.measures import Unit
    from deling.outputs.outcome import Outcome
    from deling.outputs.workbook.book import Book, Form

_LABEL, _UNIT, _FIRST = 0, 1, 2
_FORMS: dict[Unit, Form] = {
    "sessions": "whole",
    "rooms": "whole",
    "hours": "tenths",
    "minutes": "whole",
    "DKK": "whole",
    "%": "percent",
    "m²": "whole",
}
_LETTERS = 140
"""About as many fit on a line across the sheet."""


def fill(book: Book, sheet: Worksheet, outcome: Outcome) -> None:
    """Fill the sheet, once all others are known."""
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(_LABEL, _LABEL, 52)
    sheet.set_column(_UNIT, _UNIT, 12)
    width = max(4, len(outcome.comparison.columns) + 1)
    sheet.set_column(_FIRST, _FIRST + width, 15)
    book.put(sheet, 0, 0, outcome.scenario.name, "text", bold=True, font_size=18)
    row = _answer(book, sheet, outcome, 2, _FIRST + width - 1)
    # Beside the tables, since the lines above differ in height.
    _contents(book, sheet, row + 1, _FIRST + width + 1)
    row = _goals(book, sheet, outcome, row + 1)
    row = _figures(book, sheet, outcome, row + 1)
    row = _editing(book, sheet, outcome, row + 1, _FIRST + width - 1)
    text = _("Written by deling {version}.").format(version=__version__)
    book.put(sheet, row + 1, 0, text, "text")


def _heading(book: Book, sheet: Worksheet, row: int, *texts: str) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, book.head)


def _paragraph(book: Book, sheet: Worksheet, row: int, last: int, text: str) -> None:
    """Write a text across the sheet, in as many lines as it takes."""
    style = book.format(text_wrap=True)
    sheet.merge_range(row, 0, row, last, "", style)
    sheet.write_string(row, 0, text, style)
    sheet.set_row(row, 15 * (1 + len(text) // _LETTERS))


def _answer(book: Book, sheet: Worksheet, outcome: Outcome, row: int, last: int) -> int:
    _heading(book, sheet, row, _("The answer"))
    step = Step(outcome.comparison.columns[0], outcome.chosen)
    lines = [
        _("Today: {summary}.").format(summary=answers.summary(step.before)),
        _("Proposed: {summary}.").format(summary=answers.summary(step.after)),
        *answers.against_today(step),
        *answers.proof(outcome.chosen),
    ]
    for line in lines:
        row += 1
        _paragraph(book, sheet, row, last, line)
    return row + 1


def _goals(book: Book, sheet: Worksheet, outcome: Outcome, row: int) -> int:
    heads = (_("goals by importance"), _("unit"), _("today"), _("proposed"), _("bound"))
    _heading(book, sheet, row, *heads, _("proven best"))
    today = outcome.comparison.columns[0].goals
    for rank, (goal, value) in enumerate(outcome.chosen.goals.items(), start=1):
        row += 1
        known = outcome.result.goals.get(goal)
        label = _("Goal {rank}: {goal}").format(rank=rank, goal=names.goal(goal))
        book.put(sheet, row, _LABEL, label, "text", border=1)
        book.put(sheet, row, _UNIT, _(names.GOAL_UNITS[goal]), "text", border=1)
        figures = (today[goal], value, None if known is None else known.bound)
        for column, figure in enumerate(figures, start=_FIRST):
            amount, form = _goal_figure(goal, figure)
            book.put(sheet, row, column, amount, form, border=1)
        proven = _("yes") if known is not None and known.proven else _("no")
        book.put(sheet, row, _FIRST + len(figures), proven, "text", border=1)
    return row + 1


def _goal_figure(goal: str, value: int | None) -> tuple[Number | None, Form]:
    """Return a goal's value as a number in its unit, and how to show it."""
    if goal == "cost":
        return (None if value is None else in_dkk(value)), "whole"
    if goal == "fairness":
        return (None if value is None else Fraction(value, 10)), "percent"
    return value, "whole"


def _figures(book: Book, sheet: Worksheet, outcome: Outcome, row: int) -> int:
    plans = outcome.comparison.columns
    labels = (names.plan(plan.label) for plan in plans)
    _heading(book, sheet, row, _("A week in the whole area"), _("unit"), *labels, _("difference"))
    for key in answers.SHORT:
        row += 1
        one = BY_ID[key]
        values = outcome.comparison.values(key)
        first, last = values[0], values[-1]
        change = None if first is None or last is None else Fraction(last) - Fraction(first)
        form: Form = "tenths" if key == "price_participant_hour" else _FORMS[one.unit]
        book.put(sheet, row, _LABEL, _(one.label), "text", border=1)
        book.put(sheet, row, _UNIT, names.unit(one.unit), "text", border=1)
        for column, value in enumerate([*values, change], start=_FIRST):
            book.put(sheet, row, column, value, form, border=1)
    return row + 1


def _editing(book: Book, sheet: Worksheet, outcome: Outcome, row: int, last: int) -> int:
    _heading(book, sheet, row, _("To move sessions"))
    lines = 1 + sum(len(event.needs) for event in outcome.plan.events)
    if lines * len(HEADER) > MOST_CELLS:
        _paragraph(
            book,
            sheet,
            row + 1,
            last,
            _(
                "The sheet “plan” has more cells than deling reads of a workbook: edit plan.csv"
                " instead, and give that to deling check and deling compare."
            ),
        )
        return row + 2
    for text in (
        _(
            "Edit the sheet “plan”: day, start, end, room, staff and equipment. The other sheets"
            " do not follow; they show the plan as it was proposed. Rows with the same event are"
            " one joint event (green, in italics): change them together."
        ),
        _("Save, then let deling judge the edited plan and say what the edit costs:"),
        "deling check SCENARIO deling.xlsx",
        "deling compare SCENARIO plan.csv deling.xlsx",
    ):
        row += 1
        _paragraph(book, sheet, row, last, text)
    return row + 1


def _contents(book: Book, sheet: Worksheet, row: int, column: int) -> None:
    """List the sheets beside the rest."""
    sheet.set_column(column - 1, column - 1, 3)
    sheet.set_column(column, column, 34)
    sheet.set_column(column + 1, column + 1, 52)
    sheet.write_string(row, column, _("Sheets"), book.head)
    link = book.format(font_color="#0563C1", underline=1)
    for at, (name, about) in enumerate(book.contents, start=row + 1):
        quoted = name.replace("'", "''")
        sheet.write_url(at, column, f"internal:'{quoted}'!A1", link, string=name)
        book.put(sheet, at, column + 1, about, "text")
    for at, text in enumerate(book.missing, start=row + len(book.contents) + 1):
        book.put(sheet, at, column, text, "text")
