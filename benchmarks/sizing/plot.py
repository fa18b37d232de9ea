"""Plots as SVG, written by hand: lines over axes that are linear or logarithmic."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 720, 394
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 54, 84
COLOURS = ("#0b5fa5", "#b4470f", "#2c7a39", "#6d3b9c", "#8a6d00", "#555555")
DASHES = ("", "7 4", "2 3")


class Line(NamedTuple):
    """A line of a plot.

    Attributes
    ----------
    label
        For the legend; lines with the same label share an entry.
    colour, dash
        Indexes of `COLOURS` and `DASHES`.
    points
        In order of x.
    step
        Whether a value holds until the next.
    dots
        Whether each point is marked.
    """

    label: str
    colour: int
    dash: int
    points: Sequence[tuple[float, float]]
    step: bool = False
    dots: bool = False


class Axis(NamedTuple):
    """An axis from one value to another."""

    label: str
    low: float
    high: float
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Return where a value lies, 0 to 1; what lies outside is put on the edge."""
        value = min(max(value, self.low), self.high)
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """Return round values to mark."""
        if self.logarithmic:
            first, last = math.log10(self.low), math.log10(self.high)
            powers = range(math.ceil(first - 1e-9), math.floor(last + 1e-9) + 1)
            return [10.0**power for power in powers]
        step = 10.0 ** math.floor(math.log10(self.high - self.low))
        while (self.high - self.low) / step < 4:
            step /= 2
        first_step = math.ceil(self.low / step - 1e-9)
        return [step * at for at in range(first_step, math.floor(self.high / step + 1e-9) + 1)]


def span(label: str, values: Sequence[float]) -> Axis:
    """Return a logarithmic axis over whole powers of ten."""
    low = 10.0 ** math.floor(math.log10(min(values)))
    high = 10.0 ** math.ceil(math.log10(max(values)))
    return Axis(label, low, high if high > low else 10 * low, logarithmic=True)


def draw(title: str, x: Axis, y: Axis, lines: Sequence[Line]) -> str:
    """Return a plot as SVG; with a white ground, so that it can be read on any page."""
    root = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {root} font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(WIDTH / 2, 18, title, "middle", 14),
    ]
    bottom = HEIGHT - BOTTOM
    for tick in x.ticks():
        at = _across(x, tick)
        parts.append(_rule(at, TOP, at, bottom))
        parts.append(_text(at, bottom + 16, f"{tick:,g}", "middle"))
    for tick in y.ticks():
        at = _up(y, tick)
        parts.append(_rule(LEFT, at, WIDTH - RIGHT, at))
        parts.append(_text(LEFT - 6, at + 4, f"{tick:,g}", "end"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, bottom + 34, x.label, "middle"))
    parts.append(_text(LEFT - 54, TOP - 14, y.label, "start"))
    for line in lines:
        parts += _drawn(x, y, line)
    at = float(LEFT)
    for line in {line.label: line for line in lines}.values():
        parts.append(_stroke(line, f"M{at:g} {HEIGHT - 22}h26"))
        parts.append(_text(at + 32, HEIGHT - 18, line.label, "start"))
        at += 52 + 6.6 * len(line.label)
    return "\n".join([*parts, "</svg>", ""])


def _drawn(x: Axis, y: Axis, line: Line) -> list[str]:
    places = [(_across(x, one), _up(y, other)) for one, other in line.points]
    if not places:
        return []
    path = f"M{places[0][0]:.1f} {places[0][1]:.1f}"
    for across, up in places[1:]:
        path += f"H{across:.1f}V{up:.1f}" if line.step else f"L{across:.1f} {up:.1f}"
    parts = [_stroke(line, path)]
    if line.dots:
        fill = COLOURS[line.colour]
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="{fill}"/>' for a, b in places]
    return parts


def _stroke(line: Line, path: str) -> str:
    dash = f' stroke-dasharray="{DASHES[line.dash]}"' if line.dash else ""
    colour = COLOURS[line.colour]
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>'


def _across(x: Axis, value: float) -> float:
    return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT)


def _up(y: Axis, value: float) -> float:
    return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - BOTTOM - TOP)


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="#d5d5d5"/>'


def _text(x: float, y: float, text: str, anchor: str, size: int = 12) -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f'<text {where} fill="#222222">{escape(text)}</text>'
