"""Tables of a comparison: the area, for whom, and who gives and takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.figures import shown, signed
from deling.language import N_, _
from deling.measures import BY_ID, Unit, scopes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deling.compare import Column, Comparison

Table = tuple[list[str], list[list[str]]]

SHORT = (
    "sessions_wanted",
    "sessions_served",
    "sessions_bought",
    "sessions_joining_sectors",
    "participant_hours",
    "net_cost",
    "price_participant_hour",
    "released_staff_hours",
    "staff_hours_lent",
    "room_hours_lent",
    "utilisation",
    "changes_kept",
    "changes_moved",
    "changes_new",
    "changes_dropped",
)
"""What the end of a run shows of the area."""

LONG = (
    "sessions_wanted",
    "sessions_served",
    "sessions_bought",
    "sessions_joining_sectors",
    "participant_hours",
    "net_cost",
    "cost_staff",
    "cost_staff_travel",
    "cost_rooms",
    "cost_moves",
    "cost_trips",
    "cost_bought",
    "value_released",
    "price_participant_hour",
    "released_staff_hours",
    "staff_hours_lent",
    "staff_hours_from_other_sectors",
    "room_hours_lent",
    "room_hours_from_other_sectors",
    "staff_travel_minutes",
    "staff_waiting_minutes",
    "group_travel_minutes",
    "frequency",
    "occupancy",
    "utilisation",
    "rooms_never_used",
    "m2_never_used",
    "changes_kept",
    "changes_moved",
    "changes_new",
    "changes_dropped",
)
"""What a comparison shows of the area."""

_PLACES: dict[str, int] = {"price_participant_hour": 1, "sessions": 0, "DKK": 0, "hours": 1, "%": 1}


def area_table(comparison: Comparison, measures: Sequence[str]) -> Table:
    """Return measures of the whole area and the goals, a row each, a column a plan."""
    header = [_("A week in the whole area"), _("unit"), *_labels(comparison)]
    rows = []
    for key in measures:
        one = BY_ID[key]
        places = _PLACES.get(key, _PLACES.get(one.unit, 0))
        values = (shown(value, places) for value in comparison.values(key))
        rows.append([_(one.label), _unit(one.unit), *values])
    return header, rows + _goal_rows(comparison.columns)


def goals_table(column: Column) -> Table:
    """Return the goals of one plan."""
    return [_("Goal, by importance"), _("unit"), _("value")], _goal_rows([column])


def _goal_rows(columns: Sequence[Column]) -> list[list[str]]:
    rows = []
    for rank, goal in enumerate(columns[0].goals, start=1):
        label = _("Goal {rank}: {goal}").format(rank=rank, goal=names.goal(goal))
        figures = (names.goal_figure(goal, column.goals[goal]) for column in columns)
        rows.append([label, _(names.GOAL_UNITS[goal]), *figures])
    return rows


def _unit(unit: Unit) -> str:
    """Return a unit; nothing where the measure's name says what is counted."""
    return "" if unit in ("sessions", "rooms") else names.unit(unit)


def whom_table(comparison: Comparison) -> Table:
    """Return for each kind of group and each institution what it gets and what that costs."""
    first, last = comparison.columns[0], comparison.columns[-1]
    few = len(comparison.columns) < 4
    header = [
        _("For whom"),
        _("wanted"),
        *_labels(comparison),
        *([_("hours")] if few else []),
        _("DKK {plan}").format(plan=names.plan(first.label)),
        _("DKK {plan}").format(plan=names.plan(last.label)),
        _("DKK an hour"),
    ]
    rows: list[list[str]] = []
    level = ""
    for scope in scopes_of(comparison.case):
        if not last.measures.scopes[scope].wanted:
            continue
        if scope.level != level:
            level = scope.level
            if level in _SECTIONS:
                rows.append([_(_SECTIONS[level])] + [""] * (len(header) - 1))
        indent = "  " if level in _SECTIONS else ""
        rows.append(
            [
                indent + names.scope(comparison.case, scope),
                shown(last.measures.value("sessions_wanted", scope)),
                *(shown(value) for value in comparison.values("sessions_served", scope)),
                *([shown(last.measures.value("participant_hours", scope))] if few else []),
                shown(first.measures.value("net_cost", scope)),
                shown(last.measures.value("net_cost", scope)),
                shown(last.measures.value("price_participant_hour", scope), 1),
            ]
        )
    return header, rows


_SECTIONS: dict[str, str] = {
    "sector": N_("By sector"),
    "institution": N_("By institution"),
    "kind": N_("By kind of group"),
}


def give_table(column: Column) -> Table:
    """Return what each institution lends and borrows, and how well its rooms are used."""
    header = [
        _("Hours a week"),
        _("staff lent"),
        _("borrowed"),
        _("balance"),
        _("rooms lent"),
        _("borrowed"),
        _("balance"),
        _("rooms used %"),
    ]
    rows = []
    for scope in scopes_of(column.case):
        if scope.level in ("area", "institution"):
            values = (
                sign(column.measures.value(key, scope), 1)
                for key, sign in (
                    ("staff_hours_lent", shown),
                    ("staff_hours_borrowed", shown),
                    ("staff_hours_balance", signed),
                    ("room_hours_lent", shown),
                    ("room_hours_borrowed", shown),
                    ("room_hours_balance", signed),
                    ("utilisation", shown),
                )
            )
            rows.append([names.scope(column.case, scope), *values])
    return header, rows


def _labels(comparison: Comparison) -> list[str]:
    return [names.plan(column.label) for column in comparison.columns]
