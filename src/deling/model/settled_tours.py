"""The ways of staff where every event that there may be has its time and place.

A member reaches an event at another site from home, or directly from an event at yet another
site, and leaves it likewise, so within one open interval the ways are a flow through places and
minutes:

- out + sum of arcs in = sum of the events that start at a site at a minute
- back + sum of arcs out = sum of the events that end there then

As in `tours`, a direct arc exists only where the gap is shorter than the way by home. Time runs
forward along each arc, so no arcs can run in circles.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.model.tours import StaffTour
from deling.units import covering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.model.build import Build
    from deling.model.variables import Activity, BoolLiteral, Expression
    from deling.units import Interval

Place = tuple[str, int]
"""A site and a minute of the week."""
Places = dict[Place, "list[Activity]"]


def make_settled_tours(build: Build) -> list[StaffTour]:
    """Return a tour for each staff member and open interval that an activity falls into."""
    found: dict[tuple[str, Interval], list[Activity]] = defaultdict(list)
    for activity in build.activities:
        end = activity.earliest + activity.minutes
        for member, serves in activity.staff.items():
            interval = covering(build.case.open_hours_of_staff[member], activity.earliest, end)
            if interval is None:
                build.forbid(serves)
            else:
                found[member, interval].append(activity)
    return [_tour(build, *key, activities) for key, activities in found.items()]


def _tour(build: Build, member: str, interval: Interval, activities: list[Activity]) -> StaffTour:
    tour = StaffTour(member, interval)
    own = build.case.scenario.staff[member].site
    starting: Places = defaultdict(list)
    ending: Places = defaultdict(list)
    work: list[Expression] = []
    for activity in activities:
        (site,) = activity.sites
        end = activity.earliest + activity.minutes
        stay = build.stay(activity.earliest, activity.minutes, activity.present)
        tour.busy.append(stay)
        work.append(activity.minutes * activity.present)
        if site == own or member in build.roaming:
            tour.departures.append((activity.earliest, activity.present))
            tour.returns.append((end, activity.present))
        if site != own:
            tour.away.append(stay)
            starting[site, activity.earliest].append(activity)
            ending[site, end].append(activity)
    for (site, _start), some in starting.items():
        tour.visits[site].append(_any_of(build, some))
    if member not in build.roaming:
        work += _ways(build, tour, starting, ending)
    tour.ways = build.sum(work)
    return tour


def _any_of(build: Build, activities: list[Activity]) -> BoolLiteral:
    """Return a literal that is true if one of several activities is present."""
    if len(activities) == 1:
        return activities[0].present
    found = build.model.new_bool_var("")
    build.model.add(sum(activity.present for activity in activities) <= found)
    return found


def _ways(build: Build, tour: StaffTour, starting: Places, ending: Places) -> Iterator[Expression]:
    """Add the ways between home and other sites, and yield the minutes that they take."""
    arcs_in: dict[Place, list[BoolLiteral]] = defaultdict(list)
    arcs_out: dict[Place, list[BoolLiteral]] = defaultdict(list)
    for origin, destination in _direct(build, tour, starting, ending):
        taken = build.model.new_bool_var("")
        arcs_out[origin].append(taken)
        arcs_in[destination].append(taken)
        gap = destination[1] - origin[1]
        _be_away(build, tour, origin[1], gap, taken)
        yield gap * taken
    for (site, start), some in starting.items():
        way = _way(build, tour.member, site)[0]
        for leaves in _by_home(build, tour, some, arcs_in[site, start], start - way):
            tour.departures.append((start - way, leaves))
            _be_away(build, tour, start - way, way, leaves)
            yield way * leaves
    for (site, end), some in ending.items():
        way = _way(build, tour.member, site)[1]
        for returns in _by_home(build, tour, some, arcs_out[site, end], end + way):
            tour.returns.append((end + way, returns))
            _be_away(build, tour, end, way, returns)
            yield way * returns


def _be_away(build: Build, tour: StaffTour, start: int, minutes: int, taken: BoolLiteral) -> None:
    stay = build.stay(start, minutes, taken)
    tour.busy.append(stay)
    tour.away.append(stay)


def _by_home(
    build: Build,
    tour: StaffTour,
    activities: list[Activity],
    arcs: list[BoolLiteral],
    at_home: int,
) -> list[BoolLiteral]:
    """Return literals of which one is true if one of some activities is by way of home."""
    present = [activity.present for activity in activities]
    if not tour.interval[0] <= at_home <= tour.interval[1]:
        build.model.add(sum(present) == sum(arcs))
        return []
    if not arcs:
        return present
    by_home = build.model.new_bool_var("")
    build.model.add(sum(present) == by_home + sum(arcs))
    return [by_home]


def _way(build: Build, member: str, site: str) -> tuple[int, int]:
    """Return the minutes from a member's home to a site and back."""
    staff, travel = build.case.scenario.staff[member], build.case.travel
    return (
        travel.minutes(staff.site, site, staff.travel_mode),
        travel.minutes(site, staff.site, staff.travel_mode),
    )


def _direct(
    build: Build, tour: StaffTour, starting: Places, ending: Places
) -> Iterator[tuple[Place, Place]]:
    """Yield from where to where a way may lead that does not touch home."""
    mode = build.case.scenario.staff[tour.member].travel_mode
    starts: dict[str, list[int]] = defaultdict(list)
    for site, start in starting:
        starts[site].append(start)
    for here, end in ending:
        for there, minutes in starts.items():
            by_home = _way(build, tour.member, here)[1] + _way(build, tour.member, there)[0]
            straight = build.case.travel.minutes(here, there, mode)
            for start in minutes:
                if straight <= start - end < by_home and _may_follow(
                    build, ending[here, end], starting[there, start]
                ):
                    yield (here, end), (there, start)


def _may_follow(build: Build, before: list[Activity], after: list[Activity]) -> bool:
    """Return whether not all of both are sessions of one need that may have only one a day."""
    needs = {tuple(activity.sessions) for activity in (*before, *after)}
    if len(needs) > 1 or not build.rule_applies("spread"):
        return True
    return all(
        build.case.scenario.needs[need].min_days_between == 0 for some in needs for need in some
    )
