"""Numbers as people read them: rounded once, with thousands separators and the right words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from deling.language import N_, _, with_signs
from deling.units import SIXTIETHS_PER_DKK

if TYPE_CHECKING:
    import datetime as dt

Number = int | Decimal | Fraction


def rounded(value: Number, places: int) -> Decimal:
    """Return a number with so many decimals, halves away from zero."""
    whole = int(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    amount = Decimal(whole).scaleb(-places)
    return -amount if value < 0 and whole else amount


def shown(value: Number | None, places: int = 0) -> str:
    """Return a number with thousands separators; a dash where there is none."""
    return "–" if value is None else with_signs(f"{rounded(value, places):,f}")


def signed(value: Number | None, places: int = 0) -> str:
    """Return a difference with its sign."""
    if value is None:
        return "–"
    amount = rounded(value, places)
    return with_signs(f"{amount:+,f}" if amount else f"{amount:,f}")


MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def date_in_words(date: dt.date) -> str:
    """Return ``8 September 2026``."""
    return _("{day} {month} {year}").format(
        day=date.day, month=_(MONTHS[date.month - 1]), year=date.year
    )


def in_dkk(sixtieths: int) -> Fraction:
    """Return a cost in sixtieths of an øre as exact DKK."""
    return Fraction(sixtieths, SIXTIETHS_PER_DKK)


def in_hours(minutes: int) -> Fraction:
    """Return minutes as exact hours."""
    return Fraction(minutes, 60)


def split(total: int, weights: list[int]) -> list[int]:
    """Divide a whole number by weights into whole parts that add up to it exactly.

    Equal weights where all are 0. What the divisions leave over goes to the largest remainders,
    the first ones on a tie.
    """
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: -remainders[i])
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def ore_in_dkk(ore: int) -> Decimal:
    """Return whole øre as DKK with two decimals."""
    return Decimal(ore).scaleb(-2)
