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
                (first, second)
                for first, second in pairwise(week.events)
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
