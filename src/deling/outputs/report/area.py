"""The area as a map, and who lends what to whom."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from deling import names
from deling.figures import in_dkk, in_hours, shown, signed
from deling.language import _, ngettext
from deling.measures import Loan, loans
from deling.outputs.report import limits

if TYPE_CHECKING:
    from deling.domain import Scenario
    from deling.outputs.outcome import Outcome

WIDTH, HEIGHT, MARGIN, RADIUS = 560, 460, 40, 13
"""Size of the map and of a house on it, in units of its view box."""
KM_A_DEGREE = 111.2
_BARS = tuple(step * 10**power for power in range(1, 6) for step in (1, 2, 5))
"""Lengths of the scale bar, in metres."""

_Point = tuple[float, float]


def maps(today: Outcome, proposed: Outcome) -> dict[str, Any]:
    """Return the houses and, for both plans, the lines between them."""
    scenario = proposed.scenario
    points, km = _points(scenario)
    sides = [loans(one.plan, one.case) for one in (today, proposed)]
    most = max((loan.minutes for side in sides for loan in side.values()), default=1)
    houses = [
        {
            "id": key,
            "number": number,
            "name": names.institution(scenario, key),
            "sector": _(names.SECTORS[scenario.institutions[key].sector]),
            "x": round(points[key][0], 1),
            "y": round(points[key][1], 1),
        }
        for number, key in enumerate(scenario.institutions, start=1)
    ]
    return {
        "told": told(today, proposed),
        "width": WIDTH,
        "height": HEIGHT,
        "radius": RADIUS,
        "scale": _scale(km),
        "houses": houses,
        "sides": [{"lines": _lines(scenario, points, side, most)} for side in sides],
    }


def told(today: Outcome, proposed: Outcome) -> list[dict[str, str]]:
    """Say for both plans how much is lent."""
    return [
        {"title": title, "told": _told(loans(one.plan, one.case))}
        for title, one in ((_("Today"), today), (_("Proposed"), proposed))
    ]


def _scale(km: float) -> dict[str, Any]:
    """Return the bar that says how far is how far: a round length, about a quarter of the map."""
    metres = max((m for m in _BARS if m * km / 1000 <= WIDTH / 3), default=_BARS[0])
    text = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    return {"width": round(metres * km / 1000, 1), "text": text}


def _told(side: dict[tuple[str, str], Loan]) -> str:
    return ngettext(
        "{rooms} room hours and {staff} staff hours are lent, between {count} pair of"
        " institutions.",
        "{rooms} room hours and {staff} staff hours are lent, between {count} pairs of"
        " institutions.",
        len(side),
    ).format(
        rooms=shown(in_hours(sum(loan.rooms for loan in side.values())), 1),
        staff=shown(in_hours(sum(loan.staff for loan in side.values())), 1),
        count=shown(len(side)),
    )


def _points(scenario: Scenario) -> tuple[dict[str, _Point], float]:
    """Return where each institution is drawn, and how many units a kilometre is."""
    sites = {key: scenario.sites[house.site] for key, house in scenario.institutions.items()}
    if not sites:
        return {}, 1.0
    middle = sum(site.latitude for site in sites.values()) / len(sites)
    east = math.cos(math.radians(middle))
    plain = {
        key: (site.longitude * KM_A_DEGREE * east, -site.latitude * KM_A_DEGREE)
        for key, site in sites.items()
    }
    left, right = (f(x for x, _y in plain.values()) for f in (min, max))
    top, bottom = (f(y for _x, y in plain.values()) for f in (min, max))
    scale = min(
        (WIDTH - 2 * MARGIN) / max(right - left, 0.1),
        (HEIGHT - 2 * MARGIN) / max(bottom - top, 0.1),
    )
    points = {
        # Houses at one site start a little apart, so that they can be pushed apart.
        key: (
            WIDTH / 2 + (x - (left + right) / 2) * scale + math.cos(rank),
            HEIGHT / 2 + (y - (top + bottom) / 2) * scale + math.sin(rank),
        )
        for rank, (key, (x, y)) in enumerate(plain.items())
    }
    return _apart(points), scale


def _apart(points: dict[str, _Point]) -> dict[str, _Point]:
    """Push houses apart until none hides another."""
    least = 2 * RADIUS + 5
    for _round in range(50):
        for first, (x, y) in list(points.items()):
            for second, (u, v) in list(points.items()):
                far = math.hypot(u - x, v - y)
                if first < second and 0 < far < least:
                    push = (least - far) / 2 / far
                    dx, dy = (u - x) * push, (v - y) * push
                    x, y = x - dx, y - dy
                    points[first], points[second] = (x, y), (u + dx, v + dy)
    return points


def _lines(
    scenario: Scenario, points: dict[str, _Point], side: dict[tuple[str, str], Loan], most: int
) -> list[dict[str, Any]]:
    found = []
    for (lender, borrower), loan in side.items():
        text = _("{lender} lends {borrower} {hours} {kind}")
        for kind, minutes, bend, what in (
            ("rooms", loan.rooms, 0.12, _("room hours")),
            ("staff", loan.staff, 0.24, _("staff hours")),
        ):
            if minutes:
                found.append(
                    {
                        "kind": kind,
                        "from": lender,
                        "to": borrower,
                        "path": _curve(points[lender], points[borrower], bend),
                        "width": round(0.8 + 8 * minutes / most, 1),
                        "title": text.format(
                            lender=names.institution(scenario, lender),
                            borrower=names.institution(scenario, borrower),
                            hours=shown(in_hours(minutes), 1),
                            kind=what,
                        ),
                    }
                )
    return found


def _curve(start: _Point, end: _Point, bend: float) -> str:
    """Return a curve that leaves room for the one back, from rim to rim of the houses."""
    (x, y), (u, v) = start, end
    far = math.hypot(u - x, v - y) or 1.0
    over = bend + 8 / far
    mx, my = (x + u) / 2 - (v - y) * over, (y + v) / 2 + (u - x) * over
    out, back = math.hypot(mx - x, my - y), math.hypot(mx - u, my - v)
    x, y = x + (mx - x) * RADIUS / out, y + (my - y) * RADIUS / out
    u, v = u + (mx - u) * (RADIUS + 6) / back, v + (my - v) * (RADIUS + 6) / back
    return f"M{x:.1f} {y:.1f}Q{mx:.1f} {my:.1f} {u:.1f} {v:.1f}"


def loan_table(today: Outcome, proposed: Outcome) -> dict[str, Any]:
    """Return who lends whom how many hours, before and after: the largest of very many."""
    sides = [loans(one.plan, one.case) for one in (today, proposed)]
    scenario = proposed.scenario
    place = {key: at for at, key in enumerate(scenario.institutions)}
    pairs = sorted({*sides[0], *sides[1]}, key=lambda pair: (place[pair[0]], place[pair[1]]))
    largest = limits.largest(
        pairs, lambda pair: max(side.get(pair, Loan()).minutes for side in sides)
    )
    rows = [
        [
            names.institution(scenario, lender),
            names.institution(scenario, borrower),
            *(
                shown(in_hours(getattr(side.get((lender, borrower), Loan()), part)), 1)
                for part in ("rooms", "staff")
                for side in sides
            ),
        ]
        for lender, borrower in largest
    ]
    return {"rows": rows, "more": limits.more_loans(len(pairs))}


def give_and_take(today: Outcome, proposed: Outcome) -> list[dict[str, Any]]:
    """Return the hours and DKK that each institution lends and borrows, before and after."""
    scenario = proposed.scenario
    sides = [loans(one.plan, one.case) for one in (today, proposed)]
    sums = [_lent_and_borrowed(side) for side in sides]
    balances = {
        key: sums[1]["minutes", 0, key] - sums[1]["minutes", 1, key]
        for key in scenario.institutions
    }
    most = max(map(abs, balances.values()), default=0) or 1
    return [
        {
            "name": names.institution(scenario, key),
            "cells": [
                shown(of(side[part, end, key]), places)
                for part, of, places in (("minutes", in_hours, 1), ("value", in_dkk, 0))
                for end in (0, 1)
                for side in sums
            ],
            "balance": signed(in_hours(balance), 1),
            "below": balance < 0,
            "share": round(50 * abs(balance) / most, 1),
        }
        for key, balance in balances.items()
    ]


def _lent_and_borrowed(side: dict[tuple[str, str], Loan]) -> Counter[tuple[str, int, str]]:
    """Add up minutes and value of the loans at each end: 0 the lender, 1 the borrower."""
    found: Counter[tuple[str, int, str]] = Counter()
    for pair, loan in side.items():
        for end, key in enumerate(pair):
            found["minutes", end, key] += loan.minutes
            found["value", end, key] += loan.value
    return found
