"""Rule ``joint``: only needs that are meant to go together share an event."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Plan
    from deling.model.build import Build


class Joint(Rule):
    """Needs of one event carry the same tag and length, for unrelated groups."""

    id = "joint"
    sentence = N_(
        "Needs served by one event carry the same joint tag and the same minutes, and are for"
        " different groups, none part of another."
    )
    switchable = False

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events with needs that do not go together."""
        for event, *_rest, needs in occasions(plan, case):
            for one, other in combinations(needs, 2):
                names = {"event": named(event), "first": one.id, "second": other.id}
                if one.joint is None or one.joint != other.joint:
                    yield self.breach(
                        [event.id],
                        _(
                            "Event {event} serves needs {first} and {second}, which do not carry"
                            " the same joint tag."
                        ).format(**names),
                    )
                if one.minutes != other.minutes:
                    yield self.breach(
                        [event.id],
                        _(
                            "Event {event} serves needs {first} and {second} of different minutes."
                        ).format(**names),
                    )
                if case.related_groups(one.group, other.group):
                    yield self.breach(
                        [event.id],
                        _(
                            "Event {event} serves needs {first} and {second} of one group, or of"
                            " groups of which one is part of the other."
                        ).format(**names),
                    )

    # The model: only needs that may be joined are offered as guests

    def admits_standing(self, case: Case, event: Event) -> bool:
        """Return whether the needs of today's event may be served together."""
        return self.holds_alone(case, event)

    def post(self, build: Build) -> None:
        """Two guests of one event are not of related groups."""
        for activity in build.activities:
            if not activity.flexible:
                continue
            for first, second in combinations(list(activity.sessions)[1:], 2):
                needs = build.case.scenario.needs
                if build.case.related_groups(needs[first].group, needs[second].group):
                    build.model.add_at_most_one(activity.sessions[first], activity.sessions[second])
