"""Rule ``staff_day``: the limits of a working day and the rest between two."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from deling.language import N_, _, ngettext
from deling.rules.base import Breach, Rule
from deling.tours import roster
from deling.units import DAYS, WEEK, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ortools.sat.python.cp_model import IntVar

    from deling.case import Case
    from deling.domain import Plan, StaffDayLimits
    from deling.model.build import Build
    from deling.model.tours import StaffTour
    from deling.model.variables import BoolLiteral
    from deling.tours import Tour, Week


class StaffDay(Rule):
    """Working days are short enough, at few enough sites, with rest between them."""

    id = "staff_day"
    sentence = N_(
        "A working day of staff keeps to the limits of working hours, of hours from first"
        " departure to last return, of sites, and of rest until the next working day."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find days that are too long or at too many sites, and too short rests."""
        limits = case.scenario.rules.staff_day
        for week in roster(plan, case):
            days = week.days
            for day, tours in days.items():
                for message in _faults(week, day, tours, limits):
                    yield self.breach(_ids(tours), message)
            for earlier, later in pairwise(days.values()):
                back, departure = _back(earlier), _departure(later)
                if departure - back < limits.rest:
                    yield self.breach(
                        [*_ids(earlier), *_ids(later)],
                        _(
                            "Staff {staff} is back at {back} and leaves again at {departure}:"
                            " {rest} minutes of rest, but at least {limit} are due."
                        ).format(
                            staff=week.member.id,
                            back=moment(back),
                            departure=moment(departure),
                            rest=departure - back,
                            limit=limits.rest,
                        ),
                    )

    # The model

    def post(self, build: Build) -> None:
        """Bound each day's work, span and sites, and the night between two working days."""
        limits = build.case.scenario.rules.staff_day
        days: dict[str, dict[int, list[StaffTour]]] = {}
        for tour in build.tours:
            days.setdefault(tour.member, {}).setdefault(tour.day, []).append(tour)
        for by_day in days.values():
            ends: dict[int, tuple[IntVar, IntVar]] = {}
            for tours in by_day.values():
                _bound_work_and_sites(build, tours, limits)
            short = [
                (day, later)
                for day, later in combinations(sorted(by_day), 2)
                if _opens(by_day[later]) - _closes(by_day[day]) < limits.rest
            ]
            long = [
                day
                for day, tours in by_day.items()
                if _closes(tours) - _opens(tours) > limits.max_span
            ]
            for day in sorted({*long, *(day for pair in short for day in pair)}):
                ends[day] = _first_and_last(build, by_day[day])
            for day in long:
                build.model.add(ends[day][1] - ends[day][0] <= limits.max_span)
            for day, later in short:
                build.model.add(ends[later][0] - ends[day][1] >= limits.rest)


def _faults(week: Week, day: int, tours: tuple[Tour, ...], limits: StaffDayLimits) -> Iterator[str]:
    working = sum([tour.working for tour in tours])
    if working > limits.max_minutes:
        yield _(
            "Staff {staff} works {minutes} minutes on {day}, travel included, but at most {limit}"
            " are allowed."
        ).format(**_who(week, day), minutes=working, limit=limits.max_minutes)
    span = _back(tours) - _departure(tours)
    if span > limits.max_span:
        yield _(
            "Staff {staff} has {minutes} minutes from first departure to last return on {day}, but"
            " at most {limit} are allowed."
        ).format(**_who(week, day), minutes=span, limit=limits.max_span)
    sites = {site for tour in tours for site in tour.sites}
    others = sites - {week.member.site}
    if len(others) > limits.max_sites:
        yield ngettext(
            "Staff {staff} is at {count} other site on {day} ({sites}), but at most {limit} are"
            " allowed.",
            "Staff {staff} is at {count} other sites on {day} ({sites}), but at most {limit} are"
            " allowed.",
            len(others),
        ).format(
            **_who(week, day),
            count=len(others),
            sites=", ".join(sorted(others)),
            limit=limits.max_sites,
        )


def _who(week: Week, day: int) -> dict[str, str]:
    return {"staff": week.member.id, "day": _(DAYS[day % 7])}


def _ids(tours: tuple[Tour, ...]) -> list[str]:
    return [event.id for tour in tours for event in tour.events]


def _departure(tours: tuple[Tour, ...]) -> int:
    return min([tour.departure for tour in tours])


def _back(tours: tuple[Tour, ...]) -> int:
    return max([tour.back_home for tour in tours])


def _bound_work_and_sites(build: Build, tours: list[StaffTour], limits: StaffDayLimits) -> None:
    if sum(tour.interval[1] - tour.interval[0] for tour in tours) > limits.max_minutes:
        build.model.add(sum(tour.work for tour in tours) <= limits.max_minutes)
    by_site: dict[str, list[BoolLiteral]] = defaultdict(list)
    for tour in tours:
        for site, literals in tour.visits.items():
            by_site[site] += literals
    if len(by_site) > limits.max_sites:
        visited = []
        for literals in by_site.values():
            there = build.model.new_bool_var("")
            for literal in literals:
                build.model.add_implication(literal, there)
            visited.append(there)
        build.model.add(sum(visited) <= limits.max_sites)


def _opens(tours: list[StaffTour]) -> int:
    return min(tour.interval[0] for tour in tours)


def _closes(tours: list[StaffTour]) -> int:
    return max(tour.interval[1] for tour in tours)


def _first_and_last(build: Build, tours: list[StaffTour]) -> tuple[IntVar, IntVar]:
    """Return first departure and last return; free, and so no limit, on a day without work.

    Free means that even the longest rest before the first or after the last minute of the week
    is no limit either.
    """
    model = build.model
    rest = build.case.scenario.rules.staff_day.rest
    first = model.new_int_var(-rest, WEEK + rest, "")
    last = model.new_int_var(-rest, WEEK + rest, "")
    for tour in tours:
        for minute, leaves in tour.departures:
            model.add(first <= minute).only_enforce_if(leaves)
        for minute, is_back in tour.returns:
            model.add(last >= minute).only_enforce_if(is_back)
    return first, last
