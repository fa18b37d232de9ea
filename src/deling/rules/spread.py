"""Rule ``spread``: the sessions of a need lie days apart."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from deling.language import N_, ngettext
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Plan
    from deling.model.build import Build
    from deling.model.variables import BoolLiteral


class Spread(Rule):
    """Internal sessions of one need are ``min_days_between`` days apart."""

    id = "spread"
    sentence = N_("Sessions of one need lie at least min_days_between days apart.")

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find neighbouring sessions of one need that lie too close."""
        sessions: dict[str, list[Event]] = defaultdict(list)
        for one in occasions(plan, case):
            for need_id in one.event.needs:
                sessions[need_id].append(one.event)
        for need_id, several in sessions.items():
            if len(several) < 2:
                continue
            need = case.scenario.needs[need_id]
            ordered = sorted(several, key=lambda event: (event.day, event.id))
            for first, second in pairwise(ordered):
                apart = second.day - first.day
                if apart < need.min_days_between:
                    yield self.breach(
                        [first.id, second.id],
                        ngettext(
                            "Sessions {first} and {second} of need {need} lie {apart} day apart,"
                            " but at least {limit} are asked for.",
                            "Sessions {first} and {second} of need {need} lie {apart} days apart,"
                            " but at least {limit} are asked for.",
                            apart,
                        ).format(
                            first=named(first),
                            second=named(second),
                            need=need.id,
                            apart=apart,
                            limit=need.min_days_between,
                        ),
                    )

    # The model

    def post(self, build: Build) -> None:
        """At most one session in any run of as many days as must lie between two."""
        for need in build.free.values():
            by_day: dict[int, list[BoolLiteral]] = defaultdict(list)
            for activity, held in build.sessions[need.id]:
                by_day[activity.day].append(held)
            for first in range(7) if need.min_days_between else ():
                days = range(first, min(7, first + need.min_days_between))
                held_then = [held for day in days for held in by_day[day]]
                if len(held_then) > 1:
                    build.model.add_at_most_one(held_then)
