"""What a click on an event tells: need, people, travel, cost, why, and what it replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import counts, names
from deling.figures import in_dkk, ore_in_dkk, shown
from deling.goals.cost import move_cost, price, released_staff, room_cost, trip_cost
from deling.language import _, ngettext
from deling.outputs.schedules import describe
from deling.tours import roster
from deling.units import clock, end_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.domain import Event, Scenario, StaffMember
    from deling.outputs.outcome import Outcome
    from deling.outputs.report.entries import Entry
    from deling.tours import Tour


def owners(scenario: Scenario, event: Event) -> list[str]:
    """Return the institutions that give an event its room, staff and equipment, each once."""
    if not event.internal:
        return []
    found = [scenario.rooms[event.room].institution]
    found += [scenario.staff[key].institution for key in event.staff]
    found += [scenario.equipment[key].institution for key, _units in event.equipment]
    return list(dict.fromkeys(found))


def arrivals(outcome: Outcome) -> dict[tuple[str, str], str]:
    """Say how each member of staff gets to each event, where there is a way."""
    found: dict[tuple[str, str], str] = {}
    text = _("{minutes} min by {mode} from {site}")
    for week in roster(outcome.plan, outcome.case):
        for tour in week.tours:
            for event, origin, minutes in _legs(outcome, tour, week.member):
                if minutes:
                    found[week.member.id, event.id] = text.format(
                        minutes=minutes,
                        mode=names.mode(week.member.travel_mode),
                        site=names.site(outcome.scenario, origin),
                    )
    return found


def _legs(outcome: Outcome, tour: Tour, member: StaffMember) -> Iterator[tuple[Event, str, int]]:
    """Yield each event of a tour with the site before it and the minutes from there."""
    case = outcome.case
    yield tour.events[0], member.site, tour.out
    for link in tour.links:
        origin = member.site if link.goes_home else case.site_of(link.earlier)
        there = case.site_of(link.later)
        yield link.later, origin, case.travel.minutes(origin, there, member.travel_mode)


def details(entry: Entry) -> list[tuple[str, list[str]]]:
    """Return headings with lines, in the order that they are read."""
    after = _("In the proposal") if entry.is_today else _("What it replaces")
    parts = (
        (_("Need"), _needs(entry)),
        (_("People"), _people(entry)),
        (_("Travel"), _travel(entry)),
        (_("Cost"), _cost(entry)),
        (_("Why it is there"), () if entry.is_today else _why(entry)),
        (after, _becomes(entry) if entry.is_today else _replaces(entry)),
    )
    found = [(heading, list(lines)) for heading, lines in parts]
    return [(heading, lines) for heading, lines in found if lines]


def _needs(entry: Entry) -> Iterator[str]:
    """Say whose wish it is and how much of it is met, plan by plan."""
    outcome = entry.outcome
    for key in entry.event.needs:
        need, group = outcome.scenario.needs[key], outcome.case.group_of(key)
        yield _("{need}: {group}, {house}").format(
            need=names.need(outcome.scenario, key),
            group=names.group(outcome.scenario, group.id),
            house=names.institution(outcome.scenario, group.institution),
        )
        served = ", ".join(
            f"{names.plan(column.label)} {column.measures.needs[key].served}"
            for column in outcome.comparison.columns
        )
        yield _("Wanted a week: {wanted}, of {minutes} minutes; served: {served}.").format(
            wanted=need.sessions, minutes=need.minutes, served=served
        )


def _people(entry: Entry) -> Iterator[str]:
    outcome, event = entry.outcome, entry.event
    yield counts.participants(describe.participants(outcome, event))
    for key in event.needs:
        along = outcome.scenario.needs[key].attendants
        if along:
            yield ngettext(
                "{count} of the usual staff comes along with {group}",
                "{count} of the usual staff come along with {group}",
                along,
            ).format(
                count=along,
                group=names.group(outcome.scenario, outcome.case.group_of(key).id),
            )
    if event.staff:
        yield from describe.staff(outcome, event).split(describe.SEPARATOR)
    if event.equipment:
        yield describe.equipment(outcome, event)


def _travel(entry: Entry) -> Iterator[str]:
    outcome, event = entry.outcome, entry.event
    if not event.internal:
        return
    site = outcome.case.site_of(event)
    for key in event.needs:
        group = outcome.case.group_of(key)
        minutes = outcome.case.group_travel(key, site)
        if minutes:
            yield _(
                "{group}: {minutes} min each way ({mode}), leaves {leave}, is back {back}"
            ).format(
                group=names.group(outcome.scenario, group.id),
                minutes=minutes,
                mode=names.mode(group.travel_mode),
                leave=clock(event.start - minutes),
                back=end_clock(event.end + minutes),
            )
    for member in event.staff:
        if way := entry.arrivals.get((member, event.id)):
            yield f"{names.staff(outcome.scenario, member)}: {way}"
    if brought := describe.brought(outcome, event):
        yield _("To be brought: {equipment}").format(equipment=brought)
    if site and not any(outcome.case.group_travel(key, site) for key in event.needs):
        yield _("The groups need not travel.")


def _cost(entry: Entry) -> Iterator[str]:
    """Say what the event costs, term by term; the way of staff belongs to no single event."""
    outcome, event = entry.outcome, entry.event
    total = sum(outcome.session_costs[event.id, need] for need in event.needs)
    yield _("{amount} DKK net").format(amount=shown(ore_in_dkk(total)))
    case, needs = outcome.case, [outcome.scenario.needs[key] for key in event.needs]
    if not event.internal:
        yield _("bought at {amount} DKK").format(
            amount=shown(in_dkk(sum(price(need) for need in needs)))
        )
        return
    staff = sum(outcome.scenario.staff[member].hourly_cost for member in event.staff)
    site = case.site_of(event)
    terms = (
        (_("staff"), event.minutes * staff),
        (_("room"), room_cost(event, case)),
        (_("moving equipment"), move_cost(event, case)),
        (_("trips"), sum(trip_cost(case.group_of(need.id), site, case) for need in needs)),
        (
            _("released staff"),
            -sum(released_staff(event, need, case.group_of(need.id)) for need in needs),
        ),
    )
    told = [f"{label} {shown(in_dkk(amount))}" for label, amount in terms if amount]
    if told:
        yield ", ".join(told)


def _why(entry: Entry) -> Iterator[str]:
    """Say what lets the event take place, and what it is good for."""
    outcome, event = entry.outcome, entry.event
    scenario = outcome.scenario
    fixed = any(change.before is not None and change.before.fixed for change in entry.changes)
    if fixed and entry.change == "kept":
        yield _("It is fixed today and stands in every plan.")
    elif entry.change == "kept":
        yield _("It takes place as today.")
    for change in entry.changes:
        if change.kind == "new":
            yield _("It meets a wish of {group} that today leaves unmet.").format(
                group=names.group(scenario, outcome.case.group_of(change.need).id)
            )
    if not event.internal:
        yield _("No room or staff of the area serves it in this plan, and it may be bought.")
        return
    homes = {outcome.case.institution_of(need).id for need in event.needs}
    lenders = [key for key in owners(scenario, event) if key not in homes]
    if lenders:
        yield _("It is possible because {houses} share what they have.").format(
            houses=", ".join(names.institution(scenario, key) for key in lenders)
        )
    if "joint" in entry.marks:
        yield _("Several groups meet, and share the room and the staff.")
    if "cross" in entry.marks:
        yield _("It crosses the line between sectors.")


def _replaces(entry: Entry) -> Iterator[str]:
    """Name the sessions of today that it stands for, and what is in the room today."""
    outcome, event = entry.outcome, entry.event
    for change in entry.changes:
        if change.kind == "moved" and change.before is not None:
            yield _("Instead of {event}").format(event=line(outcome, change.before))
    if entry.change == "new" and not any(change.before for change in entry.changes):
        yield _("Nothing: this session does not take place today.")
    if not event.internal or entry.change == "kept":
        return
    clashing = outcome.case.clashing_rooms[event.room]
    there = [
        line(outcome, other)
        for other in outcome.scenario.today.internal
        if other.room in clashing and other.start < event.end and event.start < other.end
    ]
    yield (
        _("In the room at that time today: {events}").format(events="; ".join(there))
        if there
        else _("The room is free at that time today.")
    )


def _becomes(entry: Entry) -> Iterator[str]:
    for change in entry.changes:
        if change.kind == "kept":
            yield _("Stays as it is.")
        elif change.after is None:
            yield _("Does not take place.")
        else:
            yield _("Moves to {event}").format(event=line(entry.outcome, change.after))


def line(outcome: Outcome, event: Event) -> str:
    """Return an event in one line: what, when and where."""
    what = names.event(outcome.scenario, event)
    if not event.internal:
        return _("{what}, bought outside").format(what=what)
    hours = f"{names.day(event.day)} {clock(event.start)}–{end_clock(event.end)}"
    return f"{what}, {hours}, {describe.room(outcome, event)}"
