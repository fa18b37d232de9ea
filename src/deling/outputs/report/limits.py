"""How much of a large area the report tells, so that a browser can open and print it."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from deling.figures import shown
from deling.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deling.domain import Scenario
    from deling.rules.base import Breach

MOST = 200
"""Institutions up to which the page holds every week, and a page for each of them."""
MOST_ROWS = 1_000
"""Rows of the tables of loans and of wishes that are not met."""
MOST_BREACHES = 100
"""Breaches that the page begins with."""

_Row = TypeVar("_Row")


def is_short(scenario: Scenario) -> bool:
    """Return whether the institutions are too many for the weeks of each on one page."""
    return len(scenario.institutions) > MOST


def largest(rows: Sequence[_Row], size: Callable[[_Row], int]) -> list[_Row]:
    """Return the largest rows, as many as a table holds, in the order that they were in."""
    kept = heapq.nlargest(MOST_ROWS, range(len(rows)), key=lambda at: size(rows[at]))
    return [rows[at] for at in sorted(kept)]


def first_breaches(breaches: Sequence[Breach]) -> list[Breach]:
    """Return as many breaches as the page names, the first of each rule before its others."""
    before: Counter[str] = Counter()
    ranks = []
    for at, breach in enumerate(breaches):
        ranks.append((before[breach.rule], at))
        before[breach.rule] += 1
    kept = sorted(ranks)[:MOST_BREACHES]
    return [breaches[at] for at in sorted(at for _rank, at in kept)]


def short(scenario: Scenario) -> str:
    """Say what the page leaves out, and where that is."""
    return _(
        "The area has {count} institutions. A page with the weeks of more than {most} would be too"
        " large to open, so that this one leaves out the weeks, the map and the sessions one by"
        " one. All of it is in the files of the run: schedules/ has the week of each institution,"
        " room and member of staff, plan.csv every session, changes.csv what is different from"
        " today."
    ).format(count=shown(len(scenario.institutions)), most=shown(MOST))


def told() -> str:
    """Say on the terminal that the page is short."""
    return _(
        "The report has no weeks and no map of more than {most} institutions: see schedules/,"
        " plan.csv and changes.csv."
    ).format(most=shown(MOST))


def more_breaches(count: int) -> str:
    """Say how many breaches the page leaves out; nothing where it names all."""
    more = count - MOST_BREACHES
    if more <= 0:
        return ""
    return ngettext(
        "{more} more breach is left out here. deling check names all of them.",
        "{more} more breaches are left out here. deling check names all of them.",
        more,
    ).format(more=shown(more))


def more_loans(count: int) -> str:
    """Say how many loans the table leaves out and where they are; nothing where it has all."""
    more = count - MOST_ROWS
    if more <= 0:
        return ""
    return ngettext(
        "{more} more loan, of no more hours than these, is left out here. Every loan is in"
        " schedules/, in the weeks of who lends and who borrows.",
        "{more} more loans, of no more hours than these, are left out here. Every loan is in"
        " schedules/, in the weeks of who lends and who borrows.",
        more,
    ).format(more=shown(more))


def more_unmet(count: int) -> str:
    """Say how many unmet wishes the table leaves out; nothing where it has all."""
    more = count - MOST_ROWS
    if more <= 0:
        return ""
    return ngettext(
        "{more} more wish, that lacks no more than these by weight, is left out here. All of them"
        " are in unmet.csv.",
        "{more} more wishes, that lack no more than these by weight, are left out here. All of them"
        " are in unmet.csv.",
        more,
    ).format(more=shown(more))
