"""Rule ``fixed``: what is fixed today stands in every plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deling.language import N_, _, ngettext
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build


class Fixed(Rule):
    """Fixed events of today stand as today; fixed bought sessions are still bought."""

    id = "fixed"
    sentence = N_("Each fixed event of today stands in the plan as it is today.")

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find fixed events of today that the plan lacks."""
        today = [event for event in case.scenario.today.events if event.fixed]
        standing = {one.event.key for one in occasions(plan, case) if one.as_today}
        for event in today:
            if event.internal and event.key not in standing:
                yield self.breach(
                    [event.id],
                    _("Today's event {event} is fixed, but the plan does not hold it.").format(
                        event=named(event)
                    ),
                )
        bought = Counter(need for event in plan.bought for need in event.needs)
        wanted = Counter(need for event in today if not event.internal for need in event.needs)
        for need_id, count in wanted.items():
            if bought[need_id] < count:
                yield self.breach(
                    [],
                    ngettext(
                        "Need {need} has {count} fixed bought session today, but the plan buys"
                        " {bought}.",
                        "Need {need} has {count} fixed bought sessions today, but the plan buys"
                        " {bought}.",
                        count,
                    ).format(need=need_id, count=count, bought=bought[need_id]),
                )

    # The model

    def post(self, build: Build) -> None:
        """Today's fixed events stand; as many bought sessions as are fixed are bought."""
        standing = {
            activity.event.key: activity.present
            for activity in build.activities
            if activity.event is not None
        }
        bought: Counter[str] = Counter()
        for event in build.case.scenario.today.events:
            if event.fixed and event.internal:
                present = standing.get(event.key)
                stands = build.model.add_bool_or([] if present is None else [present])
                build.require(self.id, event.id, stands)
            elif event.fixed:
                bought[event.needs[0]] += 1
        for need, count in bought.items():
            enough = build.model.add(build.sum([build.bought[need]]) >= count)
            build.require(self.id, need, enough)
