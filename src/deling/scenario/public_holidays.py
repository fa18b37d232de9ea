"""Public holidays of a country, as far as somebody has written them down."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from deling.domain import Season


def public_holidays(country: str, season: Season) -> frozenset[dt.date] | None:
    """Return those of the season's years, or None for a country whose holidays are not known."""
    return _of_years(country, season.first.year, season.last.year)


@lru_cache(maxsize=8)
def _of_years(country: str, first: int, last: int) -> frozenset[dt.date] | None:
    # Imported here since it takes its time, and only a season asks for it.
    from holidays import country_holidays

    try:
        return frozenset(country_holidays(country, years=range(first, last + 1)))
    except NotImplementedError:
        return None
