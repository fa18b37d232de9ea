"""Rule ``capacity``: no more participants than there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, ngettext
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Need, Plan, Room
    from deling.model.build import Build


class Capacity(Rule):
    """Participants fit the room and what each need allows."""

    id = "capacity"
    sentence = N_(
        "An event has no more participants than the room's capacity and each need's"
        " max_participants."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events with too many participants."""
        for one in occasions(plan, case):
            event, room = one.event, one.room
            sizes = {group.id: group.size for _need, group, _way in one.sessions}
            participants = sum(sizes.values())
            if participants > room.capacity:
                yield self.breach(
                    [event.id],
                    ngettext(
                        "Event {event} has {participants} participant, but room {room} holds"
                        " {limit}.",
                        "Event {event} has {participants} participants, but room {room} holds"
                        " {limit}.",
                        participants,
                    ).format(
                        event=named(event),
                        participants=participants,
                        room=room.id,
                        limit=room.capacity,
                    ),
                )
            for need in one.needs:
                limit = need.max_participants
                if limit is not None and participants > limit:
                    yield self.breach(
                        [event.id],
                        ngettext(
                            "Event {event} has {participants} participant, but need {need}"
                            " allows {limit}.",
                            "Event {event} has {participants} participants, but need {need}"
                            " allows {limit}.",
                            participants,
                        ).format(
                            event=named(event),
                            participants=participants,
                            need=need.id,
                            limit=limit,
                        ),
                    )

    # The model

    def admits_room(self, case: Case, need: Need, room: Room) -> bool:
        """Return whether the group alone fits."""
        size = case.group_of(need.id).size
        most = (
            room.capacity
            if need.max_participants is None
            else min(room.capacity, need.max_participants)
        )
        return size <= most

    def admits_standing(self, case: Case, event: Event) -> bool:
        """Return whether all groups of today's event fit together."""
        return self.holds_alone(case, event)

    def post(self, build: Build) -> None:
        """Bound the participants of a joint event by its room and by each of its needs."""
        for activity in build.activities:
            if not activity.flexible or len(activity.sessions) == 1:
                continue
            sizes = {need: build.case.group_of(need).size for need in activity.sessions}
            most = sum(sizes.values())
            together = sum(size * activity.sessions[need] for need, size in sizes.items())
            for room, used in activity.rooms.items():
                capacity = build.case.scenario.rooms[room].capacity
                if capacity < most:
                    build.model.add(together <= capacity).only_enforce_if(used)
            for need, held in activity.sessions.items():
                limit = build.case.scenario.needs[need].max_participants
                if limit is not None and limit < most:
                    build.model.add(together <= limit).only_enforce_if(held)
