"""The ways of staff relaxed: as if a person were at each place at once, at the least it costs.

Each site that a tour visits has to be entered and left, and so has home: half the shortest leg in
and half the shortest leg out of each are working minutes in any case. Waiting, second visits and
the time that a way takes between two events are left out, so that every plan is also a solution
of the relaxation, and its bounds hold. The halves of the legs are those of the bound of Little,
Murty, Sweeney and Karel (1963) for the travelling salesman.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.model.stays import Stay
from deling.model.tours import follow_stops, keep_to_interval, tours_without_ways

if TYPE_CHECKING:
    from deling.model.build import Build
    from deling.model.tours import StaffTour, Stop
    from deling.model.variables import BoolLiteral, Expression


def make_relaxed_tours(build: Build) -> list[StaffTour]:
    """Return a tour for each staff member and open interval that an activity may fall into."""
    tours = tours_without_ways(build)
    for tour in tours:
        first, last = tour.interval
        mode = build.case.scenario.staff[tour.member].travel_mode
        # Others may be on their way by sites that are not in this case.
        shortest = tour.member not in build.roaming and not build.case.travel.has_shortcut(mode)
        for stop in tour.stops:
            minutes = stop.activity.minutes
            if shortest:
                # However a tour gets there and home again, it is no faster than straight.
                stop.earliest = max(stop.earliest, first + stop.way_out)
                stop.latest = min(stop.latest, last - minutes - stop.way_back)
                keep_to_interval(build, stop)
            stop.begin = stop.activity.start
            stop.finish = stop.activity.start + minutes
            stop.work = minutes * stop.held
            stop.stay = Stay(stop.begin, minutes, stop.held)
        if tour.member not in build.roaming:
            tour.ways = _least_ways(build, tour)
        follow_stops(tour)
        build.model.add(tour.work <= last - first)
    return tours


def _least_ways(build: Build, tour: StaffTour) -> Expression:
    """Return working minutes that the sites visited cost at least."""
    by_site: dict[str, list[Stop]] = {}
    for stop in tour.stops:
        if stop.away:
            by_site.setdefault(stop.site, []).append(stop)
    visits = {
        site: _any_of(build, [stop.held for stop in stops]) for site, stops in by_site.items()
    }
    first = {site: stops[0] for site, stops in by_site.items()}
    if len(first) < 2:
        return sum(
            (first[site].way_out + first[site].way_back) * visited
            for site, visited in visits.items()
        )
    mode = build.case.scenario.staff[tour.member].travel_mode
    ways: list[Expression] = []
    for site, visited in visits.items():
        others = [other for other in first if other != site]
        minutes = build.case.travel.minutes
        into = min(first[site].way_out, *(minutes(other, site, mode) for other in others))
        out_of = min(first[site].way_back, *(minutes(site, other, mode) for other in others))
        ways.append((into + out_of) // 2 * visited)
    leave = min(stop.way_out for stop in first.values())
    come_back = min(stop.way_back for stop in first.values())
    ways.append((leave + come_back) // 2 * _any_of(build, list(visits.values())))
    return sum(ways)


def _any_of(build: Build, literals: list[BoolLiteral]) -> BoolLiteral:
    """Return a literal that is true if any is; free to be false otherwise."""
    if len(literals) == 1:
        return literals[0]
    found = build.model.new_bool_var("")
    for literal in literals:
        build.model.add_implication(literal, found)
    return found
