"""What has to hold across tables: one function a check, all problems reported at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deling.domain import SECTORS
from deling.language import _
from deling.scenario.cells import id_problem
from deling.scenario.event_rows import OF_INTERNAL, UseRow
from deling.scenario.events import by_event, report_disagreement, require, session_of
from deling.scenario.problems import did_you_mean, shown
from deling.scenario.rows import ANY, SAME_AS_AVAILABLE, NeedRow
from deling.scenario.shape import columns, references
from deling.units import parse_hours

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from deling.scenario.draft import Draft
    from deling.scenario.events import Session
    from deling.scenario.locate import Row
    from deling.scenario.problems import Problems
    from deling.scenario.tables import Table

RESERVED = ("all", "none")
MOST_COMPARED = 50_000
"""Ids that mistyped ones are compared with, to say what may be meant."""
HOURS_COLUMNS = ("available", "opening_hours", "shared_hours", "hours", "preferred")
_HOURS_EXAMPLE = "Mo-Fr 08:00-14:00; We 08:00-12:00"


def keys_are_unique(draft: Draft) -> None:
    """No two rows of a table have the same key."""
    for name, table in draft.tables.items():
        if len(draft.ids(name)) < len(table.rows):
            report_repeated_keys(table, draft.problems)


def report_repeated_keys(table: Table, problems: Problems) -> None:
    """Report rows whose key another row has already."""
    keys = [table.key_of(row) for row in table.rows]
    if len(set(keys)) == len(keys):
        return
    seen: dict[str, Row] = {}
    column = table.shape.key[0]
    for key, row in zip(keys, table.rows, strict=True):
        known = seen.setdefault(key, row)
        if key and known is not row:
            message = _("{key} is there twice, here and at {place}; each key may stand once")
            message = message.format(key=shown(key), place=known.place(column))
            problems.error(row.place(column), column, message)


def institutions_are_no_sectors(draft: Draft) -> None:
    """No institution's id is a sector, `all` or `none`: `shared_with` would be unclear."""
    for id_, row in draft.ids("institutions").items():
        if id_ in (*SECTORS, *RESERVED):
            message = _("{id} means something else in shared_with; choose another id")
            message = message.format(id=shown(id_))
            draft.problems.error(row.place("institution"), "institution", message)


def named_rows_exist(draft: Draft) -> None:
    """Every id names a row that exists."""
    known: dict[str, Collection[str]] = {
        name: draft.ids(name) for name, table in draft.tables.items() if table.whole
    }
    known["modes"] = draft.settings.modes
    for table in draft.tables.values():
        report_unknown_ids(table, known, draft.problems)


def report_unknown_ids(
    table: Table, known: Mapping[str, Collection[str]], problems: Problems
) -> None:
    """Report ids that name no row of the tables that are known.

    In a large table, what may be meant is said of the first of them alone.
    """
    for column, other in references(table.shape).items():
        if other not in known:
            continue
        ids = known[other]
        hints = MOST_COMPARED // max(1, len(ids))
        right: set[str] = set()  # Many rows name the same.
        for row in table.rows:
            text = row.text(column)
            if not text or text in ids or text in right:
                continue
            names = named_ids(row, column)
            unknown = [id_ for id_ in names if id_ not in ids]
            if names and not unknown:
                right.add(text)
            for id_ in unknown:
                message = unknown_id(id_, other, ids if hints else ())
                hints = max(0, hints - 1)
                problems.error(row.place(column), column, message)


def named_ids(row: Row, column: str) -> list[str]:
    """Return the ids in a referring cell; those that are none have been reported already."""
    if row.text("source") == "bought" and column in OF_INTERNAL:
        return []
    names = [item.partition(":")[0] for item in row.text(column).split()]
    return [name for name in names if id_problem(name) is None]


def unknown_id(id_: str, table: str, known: Iterable[str]) -> str:
    """Return the message for an id that names nothing."""
    hint = did_you_mean(id_, known)
    if table == "modes":
        message = _("{id} is no mode of travel in the scenario file{hint}")
        return message.format(id=shown(id_), hint=hint)
    return _("{id} is not in {table}{hint}").format(id=shown(id_), table=table, hint=hint)


def sharers_exist(draft: Draft) -> None:
    """`shared_with` names sectors and institutions that exist."""
    if not draft.tables["institutions"].whole:
        return
    known = dict.fromkeys([*RESERVED, *SECTORS, *draft.ids("institutions")])
    for table in draft.tables.values():
        if "shared_with" not in columns(table.shape):
            continue
        for row in table.rows:
            for id_ in named_ids(row, "shared_with"):
                if id_ not in known:
                    message = _("{id} is no sector, no institution, and not all or none{hint}")
                    message = message.format(id=shown(id_), hint=did_you_mean(id_, known))
                    draft.problems.error(row.place("shared_with"), "shared_with", message)


def parts_make_no_circle(draft: Draft) -> None:
    """No room or group is part of itself, directly or through others."""
    for table in ("rooms", "groups"):
        wholes = {key: row.text("part_of") for key, row in draft.ids(table).items()}
        told: set[str] = set()
        for start, row in draft.ids(table).items():
            line = [start]
            while (whole := wholes.get(line[-1], "")) and whole not in line:
                line.append(whole)
            if whole == start and start not in told:
                told.update(line)
                message = _("goes round in a circle: {line}")
                message = message.format(line=" → ".join([*line, whole]))
                draft.problems.error(row.place("part_of"), "part_of", message)


def hours_can_be_read(draft: Draft) -> None:
    """All opening hours are OpenStreetMap expressions."""
    monday = draft.monday
    for table in draft.tables.values():
        texts = [column for column in HOURS_COLUMNS if column in columns(table.shape)]
        for column in texts:
            right = {"", _word(column)}
            for row in table.rows:
                text = row.text(column)
                if text in right:
                    continue
                try:
                    parse_hours(text, monday)
                    right.add(text)
                except ValueError as error:
                    message = hours_problem(text, str(error))
                    draft.problems.error(row.place(column), column, message)


def _word(column: str) -> str:
    """Return the word that stands for a default in a column of opening hours."""
    if column == "shared_hours":
        return SAME_AS_AVAILABLE
    return ANY if column in ("hours", "preferred") else ""


def hours_problem(text: str, reason: str) -> str:
    """Return the parser's reason in words for a planner."""
    at = re.search(r"--> \d+:(\d+)", reason)
    rest = text[int(at[1]) - 1 :] if at else text
    if not rest:
        return _("is opening hours without an end; found {text}").format(text=shown(text))
    if re.search(r"\b(Ma|Ti|On|To|Lø|Sø)\b", text):
        hint = _("days are Mo Tu We Th Fr Sa Su")
    elif re.match(r"\d{1,2}[.]\d\d|\d{1,2}\b(?!:)", rest):
        hint = _("times are written 08:00")
    else:
        hint = _("such as {example}").format(example=f"“{_HOURS_EXAMPLE}”")
    message = _("is not opening hours from {rest} on; {hint}; found {text}")
    return message.format(rest=shown(rest), hint=hint, text=shown(text))


def use_is_complete(draft: Draft) -> None:
    """Events and blocks have what they need and do not mix; rows of an event agree."""
    complete = []
    for session in use_sessions(draft):
        if session.need:
            bought = session.source == "bought"
            if bought or require(session, ("day", "start", "room"), draft.problems):
                complete.append(session)
        elif session.source == "bought":
            message = _("a block (a row without a need) cannot be bought")
            draft.problems.error(session.row.place("source"), "source", message)
        elif require(session, ("day", "start", "minutes"), draft.problems):
            complete.append(session)
    mixed = set()
    for event, rows in by_event(complete).items():
        blocks = [session for session in rows if not session.need]
        if blocks and len(blocks) < len(rows):
            mixed.add(event)
            message = _("event {event} has rows with and without a need; give the block its own id")
            message = message.format(event=shown(event))
            draft.problems.error(blocks[0].row.place("event"), "event", message)
    events = [session for session in complete if session.need and session.event not in mixed]
    report_disagreement(events, "minutes", draft.problems)


def use_sessions(draft: Draft) -> list[Session]:
    """Return today's rows, with the need's minutes where they have none of their own."""
    if not draft.rows[UseRow.table]:
        return []
    minutes = {need.need: need.minutes for _row, need in draft.typed(NeedRow)}
    return [
        session_of(row, use, use.need, use.minutes or minutes.get(use.need), use.fixed)
        for row, use in draft.typed(UseRow)
    ]


CHECKS: tuple[Callable[[Draft], None], ...] = (
    keys_are_unique,
    institutions_are_no_sectors,
    named_rows_exist,
    sharers_exist,
    parts_make_no_circle,
    hours_can_be_read,
    use_is_complete,
)


def check(draft: Draft) -> None:
    """Run every check."""
    for one in CHECKS:
        one(draft)
