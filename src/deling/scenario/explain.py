"""From pydantic's errors to problems with a place and a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from deling.language import _
from deling.scenario.cells import wrong
from deling.scenario.problems import did_you_mean, one_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

_LISTS = ("tuple_type", "list_type")
_MAPPINGS = ("model_type", "dict_type", "model_attributes_type")


def path_of(error: ErrorDetails) -> tuple[tuple[str | int, ...], bool]:
    """Return the keys that lead to an error, and whether the last key itself is wrong."""
    steps = [step for step in error["loc"] if not str(step).startswith("=")]
    at_key = bool(steps) and steps[-1] == "[key]"
    return tuple(steps[:-1] if at_key else steps), at_key or error["type"] == "extra_forbidden"


def sentence(error: ErrorDetails, known: Iterable[str] = ()) -> str:
    """Return what is wrong, what was found and what would be right.

    Parameters
    ----------
    error
        As pydantic reports it.
    known
        Keys that would be right where a key is unknown.
    """
    kind = error["type"]
    found = error["input"]
    if kind == wrong("").type:
        return str(error["ctx"]["message"])
    if kind == "missing":
        return _("is missing; it must be filled")
    if kind == "string_too_short":
        return _("must not be blank")
    if kind == "extra_forbidden":
        key = str(path_of(error)[0][-1])
        known = list(known)
        hint = did_you_mean(key, known) or _("; the keys are {keys}").format(keys=", ".join(known))
        return _("is no known key{hint}").format(hint=hint)
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
        if words == ["on"]:
            return _("is a rule that cannot be switched off; leave it out")
        words = [word for word in words if word]
        hint = did_you_mean(found, words) if isinstance(found, str) else ""
        if "=switch" in error["loc"]:
            words.append(_("a section with keys of its own"))
        message = _("must be {words}; found {text}{hint}")
        return message.format(words=one_of(words), text=_described(found), hint=hint)
    if kind in _LISTS:
        return _("must be a list such as [a, b]; found {text}").format(text=_described(found))
    if kind in _MAPPINGS:
        message = _("must be a section with keys of its own; found {text}")
        return message.format(text=_described(found))
    return _("cannot be read; found {text}").format(text=_described(found))


def _described(value: Any) -> str:
    if isinstance(value, str):
        return shown(value)
    return _("a list") if isinstance(value, list) else _("further keys")
