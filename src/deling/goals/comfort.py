"""Goal ``comfort``: short ways, preferred hours and few changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from deling.goals.base import Goal
from deling.language import N_
from deling.occasions import occasions
from deling.units import covering

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Event, Need, Plan
    from deling.model.build import Build
    from deling.model.variables import Activity, BoolLiteral, Expression

NOT_PREFERRED = 30
MOVED = 10


class Comfort(Goal):
    """Travel of groups, sessions outside preferred hours and changes from today, as minutes."""

    id = "comfort"
    sentence = N_(
        "Travel minutes of groups, 30 for each session outside preferred hours and 10 for each"
        " session of today that is moved or dropped."
    )
    sense: ClassVar[Literal["max", "min"]] = "min"
    of_parts: ClassVar[Literal["sum", "max"]] = "sum"

    def value(self, plan: Plan, case: Case) -> int:
        """Add up what is uncomfortable."""
        total = 0
        there = set()
        for _event, start, end, room, sessions, *_rest in occasions(plan, case):
            for need, _group, way in sessions:
                there.add((need.id, start, room.id))
                total += 2 * way
                if need.preferred is not None and covering(need.preferred, start, end) is None:
                    total += NOT_PREFERRED
        return total + MOVED * sum(
            (need_id, event.start, event.room) not in there
            for event in case.scenario.today.internal
            for need_id in event.needs
        )

    def plain_bound(self, case: Case) -> int:
        """Leave nothing uncomfortable."""
        return 0

    def term(self, build: Build) -> Expression:
        """Sum the same three parts over the model's choices."""
        parts: list[Expression] = []
        for activity in build.activities:
            for need_id in activity.sessions:
                need = build.case.scenario.needs[need_id]
                for site, held in build.held_at(activity, need_id):
                    parts.append(2 * build.case.group_travel(need_id, site) * held)
                parts.append(NOT_PREFERRED * _not_preferred(build, activity, need))
        parts += [
            MOVED * _moved(build, event, need_id)
            for event in build.case.scenario.today.internal
            for need_id in event.needs
        ]
        return build.sum(parts)


def _not_preferred(build: Build, activity: Activity, need: Need) -> Expression:
    """Return 1 for a session outside its preferred hours."""
    if need.preferred is None:
        return 0
    held = activity.sessions[need.id]
    if not activity.flexible:
        return 0 if build.case.prefers(need, activity.earliest) else held
    outside = build.model.new_bool_var("")
    windows = build.candidates.start_windows(need, [need.preferred])
    build.restrict_start(activity, windows, [held, outside.negated()])
    return outside


def _moved(build: Build, event: Event, need_id: str) -> Expression:
    """Return 1 if no session has the need, day, start and room of a session of today."""
    same: list[BoolLiteral] = []
    for activity, held in build.sessions[need_id]:
        used = activity.rooms.get(event.room)
        if used is None or not activity.earliest <= event.start <= activity.latest:
            continue
        if not activity.flexible:
            same.append(held)
        elif activity.can_start(event.start, build.case.scenario.calendar.step):
            as_today = build.model.new_bool_var("")
            build.model.add_implication(as_today, held)
            build.model.add_implication(as_today, used)
            build.model.add(activity.start == event.start).only_enforce_if(as_today)
            same.append(as_today)
    if any(held is build.true for held in same):
        return 0
    moved = build.model.new_bool_var("")
    build.model.add_bool_or([moved, *same])
    return moved
