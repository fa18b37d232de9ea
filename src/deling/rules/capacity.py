"""Rule ``capacity``: no more participants than there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan


class Capacity(Rule):
    """Participants fit the room and what each need allows."""

    id = "capacity"
    sentence = N_(
        "An event has no more participants than the room's capacity and each need's"
        " max_participants."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events with too many participants."""
        for event in plan.internal:
            groups = {group.id: group for group in map(case.group_of, event.needs)}
            participants = sum(group.size for group in groups.values())
            room = case.scenario.rooms[event.room]
            if participants > room.capacity:
                yield self.breach(
                    [event.id],
                    _(
                        "Event {event} has {participants} participants, but room {room} holds"
                        " {limit}."
                    ).format(
                        event=named(event),
                        participants=participants,
                        room=room.id,
                        limit=room.capacity,
                    ),
                )
            for need_id in event.needs:
                limit = case.scenario.needs[need_id].max_participants
                if limit is not None and participants > limit:
                    yield self.breach(
                        [event.id],
                        _(
                            "Event {event} has {participants} participants, but need {need}"
                            " allows {limit}."
                        ).format(
                            event=named(event),
                            participants=participants,
                            need=need_id,
                            limit=limit,
                        ),
                    )
