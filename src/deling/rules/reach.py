"""Rule ``reach``: no group travels further than it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Need, Plan, Room


class Reach(Rule):
    """A group's trip one way takes at most its ``max_travel``."""

    id = "reach"
    sentence = N_("A group travels no longer one way than its max_travel.")

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events that are too far away for one of their groups."""
        for one in occasions(plan, case):
            for _need, group, way in one.sessions:
                if way > group.max_travel:
                    yield self.breach(
                        [one.id],
                        _(
                            "Group {group} has {way} minutes by {mode} to {event} at {site}, but"
                            " travels at most {limit}."
                        ).format(
                            group=group.id,
                            way=way,
                            mode=group.travel_mode,
                            event=named(one.event),
                            site=one.site,
                            limit=group.max_travel,
                        ),
                    )

    # The model

    def admits_room(self, case: Case, need: Need, room: Room) -> bool:
        """Return whether the group's way there is short enough."""
        return case.group_travel(need.id, room.site) <= case.group_of(need.id).max_travel
