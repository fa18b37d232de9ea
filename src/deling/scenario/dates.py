"""Dates and weeks of the scenario file."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from deling.language import _
from deling.scenario.cells import text_of, wrong
from deling.scenario.problems import shown
from deling.units import monday_of

_FIRST_YEAR, _LAST_YEAR = 1901, 2199
_COUNTRY = re.compile("[A-Z]{2}")


def _date_of(text: str) -> dt.date:
    try:
        date = dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        date = dt.date.min
    if not _FIRST_YEAR <= date.year <= _LAST_YEAR:
        message = _("must be a date such as 2026-10-12; found {text}")
        raise wrong(message.format(text=shown(text)))
    return date


def _date(value: Any) -> dt.date:
    return _date_of(text_of(value))


def _date_range(value: Any) -> tuple[dt.date, dt.date]:
    first, slash, last = text_of(value).partition("/")
    dates = (_date_of(first.strip()), _date_of((last if slash else first).strip()))
    if dates[0] > dates[1]:
        raise wrong(_("ends before it begins; found {text}").format(text=shown(text_of(value))))
    return dates


def _week(value: Any) -> str:
    text = text_of(value)
    try:
        year = monday_of(text).year
    except ValueError:
        year = 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        message = _("must be a week such as 2026-W37; found {text}")
        raise wrong(message.format(text=shown(text)))
    return text


def _country(value: Any) -> str:
    text = text_of(value)
    if not _COUNTRY.fullmatch(text):
        message = _("must be a country code of two capital letters such as DK; found {text}")
        raise wrong(message.format(text=shown(text)))
    return text


Date = Annotated[dt.date, BeforeValidator(_date)]
DateRange = Annotated[
    tuple[dt.date, dt.date],
    BeforeValidator(_date_range),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?$"}),
]
Week = Annotated[
    str, BeforeValidator(_week), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-W\d{2}$"})
]
Country = Annotated[
    str, BeforeValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
