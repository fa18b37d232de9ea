"""The ways that staff take from event to event, computed from a plan alone.

Within each open interval of a staff member, the events in order (start, end, id) form a *tour*
from the own site and back. Between two events of a tour there is a *link*: by way of the own site
where the gap is long enough for that, otherwise directly. An event that lies in no open interval
is a tour of its own, so that a plan somebody wrote by hand can be judged as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from deling.lately import of_last_plans
from deling.units import Interval, covering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deling.case import Case
    from deling.domain import Event, Plan, StaffMember


@dataclass(frozen=True)
class Link:
    """From the end of one event of a tour to the start of the next.

    ``paid = travel + waiting``, whatever the gap.

    Attributes
    ----------
    gap
        Minutes between the events; negative where they overlap.
    by_home
        Travel minutes by way of the own site.
    direct
        Travel minutes straight from site to site.
    """

    earlier: Event
    later: Event
    gap: int
    by_home: int
    direct: int

    @property
    def goes_home(self) -> bool:
        """Whether the way leads by the own site."""
        return self.gap >= self.by_home

    @property
    def possible(self) -> bool:
        """Whether the gap is long enough for one of the ways."""
        return self.goes_home or self.gap >= self.direct

    @property
    def paid(self) -> int:
        """Working minutes of the link."""
        return max(0, min(self.gap, self.by_home))

    @property
    def travel(self) -> int:
        """Minutes on the way, no more than there are."""
        return self.by_home if self.goes_home else min(self.direct, self.paid)

    @property
    def waiting(self) -> int:
        """Working minutes between two events that are neither event nor way."""
        return self.paid - self.travel


@dataclass(frozen=True)
class Absence:
    """One stretch away from the own site, from leaving it to being back."""

    start: int
    end: int
    events: tuple[str, ...]


@dataclass(frozen=True)
class Tour:
    """The events of one open interval, with the ways between them.

    Attributes
    ----------
    interval
        The open interval, or None for an event that lies in none.
    out, back
        Minutes of the first and of the last leg.
    absences
        The stretches away from the own site.
    """

    events: tuple[Event, ...]
    interval: Interval | None
    out: int
    back: int
    links: tuple[Link, ...]
    absences: tuple[Absence, ...]

    @property
    def day(self) -> int:
        """Day of the first event."""
        return self.events[0].day

    @property
    def departure(self) -> int:
        """Minute of the week at which the first leg begins."""
        return self.events[0].start - self.out

    @property
    def back_home(self) -> int:
        """Minute of the week at which the last leg ends."""
        return self.events[-1].end + self.back

    @cached_property
    def event_minutes(self) -> int:
        """Minutes of the events themselves."""
        return sum(event.minutes for event in self.events)

    @cached_property
    def travel(self) -> int:
        """Minutes on the way."""
        return self.out + self.back + sum(link.travel for link in self.links)

    @cached_property
    def waiting(self) -> int:
        """Working minutes between events that are neither event nor way."""
        return sum(link.waiting for link in self.links)

    @property
    def working(self) -> int:
        """Working minutes: ``events + travel + waiting``."""
        return self.event_minutes + self.travel + self.waiting


@dataclass(frozen=True)
class Week:
    """All that one staff member does in a plan; there is at least one event.

    Attributes
    ----------
    events
        In order of start, end and id.
    tours
        In order of their first events.
    """

    member: StaffMember
    events: tuple[Event, ...]
    tours: tuple[Tour, ...]

    @property
    def event_ids(self) -> tuple[str, ...]:
        """Ids of the events, in order."""
        return tuple(event.id for event in self.events)

    @cached_property
    def event_minutes(self) -> int:
        """Minutes of all events."""
        return sum(tour.event_minutes for tour in self.tours)

    @cached_property
    def travel(self) -> int:
        """Minutes on the way."""
        return sum(tour.travel for tour in self.tours)

    @cached_property
    def waiting(self) -> int:
        """Working minutes between events that are neither event nor way."""
        return sum(tour.waiting for tour in self.tours)

    @property
    def working(self) -> int:
        """Working minutes of the week."""
        return self.event_minutes + self.travel + self.waiting

    @property
    def absences(self) -> Iterator[Absence]:
        """All stretches away from the own site."""
        for tour in self.tours:
            yield from tour.absences

    @cached_property
    def days(self) -> dict[int, tuple[Tour, ...]]:
        """Tours by working day, in order of days."""
        found: dict[int, list[Tour]] = defaultdict(list)
        for tour in self.tours:
            found[tour.day].append(tour)
        return {day: tuple(tours) for day, tours in found.items()}


@dataclass(frozen=True)
class Roster:
    """The weeks of all staff who take part in a plan, in order of the scenario's staff."""

    plan: Plan
    weeks: dict[str, Week]

    def __iter__(self) -> Iterator[Week]:
        return iter(self.weeks.values())


@of_last_plans
def roster(plan: Plan, case: Case) -> Roster:
    """Return what each staff member does in the plan; computed once for the plan in hand."""
    events: dict[str, list[Event]] = defaultdict(list)
    for event in plan.internal:
        for member_id in dict.fromkeys(event.staff):
            events[member_id].append(event)
    return Roster(
        plan,
        {
            member: week_of(case.scenario.staff[member], events[member], case)
            for member in sorted(events, key=case.place_of_staff.__getitem__)
        },
    )


def week_of(member: StaffMember, events: Iterable[Event], case: Case) -> Week:
    """Order one person's events into tours."""
    ordered = tuple(sorted(events, key=_order))
    open_hours = case.open_hours_of_staff[member.id]
    parts: dict[Interval | str, list[Event]] = {}
    for event in ordered:
        interval = covering(open_hours, event.start, event.end)
        parts.setdefault(event.id if interval is None else interval, []).append(event)
    tours = tuple(
        _tour(member, tuple(part), key if isinstance(key, tuple) else None, case)
        for key, part in parts.items()
    )
    return Week(member, ordered, tours)


def _order(event: Event) -> tuple[int, int, str]:
    return (event.start, event.end, event.id)


def _tour(
    member: StaffMember, events: tuple[Event, ...], interval: Interval | None, case: Case
) -> Tour:
    home, mode, minutes = member.site, member.travel_mode, case.travel.minutes
    sites = [case.site_of(event) for event in events]
    links = tuple(
        Link(
            earlier,
            later,
            later.start - earlier.end,
            minutes(here, home, mode) + minutes(home, there, mode),
            minutes(here, there, mode),
        )
        for earlier, later, here, there in zip(
            events[:-1], events[1:], sites[:-1], sites[1:], strict=True
        )
    )
    absences: list[Absence] = []
    stretch: list[Event] = []
    for at, (event, site) in enumerate(zip(events, sites, strict=True)):
        if site == home:
            continue
        stretch.append(event)
        last = at + 1 == len(events) or sites[at + 1] == home or links[at].goes_home
        if last:
            absences.append(
                Absence(
                    stretch[0].start - minutes(home, case.site_of(stretch[0]), mode),
                    event.end + minutes(site, home, mode),
                    tuple(away.id for away in stretch),
                )
            )
            stretch = []
    return Tour(
        events,
        interval,
        minutes(home, sites[0], mode),
        minutes(sites[-1], home, mode),
        links,
        tuple(absences),
    )
