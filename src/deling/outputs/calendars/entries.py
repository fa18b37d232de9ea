"""What stands in the calendars of a week: for institutions, for staff and for rooms."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deling import names
from deling.language import _, ngettext
from deling.outputs.calendars.ways import group_ways, staff_ways
from deling.outputs.plan import in_order
from deling.outputs.schedules import describe
from deling.outputs.schedules.institutions import roles
from deling.units import end_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.domain import Block, Event, Plan
    from deling.outputs.outcome import Outcome


@dataclass(frozen=True)
class Entry:
    """One weekly entry of a calendar.

    Attributes
    ----------
    identity
        What stays the same when a later plan moves it.
    start
        Minute of the week.
    position
        Latitude and longitude.
    lines
        The description.
    """

    identity: str
    start: int
    minutes: int
    summary: str
    location: str = ""
    position: tuple[float, float] | None = None
    lines: tuple[str, ...] = ()


if TYPE_CHECKING:
    Found = Iterator[tuple[str, Entry]]
    """Entries, each with the id of whose calendar it stands in."""


def of_institutions(outcome: Outcome) -> Found:
    """Yield every event for each institution that takes part in it or lends to it."""
    for event, identity in _numbered(outcome.plan):
        concerned = {
            institution: role
            for need in event.needs
            for institution, role in roles(outcome, event, need)
        }
        for institution, role in concerned.items():
            own = [
                need for need in event.needs if outcome.case.institution_of(need).id == institution
            ]
            title = names.event(outcome.scenario, event)
            summary = f"{title}: {_groups(outcome, own)}" if own else f"{title} ({role})"
            lines = [*_about(outcome, event), *group_ways(outcome, event, own)]
            yield institution, _entry(outcome, event, identity, summary, lines)


def of_staff(outcome: Outcome) -> Found:
    """Yield every event for each of its staff, with the way there and back; and blocks."""
    ways = staff_ways(outcome)
    for event, identity in _numbered(outcome.plan):
        title = names.event(outcome.scenario, event)
        summary = f"{title}: {_groups(outcome, event.needs)}"
        for member in event.staff:
            lines = [*_about(outcome, event), *ways[member, event.id]]
            yield member, _entry(outcome, event, identity, summary, lines)
    for block in outcome.scenario.blocks:
        for member in block.staff:
            yield member, _block(outcome, block)


def of_rooms(outcome: Outcome) -> Found:
    """Yield what takes each room's time, in a part of it or in a whole around it too."""
    scenario, clashing = outcome.scenario, outcome.case.clashing_rooms
    for event, identity in _numbered(outcome.plan):
        booked = scenario.rooms[event.room]
        lines = _about(outcome, event)
        if booked.turnaround:
            until = end_clock(event.end + booked.turnaround)
            lines.append(_("The room stays taken until {time}.").format(time=until))
        title = f"{names.event(scenario, event)}: {_groups(outcome, event.needs)}"
        for room in sorted(clashing[event.room]):
            summary = title if room == event.room else f"{title} ({booked.name or booked.id})"
            yield room, _entry(outcome, event, identity, summary, lines)
    for block in scenario.blocks:
        if block.room is not None:
            for room in sorted(clashing[block.room]):
                yield room, _block(outcome, block)


def _numbered(plan: Plan) -> Iterator[tuple[Event, str]]:
    """Yield the events that have a time, each with its needs and a number.

    Ids of events may hold the hour, so that they would not stay when an event moves.
    """
    seen: Counter[str] = Counter()
    for event in in_order(plan):
        if event.internal:
            needs = " ".join(sorted(event.needs))
            seen[needs] += 1
            yield event, f"{needs} {seen[needs]}"


def _groups(outcome: Outcome, needs: list[str] | tuple[str, ...]) -> str:
    groups = (outcome.case.group_of(need).id for need in needs)
    return ", ".join(names.group(outcome.scenario, group) for group in groups)


def _about(outcome: Outcome, event: Event) -> list[str]:
    """Say who takes part, who comes along, what is used and what has to be brought."""
    scenario = outcome.scenario
    told = [
        (
            _("With: {list}") if len(event.needs) == 1 else _("Together: {list}"),
            describe.groups(outcome, event),
        ),
        (_("Staff: {list}"), describe.staff(outcome, event)),
        (_("The groups' own staff along: {list}"), _attendants(outcome, event)),
        (_("Equipment: {list}"), describe.equipment(outcome, event)),
        (_("To be brought: {list}"), describe.brought(outcome, event)),
    ]
    lines = [text.format(list=listed) for text, listed in told if listed]
    if people := describe.participants(outcome, event):
        room = scenario.rooms[event.room]
        text = ngettext(
            "{people} participant; the room holds {capacity}.",
            "{people} participants; the room holds {capacity}.",
            people,
        )
        lines.append(text.format(people=people, capacity=room.capacity))
    return lines


def _attendants(outcome: Outcome, event: Event) -> str:
    along: dict[str, int] = defaultdict(int)
    for need in event.needs:
        along[outcome.case.group_of(need).id] += outcome.scenario.needs[need].attendants
    return ", ".join(
        f"{count} ({names.group(outcome.scenario, group)})"
        for group, count in along.items()
        if count
    )


def _entry(outcome: Outcome, event: Event, identity: str, summary: str, lines: list[str]) -> Entry:
    place = outcome.scenario.sites[outcome.case.site_of(event)]
    return Entry(
        identity,
        event.start,
        event.minutes,
        summary,
        f"{describe.room(outcome, event)}, {describe.place(outcome, event)}",
        (place.latitude, place.longitude),
        tuple(lines),
    )


def _block(outcome: Outcome, block: Block) -> Entry:
    where = names.room(outcome.scenario, block.room) if block.room is not None else ""
    return Entry(f"block {block.id}", block.start, block.minutes, _("Taken otherwise"), where)
