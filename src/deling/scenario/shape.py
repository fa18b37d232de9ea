"""What all shapes of input share: unknown keys are errors, and a field is a column."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo  # noqa: TC002 - keeps annotations resolvable

from deling.scenario.cells import KINDS, Ref


class Shape(BaseModel):
    """Base of all shapes of input: unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class RowShape(Shape):
    """Base of all table rows."""

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    required: ClassVar[bool] = False


@cache
def columns(shape: type[RowShape]) -> dict[str, FieldInfo]:
    """Return the fields of a row by the column names that people write."""
    return {field.alias or name: field for name, field in shape.model_fields.items()}


@cache
def references(shape: type[RowShape]) -> dict[str, str]:
    """Return the table that each referring column names, by column."""
    return {
        column: mark.table
        for column, field in columns(shape).items()
        for mark in field.metadata
        if isinstance(mark, Ref)
    }


def blank_text(field: FieldInfo) -> str:
    """Return the word or number that a blank cell stands for, or blank where there is none."""
    default = field.get_default()
    if field.is_required() or default is None:
        return ""
    if isinstance(default, bool):
        return "yes" if default else "no"
    if default == KINDS:
        return "all"
    if isinstance(default, tuple):
        return " ".join(default)
    return str(default)
