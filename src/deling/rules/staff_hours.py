"""Rule ``staff_hours``: hours a week, in all and lent to others."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.rules.base import Breach, Rule
from deling.tours import roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan, StaffMember
    from deling.model.build import Build
    from deling.model.variables import Activity, BoolLiteral, Expression
    from deling.occasions import Occasion


class StaffHours(Rule):
    """Nobody works or is lent for more than agreed in a week."""

    id = "staff_hours"
    sentence = N_(
        "Staff work at most their weekly_hours, travel included, and serve other institutions for"
        " at most their lend_hours."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find weeks with too many working minutes, or too many that are lent."""
        for week in roster(plan, case):
            member = week.member
            if member.weekly_minutes is not None and week.working > member.weekly_minutes:
                yield self.breach(
                    week.event_ids,
                    _(
                        "Staff {staff} works {minutes} minutes in the week, travel included, but"
                        " at most {limit} are agreed."
                    ).format(staff=member.id, minutes=week.working, limit=member.weekly_minutes),
                )
            if member.lend_minutes is None or week.event_minutes <= member.lend_minutes:
                continue
            lent = sum([one.end - one.start for one in week.occasions if _newly_lent(one, member)])
            if lent > member.lend_minutes:
                yield self.breach(
                    week.event_ids,
                    _(
                        "Staff {staff} serves other institutions for {minutes} minutes in the"
                        " week beyond today's loans, but at most {limit} are lent."
                    ).format(staff=member.id, minutes=lent, limit=member.lend_minutes),
                )

    # The model

    def post(self, build: Build) -> None:
        """Sum working minutes of all tours, and event minutes for other institutions."""
        work: dict[str, list[Expression]] = defaultdict(list)
        for tour in build.tours:
            work[tour.member].append(tour.work)
        lent: dict[str, list[Expression]] = defaultdict(list)
        for activity in build.activities:
            for member, serves in () if activity.standing else activity.staff.items():
                for_others = _for_others(build, activity, member, serves)
                if for_others is not None:
                    lent[member].append(activity.minutes * for_others)
        for person in build.case.scenario.staff.values():
            if person.weekly_minutes is not None and work[person.id]:
                build.model.add(sum(work[person.id]) <= person.weekly_minutes)
            if person.lend_minutes is not None and lent[person.id]:
                build.model.add(sum(lent[person.id]) <= person.lend_minutes)


def _newly_lent(one: Occasion, member: StaffMember) -> bool:
    own = member.institution
    return not one.as_today and any(session.group.institution != own for session in one.sessions)


def _for_others(
    build: Build, activity: Activity, member: str, serves: BoolLiteral
) -> BoolLiteral | None:
    """Return a literal that is true when a member serves another institution's group there."""
    own = build.case.scenario.staff[member].institution
    others = [
        held
        for need, held in activity.sessions.items()
        if build.case.institution_of(need).id != own
    ]
    if not others:
        return None
    if any(held is activity.present for held in others):
        return serves
    lends = build.model.new_bool_var("")
    for held in others:
        build.model.add_bool_or([lends, serves.negated(), held.negated()])
    return lends
