"""Rule ``staff``: staff can get from each event to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.rules.base import Breach, Rule
from deling.rules.scan import overlap
from deling.rules.wording import named
from deling.tours import roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build
    from deling.model.tours import StaffTour, Stop


class StaffRule(Rule):
    """Tours leave time for the way, and nobody is in two events at once."""

    id = "staff"
    sentence = N_(
        "Staff are in one event at a time and have the time to travel from each event to the next."
    )
    switchable = False

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find neighbours of a tour without time for the way, and of a week that overlap."""
        for week in roster(plan, case):
            beside = [
                (first.event, second.event)
                for first, second in pairwise(week.occasions)
                if overlap(first.start, first.end, second.start, second.end)
            ]
            links = [link for tour in week.tours for link in tour.links if not link.possible]
            at_once = beside + [
                (link.earlier, link.later)
                for link in links
                if link.gap < 0 and (link.earlier, link.later) not in beside
            ]
            for first, second in at_once:
                yield self.breach(
                    [first.id, second.id],
                    _("Staff {staff} is in {first} and {second} at one time.").format(
                        staff=week.member.id, first=named(first), second=named(second)
                    ),
                )
            for link in links:
                if link.gap >= 0:
                    yield self.breach(
                        [link.earlier.id, link.later.id],
                        _(
                            "Staff {staff} has {gap} minutes from {first} to {second}, but the way"
                            " takes {way}."
                        ).format(
                            staff=week.member.id,
                            gap=link.gap,
                            first=named(link.earlier),
                            second=named(link.later),
                            way=min(link.direct, link.by_home),
                        ),
                    )

    # The model

    def post(self, build: Build) -> None:
        """Ways and events of one tour do not overlap; a direct way takes its time."""
        for tour in build.tours:
            build.one_at_a_time(tour.busy)
            for arc in tour.arcs:
                earlier, later = arc.origin.activity, arc.destination.activity
                gap = later.start - earlier.start - earlier.minutes
                build.model.add(arc.origin.wait == gap).only_enforce_if(arc.taken)
            if tour.arcs:
                _leave_home(build, tour)


def _leave_home(build: Build, tour: StaffTour) -> None:
    """Add what follows from time running forwards, for the linear relaxation.

    Without it, fractional arcs can run in circles between stops and make their ways free: the
    subtour elimination constraints of Dantzig, Fulkerson and Johnson (1954), for all stops of a
    tour together and for those at each site.
    """
    away = [stop for stop in tour.stops if stop.away]
    by_site: dict[str, list[Stop]] = {}
    for stop in away:
        by_site.setdefault(stop.site, []).append(stop)
    for stops in [away] if len(by_site) == 1 else [away, *by_site.values()]:
        inside = set(map(id, stops))
        entering = [stop.out for stop in stops]
        leaving = [stop.back for stop in stops]
        for stop in stops:
            entering += [arc.taken for arc in stop.arcs_in if id(arc.origin) not in inside]
            leaving += [arc.taken for arc in stop.arcs_out if id(arc.destination) not in inside]
        for stop in stops:
            build.model.add(sum(entering) >= stop.held)
            build.model.add(sum(leaving) >= stop.held)
