"""The small changes that are made to a function, one at a time."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COMPUTED: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult, ast.Div),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}
CALLED = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "sorted": "list",
    "append": "count",
    "add": "discard",
    "ceil": "floor",
}
TYPED = {"annotation", "returns", "decorator_list", "type_params"}
"""Fields that say nothing about what happens."""


def changes(scope: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield each change of a function or constant: its statement before and after.

    While a change is yielded, it is in place in ``scope``.
    """
    for statement, owner, field, index, node in _places(scope, scope):
        was = _headline(statement)
        for new in _variants(node):
            _put(owner, field, index, ast.copy_location(new, node))
            changed = new if node is statement else statement
            yield was, _headline(changed)
            _put(owner, field, index, node)


def _places(
    owner: ast.AST, statement: ast.stmt
) -> Iterator[tuple[ast.stmt, ast.AST, str, int | None, ast.AST]]:
    """Yield every node below, with its statement and where it hangs."""
    for field, value in ast.iter_fields(owner):
        if field in TYPED:
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or _says_nothing(node):
                continue
            inner = node if isinstance(node, ast.stmt) else statement
            yield inner, owner, field, index, node
            yield from _places(node, inner)


def _says_nothing(node: ast.AST) -> bool:
    """Return whether a node is a docstring, or ``strict=True``, which only makes sure."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _put(owner: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(owner, field, node)
    else:
        getattr(owner, field)[index] = node


def _headline(statement: ast.stmt) -> str:
    """Return a statement as one line, without the statements in it."""
    bare = copy.copy(statement)
    for field in ("body", "orelse", "finalbody"):
        if isinstance(getattr(bare, field, None), list):
            setattr(bare, field, [])
    return " ".join(ast.unparse(bare).split())


def _with(node: Any, **fields: Any) -> Any:
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def _but(items: list[Any], at: int, *new: Any) -> list[Any]:
    return [*items[:at], *new, *items[at + 1 :]]


def _none() -> ast.Constant:
    return ast.Constant(None)


def _is_none(node: ast.AST | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in a node's place."""
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                for other in COMPARED[type(op)]:
                    yield _with(node, ops=_but(ops, at, other()))
        case ast.BoolOp(op=op, values=values):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
            for at in range(len(values)):
                left = _but(values, at)
                yield left[0] if len(left) == 1 else _with(node, values=left)
        case ast.BinOp(op=op):
            yield from (_with(node, op=other()) for other in COMPUTED[type(op)])
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(value=str(value)):
            yield ast.Constant(f"XX{value}XX")
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            if not isinstance(test, ast.Compare | ast.UnaryOp):
                yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=ifs):
            for at, test in enumerate(ifs):
                yield _with(node, ifs=_but(ifs, at))
                if not isinstance(test, ast.Compare | ast.UnaryOp):
                    yield _with(node, ifs=_but(ifs, at, ast.UnaryOp(ast.Not(), test)))
        case ast.Call():
            yield from _calls(node)
        case ast.Lambda(body=body):
            if not _is_none(body):
                yield _with(node, body=_none())
        case ast.Assign(value=value) | ast.AnnAssign(value=value) | ast.Return(value=value):
            if not _is_none(value):
                yield _with(node, value=_none())
            elif isinstance(node, ast.Return):
                yield ast.Pass()
        case ast.AugAssign(target=target, op=op, value=value):
            yield from (_with(node, op=other()) for other in COMPUTED[type(op)])
            yield ast.Assign([target], value)
        case ast.Expr() | ast.Break():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Pass()
            yield ast.Break()


def _calls(node: ast.Call) -> Iterator[ast.Call]:
    """Yield other calls: of the opposite, with an argument less, with None for an argument."""
    match node.func:
        case ast.Name(id=name) if name in CALLED:
            yield _with(node, func=ast.Name(CALLED[name], ast.Load()))
        case ast.Attribute(attr=name) if name in CALLED:
            yield _with(node, func=_with(node.func, attr=CALLED[name]))
    for at, argument in enumerate(node.args):
        yield _with(node, args=_but(node.args, at))
        if not _is_none(argument) and not isinstance(argument, ast.Starred):
            yield _with(node, args=_but(node.args, at, _none()))
    for at, keyword in enumerate(node.keywords):
        if _says_nothing(keyword):
            continue
        yield _with(node, keywords=_but(node.keywords, at))
        if keyword.arg is not None and not _is_none(keyword.value):
            yield _with(node, keywords=_but(node.keywords, at, ast.keyword(keyword.arg, _none())))
