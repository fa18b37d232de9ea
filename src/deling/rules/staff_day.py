"""Rule ``staff_day``: the limits of a working day and the rest between two."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.rules.base import Breach, Rule
from deling.tours import roster
from deling.units import DAYS, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan, StaffDayLimits
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
            for day, tours in week.days.items():
                for message in _faults(week, day, tours, limits, case):
                    yield self.breach(_ids(tours), message)
            for earlier, later in pairwise(week.days.values()):
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


def _faults(
    week: Week, day: int, tours: tuple[Tour, ...], limits: StaffDayLimits, case: Case
) -> Iterator[str]:
    who = {"staff": week.member.id, "day": DAYS[day % 7]}
    working = sum(tour.working for tour in tours)
    if working > limits.max_minutes:
        yield _(
            "Staff {staff} works {minutes} minutes on {day}, travel included, but at most {limit}"
            " are allowed."
        ).format(**who, minutes=working, limit=limits.max_minutes)
    span = _back(tours) - _departure(tours)
    if span > limits.max_span:
        yield _(
            "Staff {staff} has {minutes} minutes from first departure to last return on {day}, but"
            " at most {limit} are allowed."
        ).format(**who, minutes=span, limit=limits.max_span)
    sites = {case.site_of(event) for tour in tours for event in tour.events}
    others = sorted(sites - {week.member.site})
    if len(others) > limits.max_sites:
        yield _(
            "Staff {staff} is at {count} other sites on {day} ({sites}), but at most {limit} are"
            " allowed."
        ).format(**who, count=len(others), sites=", ".join(others), limit=limits.max_sites)


def _ids(tours: tuple[Tour, ...]) -> list[str]:
    return [event.id for tour in tours for event in tour.events]


def _departure(tours: tuple[Tour, ...]) -> int:
    return min(tour.departure for tour in tours)


def _back(tours: tuple[Tour, ...]) -> int:
    return max(tour.back_home for tour in tours)
