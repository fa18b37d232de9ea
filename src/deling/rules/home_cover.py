"""Rule ``home_cover``: no institution is left with too few staff."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.language import N_, ngettext
from deling.rules.base import Breach, Rule
from deling.rules.scan import meeting, one_each, over_limit
from deling.rules.wording import span
from deling.tours import roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build
    from deling.model.tours import StaffTour
    from deling.tours import Absence
    from deling.units import Interval


class HomeCover(Rule):
    """At most ``max_away`` staff of an institution are away at one time."""

    id = "home_cover"
    sentence = N_(
        "At most max_away staff of an institution are away from their own site at one time, travel"
        " included."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find institutions with too many staff away."""
        away: dict[str, dict[str, list[Interval]]] = defaultdict(lambda: defaultdict(list))
        absences: dict[str, list[Absence]] = defaultdict(list)
        limits = {
            key: institution.max_away
            for key, institution in case.scenario.institutions.items()
            if institution.max_away is not None
        }
        for week in roster(plan, case):
            owner = week.member.institution
            for absence in week.absences if owner in limits else ():
                away[owner][week.member.id].append((absence.start, absence.end))
                absences[owner].append(absence)
        for owner in away:
            over, most = over_limit(one_each(away[owner]), limits[owner])
            if over:
                yield self.breach(
                    [
                        event
                        for absence in absences[owner]
                        if meeting(over, absence.start, absence.end)
                        for event in absence.events
                    ],
                    ngettext(
                        "{most} of the staff of {institution} is away at one time ({when}), but at"
                        " most {limit} can be.",
                        "{most} staff of {institution} are away at one time ({when}), but at most"
                        " {limit} can be.",
                        most,
                    ).format(
                        most=most,
                        institution=owner,
                        when=span(over[0]),
                        limit=limits[owner],
                    ),
                )

    # The model

    def post(self, build: Build) -> None:
        """Count those on their way or at another site at any minute."""
        staff = build.case.scenario.staff
        away: dict[str, list[StaffTour]] = {}
        for tour in build.tours:
            away.setdefault(staff[tour.member].institution, []).append(tour)
        for institution, tours in away.items():
            limit = build.case.scenario.institutions[institution].max_away
            if limit is not None and len({tour.member for tour in tours if tour.away}) > limit:
                stays = [stay for tour in tours for stay in tour.away]
                build.no_more_than(stays, [1] * len(stays), limit)
