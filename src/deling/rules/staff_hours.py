"""Rule ``staff_hours``: hours a week, in all and lent to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.rules.base import Breach, Rule
from deling.tours import roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Plan, StaffMember


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
            if member.lend_minutes is None:
                continue
            lent = sum(event.minutes for event in week.events if _newly_lent(event, member, case))
            if lent > member.lend_minutes:
                yield self.breach(
                    week.event_ids,
                    _(
                        "Staff {staff} serves other institutions for {minutes} minutes in the"
                        " week beyond today's loans, but at most {limit} are lent."
                    ).format(staff=member.id, minutes=lent, limit=member.lend_minutes),
                )


def _newly_lent(event: Event, member: StaffMember, case: Case) -> bool:
    return any(
        case.group_of(need).institution != member.institution for need in event.needs
    ) and not case.stands_as_today(event)
