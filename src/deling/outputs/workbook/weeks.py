"""A sheet for each institution, laid out as a week: times down, days across."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from deling import names
from deling.figures import shown
from deling.language import N_, _
from deling.outputs.plan import in_order
from deling.outputs.schedules import describe
from deling.outputs.schedules.institutions import roles
from deling.units import DAY, clock, end_clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.worksheet import Worksheet

    from deling.domain import Event
    from deling.outputs.outcome import Outcome
    from deling.outputs.workbook.book import Book

MOST = 200
"""Institutions up to which each has a sheet: with more, spreadsheets open slowly or not at all."""
_SLOT = 15
"""Minutes a row."""
_LINE, _HOUR_LINE = "#D9D9D9", "#7F7F7F"
_DAY_NAMES = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    # Told apart by a word in the cell and by the frame, not by colour alone.
    "own": (N_("Own"), {"bg_color": "#DDEBF7", "border": 1}),
    "borrowed": (N_("Borrowed"), {"bg_color": "#FFF2CC", "border": 8}),
    "joint": (N_("Joint"), {"bg_color": "#E2EFDA", "border": 6}),
    "lent": (N_("Lent"), {"bg_color": "#EDEDED", "border": 3}),
}
_MEANINGS = {
    "own": N_("own group, room, staff and equipment"),
    "borrowed": N_("room, staff or equipment of another institution"),
    "joint": N_("together with a group of another institution"),
    "lent": N_("room, staff or equipment go to another institution"),
}
_TITLE, _LEGEND, _DAYS, _FIRST = 0, 1, 3, 4
_DAY_WIDTH = 27.0
_LANE_WIDTH = 18.0
_LEAST_HEIGHT, _MOST_HEIGHT = 18.0, 40.0
_PAGE = 3.4
"""Points of rows a letter of columns that fill a sheet of A4 across."""


class _Cell(NamedTuple):
    """An event as it stands in the week of an institution, in rows of the day."""

    first: int
    last: int
    look: str
    text: str


def concerned(outcome: Outcome) -> dict[str, list[tuple[Event, str]]]:
    """Return the events that concern each institution, in order, and how they do."""
    found: dict[str, list[tuple[Event, str]]] = {key: [] for key in outcome.scenario.institutions}
    for event in in_order(outcome.plan):
        how = {key: role for need in event.needs for key, role in roles(outcome, event, need)}
        for institution, role in how.items():
            found[institution].append((event, role))
    return found


def add_all(book: Book, outcome: Outcome) -> None:
    """Add the week of every institution; where there are very many, say where these are."""
    count = len(outcome.scenario.institutions)
    if count > MOST:
        text = _(
            "The weeks of the {count} institutions are files in {folder}; the workbook has sheets"
            " for {most} at most."
        )
        book.missing.append(text.format(count=shown(count), folder="schedules/", most=MOST))
        return
    for institution, events in concerned(outcome).items():
        add(book, outcome, institution, events)


def add(
    book: Book, outcome: Outcome, institution: str, events: Iterable[tuple[Event, str]]
) -> None:
    """Add the week of one institution, of the events that concern it."""
    title = names.institution(outcome.scenario, institution)
    sheet = book.sheet(title, _("The week of {institution}").format(institution=title))
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    days, bought = _week(outcome, institution, events)
    begin, end = _span(days)
    lanes = {day: _lanes(cells) for day, cells in days.items()}
    width = sum(max(1, len(found)) for found in lanes.values())
    sheet.set_column(0, 0, 7)
    book.put(sheet, _TITLE, 0, title, "text", bold=True, font_size=16)
    sheet.set_row(_TITLE, 24)
    _legend(book, sheet, width)
    column, letters = 1, 0.0
    for day, found in lanes.items():
        span = max(1, len(found))
        lane_width = max(_DAY_WIDTH / span, _LANE_WIDTH)
        letters += span * lane_width
        sheet.set_column(column, column + span - 1, lane_width)
        _head(book, sheet, column, span, _(_DAY_NAMES[day]))
        _fill(book, sheet, column, found or [[]], begin, end)
        column += span
    height = min(max(_PAGE * letters / (end - begin), _LEAST_HEIGHT), _MOST_HEIGHT)
    _times(book, sheet, begin, end, height)
    row = _FIRST + end - begin + 1
    for line in bought:
        book.put(sheet, row, 0, line, "text")
        row += 1
    sheet.freeze_panes(_FIRST, 1)
    sheet.print_area(0, 0, max(row - 1, _FIRST), column - 1)


def _week(
    outcome: Outcome, institution: str, events: Iterable[tuple[Event, str]]
) -> tuple[dict[int, list[_Cell]], list[str]]:
    """Return the events of each day, and a line for each bought session."""
    days: dict[int, list[_Cell]] = {day: [] for day in outcome.scenario.calendar.days}
    bought: list[str] = []
    for event, role in events:
        if event.internal:
            cell = _cell(outcome, event, institution, role)
            days.setdefault(event.day, []).append(cell)
        else:
            what, who = names.event(outcome.scenario, event), describe.groups(outcome, event)
            text = _("Bought outside, without a time: {activity}, {groups}")
            bought.append(text.format(activity=what, groups=who))
    return dict(sorted(days.items())), bought


def _cell(outcome: Outcome, event: Event, institution: str, role: str) -> _Cell:
    scenario, case = outcome.scenario, outcome.case
    own = [need for need in event.needs if case.institution_of(need).id == institution]
    room = scenario.rooms[event.room]
    owners = {room.institution, *(scenario.staff[key].institution for key in event.staff)}
    owners |= {scenario.equipment[key].institution for key, _units in event.equipment}
    start = event.start % DAY
    first, last = start // _SLOT, -(-(start + event.minutes) // _SLOT) - 1
    who = _own_groups(outcome, own) if own else describe.groups(outcome, event)
    lines = [
        f"{clock(event.start)}–{end_clock(event.end)} {names.event(scenario, event)}",
        f"{who} · {describe.room(outcome, event)}",
    ]
    if not own:
        return _Cell(first, last, "lent", "\n".join([*lines, f"{_word('lent')}: {role}"]))
    look = "own"
    if owners != {institution}:
        look = "borrowed"
        lines.append(f"{_word(look)}: {_borrowed(outcome, event, institution)}")
    others = [need for need in event.needs if need not in own]
    if others:
        look = "joint"
        houses = dict.fromkeys(
            names.institution(scenario, case.institution_of(need).id) for need in others
        )
        lines.append(f"{_word(look)}: {', '.join(houses)}")
    return _Cell(first, last, look, "\n".join(lines))


def _own_groups(outcome: Outcome, needs: list[str]) -> str:
    groups = (outcome.case.group_of(need).id for need in needs)
    return ", ".join(names.group(outcome.scenario, group) for group in groups)


def _borrowed(outcome: Outcome, event: Event, institution: str) -> str:
    """Say what comes from other institutions."""
    scenario = outcome.scenario
    found: dict[str, list[str]] = defaultdict(list)
    owned = [(_("room"), scenario.rooms[event.room].institution)]
    owned += [(_("staff"), scenario.staff[key].institution) for key in event.staff]
    owned += [(_("equipment"), scenario.equipment[key].institution) for key, _n in event.equipment]
    for what, owner in owned:
        if owner != institution and what not in found[owner]:
            found[owner].append(what)
    return "; ".join(
        _("{things} of {institution}").format(
            things=", ".join(things), institution=names.institution(scenario, owner)
        )
        for owner, things in found.items()
        if things
    )


def _word(look: str) -> str:
    return _(_LOOKS[look][0])


def _span(days: dict[int, list[_Cell]]) -> tuple[int, int]:
    """Return the first row of the day and the one after the last, in whole hours."""
    cells = [cell for found in days.values() for cell in found]
    hour = 60 // _SLOT
    begin = min((cell.first for cell in cells), default=8 * hour) // hour * hour
    end = -(-max((cell.last + 1 for cell in cells), default=16 * hour) // hour) * hour
    return begin, end


def _lanes(cells: list[_Cell]) -> list[list[_Cell]]:
    """Put events that overlap beside each other."""
    lanes: list[list[_Cell]] = []
    for cell in sorted(cells):
        free = next((lane for lane in lanes if lane[-1].last < cell.first), None)
        if free is None:
            lanes.append([cell])
        else:
            free.append(cell)
    return lanes


def _legend(book: Book, sheet: Worksheet, width: int) -> None:
    """Say what the frames, colours and words mean, each over a column or more."""
    for at, (look, (word, style)) in enumerate(_LOOKS.items()):
        if at < width:
            text = f"{_(word)}: {_(_MEANINGS[look])}"
            book.put(sheet, _LEGEND, 1 + at, text, "text", text_wrap=True, font_size=8, **style)
    sheet.set_row(_LEGEND, 36)


def _head(book: Book, sheet: Worksheet, column: int, span: int, text: str) -> None:
    style = book.format(
        bold=True, align="center", bg_color="#1F4E5F", font_color="#FFFFFF", border=1
    )
    if span > 1:
        sheet.merge_range(_DAYS, column, _DAYS, column + span - 1, "", style)
    sheet.write_string(_DAYS, column, text, style)


def _times(book: Book, sheet: Worksheet, begin: int, end: int, height: float) -> None:
    book.put(sheet, _DAYS, 0, "", "text", bg_color="#1F4E5F")
    for slot in range(begin, end):
        minute, row = slot * _SLOT, _FIRST + slot - begin
        whole = minute % 60 == 0
        look: dict[str, Any] = {"top": 1} if whole else {"font_color": "#7F7F7F"}
        book.put(sheet, row, 0, minute, "time", font_size=9, bold=whole, right=1, **look)
        sheet.set_row(row, height)


def _fill(
    book: Book, sheet: Worksheet, column: int, lanes: list[list[_Cell]], begin: int, end: int
) -> None:
    """Write the events of a day, each as wide as there is room, and the time between them."""
    taken: set[tuple[int, int]] = {
        (slot, at)
        for at, cells in enumerate(lanes)
        for cell in cells
        for slot in range(cell.first, cell.last + 1)
    }
    for at, cells in enumerate(lanes):
        for cell in cells:
            slots, until = range(cell.first, cell.last + 1), at
            while until + 1 < len(lanes) and not any((slot, until + 1) in taken for slot in slots):
                until += 1
                taken.update((slot, until) for slot in slots)
            top, bottom = _FIRST + cell.first - begin, _FIRST + cell.last - begin
            style = book.format(text_wrap=True, font_size=8, **_LOOKS[cell.look][1])
            if bottom > top or until > at:
                sheet.merge_range(top, column + at, bottom, column + until, "", style)
            sheet.write_string(top, column + at, cell.text, style)
    for slot in range(begin, end):
        for at in range(len(lanes)):
            if (slot, at) not in taken:
                look: dict[str, Any] = {
                    "top": 1,
                    "top_color": _LINE if slot * _SLOT % 60 else _HOUR_LINE,
                }
                if at == 0:
                    look["left"] = 1
                if at == len(lanes) - 1:
                    look["right"] = 1
                style = book.format(**look)
                sheet.write_blank(_FIRST + slot - begin, column + at, None, style)
