"""From a field to the file, line and column where it stands."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from deling.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deling.scenario.lines import Line


def file_name(path: Path) -> str:
    """Return a path as a user would write it: as short as may be, with forward slashes.

    ``scenarios/../data`` becomes ``data``, unless a symbolic link makes that another place.
    """
    short = Path(os.path.normpath(path))
    if short == path:
        return path.as_posix()
    try:
        same = short.resolve() == path.resolve()
    except (OSError, RuntimeError, ValueError):
        same = False
    return (short if same else path).as_posix()


def dotted(path: Iterable[str | int]) -> str:
    """Return keys and indices as ``change[2].set.room``, counted from 1 as people count."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


@dataclass(frozen=True)
class Node:
    """A part of a scenario file that knows where it stands.

    Attributes
    ----------
    value
        Text, or further nodes by key or in a list.
    place
        Where the value begins.
    key_place
        Where its key begins; the place of the value in a list.
    """

    value: str | dict[str, Node] | list[Node]
    place: Place
    key_place: Place

    @property
    def blank(self) -> bool:
        """Whether nothing stands here."""
        return self.value == ""

    def plain(self) -> Any:
        """Return the same as texts, dictionaries and lists."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def find(self, path: Iterable[str | int]) -> Node:
        """Follow keys and indices as far as they lead."""
        node = self
        for step in path:
            child = node._child(step)
            if child is None:
                break
            node = child
        return node

    def walk(self, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, Node]]:
        """Yield every node below with its dotted key."""
        if isinstance(self.value, dict):
            children: Iterable[tuple[str | int, Node]] = self.value.items()
        elif isinstance(self.value, list):
            children = enumerate(self.value)
        else:
            return
        for step, node in children:
            below = (*path, step)
            yield dotted(below), node
            yield from node.walk(below)

    def _child(self, step: str | int) -> Node | None:
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int):
            return self.value[step]
        return None


class InTable(NamedTuple):
    """Where a table stands: its file, and which cell of a line each column is."""

    file: str
    columns: dict[str, int]


NOTHING: Mapping[str, Place] = MappingProxyType({})


class Row:
    """A row of a table: its cells as text, and where each of them stands.

    Parameters
    ----------
    texts
        Cell text by column; blank cells may be missing.
    origin
        Its line and its table in a file, or the one place of all of it.
    moved
        Where cells stand that are not there.
    """

    __slots__ = ("_origin", "moved", "texts")

    def __init__(
        self,
        texts: dict[str, str],
        origin: tuple[Line, InTable] | Place,
        moved: Mapping[str, Place] = NOTHING,
    ) -> None:
        self.texts = texts
        self._origin = origin
        self.moved = moved

    def text(self, column: str) -> str:
        """Return the text of a cell, blank where there is none."""
        return self.texts.get(column, "")

    def place(self, column: str = "") -> Place:
        """Return where a cell stands, or the row."""
        if column in self.moved:
            return self.moved[column]
        if isinstance(self._origin, Place):
            return self._origin
        line, table = self._origin
        return Place(table.file, *line.place(table.columns.get(column, 0)))

    def changed(self, texts: Mapping[str, str], places: Mapping[str, Place]) -> Row:
        """Return the row with other cells, which stand elsewhere."""
        return Row({**self.texts, **texts}, self._origin, {**self.moved, **places})
