"""YAML as text with positions: every scalar means what stands there.

PyYAML's own construction would read ``10:30`` as 630 and ``no`` as false, keep the last of two
equal keys in silence and lose positions. Its parser's events are read here instead; unlike its
composer they take no recursion, so that deeply nested input cannot exhaust the stack.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

import yaml

from deling.errors import InputError, Place, Problem
from deling.language import _
from deling.scenario.csv_text import LONGEST_CELL, TextError, composed, too_long
from deling.scenario.locate import Node
from deling.scenario.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.scenario.problems import Problems

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENED = re.compile("quoted scalar|flow (mapping|sequence)")
_DEEPEST = 30
_MOST_NODES = 500_000


def parse_yaml(text: str, file: str, problems: Problems) -> Node:
    """Read one YAML document.

    Parameters
    ----------
    text
        The document.
    file
        Its name, for places.
    problems
        Told of repeated keys, of which the first counts.

    Raises
    ------
    InputError
        If it is no YAML, nests too deeply or repeats itself too often.
    """
    try:
        return _Reader(file, problems).document(iter(yaml.parse(text, Loader=_LOADER)))
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = _("holds a control character (code {code}) and is no text file")
        raise _input_error(place, message.format(code=error.character)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if _OPENED.search(error.context or ""):
            mark = error.context_mark  # where it was opened, not where the file ends
        place = Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)
        raise _input_error(place, _syntax_message(error, text)) from None


def _input_error(place: Place, message: str) -> InputError:
    return InputError([Problem(place, "", message)])


def _syntax_message(error: yaml.MarkedYAMLError, text: str) -> str:
    problem = error.problem or ""
    mark = error.problem_mark
    lines = text.split("\n")
    line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    if mark is not None and line[mark.column : mark.column + 1] == "\t":
        return _("a tab cannot indent YAML; use spaces")
    if "mapping values are not allowed" in problem:
        return _(
            "a key cannot stand here: check that it is indented like its neighbours, and put a"
            " text that holds “: ” in quotation marks"
        )
    if "cannot start any token" in problem:
        return _("a text that begins with {sign} needs quotation marks").format(
            sign=shown(line[mark.column : mark.column + 1] if mark is not None else "")
        )
    if "undefined alias" in problem:
        return _("a text that begins with * needs quotation marks")
    if "maximum nesting depth" in problem:  # libyaml's own limit, which only some versions have.
        return _("is nested deeper than a scenario can be")
    if "quoted scalar" in (error.context or ""):
        return _("a quotation mark is opened and never closed")
    if "flow" in (error.context or ""):
        return _("a bracket is opened here, and what follows is neither a comma nor its end")
    reason = ", ".join(part for part in (error.context, problem) if part)
    return _("is not valid YAML ({reason})").format(reason=reason)


class _Reader:
    """Builds nodes from parser events."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._count = 0

    def document(self, events: Iterator[yaml.Event]) -> Node:
        empty = Node({}, Place(self.file), Place(self.file))
        root: Node | None = None
        for event in events:
            if isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
                if root is not None and isinstance(event, yaml.DocumentStartEvent):
                    self._refuse(event, _("holds a second document (“---”); one is expected"))
            elif not isinstance(event, (yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                root = self._node(event, events, 0, None)
        return empty if root is None or root.blank else root

    def _node(
        self, event: yaml.Event, events: Iterator[yaml.Event], depth: int, key: Place | None
    ) -> Node:
        place = self._place(event)
        key = key or place
        if depth > _DEEPEST:
            self._refuse(event, _("is nested deeper than a scenario can be"))
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                self._refuse(event, _("a text that begins with * needs quotation marks"))
            known, size, height = self._anchors[event.anchor]
            if depth + height > _DEEPEST:
                self._refuse(event, _("is nested deeper than a scenario can be"))
            self._add(event, size)
            return Node(known.value, known.place, key)
        before = self._count
        self._add(event, 1)
        if isinstance(event, yaml.MappingStartEvent):
            node = Node(self._mapping(events, depth), place, key)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Node(self._sequence(events, depth), place, key)
        else:
            assert isinstance(event, yaml.ScalarEvent)
            node = Node(self._text(event), place, key)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._anchors[event.anchor] = (node, self._count - before, _height(node))
        return node

    def _mapping(self, events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, _("a key must be a word"))
            key, place = self._text(event), self._place(event)
            value = self._node(next(events), events, depth + 1, place)
            if key in found:
                line = found[key].key_place.line
                message = _("stands twice, here and in line {line}; keep one").format(line=line)
                self.problems.error(place, key, message)
            found.setdefault(key, value)
        return found

    def _text(self, event: yaml.ScalarEvent) -> str:
        text = event.value.strip()
        if len(text) > LONGEST_CELL:
            self._refuse(event, str(too_long(len(text))))
        try:
            # Escapes may stand for anything.
            return composed(text)
        except TextError as error:
            self._refuse(event, str(error))

    def _sequence(self, events: Iterator[yaml.Event], depth: int) -> list[Node]:
        found = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._node(event, events, depth + 1, None))
        return found

    def _add(self, event: yaml.Event, nodes: int) -> None:
        self._count += nodes
        if self._count > _MOST_NODES:
            self._refuse(event, _("repeats itself (“*”) until it is too large to be read"))

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return (
            Place(self.file) if mark is None else Place(self.file, mark.line + 1, mark.column + 1)
        )

    def _refuse(self, event: yaml.Event, message: str) -> NoReturn:
        raise _input_error(self._place(event), message)


def _height(node: Node) -> int:
    if isinstance(node.value, dict):
        return 1 + max(map(_height, node.value.values()), default=0)
    if isinstance(node.value, list):
        return 1 + max(map(_height, node.value), default=0)
    return 0
