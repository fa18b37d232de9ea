"""A scenario on its way: tables as typed rows that know where they stand."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - read by dataclasses
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import ValidationError

from deling.scenario.explain import path_of, sentence
from deling.scenario.shape import RowShape, columns
from deling.scenario.tables import Table, refuse_cpr
from deling.units import monday_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.errors import Place
    from deling.scenario.locate import Row
    from deling.scenario.problems import Problems
    from deling.scenario.scenario_file import Settings

Shaped = TypeVar("Shaped", bound=RowShape)


class TypedRow(NamedTuple):
    """A row as text with places, and the same typed."""

    row: Row
    shape: RowShape


@dataclass
class Draft:
    """All that has been read, before it is known to hold together.

    Attributes
    ----------
    rows
        By table, the rows of which every cell could be read.
    """

    settings: Settings
    tables: dict[str, Table]
    rows: dict[str, list[TypedRow]]
    problems: Problems
    _ids: dict[str, dict[str, Row]] = field(default_factory=dict)

    @cached_property
    def monday(self) -> dt.date:
        """First day of the typical week."""
        return monday_of(self.settings.shape.calendar.week)

    def typed(self, shape: type[Shaped]) -> Iterator[tuple[Row, Shaped]]:
        """Yield the readable rows of a table."""
        for row, typed in self.rows[shape.table]:
            assert isinstance(typed, shape)
            yield row, typed

    def ids(self, table: str) -> dict[str, Row]:
        """Return all rows of a table by key, unreadable ones too, the first of equal keys."""
        known = self._ids.get(table)
        if known is None:
            key_of = self.tables[table].key_of
            known = self._ids[table] = {}
            for row in self.tables[table].rows:
                if key := key_of(row):
                    known.setdefault(key, row)
        return known

    def places(self) -> dict[tuple[str, str], Place]:
        """Return where every row and every setting stands."""
        found = {("scenario", key): node.place for key, node in self.settings.tree.walk()}
        for name, table in self.tables.items():
            key_column, *more = table.shape.key
            for key, row in self.ids(name).items():
                place = found[name, key] = row.place(key_column)
                if more:
                    # Events are asked for by their own id too, which rows of a joint event share.
                    found.setdefault((name, row.text(key_column)), place)
        return found


def make_draft(settings: Settings, tables: dict[str, Table], problems: Problems) -> Draft:
    """Type the cells of all tables."""
    rows = {name: type_rows(table, problems) for name, table in tables.items()}
    return Draft(settings, tables, rows, problems)


def type_rows(table: Table, problems: Problems) -> list[TypedRow]:
    """Return the rows of which every cell can be read; report the other cells."""
    known = columns(table.shape)
    typed = []
    validated = table.shape.model_validate
    for row in table.rows:
        cells = row.texts
        if row.moved or not table.present <= known.keys():
            cells = {column: text for column, text in cells.items() if text and column in known}
        try:
            typed.append(TypedRow(row, validated(cells)))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                column = str(path_of(detail)[0][0])
                if column not in table.lacking:
                    problems.error(row.place(column), column, sentence(detail))
    return typed


def refuse_cpr_in_changes(tables: dict[str, Table], problems: Problems) -> None:
    """Look for CPR numbers in cells that `change` has set; the others have been looked at."""
    for table in tables.values():
        for row in table.rows:
            for column in row.moved:
                refuse_cpr(row.text(column), row.place(column), column, problems)
