"""The ways to and from an event, in sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling import names
from deling.language import _
from deling.tours import roster
from deling.units import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deling.domain import Event, StaffMember
    from deling.outputs.outcome import Outcome
    from deling.tours import Tour

Ways = dict[tuple[str, str], list[str]]
"""Sentences by member of staff and event."""


def group_ways(outcome: Outcome, event: Event, needs: Sequence[str]) -> list[str]:
    """Say when the groups of these needs leave and return, those that travel."""
    found = []
    for need in needs:
        minutes = outcome.case.group_travel(need, outcome.case.site_of(event))
        if minutes:
            group = outcome.case.group_of(need)
            text = _("{group} leaves at {leave} and is back at {back} ({minutes} min by {mode}).")
            found.append(
                text.format(
                    group=names.group(outcome.scenario, group.id),
                    leave=clock(event.start - minutes),
                    back=clock(event.end + minutes),
                    minutes=minutes,
                    mode=names.mode(group.travel_mode),
                )
            )
    return found


def staff_ways(outcome: Outcome) -> Ways:
    """Say of every event of every member of staff how to get there and on from there."""
    found: Ways = defaultdict(list)
    for week in roster(outcome.plan, outcome.case):
        for tour in week.tours:
            _tell(outcome, week.member, tour, found)
    return found


def _tell(outcome: Outcome, member: StaffMember, tour: Tour, found: Ways) -> None:
    case, scenario = outcome.case, outcome.scenario
    home, mode = member.site, member.travel_mode

    def leave(event: Event, site: str, minutes: int, at: int) -> None:
        if minutes:
            text = _("Leave {site} at {time} ({minutes} min by {mode}).")
            told = text.format(
                site=names.site(scenario, site),
                time=clock(at),
                minutes=minutes,
                mode=names.mode(mode),
            )
            found[member.id, event.id].append(told)

    def back(event: Event, minutes: int) -> None:
        if minutes:
            text = _("Back at {site} at {time}.")
            told = text.format(site=names.site(scenario, home), time=clock(event.end + minutes))
            found[member.id, event.id].append(told)

    leave(tour.events[0], home, tour.out, tour.departure)
    for link in tour.links:
        here, there = case.site_of(link.earlier), case.site_of(link.later)
        if link.goes_home:
            back(link.earlier, case.travel.minutes(here, home, mode))
            out = case.travel.minutes(home, there, mode)
            leave(link.later, home, out, link.later.start - out)
        else:
            leave(link.later, here, link.travel, link.earlier.end)
    back(tour.events[-1], tour.back)
