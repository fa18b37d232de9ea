"""`change`: what-if edits of table rows, applied in order after the tables are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import _
from deling.scenario.locate import Row, dotted
from deling.scenario.problems import did_you_mean, shown
from deling.scenario.shape import blank_text, columns, references
from deling.scenario.tables import NOTE, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deling.scenario.locate import Node
    from deling.scenario.problems import Problems
    from deling.scenario.settings import ChangeShape

_SHARED_WITH = "shared_with"
_ROWS_SHOWN = 3


def apply_changes(
    changes: Iterable[ChangeShape], tree: Node, tables: dict[str, Table], problems: Problems
) -> None:
    """Edit the tables as the scenario file says.

    Parameters
    ----------
    changes
        The edits, in order.
    tree
        The scenario file, which says where each edit stands.
    """
    for index, change in enumerate(changes):
        table = tables[change.table]
        edit = _Edit(table, tables, tree.find(["change", index]), ("change", index), problems)
        if change.where is not None and change.set is not None:
            if edit.knows("where", change.where) & edit.knows("set", change.set):
                edit.change(change.where, change.set)
        elif change.add is not None:
            if edit.knows("add", change.add):
                edit.add(change.add)
        elif change.drop is not None and edit.knows("drop", change.drop):
            edit.drop(change.drop)


class _Edit:
    """One entry of `change`, about to be applied to its table."""

    def __init__(
        self,
        table: Table,
        tables: dict[str, Table],
        node: Node,
        at: tuple[str | int, ...],
        problems: Problems,
    ) -> None:
        self.table = table
        self.tables = tables
        self.node = node
        self.at = at
        self.problems = problems
        self.columns = columns(table.shape)
        self.words = {name: blank_text(field) for name, field in self.columns.items()}

    def error(self, key: str, message: str, column: str = "") -> None:
        """Report a problem at a key of the entry."""
        path = (key, column) if column else (key,)
        self.problems.error(self.node.find(path).place, dotted((*self.at, *path)), message)

    def knows(self, key: str, cells: dict[str, str]) -> bool:
        """Report columns that the table does not have."""
        known = True
        for column in cells:
            if column not in self.columns and not column.lower().startswith(NOTE):
                message = _("is no column of {table}{hint}")
                hint = did_you_mean(column, self.columns)
                message = message.format(table=self.table.name, hint=hint)
                self.error(key, message, column)
                known = False
        return known

    def change(self, where: dict[str, str], cells: dict[str, str]) -> None:
        """Give other cells to the rows that are meant."""
        places = {column: self.node.find(["set", column]).place for column in cells}
        hit = self._hit("where", where)
        for index, row in enumerate(self.table.rows):
            if id(row) in hit:
                self.table.rows[index] = row.changed(cells, places)

    def add(self, cells: dict[str, str]) -> None:
        """Add a row."""
        places = {column: self.node.find(["add", column]).place for column in cells}
        row = Row(cells, self.node.find(["add"]).place, moved=places)
        key = self.table.key_of(row)
        for other in self.table.rows:
            if key and self.table.key_of(other) == key:
                message = _("adds {key}, which {table} has already ({place}); change that row")
                message = message.format(key=shown(key), table=self.table.name, place=other.place())
                self.error("add", message)
                return
        self.table.rows.append(row)

    def drop(self, where: dict[str, str]) -> None:
        """Take out rows that no other row names."""
        hit = self._hit("drop", where)
        dropped = [row for row in self.table.rows if id(row) in hit]
        self.table.rows = [row for row in self.table.rows if id(row) not in hit]
        for row in dropped:
            key = self.table.key_of(row)
            naming = list(_rows_naming(self.table.name, key, self.tables))
            if naming:
                message = _("drops {key}, which is named by {rows}; change or drop that first")
                rows = ", ".join(naming[:_ROWS_SHOWN])
                if len(naming) > _ROWS_SHOWN:
                    rows += _(" and {count} more").format(count=len(naming) - _ROWS_SHOWN)
                self.error("drop", message.format(key=shown(key), rows=rows))

    def _hit(self, key: str, where: dict[str, str]) -> set[int]:
        hit = {id(row) for row in self.table.rows if self._agrees(row, where)}
        if not hit and self.table.whole:
            self.error(key, self._no_hit(where))
        return hit

    def _agrees(self, row: Row, where: dict[str, str]) -> bool:
        return all(
            self._filled(row, column, row.text(column)) == self._filled(row, column, text)
            for column, text in where.items()
        )

    def _filled(self, row: Row, column: str, text: str) -> str:
        """Return what a cell stands for: a blank one for its default."""
        if text:
            return text
        if column == "site":
            owner = row.text("institution")
            return next(
                (
                    other.text("site")
                    for other in self.tables["institutions"].rows
                    if other.text("institution") == owner
                ),
                "",
            )
        return self.words.get(column, "")

    def _no_hit(self, where: dict[str, str]) -> str:
        for column, text in where.items():
            there = {self._filled(row, column, row.text(column)): None for row in self.table.rows}
            if text not in there:
                message = _("no row of {table} has {column} {text}{hint}")
                return message.format(
                    table=self.table.name,
                    column=column,
                    text=shown(text),
                    hint=did_you_mean(text, there),
                )
        message = _("each of {columns} is there, but in no row of {table} together")
        return message.format(table=self.table.name, columns=", ".join(where))


def _rows_naming(name: str, key: str, tables: dict[str, Table]) -> Iterator[str]:
    """Yield each row that names an id, as ``room hall (rooms.csv:5:1)``."""
    for table in tables.values():
        named = [column for column, other in references(table.shape).items() if other == name]
        if name == "institutions" and _SHARED_WITH in columns(table.shape):
            named.append(_SHARED_WITH)
        for row in table.rows:
            if any(key in _ids(row.text(column)) for column in named):
                yield f"{table.name} {table.key_of(row)} ({row.place()})"


def _ids(text: str) -> list[str]:
    return [item.partition(":")[0] for item in text.split()]
