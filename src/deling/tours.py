"""The ways that staff take from event to event, computed from a plan alone.

Within each open interval of a staff member, the events in order (start, end, id) form a *tour*
from the own site and back. Between two events of a tour there is a *link*: by way of the own site
where the gap is long enough for that, otherwise directly. An event that lies in no open interval
is a tour of its own, so that a plan somebody wrote by hand can be judged as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from deling.lately import of_last_plans
from deling.occasions import occasions
from deling.units import Interval, covering, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Plan, StaffMember
    from deling.occasions import Occasion


class Link(NamedTuple):
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


class Absence(NamedTuple):
    """One stretch away from the own site, from leaving it to being back."""

    start: int
    end: int
    events: tuple[str, ...]


class Tour(NamedTuple):
    """The events of one open interval, with the ways between them.

    Attributes
    ----------
    sites
        Where each of the events takes place.
    interval
        The open interval, or None for an event that lies in none.
    out, back
        Minutes of the first and of the last leg.
    absences
        The stretches away from the own site.
    event_minutes
        Minutes of the events themselves.
    travel
        Minutes on the way.
    waiting
        Working minutes between events that are neither event nor way.
    day
        Day of the first event.
    departure, back_home
        Minute of the week at which the first leg begins, and at which the last one ends.
    """

    events: tuple[Event, ...]
    sites: tuple[str, ...]
    interval: Interval | None
    out: int
    back: int
    links: tuple[Link, ...]
    absences: tuple[Absence, ...]
    event_minutes: int
    travel: int
    waiting: int
    day: int
    departure: int
    back_home: int

    @property
    def working(self) -> int:
        """Working minutes: ``events + travel + waiting``."""
        return self.event_minutes + self.travel + self.waiting


class Week(NamedTuple):
    """All that one staff member does in a plan; there is at least one event.

    Attributes
    ----------
    occasions
        In order of start, end and id of the events.
    tours
        In order of their first events.
    event_minutes
        Minutes of all events.
    travel
        Minutes on the way.
    waiting
        Working minutes between events that are neither event nor way.
    """

    member: StaffMember
    occasions: tuple[Occasion, ...]
    tours: tuple[Tour, ...]
    event_minutes: int
    travel: int
    waiting: int

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, in order of start, end and id."""
        return tuple([one.event for one in self.occasions])

    @property
    def event_ids(self) -> tuple[str, ...]:
        """Ids of the events, in order."""
        return tuple(event.id for event in self.events)

    @property
    def working(self) -> int:
        """Working minutes of the week."""
        return self.event_minutes + self.travel + self.waiting

    @property
    def absences(self) -> Iterator[Absence]:
        """All stretches away from the own site."""
        for tour in self.tours:
            yield from tour.absences

    @property
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
    taking_part: dict[str, list[Occasion]] = defaultdict(list)
    for one in occasions(plan, case):
        for member in dict.fromkeys(one.event.staff):
            taking_part[member].append(one)
    staff = case.scenario.staff
    return Roster(
        plan,
        {
            member: _week(staff[member], taking_part[member], case)
            for member in sorted(taking_part, key=case.place_of_staff.__getitem__)
        },
    )


def _week(member: StaffMember, taking_part: list[Occasion], case: Case) -> Week:
    """Order one person's events into tours."""
    taking_part.sort(key=_order)
    open_hours = case.open_hours_of_staff[member.id]
    parts: dict[Interval | str, list[Occasion]] = {}
    for one in taking_part:
        interval = covering(open_hours, one.start, one.end)
        parts.setdefault(one.id if interval is None else interval, []).append(one)
    tours = [
        _tour(member, part, key if isinstance(key, tuple) else None, case)
        for key, part in parts.items()
    ]
    return Week(
        member,
        tuple(taking_part),
        tuple(tours),
        sum([tour.event_minutes for tour in tours]),
        sum([tour.travel for tour in tours]),
        sum([tour.waiting for tour in tours]),
    )


def _order(one: Occasion) -> tuple[int, int, str]:
    return (one.start, one.end, one.event.id)


def _tour(member: StaffMember, part: list[Occasion], interval: Interval | None, case: Case) -> Tour:
    home, mode, minutes = member.site, member.travel_mode, case.travel.minutes
    sites = tuple([one.room.site for one in part])
    out = [0 if site == home else minutes(home, site, mode) for site in sites]
    back = [0 if site == home else minutes(site, home, mode) for site in sites]
    links = tuple(
        [
            Link(
                part[at].event,
                part[at + 1].event,
                part[at + 1].start - part[at].end,
                back[at] + out[at + 1],
                minutes(sites[at], sites[at + 1], mode),
            )
            for at in range(len(part) - 1)
        ]
    )
    absences: list[Absence] = []
    stretch: list[str] = []
    for at, one in enumerate(part):
        if sites[at] == home:
            continue
        if not stretch:
            left = one.start - out[at]
        stretch.append(one.event.id)
        if at == len(links) or sites[at + 1] == home or links[at].goes_home:
            absences.append(Absence(left, one.end + back[at], tuple(stretch)))
            stretch = []
    return Tour(
        tuple([one.event for one in part]),
        sites,
        interval,
        out[0],
        back[-1],
        links,
        tuple(absences),
        sum([one.end - one.start for one in part]),
        out[0] + back[-1] + sum([link.travel for link in links]),
        sum([link.waiting for link in links]),
        day_of(part[0].start),
        part[0].start - out[0],
        part[-1].end + back[-1],
    )
