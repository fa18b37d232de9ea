"""The measures that are reported: what each is called, its unit, and where it has a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from deling.figures import Number, in_dkk, in_hours
from deling.language import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from deling.measures.tally import Tally

Level = Literal["area", "sector", "institution", "kind", "room"]
Unit = Literal["sessions", "rooms", "hours", "minutes", "DKK", "%", "m²"]

PLACES: dict[Unit, int] = {
    "sessions": 0,
    "rooms": 0,
    "hours": 2,
    "minutes": 0,
    "DKK": 2,
    "%": 1,
    "m²": 2,
}
"""Decimals of each unit in files."""

_GROUPS: frozenset[Level] = frozenset({"area", "sector", "institution", "kind"})
_OWNERS: frozenset[Level] = frozenset({"area", "sector", "institution"})
_ROOMS: frozenset[Level] = frozenset({"area", "sector", "institution", "room"})


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    id
        Name in files; never translated.
    label
        What it is, for a planner; translated where it is shown.
    levels
        The scopes that it has a meaning for.
    of
        Computes it from the sums, in `unit`; None where nothing can be divided.
    """

    id: str
    label: str
    unit: Unit
    levels: frozenset[Level]
    of: Callable[[Tally], Number | None]


def _ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole else None


def _price(tally: Tally) -> Fraction | None:
    hours = in_hours(tally.participant_minutes)
    return in_dkk(tally.net_cost) / hours if hours else None


def _utilisation(tally: Tally) -> Fraction | None:
    frequency = _ratio(tally.booked, tally.available)
    occupancy = _ratio(tally.filled_minutes, tally.seat_minutes)
    if frequency == 0:
        return Fraction(0)
    return None if frequency is None or occupancy is None else frequency * occupancy / 100


def _count(name: str) -> Callable[[Tally], Number]:
    def of(tally: Tally) -> Number:
        value: int | Decimal = getattr(tally, name)
        return value

    return of


def _hours(plus: str, minus: str | None = None) -> Callable[[Tally], Number]:
    def of(tally: Tally) -> Number:
        return in_hours(getattr(tally, plus) - (getattr(tally, minus) if minus else 0))

    return of


def _dkk(*names: str) -> Callable[[Tally], Number]:
    def of(tally: Tally) -> Number:
        return in_dkk(sum(getattr(tally, name) for name in names))

    return of


MEASURES: tuple[Measure, ...] = (
    Measure("sessions_wanted", N_("Sessions wanted"), "sessions", _GROUPS, _count("wanted")),
    Measure("sessions_served", N_("Sessions served"), "sessions", _GROUPS, _count("served")),
    Measure(
        "share_served",
        N_("Share of the wanted sessions served"),
        "%",
        _GROUPS,
        lambda tally: _ratio(tally.served, tally.wanted),
    ),
    Measure(
        "sessions_bought",
        N_("Sessions bought outside (part of served)"),
        "sessions",
        _GROUPS,
        _count("bought"),
    ),
    Measure(
        "sessions_joining_sectors",
        N_("Sessions that join sectors"),
        "sessions",
        _GROUPS,
        _count("joining_sectors"),
    ),
    Measure(
        "participant_hours",
        N_("Participant hours"),
        "hours",
        _GROUPS,
        _hours("participant_minutes"),
    ),
    Measure("net_cost", N_("Net cost"), "DKK", _GROUPS, _dkk("net_cost")),
    Measure(
        "cost_staff",
        N_("Cost: staff, travel and waiting included"),
        "DKK",
        _GROUPS,
        _dkk("staff_cost", "travel_cost"),
    ),
    Measure(
        "cost_staff_travel",
        N_("Cost: travel and waiting (part of staff)"),
        "DKK",
        _GROUPS,
        _dkk("travel_cost"),
    ),
    Measure("cost_rooms", N_("Cost: rooms"), "DKK", _GROUPS, _dkk("room_cost")),
    Measure("cost_moves", N_("Cost: moving equipment"), "DKK", _GROUPS, _dkk("move_cost")),
    Measure("cost_trips", N_("Cost: trips of groups"), "DKK", _GROUPS, _dkk("trip_cost")),
    Measure("cost_bought", N_("Cost: bought sessions"), "DKK", _GROUPS, _dkk("bought_cost")),
    Measure(
        "value_released",
        N_("Value of released staff, taken off the cost"),
        "DKK",
        _GROUPS,
        _dkk("released_value"),
    ),
    Measure("price_participant_hour", N_("DKK per participant hour"), "DKK", _GROUPS, _price),
    Measure(
        "released_staff_hours", N_("Released staff hours"), "hours", _GROUPS, _hours("released")
    ),
    Measure(
        "staff_hours", N_("Staff hours in sessions"), "hours", _GROUPS, _hours("staff_minutes")
    ),
    Measure(
        "staff_hours_lent",
        N_("Staff hours lent to other institutions"),
        "hours",
        _OWNERS,
        _hours("staff_lent"),
    ),
    Measure(
        "staff_hours_borrowed",
        N_("Staff hours borrowed from other institutions"),
        "hours",
        _GROUPS,
        _hours("staff_borrowed"),
    ),
    Measure(
        "staff_hours_balance",
        N_("Staff hours lent less borrowed"),
        "hours",
        _OWNERS,
        _hours("staff_lent", "staff_borrowed"),
    ),
    Measure(
        "staff_hours_from_other_sectors",
        N_("Staff hours borrowed from other sectors"),
        "hours",
        _GROUPS,
        _hours("staff_borrowed_across"),
    ),
    Measure(
        "room_hours_lent",
        N_("Room hours lent to other institutions"),
        "hours",
        _OWNERS,
        _hours("rooms_lent"),
    ),
    Measure(
        "room_hours_borrowed",
        N_("Room hours borrowed from other institutions"),
        "hours",
        _GROUPS,
        _hours("rooms_borrowed"),
    ),
    Measure(
        "room_hours_balance",
        N_("Room hours lent less borrowed"),
        "hours",
        _OWNERS,
        _hours("rooms_lent", "rooms_borrowed"),
    ),
    Measure(
        "room_hours_from_other_sectors",
        N_("Room hours borrowed from other sectors"),
        "hours",
        _GROUPS,
        _hours("rooms_borrowed_across"),
    ),
    Measure(
        "staff_travel_minutes",
        N_("Travel of staff"),
        "minutes",
        _GROUPS,
        _count("staff_travel"),
    ),
    Measure(
        "staff_waiting_minutes",
        N_("Waiting of staff between sessions"),
        "minutes",
        _GROUPS,
        _count("staff_waiting"),
    ),
    Measure(
        "group_travel_minutes", N_("Travel of groups"), "minutes", _GROUPS, _count("group_travel")
    ),
    Measure(
        "frequency",
        N_("Frequency (time booked ÷ time available)"),
        "%",
        _ROOMS,
        lambda tally: _ratio(tally.booked, tally.available),
    ),
    Measure(
        "occupancy",
        N_("Occupancy (places filled while booked)"),
        "%",
        _ROOMS,
        lambda tally: _ratio(tally.filled_minutes, tally.seat_minutes),
    ),
    Measure("utilisation", N_("Utilisation (frequency × occupancy)"), "%", _ROOMS, _utilisation),
    Measure("rooms_never_used", N_("Rooms never used"), "rooms", _ROOMS, _count("unused_rooms")),
    Measure("m2_never_used", N_("Floor area never used"), "m²", _ROOMS, _count("unused_m2")),
    Measure("changes_kept", N_("Sessions kept as today"), "sessions", _GROUPS, _count("kept")),
    Measure("changes_moved", N_("Sessions moved"), "sessions", _GROUPS, _count("moved")),
    Measure("changes_new", N_("Sessions new"), "sessions", _GROUPS, _count("new")),
    Measure("changes_dropped", N_("Sessions dropped"), "sessions", _GROUPS, _count("dropped")),
)
"""In the order that they are reported."""

BY_ID: dict[str, Measure] = {measure.id: measure for measure in MEASURES}
