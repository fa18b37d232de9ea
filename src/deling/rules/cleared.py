"""Rule ``cleared``: who works with children is cleared for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.domain import MINORS
from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Need, Plan, StaffMember


class Cleared(Rule):
    """Staff who are not cleared serve no groups of children or young people."""

    id = "cleared"
    sentence = N_(
        "Staff who are not cleared for work with children serve no nursery, kindergarten, pupils"
        " or youth group."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events of minors with staff who are not cleared."""
        for one in occasions(plan, case):
            uncleared = [member.id for member in one.staff if not member.cleared]
            if not uncleared:
                continue
            minors = [each.group.id for each in one.sessions if each.group.kind in MINORS]
            if minors:
                yield self.breach(
                    [one.id],
                    _("Event {event} is for {groups}, but {staff} is not cleared.").format(
                        event=named(one.event),
                        groups=", ".join(minors),
                        staff=", ".join(uncleared),
                    ),
                )

    # The model

    def admits_staff(self, case: Case, need: Need, member: StaffMember) -> bool:
        """Return whether the member may serve the need's group."""
        return member.cleared or case.group_of(need.id).kind not in MINORS
