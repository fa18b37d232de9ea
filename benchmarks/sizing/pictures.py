"""The plots of the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sizing.figures import disturbed, trace
from sizing.fit import fit
from sizing.plot import Axis, Line, draw, span
from sizing.sizes import EXTRA, SIZES
from sizing.targets import GIGABYTE, growth, most_of_the_planted, of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sizing.store import Row

SOON = 0.05
"""Seconds at which the axes of time begin."""


def pictures(rows: list[Row]) -> dict[str, str]:
    """Return SVG by file name: quality against time for each size, and growth with size."""
    found = {}
    for size in SIZES:
        kinds = [(extra, of(rows, size, extra)) for extra in (0.0, EXTRA)]
        ends = [row["limit"] for _extra, chosen in kinds for row in chosen if "found" in row]
        if ends:
            time = Axis("seconds, of the reference machine", SOON, max(ends), logarithmic=True)
            found[f"served-{size}.svg"] = _served(size, time, kinds)
            found[f"cost-{size}.svg"] = _cost(size, time, kinds)
    whole = [row for row in rows if "error" not in row]
    for name, label, figure in (
        ("growth-of-time.svg", "seconds to 99 % of the planted", most_of_the_planted),
        ("growth-of-memory.svg", "peak memory, GB", lambda row: row["peak_bytes"] / GIGABYTE),
    ):
        found |= _grown(name, label, whole, figure)
    return found


def _served(size: str, time: Axis, kinds: list[tuple[float, list[Row]]]) -> str:
    lines, top = [], 100.0
    for extra, rows in kinds:
        for row in rows:
            points = trace(row, "served")
            for dash, at in enumerate((2, 3)):
                values = [(one[0], 100 * one[at] / row["facts"]["served"]) for one in points]
                top = max([top, *(value for _at, value in values)])
                label = f"{('plan', 'bound')[dash]}, {_wishes(extra)}"
                lines.append(_held(label, 1 if extra else 0, dash, values, time))
    low = min((value for line in lines for _at, value in line.points), default=0.0)
    y = Axis(
        "served, % of the planted", 10 * math.floor(low / 10.001), min(200, 5 * math.ceil(top / 5))
    )
    title = f"{size}: served against time, each area a line"
    return draw(title + _disturbed(kinds), time, y, lines)


def _cost(size: str, time: Axis, kinds: list[tuple[float, list[Row]]]) -> str:
    lines = [
        _held(
            f"gap, {_wishes(extra)}",
            1 if extra else 0,
            0,
            [(at, 100 * gap) for at, *_rest, gap in trace(row, "cost")],
            time,
        )
        for extra, rows in kinds
        for row in rows
    ]
    y = Axis("gap of cost, % (0 is put at 0.1, above 1,000 at 1,000)", 0.1, 1_000, logarithmic=True)
    title = f"{size}: gap of cost against time, each area a line"
    return draw(title + _disturbed(kinds), time, y, lines)


def _held(
    label: str, colour: int, dash: int, values: list[tuple[float, float]], time: Axis
) -> Line:
    """Return a line of steps that goes on to the end."""
    ends = [(time.high, values[-1][1])] if values else []
    return Line(label, colour, dash, [*values, *ends], step=True)


def _grown(
    name: str, label: str, rows: list[Row], figure: Callable[[Row], float | None]
) -> dict[str, str]:
    points = list(growth(rows, figure))
    power = fit(points)
    if power is None:
        return {}
    x = span("sessions wanted", [size for size, _value in points])
    fitted = [(size, power.at(size)) for size in (x.low, x.high)]
    y = span(label, [value for _size, value in [*points, *fitted]])
    lines = [
        Line("measured", 0, 0, points, dots=True),
        Line(f"fitted, exponent {power.exponent:.2f}", 1, 1, fitted),
    ]
    kinds = [(0.0, of(rows, size, 0.0)) for size in SIZES]
    return {name: draw(f"{label}, by size{_disturbed(kinds)}", x, y, lines)}


def _disturbed(kinds: list[tuple[float, list[Row]]]) -> str:
    busy = any(disturbed(row) for _extra, rows in kinds for row in rows)
    return " (disturbed)" if busy else ""


def _wishes(extra: float) -> str:
    return f"+{100 * extra:.0f} % wishes" if extra else "as planted"
