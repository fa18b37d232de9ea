"""A comparison in plain words: for whom, at what price, with what result, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.figures import in_dkk, in_hours, shown, signed
from deling.goals import GOALS
from deling.language import N_, _
from deling.measures import AREA, BY_ID, Unit, scopes_of
from deling.progress import gap_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deling.compare import Column, Comparison, Gain, Step

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
    """Return measures of the whole area, a row a measure, a column a plan."""
    header = [_("A week in the whole area"), _("unit"), *_labels(comparison)]
    rows = []
    for key in measures:
        one = BY_ID[key]
        places = _PLACES.get(key, _PLACES.get(one.unit, 0))
        values = (shown(value, places) for value in comparison.values(key))
        rows.append([_(one.label), _(UNITS[one.unit]), *values])
    return header, rows


UNITS: dict[Unit, str] = {
    "sessions": "",
    "rooms": "",
    "hours": N_("hours"),
    "minutes": N_("minutes"),
    "DKK": "DKK",
    "%": "%",
    "m²": "m²",
}


def whom_table(comparison: Comparison) -> Table:
    """Return for each kind of group and each institution what it gets and what that costs."""
    first, last = comparison.columns[0], comparison.columns[-1]
    few = len(comparison.columns) < 4
    header = [
        _("For whom"),
        _("wanted"),
        *_labels(comparison),
        *([_("hours")] if few else []),
        _("DKK {plan}").format(plan=_(first.label)),
        _("DKK {plan}").format(plan=_(last.label)),
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


def _labels(comparison: Comparison) -> list[str]:
    return [_(column.label) for column in comparison.columns]


def summary(column: Column) -> str:
    """Return a plan in one sentence."""
    area = column.measures.area
    return _(
        "{served} of {wanted} wanted sessions a week, {hours} participant hours, net cost"
        " {cost} DKK a week"
    ).format(
        served=shown(area.served),
        wanted=shown(area.wanted),
        hours=shown(in_hours(area.participant_minutes)),
        cost=shown(in_dkk(area.net_cost)),
    )


def proof(column: Column) -> Iterator[str]:
    """Say of each goal what is reached and what no plan can beat."""
    if column.result is None:
        return
    for rank, (goal, value) in enumerate(column.goals.items()):
        reached = f"{names.goal(goal)}: {names.goal_value(goal, value)}."
        outcome = column.result.goals.get(goal)
        if outcome is None:
            yield reached + " " + _("No bound is known.")
        elif outcome.proven and rank:
            yield (
                reached
                + " "
                + _("Proven best among the plans that are as good in the goals above.")
            )
        elif outcome.proven:
            yield reached + " " + _("Proven best: no plan can do better.")
        else:
            text = (
                _("No plan can get above {bound}")
                if GOALS[goal].sense == "max"
                else _("No plan can get below {bound}")
            )
            among = _(" and be as good in the goals above") if rank else ""
            yield (
                reached
                + " "
                + _("{statement}{among} (gap {gap}).").format(
                    statement=text.format(bound=names.goal_value(goal, outcome.bound)),
                    among=among,
                    gap=gap_text(outcome.gap),
                )
            )


def against_today(step: Step) -> Iterator[str]:
    """Say what a plan changes of today: for whom, at what price, with what result."""
    yield _("Result: {gain}.").format(gain=_gained(step))
    yield _("For whom: {list}.").format(list=_listed(step))
    released = step.difference("released")
    if not released:
        text = _("Price: {cost}.")
    elif released > 0:
        text = _("Price: {cost}; {hours} more hours of the groups' usual staff are released.")
    else:
        text = _("Price: {cost}; {hours} fewer hours of the groups' usual staff are released.")
    yield text.format(cost=_cost(step), hours=shown(in_hours(abs(released)), 1))
    area = step.after.measures.area
    yield _("Sessions: {kept} as today, {moved} moved, {new} new, {dropped} dropped.").format(
        kept=shown(area.kept),
        moved=shown(area.moved),
        new=shown(area.new),
        dropped=shown(area.dropped),
    )


def across_sectors(step: Step) -> Iterator[str]:
    """Answer what it brings when staff and rooms cross the lines between sectors."""
    yield _("Result: {gain}, compared with sharing within each sector.").format(gain=_gained(step))
    yield _("For whom: {list}.").format(list=_listed(step))
    yield _("Price: {cost}.").format(cost=_cost(step))
    area = step.after.measures.area
    yield _(
        "How: {staff} staff hours and {rooms} room hours a week come from another sector;"
        " sessions that bring groups of several sectors together: {joint}."
    ).format(
        staff=shown(in_hours(area.staff_borrowed_across), 1),
        rooms=shown(in_hours(area.rooms_borrowed_across), 1),
        joint=shown(area.joining_sectors),
    )
    yield from _proven_gain(step)


def _proven_gain(step: Step) -> Iterator[str]:
    result = step.before.result
    outcome = result.goals.get("served") if result is not None else None
    if outcome is None or next(iter(step.before.goals)) != "served":
        return
    gain = step.after.goals["served"] - outcome.bound
    if gain > 0:
        yield _(
            "Proven: without crossing, no plan can serve more than {bound} (by weight); this one"
            " serves {value}."
        ).format(bound=shown(outcome.bound), value=shown(step.after.goals["served"]))


def _gained(step: Step) -> str:
    gain = step.gains[AREA]
    return _("{sessions} sessions and {hours} participant hours a week").format(
        sessions=signed(gain.sessions), hours=signed(in_hours(gain.participant_minutes))
    )


def _cost(step: Step) -> str:
    gain = step.gains[AREA]
    amount = shown(in_dkk(abs(gain.net_cost)))
    if gain.net_cost <= 0:
        return _("{amount} DKK a week less").format(amount=amount)
    if gain.participant_minutes <= 0:
        return _("{amount} DKK a week more").format(amount=amount)
    price = in_dkk(gain.net_cost) / in_hours(gain.participant_minutes)
    return _("{amount} DKK a week more, {price} DKK for each participant hour gained").format(
        amount=amount, price=shown(price, 1)
    )


def _listed(step: Step) -> str:
    """Name who gains or loses sessions: kinds of group, then institutions."""

    def of(level: str) -> str:
        changed = [
            gain for gain in step.gains.values() if gain.scope.level == level and gain.sessions
        ]
        changed.sort(key=lambda gain: -gain.sessions)
        return ", ".join(_one(gain, step) for gain in changed)

    return "; ".join(filter(None, (of("kind"), of("institution")))) or _(
        "nobody gets more or fewer sessions"
    )


def _one(gain: Gain, step: Step) -> str:
    return f"{names.scope(step.after.case, gain.scope)} {signed(gain.sessions)}"
