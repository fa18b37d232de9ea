"""The sharing ladder as bars: what each step of sharing brings, and at what price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deling import names
from deling.figures import in_dkk, in_hours, shown
from deling.language import _

if TYPE_CHECKING:
    from deling.compare import Column, Comparison

WIDTH, BAR, ROW, TOP, LEFT = 340, 22, 46, 8, 4
"""Size of one chart's bars, in units of its view box."""


def ladder(comparison: Comparison) -> dict[str, Any] | None:
    """Return the charts and the table; None where only one plan stands beside today."""
    if len(comparison.columns) < 3:
        return None
    columns = comparison.columns
    charts = [
        _chart(
            _("Sessions served a week"),
            columns,
            [column.measures.area.served for column in columns],
            [shown(column.measures.area.served) for column in columns],
        ),
        _chart(
            _("Participant hours a week"),
            columns,
            [column.measures.area.participant_minutes for column in columns],
            [shown(in_hours(column.measures.area.participant_minutes)) for column in columns],
        ),
        _chart(
            _("Net cost a week, DKK"),
            columns,
            [column.measures.area.net_cost for column in columns],
            [shown(in_dkk(column.measures.area.net_cost)) for column in columns],
        ),
    ]
    return {"charts": charts, "rows": [_row(column) for column in columns]}


def label(column: Column) -> str:
    """Return what a plan is called, in words where it is a step of the ladder."""
    return _(names.PLANS[column.label]) if column.label in names.PLANS else column.label


def _chart(
    title: str, columns: tuple[Column, ...], values: list[int], texts: list[str]
) -> dict[str, Any]:
    low, high = min(0, *values), max(1, *values)
    scale = (WIDTH - 2 * LEFT) / (high - low)
    zero = LEFT - low * scale
    bars = [
        {
            "label": label(column),
            "text": text,
            "x": round(zero + min(0, value) * scale, 1),
            "y": TOP + row * ROW + 16,
            "width": round(abs(value) * scale, 1),
            "last": row + 1 == len(columns),
        }
        for row, (column, value, text) in enumerate(zip(columns, values, texts, strict=True))
    ]
    told = ", ".join(f"{bar['label']}: {bar['text']}" for bar in bars)
    return {
        "title": title,
        "told": told,
        "bars": bars,
        "zero": round(zero, 1),
        "width": WIDTH,
        "height": TOP + ROW * len(columns),
        "bar": BAR,
    }


def _row(column: Column) -> list[str]:
    area = column.measures.area
    known = column.result.goals.get("served") if column.result is not None else None
    if next(iter(column.goals)) != "served":
        known = None  # What is proven is proven of plans that keep the goals before.
    return [
        label(column),
        shown(area.served),
        names.goal_value("served", None if known is None else known.bound),
        shown(in_hours(area.participant_minutes)),
        shown(in_dkk(area.net_cost)),
        shown(in_hours(area.released), 1),
        shown(in_hours(area.staff_lent), 1),
        shown(in_hours(area.rooms_lent), 1),
        shown(area.joining_sectors),
    ]
