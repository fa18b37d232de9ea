"""How schedules name who takes part, who comes and what is brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.figures import ore_in_dkk
from deling.language import N_, _

if TYPE_CHECKING:
    from decimal import Decimal

    from deling.domain import Event
    from deling.measures import Change
    from deling.outputs.outcome import Outcome

SEPARATOR = "; "
CHANGES = {
    "kept": N_("as today"),
    "moved": N_("moved"),
    "new": N_("new"),
    "dropped": N_("dropped"),
}


def groups(outcome: Outcome, event: Event, apart_from: str | None = None) -> str:
    """Return the groups of an event with their institutions, but for one need's."""
    scenario = outcome.scenario
    found = []
    for need in event.needs:
        if need != apart_from:
            group = outcome.case.group_of(need)
            house = names.institution(scenario, group.institution)
            found.append(f"{names.group(scenario, group.id)} ({house})")
    return SEPARATOR.join(found)


def staff(outcome: Outcome, event: Event) -> str:
    """Return the staff of an event with their institutions."""
    scenario = outcome.scenario
    return SEPARATOR.join(
        f"{names.staff(scenario, member)}, "
        f"{names.institution(scenario, scenario.staff[member].institution)}"
        for member in event.staff
    )


def equipment(outcome: Outcome, event: Event) -> str:
    """Return all equipment of an event."""
    return SEPARATOR.join(
        names.equipment(outcome.scenario, item, units) for item, units in event.equipment
    )


def brought(outcome: Outcome, event: Event) -> str:
    """Return the equipment that does not stand where the event takes place, and where it is."""
    scenario = outcome.scenario
    here = outcome.case.site_of(event)
    return SEPARATOR.join(
        _("{equipment} from {site}").format(
            equipment=names.equipment(scenario, item, units),
            site=names.site(scenario, scenario.equipment[item].site),
        )
        for item, units in event.equipment
        if scenario.equipment[item].site != here
    )


def room(outcome: Outcome, event: Event) -> str:
    """Return the room of an event."""
    return names.room(outcome.scenario, event.room)


def place(outcome: Outcome, event: Event) -> str:
    """Return the owner and the site of an event's room, once where the site is named after it."""
    scenario = outcome.scenario
    house = names.institution(scenario, scenario.rooms[event.room].institution)
    site = names.site(scenario, outcome.case.site_of(event))
    return site if site == house or site.startswith(f"{house}, ") else f"{house}, {site}"


def participants(outcome: Outcome, event: Event) -> int:
    """Return how many take part in all."""
    return sum(outcome.case.group_of(need).size for need in event.needs)


def price(outcome: Outcome, event: Event, need: str) -> Decimal:
    """Return what a session costs, in DKK."""
    return ore_in_dkk(outcome.session_costs[event.id, need])


def change(outcome: Outcome, event: Event, need: str) -> str:
    """Return how a session compares with today."""
    found: Change = outcome.change_of[event.id, need]
    return _(CHANGES[found.kind])
