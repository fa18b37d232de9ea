"""The ways of staff in the model: who goes from where to where, and how long that takes.

A `Stop` is one staff member at one activity at one site within one of their open intervals. It
is reached from home or directly from another stop, and left for home or directly for another:

- out + sum of arcs in  = held
- back + sum of arcs out = held
- begin = start − out · way_out
- finish = start + minutes + back · way_back + wait
- wait = next start − end on the arc taken, else 0
- work = finish − begin while held, else 0

Going by way of home is a choice of the model. The checker goes home whenever the gap allows,
which is never longer, so the least working time of both is the same. A direct arc exists only
where the gap can be shorter than the way by home.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deling.model.stays import Stay
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.model.build import Build
    from deling.model.variables import Activity, BoolLiteral, Expression
    from deling.units import Interval


@dataclass(eq=False)
class Stop:
    """One staff member at one activity at one site."""

    activity: Activity
    member: str
    site: str
    held: BoolLiteral
    earliest: int
    latest: int
    way_out: int
    way_back: int
    away: bool
    """Whether the site is another than the member's own, even if it takes no time to get there."""
    arcs_in: list[Arc] = field(default_factory=list)
    arcs_out: list[Arc] = field(default_factory=list)
    out: BoolLiteral = None
    back: BoolLiteral = None
    wait: Expression = 0
    begin: Expression = 0
    finish: Expression = 0
    work: Expression = 0
    stay: Stay = field(init=False)
    """From begin to finish, while held."""


@dataclass(eq=False)
class Arc:
    """Going directly from one stop to the next."""

    origin: Stop
    destination: Stop
    minutes: int
    by_home: int
    taken: BoolLiteral = None


@dataclass(eq=False)
class StaffTour:
    """All stops that one staff member may have within one open interval."""

    member: str
    interval: Interval
    stops: list[Stop] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)
    ways: Expression = 0
    """Working minutes that belong to no stop."""
    busy: list[Stay] = field(default_factory=list)
    """All that takes the member's time, of which nothing overlaps."""
    away: list[Stay] = field(default_factory=list)
    """What of it is not at the own site."""
    visits: dict[str, list[BoolLiteral]] = field(default_factory=lambda: defaultdict(list))
    """Other site -> literals of which one is true if it is visited."""
    departures: list[tuple[Expression, BoolLiteral]] = field(default_factory=list)
    """When the member begins to work, each with a literal that says so; some may be later."""
    returns: list[tuple[Expression, BoolLiteral]] = field(default_factory=list)
    """When the member is done, likewise; some may be earlier."""

    @property
    def day(self) -> int:
        """Day of the interval, Monday being 0."""
        return self.interval[0] // DAY

    @property
    def work(self) -> Expression:
        """Working minutes."""
        return sum(stop.work for stop in self.stops) + self.ways


def make_tours(build: Build) -> list[StaffTour]:
    """Return a tour for each staff member and open interval that an activity may fall into."""
    tours = tours_without_ways(build)
    for tour in tours:
        _add_arcs(build, tour)
        for stop in tour.stops:
            _time_stop(build, tour, stop)
        follow_stops(tour)
    return tours


def follow_stops(tour: StaffTour) -> None:
    """Say when a member is where from the times of the stops."""
    for stop in tour.stops:
        tour.busy.append(stop.stay)
        if stop.away:
            tour.away.append(stop.stay)
            tour.visits[stop.site].append(stop.held)
        tour.departures.append((stop.begin, stop.held))
        tour.returns.append((stop.finish, stop.held))


def tours_without_ways(build: Build) -> list[StaffTour]:
    """Return the tours with their stops, of which nothing but the times to choose from is said."""
    tours: dict[tuple[str, Interval], StaffTour] = {}
    for activity in build.activities:
        for member, serves in activity.staff.items():
            for site, there in activity.sites.items():
                for stop, interval in _stops(build, activity, member, site, serves, there):
                    tour = tours.setdefault((member, interval), StaffTour(member, interval))
                    tour.stops.append(stop)
                    keep_to_interval(build, stop)
    return list(tours.values())


def keep_to_interval(build: Build, stop: Stop) -> None:
    """Hold the event of a stop to the stop's open interval."""
    activity = stop.activity
    if stop.earliest > stop.latest:
        build.forbid(stop.held)
    elif activity.earliest < stop.earliest or activity.latest > stop.latest:
        build.model.add_linear_constraint(
            activity.start, stop.earliest, stop.latest
        ).only_enforce_if(stop.held)


def _stops(
    build: Build,
    activity: Activity,
    member: str,
    site: str,
    serves: BoolLiteral,
    there: BoolLiteral,
) -> Iterator[tuple[Stop, Interval]]:
    """Yield the stop in each open interval that may hold the activity; one of them is held."""
    staff = build.case.scenario.staff[member]
    travel = build.case.travel
    way_out = travel.minutes(staff.site, site, staff.travel_mode)
    way_back = travel.minutes(site, staff.site, staff.travel_mode)
    held = build.both(serves, there)
    found: list[tuple[Stop, Interval]] = []
    for start, end in build.case.open_hours_of_staff[member]:
        earliest = max(activity.earliest, start)
        latest = min(activity.latest, end - activity.minutes)
        if earliest <= latest:
            away = site != staff.site
            stop = Stop(activity, member, site, held, earliest, latest, way_out, way_back, away)
            found.append((stop, (start, end)))
    if not found:
        build.forbid(held)
    elif len(found) > 1:
        for stop, _interval in found:
            stop.held = build.model.new_bool_var("")
        build.model.add(sum(stop.held for stop, _interval in found) == held)
    yield from found


def _add_arcs(build: Build, tour: StaffTour) -> None:
    mode = build.case.scenario.staff[tour.member].travel_mode
    away = [stop for stop in tour.stops if stop.away]
    for origin in away:
        for destination in away:
            by_home = origin.way_back + destination.way_out
            direct = build.case.travel.minutes(origin.site, destination.site, mode)
            if direct >= by_home or not _may_follow(build, origin, destination, direct, by_home):
                continue
            arc = Arc(origin, destination, direct, by_home, build.model.new_bool_var(""))
            tour.arcs.append(arc)
            origin.arcs_out.append(arc)
            destination.arcs_in.append(arc)


def _may_follow(build: Build, origin: Stop, destination: Stop, direct: int, by_home: int) -> bool:
    """Return whether the gap can be long enough to go directly and too short to go home."""
    if build.exclude_each_other(origin.activity, destination.activity):
        return False
    minutes = origin.activity.minutes
    most = destination.latest - origin.earliest - minutes
    least = destination.earliest - origin.latest - minutes
    return most >= direct and least < by_home


def _time_stop(build: Build, tour: StaffTour, stop: Stop) -> None:
    """Define when the member is on the way to, at, and on the way from a stop."""
    model = build.model
    activity = stop.activity
    first, last = tour.interval
    stop.out = stop.held if not stop.arcs_in else model.new_bool_var("")
    stop.back = stop.held if not stop.arcs_out else model.new_bool_var("")
    end = activity.start + activity.minutes
    if stop.arcs_in:
        model.add(stop.out + sum(arc.taken for arc in stop.arcs_in) == stop.held)
        stop.begin = model.new_int_var(first, last, "")
        # A stop that is not held must leave the start of its activity free.
        directly = [stop.held, stop.out.negated()]
        model.add(stop.begin == activity.start).only_enforce_if(directly)
        model.add(stop.begin == activity.start - stop.way_out).only_enforce_if(stop.out)
    else:
        stop.begin = activity.start - stop.way_out
        if activity.earliest - stop.way_out < first:
            model.add(stop.begin >= first).only_enforce_if(stop.held)
    if stop.arcs_out:
        model.add(stop.back + sum(arc.taken for arc in stop.arcs_out) == stop.held)
        longest = max(arc.by_home for arc in stop.arcs_out)
        stop.wait = model.new_int_var(0, longest, "")
        stop.finish = model.new_int_var(first, last, "")
        model.add(stop.finish == end + stop.way_back * stop.back + stop.wait).only_enforce_if(
            stop.held
        )
        model.add(stop.wait >= sum(arc.minutes * arc.taken for arc in stop.arcs_out))
        model.add(stop.wait <= sum(arc.by_home * arc.taken for arc in stop.arcs_out))
    else:
        stop.finish = end + stop.way_back
        if activity.latest + activity.minutes + stop.way_back > last:
            model.add(stop.finish <= last).only_enforce_if(stop.held)
    work = (
        activity.minutes * stop.held
        + stop.way_out * stop.out
        + stop.way_back * stop.back
        + stop.wait
    )
    if stop.arcs_in or stop.arcs_out:
        stop.work = model.new_int_var(0, last - first, "")
        model.add(stop.work == work)
        stop.stay = Stay(stop.begin, stop.work, stop.held, stop.finish)
    else:
        minutes = activity.minutes + stop.way_out + stop.way_back
        stop.work = minutes * stop.held
        stop.stay = Stay(stop.begin, minutes, stop.held)
