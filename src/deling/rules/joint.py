"""Rule ``joint``: only needs that are meant to go together share an event."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan


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
        for event in plan.internal:
            for first, second in combinations(event.needs, 2):
                one, other = case.scenario.needs[first], case.scenario.needs[second]
                names = {"event": named(event), "first": first, "second": second}
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
