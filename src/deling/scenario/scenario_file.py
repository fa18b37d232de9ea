"""The scenario file, with what it extends, as one tree and as typed settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from deling.domain import GROUP_KINDS
from deling.errors import InputError, Place, Problem
from deling.language import _
from deling.scenario.csv_text import TextError, decode
from deling.scenario.explain import path_of, sentence
from deling.scenario.locate import Node, dotted, file_name
from deling.scenario.problems import shown
from deling.scenario.settings import (
    DEFAULT_MODES,
    CalendarShape,
    ChangeShape,
    ModeShape,
    RulesShape,
    ScenarioShape,
    SeasonShape,
    SolveShape,
    StaffDayShape,
    TravelShape,
)
from deling.scenario.yaml_text import parse_yaml

if TYPE_CHECKING:
    from deling.scenario.problems import Problems
    from deling.scenario.shape import Shape
    from deling.scenario.tables import Files

_SECTIONS: dict[tuple[str, ...], type[Shape]] = {
    (): ScenarioShape,
    ("calendar",): CalendarShape,
    ("calendar", "season"): SeasonShape,
    ("travel",): TravelShape,
    ("travel", "modes", "*"): ModeShape,
    ("rules",): RulesShape,
    ("rules", "staff_day"): StaffDayShape,
    ("change", "*"): ChangeShape,
    ("solve",): SolveShape,
}


class Settings(NamedTuple):
    """What the scenario file says.

    Attributes
    ----------
    shape
        Its values; a section with an error in it has its defaults.
    tree
        The same with places, parents merged in.
    tables
        Folder or workbook of the tables; None if none is named.
    change
        Whether all of `change` could be read.
    """

    shape: ScenarioShape
    tree: Node
    tables: Path | None
    change: bool

    @property
    def modes(self) -> list[str]:
        """Names of all modes, those with an error too."""
        given = self.tree.find(["travel", "modes"]).value
        own = given if isinstance(given, dict) else {}
        return list(dict.fromkeys([*DEFAULT_MODES, *own]))


def read_settings(path: Path, files: Files, problems: Problems) -> Settings:
    """Read a scenario file and all that it extends.

    Raises
    ------
    InputError
        If a file cannot be read at all or is no mapping.
    """
    tree = _read(path, files, (), problems)
    plain = _plain(tree)
    broken = _validate(plain, tree, problems)
    for section in broken:
        plain.pop(section, None)
    shape = ScenarioShape.model_validate({"name": "-", "tables": "-", **plain})
    stated = tree.find(["tables"])
    tables = None
    if "tables" in plain:
        tables = Path(stated.place.file).parent / str(stated.value).replace("\\", "/")
    return Settings(shape, tree, tables, "change" not in broken)


def _read(path: Path, files: Files, above: tuple[Path, ...], problems: Problems) -> Node:
    file = file_name(path)
    try:
        text = decode(files.read(path))
    except TextError as error:
        place = Place(file, error.line, error.column)
        raise InputError([Problem(place, "", str(error))]) from None
    tree = parse_yaml(text, file, problems)
    if not isinstance(tree.value, dict):
        message = _("must hold keys such as “name:” and “tables:”; found {text}")
        found = shown(tree.value) if isinstance(tree.value, str) else _("a list")
        raise InputError([Problem(tree.place, "", message.format(text=found))])
    parent = tree.value.get("extends")
    if parent is None or parent.blank:
        return tree
    if not isinstance(parent.value, str):
        message = _("must be the name of one scenario file")
        raise InputError([Problem(parent.place, "extends", message)])
    chain = (*above, path)
    other = path.parent / parent.value.replace("\\", "/")
    if any(_same(other, known) for known in chain):
        message = _("goes round in a circle: {chain}").format(
            chain=" → ".join(file_name(known) for known in (*chain, other))
        )
        raise InputError([Problem(parent.place, "extends", message)])
    if not _is_file(other):
        message = _("names “{file}”, which is no file").format(file=file_name(other))
        raise InputError([Problem(parent.place, "extends", message)])
    return _merged(_read(other, files, chain, problems), tree, top=True)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _same(first: Path, second: Path) -> bool:
    try:
        return first.resolve() == second.resolve()
    except (OSError, RuntimeError, ValueError):
        return False


def _merged(base: Node, over: Node, top: bool = False) -> Node:
    """Lay one tree over another: mappings key by key, `change` one after the other."""
    if not (isinstance(base.value, dict) and isinstance(over.value, dict)):
        return over
    merged = dict(base.value)
    for key, node in over.value.items():
        known = merged.get(key)
        if known is None:
            merged[key] = node
        elif top and key == "change" and (node.blank or isinstance(node.value, list)):
            earlier = known.value if isinstance(known.value, list) else []
            later = node.value if isinstance(node.value, list) else []
            merged[key] = Node([*earlier, *later], node.place, node.key_place)
        else:
            merged[key] = _merged(known, node)
    return Node(merged, over.place, over.key_place)


def _plain(tree: Node) -> dict[str, Any]:
    """Return the tree as texts, without what is blank: a blank value means its default.

    A key that is not known stays, blank or not, so that it is found.
    """
    assert isinstance(tree.value, dict)
    found = {}
    for key, node in tree.value.items():
        value = node.plain() if key == "change" else _filled(node, (key,))
        if value not in ("", [], {}) or key not in ScenarioShape.model_fields:
            found[key] = value
    return found


def _filled(node: Node, path: tuple[str, ...]) -> Any:
    if not isinstance(node.value, dict):
        return node.plain()
    modes = path == ("travel", "modes")
    known = _keys_of(path)
    found = {}
    for key, child in node.value.items():
        value = _filled(child, (*path, key))
        if modes and value == "":
            value = {}
        if modes or value not in ("", [], {}) or (known and key not in known):
            found[key] = value
    return found


def _validate(plain: dict[str, Any], tree: Node, problems: Problems) -> set[str]:
    """Report what is wrong with the file; return the sections that cannot be used."""
    try:
        ScenarioShape.model_validate(plain)
    except ValidationError as error:
        details = error.errors(include_url=False)
    else:
        return set()
    for detail in details:
        path, at_key = path_of(detail)
        node = tree.find(path)
        place = node.key_place if at_key else node.place
        text = sentence(detail, _keys_of(path[:-1]))
        problems.error(place, dotted(path), text)
    return {str(detail["loc"][0]) for detail in details}


def _keys_of(path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that a section knows; none where it has keys of one's own."""
    if path == ("rules", "floor_area"):
        return list(GROUP_KINDS)
    for section, shape in _SECTIONS.items():
        if len(section) == len(path) and all(
            known in ("*", step) for known, step in zip(section, path, strict=True)
        ):
            return list(shape.model_fields)
    return []
