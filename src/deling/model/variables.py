"""The choices of the model.

An `Activity` is an event that the plan may hold. A *flexible* activity is a place for a session
of one need on one day, with its start, room, staff and equipment open, which sessions of other
needs may join. A *fixed* activity is an event with everything decided: one of today that may
stand, or one of a plan that is not up for change.

Identities, for every activity a:

- sum of rooms[a] = present[a], sum of sites[a] = present[a]
- a flexible activity is present exactly when its first need has a session in it
- a session is held only in rooms, with staff and equipment, and at times that are candidates
  of its need
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ortools.sat.python.cp_model import Domain

from deling.units import DAY

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from deling.candidates import Windows
    from deling.domain import Event, Need
    from deling.model.build import Build

BoolLiteral = Any
"""A Boolean variable, its negation, or `Build.true`."""
Expression = Any
"""A linear expression over variables, or a whole number."""


@dataclass(eq=False)
class Activity:
    """One event that the plan may hold."""

    id: str
    day: int
    minutes: int
    present: BoolLiteral
    start: Expression
    earliest: int
    latest: int
    """First and last possible start, in minutes of the week."""
    sessions: dict[str, BoolLiteral] = field(default_factory=dict)
    """Need id -> it has a session in this activity."""
    rooms: dict[str, BoolLiteral] = field(default_factory=dict)
    sites: dict[str, BoolLiteral] = field(default_factory=dict)
    skills: dict[tuple[str, str], BoolLiteral] = field(default_factory=dict)
    """(Staff id, skill) -> the member takes part for that skill; flexible activities only."""
    staff: dict[str, BoolLiteral] = field(default_factory=dict)
    units: dict[str, Expression] = field(default_factory=dict)
    """Equipment id -> units in use."""
    equipment: dict[str, BoolLiteral] = field(default_factory=dict)
    """Equipment id -> at least one unit is in use."""
    event: Event | None = None
    """What a fixed activity is."""
    standing: bool = False
    """Whether that event stands as today."""
    tick: IntVar | None = None
    """Start of a flexible activity in grid steps from midnight."""
    ticks: Domain | None = None
    """All that `tick` can be."""

    @property
    def flexible(self) -> bool:
        """Whether anything but its presence is open."""
        return self.event is None

    def demand(self, item: str) -> Expression:
        """Return the units of equipment in use whenever any is."""
        return self.units[item] if self.event is None else dict(self.event.equipment)[item]

    def can_start(self, minute: int, step: int) -> bool:
        """Return whether a flexible activity may start at a minute of the week."""
        tick, rest = divmod(minute - self.day * DAY, step)
        return self.ticks is not None and rest == 0 and self.ticks.contains(tick)


def fixed_activity(build: Build, event: Event, present: BoolLiteral) -> Activity:
    """Return an event with everything decided as an activity."""
    activity = Activity(
        id=event.id,
        day=event.day,
        minutes=event.minutes,
        present=present,
        start=event.start,
        earliest=event.start,
        latest=event.start,
        sessions=dict.fromkeys(event.needs, present),
        rooms={event.room: present},
        sites={build.case.site_of(event): present},
        staff=dict.fromkeys(event.staff, present),
        event=event,
        standing=build.case.stands_as_today(event),
    )
    for item, units in event.equipment:
        activity.equipment[item] = present
        activity.units[item] = units * present
    return activity


def flexible_activity(
    build: Build, need: Need, guests: list[Need], day: int, number: int
) -> Activity | None:
    """Return a place for a session of a need on a day, or None where no candidates meet.

    Parameters
    ----------
    build
        The model under construction.
    need
        The first of the needs that the event may serve, in the order of the table.
    guests
        Later needs that may join the event.
    day
        Monday being 0.
    number
        Counts places of one need on one day from 0.
    """
    room_windows = {
        room: today
        for room, windows in build.candidates.rooms(need).items()
        if (today := on_day(windows, day))
    }
    if not room_windows:
        return None
    step, midnight = build.case.scenario.calendar.step, day * DAY
    ticks = sorted(
        {
            (start - midnight) // step
            for windows in room_windows.values()
            for low, high in windows
            for start in range(low, high + 1, step)
        }
    )
    name = f"{need.id}@{day}.{number}"
    model = build.model
    domain = Domain.from_values(ticks)
    tick = model.new_int_var_from_domain(domain, f"{name}:tick")
    present = model.new_bool_var(name)
    activity = Activity(
        id=name,
        day=day,
        minutes=need.minutes,
        present=present,
        start=midnight + step * tick,
        earliest=midnight + step * ticks[0],
        latest=midnight + step * ticks[-1],
        sessions={need.id: present},
        tick=tick,
        ticks=domain,
    )
    _add_guests(build, activity, need, guests)
    _add_rooms(build, activity, room_windows)
    if build.rule_applies("needs_met"):
        _add_staff(build, activity, need)
        _add_equipment(build, activity, need)
    else:
        _add_faces(build, activity, need)
    for guest in activity.sessions:
        if guest != need.id:
            _keep_to_candidates(build, activity, guest)
    return activity


def on_day(windows: Windows, day: int) -> Windows:
    """Return the start times of one day."""
    return tuple(window for window in windows if window[0] // DAY == day)


def _add_guests(build: Build, activity: Activity, need: Need, guests: list[Need]) -> None:
    for guest in guests:
        if any(on_day(w, activity.day) for w in build.candidates.rooms(guest).values()):
            joins = build.model.new_bool_var(f"{activity.id}:{guest.id}")
            build.model.add_implication(joins, activity.present)
            activity.sessions[guest.id] = joins


def _add_rooms(build: Build, activity: Activity, room_windows: dict[str, Windows]) -> None:
    model = build.model
    for room, windows in room_windows.items():
        if len(room_windows) == 1:
            literal = activity.present
        else:
            literal = model.new_bool_var(f"{activity.id}:{room}")
        activity.rooms[room] = literal
        restrict_start(build, activity, windows, [literal])
    if len(room_windows) > 1:
        model.add(sum(activity.rooms.values()) == activity.present)
    by_site: dict[str, list[BoolLiteral]] = {}
    for room, literal in activity.rooms.items():
        by_site.setdefault(build.case.scenario.rooms[room].site, []).append(literal)
    for site, literals in by_site.items():
        if len(by_site) == 1:
            activity.sites[site] = activity.present
        elif len(literals) == 1:
            activity.sites[site] = literals[0]
        else:
            there = model.new_bool_var(f"{activity.id}:{site}")
            model.add(sum(literals) == there)
            activity.sites[site] = there


def _add_staff(build: Build, activity: Activity, need: Need) -> None:
    """Add who may take part, for each skill that the need or a guest asks for."""
    model, candidates = build.model, build.candidates
    skills = {skill for other in build.needs_in(activity) for skill, _count in other.skills}
    by_member: dict[str, list[BoolLiteral]] = {}
    windows_of: dict[str, Windows] = {}
    for skill in sorted(skills):
        for member, windows in candidates.staff(need, skill).items():
            today = on_day(windows, activity.day)
            if any(low <= activity.latest and high >= activity.earliest for low, high in today):
                literal = model.new_bool_var(f"{activity.id}:{member}:{skill}")
                activity.skills[member, skill] = literal
                by_member.setdefault(member, []).append(literal)
                windows_of[member] = today
    for member, literals in by_member.items():
        if len(literals) == 1:
            activity.staff[member] = literals[0]
        else:
            serves = model.new_bool_var(f"{activity.id}:{member}")
            model.add(sum(literals) == serves)
            activity.staff[member] = serves
        restrict_start(build, activity, windows_of[member], [activity.staff[member]])
        model.add_implication(activity.staff[member], activity.present)


def _add_faces(build: Build, activity: Activity, need: Need) -> None:
    """Add those who may be of use where nobody is asked for, since `needs_met` is switched off."""
    for member in build.candidates.of_use(activity.sessions):
        windows = on_day(build.candidates.member(need, member), activity.day)
        if windows:
            serves = build.model.new_bool_var(f"{activity.id}:{member}")
            build.model.add_implication(serves, activity.present)
            restrict_start(build, activity, windows, [serves])
            activity.staff[member] = serves


def _add_equipment(build: Build, activity: Activity, need: Need) -> None:
    model, candidates = build.model, build.candidates
    most: dict[str, int] = {}
    for other in build.needs_in(activity):
        for kind, count in other.equipment:
            most[kind] = max(most.get(kind, 0), count)
    for kind, count in sorted(most.items()):
        for item, windows in candidates.equipment(need, kind).items():
            today = on_day(windows, activity.day)
            quantity = build.case.scenario.equipment[item].quantity
            limit = min(count, quantity) if build.rule_applies("equipment") else count
            if not today or limit == 0:
                continue
            used = model.new_bool_var(f"{activity.id}:{item}")
            activity.equipment[item] = used
            if limit == 1:
                activity.units[item] = used
            else:
                units = model.new_int_var(0, limit, f"{activity.id}:{item}:units")
                model.add(units >= used)
                model.add(units <= limit * used)
                activity.units[item] = units
            restrict_start(build, activity, today, [used])
            model.add_implication(used, activity.present)


def _keep_to_candidates(build: Build, activity: Activity, guest_id: str) -> None:
    """Hold a guest's session to the candidates of the guest's own need."""
    candidates = build.candidates
    guest = build.case.scenario.needs[guest_id]
    joins = activity.sessions[guest_id]
    rooms = candidates.rooms(guest)
    for room, literal in activity.rooms.items():
        restrict_start(build, activity, rooms.get(room, ()), [joins, literal])
    for (member, skill), literal in activity.skills.items():
        windows = candidates.staff(guest, skill).get(member, ())
        restrict_start(build, activity, windows, [joins, literal])
    if not activity.skills:
        for member, literal in activity.staff.items():
            restrict_start(build, activity, candidates.member(guest, member), [joins, literal])
    for item, literal in activity.equipment.items():
        kind = build.case.scenario.equipment[item].kind
        windows = candidates.equipment(guest, kind).get(item, ())
        restrict_start(build, activity, windows, [joins, literal])


def restrict_start(
    build: Build, activity: Activity, windows: Windows, when: list[BoolLiteral]
) -> None:
    """Allow only these start times while all of some literals are true."""
    if activity.tick is None or activity.ticks is None:
        return
    step, midnight = build.case.scenario.calendar.step, activity.day * DAY
    domain = Domain.from_intervals(
        [
            [(low - midnight) // step, (high - midnight) // step]
            for low, high in on_day(windows, activity.day)
        ]
    )
    if domain.is_empty():
        build.model.add_bool_or([literal.negated() for literal in when])
        return
    if activity.ticks.is_included_in(domain):
        return
    build.model.add_linear_expression_in_domain(activity.tick, domain).only_enforce_if(when)
