"""The ways of staff as flows: out of the own site, from event to event, and back.

Within one open interval of a member, an event at another site is reached from home or directly
from an event at yet another site, and left likewise, just as deling's checker sees a tour: by way
of home wherever the gap is long enough for that. So the minutes are exact.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deling.units import covering, day_of
from peers.linear import Linear, Terms, at_once, ones, plus, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import StaffMember
    from deling.units import Interval
    from peers.options import Choices, Option

Place = tuple[str, int]
"""A site and a minute."""


@dataclass
class Trip:
    """Terms that are 1 if a member leaves the own site, or is back at it, at a minute."""

    minute: int
    terms: Terms


@dataclass
class Shift:
    """What a member does in one open interval.

    Attributes
    ----------
    stays
        Events at the own site, as spans.
    simple
        Columns with the time away that each takes, where no way leads from event to event.
    out, back
        Leaving and coming back, of all that is away.
    visited
        Other site -> columns of the events there, those that start together in one list.
    work
        Working minutes.
    """

    member: StaffMember
    interval: Interval
    stays: list[tuple[int, int, int, int]] = field(default_factory=list)
    simple: list[tuple[int, int, int, int]] | None = None
    out: list[Trip] = field(default_factory=list)
    back: list[Trip] = field(default_factory=list)
    visited: dict[str, list[list[int]]] = field(default_factory=lambda: defaultdict(list))
    work: Terms = field(default_factory=dict)

    @property
    def day(self) -> int:
        """Day of the interval."""
        return day_of(self.interval[0])

    def away_at(self, minute: int) -> Terms:
        """Return what is 1 if the member is away at a minute, within the interval or not."""
        if self.simple is not None:
            return ones(at for at, start, end, _one in self.simple if start <= minute < end)
        gone = [trip.terms for trip in self.out if trip.minute <= minute]
        there = [times(-1, trip.terms) for trip in self.back if trip.minute <= minute]
        return plus(*gone, *there) if len(self.back) > len(there) else {}


def shifts(model: Linear, choices: Choices) -> list[Shift]:
    """Add the ways of all staff to a model whose first columns are the options."""
    case = choices.case
    uses: dict[tuple[str, Interval], list[int]] = defaultdict(list)
    for at, option in enumerate(choices.options):
        for member in option.staff:
            interval = covering(case.open_hours_of_staff[member], option.start, option.end)
            if interval is not None:
                uses[member, interval].append(at)
    return [
        _shift(model, choices, case.scenario.staff[member], interval, columns)
        for (member, interval), columns in uses.items()
    ]


def _shift(
    model: Linear, choices: Choices, member: StaffMember, interval: Interval, columns: list[int]
) -> Shift:
    case, options = choices.case, choices.options
    shift = Shift(member, interval)
    starting: dict[Place, list[int]] = defaultdict(list)
    ending: dict[Place, list[int]] = defaultdict(list)
    for at in columns:
        option = options[at]
        site = case.scenario.rooms[option.room].site
        shift.work[at] = option.minutes
        if site == member.site:
            shift.stays.append((at, option.start, option.end, 1))
        else:
            starting[site, option.start].append(at)
            ending[site, option.end].append(at)
    for (site, _start), some in starting.items():
        shift.visited[site].append(some)
    direct = list(_direct(case, options, member, starting, ending))
    into: dict[Place, list[int]] = defaultdict(list)
    out_of: dict[Place, list[int]] = defaultdict(list)
    for origin, destination in direct:
        column = model.column()
        out_of[origin].append(column)
        into[destination].append(column)
        shift.work[column] = destination[1] - origin[1]
    ways = [(starting, into, shift.out, -1), (ending, out_of, shift.back, 1)]
    for places, arcs, trips, sign in ways:
        for (site, minute), some in places.items():
            way = _way(case, member, site, sign)
            at_home = minute + sign * way
            terms = ones(some)
            if not interval[0] <= at_home <= interval[1]:
                model.row(plus(terms, times(-1, ones(arcs[site, minute]))), 0, 0)
                continue
            if arcs[site, minute]:
                column = model.column()
                model.row(plus(terms, times(-1, ones([column, *arcs[site, minute]]))), 0, 0)
                terms = {column: 1}
            trips.append(Trip(at_home, terms))
            for at in terms:
                shift.work[at] = shift.work.get(at, 0) + way
    if not direct:
        shift.simple = []
        for (site, start), some in starting.items():
            begin = start - _way(case, member, site, -1)
            back = _way(case, member, site, 1)
            shift.simple += [(at, begin, options[at].end + back, 1) for at in some]
    _one_at_a_time(model, shift)
    return shift


def _way(case: Case, member: StaffMember, site: str, sign: int) -> int:
    """Return the minutes from home to a site (-1) or back from it (1)."""
    if sign < 0:
        return case.travel.minutes(member.site, site, member.travel_mode)
    return case.travel.minutes(site, member.site, member.travel_mode)


def _direct(
    case: Case,
    options: list[Option],
    member: StaffMember,
    starting: dict[Place, list[int]],
    ending: dict[Place, list[int]],
) -> Iterator[tuple[Place, Place]]:
    """Yield from where to where a way may lead that does not touch home."""
    for here, end in ending:
        for there, start in starting:
            gap = start - end
            by_home = _way(case, member, here, 1) + _way(case, member, there, -1)
            if not 0 <= gap < by_home:
                continue
            straight = case.travel.minutes(here, there, member.travel_mode)
            if straight <= gap and _may_follow(
                case, options, ending[here, end], starting[there, start]
            ):
                yield (here, end), (there, start)


def _may_follow(case: Case, options: list[Option], before: list[int], after: list[int]) -> bool:
    """Return whether not all of both are sessions of one need that may have only one a day."""
    needs = {options[at].needs for at in (*before, *after)}
    if len(needs) > 1 or len(next(iter(needs))) > 1:
        return True
    ((need,),) = needs
    return case.scenario.needs[need].min_days_between == 0


def _one_at_a_time(model: Linear, shift: Shift) -> None:
    """Let a member be in one event at a time, and not at home while away."""
    if shift.simple is not None:
        for terms in at_once([*shift.stays, *shift.simple]):
            model.row(terms, most=1)
        return
    minutes = {trip.minute for trip in shift.out} | {
        start for _at, start, _end, _one in shift.stays
    }
    for minute in sorted(minutes):
        there = ones(at for at, start, end, _one in shift.stays if start <= minute < end)
        model.row(plus(shift.away_at(minute), there), most=1)
