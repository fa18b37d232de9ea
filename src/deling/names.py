"""What things are called when people read about them, rather than by id."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from deling.figures import in_dkk, shown
from deling.language import N_, _
from deling.units import DAYS

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Event, GroupKind, Scenario, Sector
    from deling.measures import Scope

SECTORS: dict[Sector, str] = {
    "school": N_("Schools"),
    "daycare": N_("Daycare"),
    "elder_care": N_("Elder care"),
    "culture": N_("Culture"),
    "sports": N_("Sports"),
    "association": N_("Associations"),
    "other": N_("Others"),
}
KINDS: dict[GroupKind, str] = {
    "nursery": N_("Nursery children"),
    "kindergarten": N_("Kindergarten children"),
    "pupils": N_("Pupils"),
    "youth": N_("Youth"),
    "adults": N_("Adults"),
    "elders": N_("Elders"),
}
PLANS: dict[str, str] = {
    "today": N_("today"),
    "own": N_("each keeps to itself"),
    "sector": N_("each sector shares"),
    "area": N_("the area shares"),
}
"""The columns of the sharing ladder in words."""
COLUMNS: dict[str, str] = {
    "today": N_("today"),
    "own": N_("own"),
    "sector": N_("sector"),
    "area": N_("area"),
}
"""The same in a word, for the head of a table."""
UNITS: dict[str, str] = {
    "sessions": N_("sessions"),
    "rooms": N_("rooms"),
    "hours": N_("hours"),
    "minutes": N_("minutes"),
    "DKK": N_("DKK"),
}
"""Units of measures that are words; the others are signs."""
EMPLOYMENT: dict[str, str] = {"employee": N_("employee"), "volunteer": N_("volunteer")}
MODES: dict[str, str] = {
    "walk": N_("walk"),
    "stroll": N_("stroll"),
    "bike": N_("bike"),
    "car": N_("car"),
    "minibus": N_("minibus"),
}
"""The modes of travel that every scenario has."""


def plan(label: str) -> str:
    """Return the head of a plan's column: a word, or the name of a file as it is."""
    return _(COLUMNS[label]) if label in COLUMNS else label


def unit(key: str) -> str:
    """Return a measure's unit."""
    return _(UNITS[key]) if key in UNITS else key


def mode(key: str) -> str:
    """Return how one travels; a mode of the scenario's own by its id."""
    return _(MODES[key]) if key in MODES else key


def institution(scenario: Scenario, key: str) -> str:
    """Return an institution's name."""
    return scenario.institutions[key].name or key


def room(scenario: Scenario, key: str) -> str:
    """Return a room's name."""
    return scenario.rooms[key].name or key


def group(scenario: Scenario, key: str) -> str:
    """Return a group's name."""
    return scenario.groups[key].name or key


def need(scenario: Scenario, key: str) -> str:
    """Return what a need is called."""
    return scenario.needs[key].name or scenario.needs[key].activity


def site(scenario: Scenario, key: str) -> str:
    """Return a site's name."""
    return scenario.sites[key].name or key


def staff(scenario: Scenario, key: str) -> str:
    """Return a member of staff as role and pseudonym."""
    role = scenario.staff[key].role
    return f"{role} ({key})" if role and role != key else key


def equipment(scenario: Scenario, key: str, units: int) -> str:
    """Return a use of equipment as units, kind and id."""
    item = scenario.equipment[key]
    name = f"{item.kind} ({key})" if item.kind != key else key
    return name if units == 1 else f"{units} × {name}"


def scope(case: Case, about: Scope) -> str:
    """Return what a figure is about."""
    match about.level:
        case "area":
            return _("The whole area")
        case "sector":
            return _(SECTORS[about.id])  # type: ignore[index]
        case "kind":
            return _(KINDS[about.id])  # type: ignore[index]
        case "institution":
            return institution(case.scenario, about.id)
        case "room":
            return room(case.scenario, about.id)


def event(scenario: Scenario, one: Event) -> str:
    """Return what takes place in an event: its activities, each named once."""
    return ", ".join(dict.fromkeys(need(scenario, key) for key in one.needs))


def day(index: int) -> str:
    """Return the short name of a day."""
    return _(DAYS[index])


GOAL_NAMES: dict[str, str] = {
    "served": N_("Sessions served, by weight"),
    "fairness": N_("Largest unmet share of an institution"),
    "cost": N_("Net cost a week"),
    "comfort": N_("Discomfort (ways, hours, changes)"),
}


def goal(key: str) -> str:
    """Return what a goal is called."""
    return _(GOAL_NAMES[key])


GOAL_UNITS: dict[str, str] = {"served": "", "fairness": "%", "cost": N_("DKK"), "comfort": ""}


def goal_figure(key: str, value: int | None) -> str:
    """Return a goal's value in its unit; a dash where there is none."""
    if value is None:
        return shown(None)
    if key == "cost":
        return shown(in_dkk(value))
    if key == "fairness":
        return shown(Fraction(value, 10), 1)
    return shown(value)


def goal_value(key: str, value: int | None) -> str:
    """Return a goal's value with its unit; a dash where there is none."""
    figure = goal_figure(key, value)
    return f"{figure} {_(GOAL_UNITS[key])}" if value is not None and GOAL_UNITS[key] else figure
