"""Rule ``sessions``: no more sessions than wanted, and bought ones only where there is a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, _, ngettext
from deling.rules.base import Breach, Rule
from deling.rules.scan import sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build


class Sessions(Rule):
    """Needs get at most what they want, and are bought only where they can be."""

    id = "sessions"
    sentence = N_(
        "A need gets at most its sessions, and is bought, one need a time, only where it has a"
        " buy_price."
    )
    switchable = False

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find needs with too many sessions, and bought events that cannot be; names no events."""
        for need_id, count in sessions_of(plan).items():
            limit = case.scenario.needs[need_id].sessions
            if count > limit:
                yield self.breach(
                    [],
                    ngettext(
                        "Need {need} gets {count} session, but wants {limit}.",
                        "Need {need} gets {count} sessions, but wants {limit}.",
                        count,
                    ).format(need=need_id, count=count, limit=limit),
                )
        for event in plan.bought:
            if len(event.needs) > 1:
                yield self.breach(
                    [],
                    _("Bought event {event} is for {count} needs; it can be for one only.").format(
                        event=event.id, count=len(event.needs)
                    ),
                )
            for need_id in event.needs:
                if case.scenario.needs[need_id].buy_price is None:
                    yield self.breach(
                        [],
                        _("Event {event} is bought, but need {need} has no buy_price.").format(
                            event=event.id, need=need_id
                        ),
                    )

    # The model: only needs with a price have a count of bought sessions

    def post(self, build: Build) -> None:
        """No need gets more than it wants."""
        for need in build.free.values():
            build.model.add(build.count(need.id) <= need.sessions)
