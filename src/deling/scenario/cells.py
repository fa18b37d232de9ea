"""The types of cells and settings: from text, with a message that says what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable  # noqa: TC003 - pydantic reads the annotations
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil, floor
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from deling.language import _
from deling.scenario.problems import one_of, shown
from deling.units import ore, parse_clock

MOST = 1_000_000
"""No count that is multiplied with another is larger: sums stay far within 64 bits."""
MOST_PLACES = 1_000_000_000
"""Sizes and capacities may be as large as what people write for "no limit"."""
MOST_DKK = 10_000_000
MOST_HOURS = 10_000
LONGEST_ID = 100
_FEW = 10
"""Digits from which a number is read with more care."""
ID_PATTERN = "[a-zæøå0-9][a-zæøå0-9_-]*"

_ID = re.compile(ID_PATTERN)
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+([.,]0{0,2})?", re.ASCII)


@dataclass(frozen=True)
class Ref:
    """Marks a column that holds the id, or ids, of another table's rows."""

    table: str


def wrong(message: str) -> PydanticCustomError:
    """Return the error that validators raise; ``message`` is for a person, translated."""
    return PydanticCustomError("deling", "{message}", {"message": message})


def parse_number(text: str) -> Decimal:
    """Return a number written with a decimal point or comma.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace(",", "."))


def _number(text: str, low: Decimal, high: Decimal, example: str) -> Decimal:
    try:
        number = parse_number(text)
    except ValueError:
        message = _("must be a number such as {example} (no unit, no thousands sign); found {text}")
        raise wrong(message.format(example=example, text=shown(text))) from None
    if not low <= number <= high:
        message = _("must be between {low} and {high}; found {text}")
        raise wrong(message.format(low=low, high=high, text=shown(text)))
    return number


def whole(low: int = 0, high: int = MOST) -> Callable[[Any], int]:
    """Return a validator of whole numbers within bounds."""

    def validate(value: Any) -> int:
        text = text_of(value)
        if len(text) < _FEW and text.isascii() and text.isdecimal() and low <= int(text) <= high:
            return int(text)
        if not _WHOLE.fullmatch(text):
            message = _("must be a whole number, {low} or more; found {text}")
            raise wrong(message.format(low=low, text=shown(text)))
        return int(_number(text, Decimal(low), Decimal(high), "1"))

    return validate


def decimal(low: str, high: int = MOST, example: str = "7.5") -> Callable[[Any], Decimal]:
    """Return a validator of decimal numbers within bounds."""

    def validate(value: Any) -> Decimal:
        return _number(text_of(value), Decimal(low), Decimal(high), example)

    return validate


def text_of(value: Any) -> str:
    """Return a value that has to be one text."""
    if not isinstance(value, str):
        raise wrong(_("must be one text or number; found a list or further keys"))
    return value


def _line(value: Any) -> str:
    return " ".join(text_of(value).split())


def id_problem(text: str) -> str | None:
    """Return what is wrong with an id, or None."""
    if not _ID.fullmatch(text):
        message = _(
            "must be an id: small letters a-z æ ø å, digits, - and _, no spaces, beginning with"
            " a letter or digit; found {text}"
        )
        return message.format(text=shown(text))
    if len(text) > LONGEST_ID:
        return _("must have at most {most} letters; found {count}").format(
            most=LONGEST_ID, count=len(text)
        )
    return None


def _id(value: Any) -> str:
    text = text_of(value)
    problem = id_problem(text)
    if problem is not None:
        raise wrong(problem)
    return text


def _money(value: Any) -> int:
    amount = _number(text_of(value), Decimal(0), Decimal(MOST_DKK), "175.50")
    # Trailing zeros count: 1.000 is more likely a thousand than one.
    if int(amount.as_tuple().exponent) < -2:
        message = _("must have at most two decimals and no thousands sign; found {text}")
        raise wrong(message.format(text=shown(text_of(value))))
    return ore(amount)


def _minutes(rounding: Callable[[Decimal], int]) -> Callable[[Any], int]:
    def validate(value: Any) -> int:
        hours = _number(text_of(value), Decimal(0), Decimal(MOST_HOURS), "7.5")
        return rounding(hours * 60)

    return validate


def _yes_no(value: Any) -> bool:
    text = text_of(value)
    if text not in ("yes", "no"):
        raise wrong(_("must be yes or no; found {text}").format(text=shown(text)))
    return text == "yes"


def _clock(value: Any) -> int:
    text = text_of(value)
    try:
        return parse_clock(text)
    except ValueError:
        message = _("must be a time of day such as 09:30; found {text}")
        raise wrong(message.format(text=shown(text))) from None


def _start(value: Any) -> int:
    minute = _clock(value)
    if minute >= 24 * 60:
        raise wrong(_("must be a time before midnight; 24:00 is an end, never a start"))
    return minute


def counted(text: str) -> dict[str, int]:
    """Read a list cell: each id and how many of it, ``id`` once or ``id:2`` twice.

    Raises
    ------
    PydanticCustomError
        If an item is no id or its count is no whole number.
    """
    found: dict[str, int] = {}
    for item in text.split():
        name, colon, count = item.partition(":")
        problem = id_problem(name)
        if problem is not None:
            hint = _("a list holds ids separated by spaces, and each {problem}")
            raise wrong(hint.format(problem=problem))
        if colon and not (count.isascii() and count.isdigit()):
            message = _("must hold a whole number after “:”, such as {name}:2; found {text}")
            raise wrong(message.format(name=name, text=shown(item)))
        units = whole()(count) if colon else 1
        if units:
            found[name] = found.get(name, 0) + units
    return found


def _counted(value: Any) -> tuple[tuple[str, int], ...]:
    return tuple(counted(text_of(value)).items())


def _items(value: Any) -> tuple[str, ...]:
    return _listed(text_of(value))


@lru_cache(maxsize=4096)
def _listed(text: str) -> tuple[str, ...]:
    found = counted(text)
    for name, count in found.items():
        if count > 1 and f"{name}:" in text:
            message = _("cannot be counted here; write {name} once, without a number")
            raise wrong(message.format(name=name))
    return tuple(found)


def _people(value: Any) -> tuple[str, ...]:
    found = counted(text_of(value))
    for name, count in found.items():
        if count > 1:
            raise wrong(_("names {name} more than once").format(name=name))
    return tuple(sorted(found))


def _shares(value: Any) -> tuple[str, ...]:
    items = _items(value)
    for word in ("none", "all"):
        if word in items and len(items) > 1:
            message = _("must be {word} alone, or a list of sectors and institutions")
            raise wrong(message.format(word=word))
    return items


KINDS = ("rooms", "staff", "equipment")


def _kinds(value: Any) -> tuple[str, ...]:
    items = _items(value)
    if items == ("all",):
        return KINDS
    for item in items:
        if item not in KINDS:
            message = _("must be a list of {words}; found {text}")
            raise wrong(message.format(words=one_of(KINDS), text=shown(item)))
    return tuple(kind for kind in KINDS if kind in items)


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


_LIST = rf"^{ID_PATTERN}(:[0-9]+)?( +{ID_PATTERN}(:[0-9]+)?)*$"

Day = Literal["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
Text = Annotated[str, BeforeValidator(_line)]
"""One line: a line break that somebody typed into a cell is a space."""
Id = Annotated[str, BeforeValidator(_id), _schema(type="string", pattern=f"^{ID_PATTERN}$")]
Whole = Annotated[int, BeforeValidator(whole()), _schema(type="integer", minimum=0, maximum=MOST)]
Places = Annotated[
    int,
    BeforeValidator(whole(0, MOST_PLACES)),
    _schema(type="integer", minimum=0, maximum=MOST_PLACES),
]
Positive = Annotated[
    int, BeforeValidator(whole(1)), _schema(type="integer", minimum=1, maximum=MOST)
]
Money = Annotated[
    int,
    BeforeValidator(_money),
    _schema(type="number", minimum=0, maximum=MOST_DKK, multipleOf=0.01),
]
"""Written in DKK, read as øre."""
NotNegative = Annotated[
    Decimal, BeforeValidator(decimal("0")), _schema(type="number", minimum=0, maximum=MOST)
]
_HOURS = _schema(type="number", minimum=0, maximum=MOST_HOURS)
HoursAtMost = Annotated[int, BeforeValidator(_minutes(floor)), _HOURS]
"""Written in hours, read as whole minutes: working minutes are whole, so that rounding an upper
limit down states the same limit."""
HoursAtLeast = Annotated[int, BeforeValidator(_minutes(ceil)), _HOURS]
"""Written in hours, read as whole minutes: a lower limit is rounded up."""
Latitude = Annotated[
    float,
    BeforeValidator(decimal("-90", 90, "55.65")),
    AfterValidator(float),
    _schema(type="number", minimum=-90, maximum=90),
]
Longitude = Annotated[
    float,
    BeforeValidator(decimal("-180", 180, "12.20")),
    AfterValidator(float),
    _schema(type="number", minimum=-180, maximum=180),
]
YesNo = Annotated[bool, BeforeValidator(_yes_no), _schema(enum=["yes", "no"])]
Clock = Annotated[int, BeforeValidator(_clock), _schema(type="string", pattern=r"^\d?\d:\d\d")]
Start = Annotated[int, BeforeValidator(_start), _schema(type="string", pattern=r"^\d?\d:\d\d")]
Counted = Annotated[
    tuple[tuple[str, int], ...], BeforeValidator(_counted), _schema(type="string", pattern=_LIST)
]
Items = Annotated[tuple[str, ...], BeforeValidator(_items), _schema(type="string", pattern=_LIST)]
People = Annotated[tuple[str, ...], BeforeValidator(_people), _schema(type="string", pattern=_LIST)]
Shares = Annotated[tuple[str, ...], BeforeValidator(_shares), _schema(type="string", pattern=_LIST)]
Kinds = Annotated[tuple[str, ...], BeforeValidator(_kinds), _schema(type="string", pattern=_LIST)]
HoursText = Annotated[str, BeforeValidator(text_of), _schema(type="string", minLength=1)]
"""An OpenStreetMap ``opening_hours`` expression, evaluated once the week is known."""
