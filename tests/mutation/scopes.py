"""What of a module is the judge's half, and how a changed part of it takes its place."""

from __future__ import annotations
import __future__

import ast
import functools
import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SOLVERS = ("post", "term", "holds_alone", "admits_", "hours_in_", "hours_of_")
"""How the solver's half of a rule or goal begins its names."""


def scopes(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Yield what the judge runs, each with its name: functions, methods and constants."""
    several = [
        (f"{outer.name}.{_name(inner)}" if isinstance(outer, ast.ClassDef) else _name(inner), inner)
        for outer in tree.body
        for inner in (outer.body if isinstance(outer, ast.ClassDef) else [outer])
        if isinstance(inner, ast.FunctionDef)
        or (isinstance(inner, ast.Assign | ast.AnnAssign) and isinstance(inner.value, ast.Constant))
    ]
    judges = {name for name, node in several if not _private(name) and not _solves(name, node)}
    while True:  # helpers of what judges judge as well
        used = {
            part.attr if isinstance(part, ast.Attribute) else part.id
            for name, node in several
            if name in judges
            for part in ast.walk(node)
            if isinstance(part, ast.Attribute | ast.Name)
        }
        more = {name for name, node in several if _last(name) in used and not _solves(name, node)}
        if more <= judges:
            break
        judges |= more
    yield from ((name, node) for name, node in several if name in judges)


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        return target.id
    return getattr(node, "name", "")


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _private(name: str) -> bool:
    return _last(name).startswith("_") and not _last(name).endswith("__")


def _solves(name: str, node: ast.stmt) -> bool:
    """Return whether a function belongs to the solver's half."""
    return isinstance(node, ast.FunctionDef) and (
        _last(name).startswith(SOLVERS) or any(arg.arg == "build" for arg in node.args.args)
    )


def install(module: Any, name: str, node: ast.stmt) -> None:
    """Put a changed function or constant in the place of the original."""
    bare = node
    if isinstance(node, ast.FunctionDef):
        bare = ast.FunctionDef(**{**dict(ast.iter_fields(node)), "decorator_list": []})
    alone = ast.fix_missing_locations(ast.Module([ast.copy_location(bare, node)], []))
    made: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag
    exec(compile(alone, str(module.__file__), "exec", flags), vars(module), made)
    outer, _dot, last = name.rpartition(".")
    owner = getattr(module, outer) if outer else module
    new, old = made[last], vars(owner)[last]
    if not isinstance(node, ast.FunctionDef):
        setattr(owner, last, new)
        return
    if isinstance(old, property):
        old = old.fget
    elif isinstance(old, functools.cached_property):
        old = old.func
    old = inspect.unwrap(old)  # what remembers answers stays, and remembers those of the change
    # Whoever has imported the function by name has the same object.
    old.__code__, old.__defaults__ = new.__code__, new.__defaults__
    old.__kwdefaults__ = new.__kwdefaults__
