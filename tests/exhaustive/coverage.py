"""What random areas cover: which rules bind in how many, and which features they use together."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

from deling.case import Case
from deling.domain import SHARING_LEVELS
from deling.goals import GOALS
from deling.rules import RULES
from deling.tours import roster
from enumerate_plans import TooManyPlansError, can_be_better
from exhaustive.agree import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.domain import Plan
    from enumerate_plans import Best

ORDERS = ["orders: " + " ".join(order) for order in permutations(GOALS)]
OF_CASES = [
    *(f"sharing: {level}" for level in SHARING_LEVELS),
    *ORDERS,
    *(f"off: {rule.id}" for rule in RULES if rule.switchable),
    "rooms: part_of",
    "rooms: turnaround",
    "rooms: area_m2",
    "rooms, staff, equipment: shared_hours",
    "staff: weekly_hours",
    "staff: lend_hours",
    "staff: cleared",
    "staff: two shifts",
    "equipment: portable",
    "equipment: not portable",
    "equipment: move_minutes",
    "equipment: move_cost",
    "groups: part_of",
    "groups: max_travel",
    "groups: available",
    "groups: size 0",
    "groups: usual_staff",
    "needs: two skills",
    "needs: features",
    "needs: equipment",
    "needs: hours",
    "needs: preferred",
    "needs: min_days_between",
    "needs: same_staff",
    "needs: joint",
    "needs: max_participants",
    "needs: attendants",
    "needs: buy_price",
    "use: fixed",
    "use: fixed and bought",
    "use: joint",
    "use: block",
    "travel: estimate",
    "travel: one way longer",
    "travel: detour quicker than the row",
    "agreements",
    "institutions: max_away",
    "modes: fleet",
    "modes: trip_cost",
    "rules: floor_area",
    "rules: staff_day max_hours",
    "rules: staff_day max_span",
    "rules: staff_day rest",
    "rules: staff_day max_sites",
    "rules: budget",
]
OF_PLANS = [
    "plan: joint event",
    "plan: joint event of two institutions",
    "plan: part of a room",
    "plan: tour of several events",
    "plan: tour of several sites, directly",
    "plan: equipment moved",
    "plan: group away",
    "plan: bought session",
    "plan: fixed event",
    "plan: loan",
    "plan: loan by agreement alone",
    "plan: stands as today",
]
"""What the best plan holds."""


class Coverage:
    """How often rules bind and features are used.

    Attributes
    ----------
    areas, judged
        Areas looked at; those in which each rule was left out in turn.
    """

    def __init__(self) -> None:
        self.areas = 0
        self.judged = 0
        self.tried: Counter[str] = Counter()
        self.binding: Counter[str] = Counter()
        self.used: Counter[str] = Counter()
        self._together: list[int] = []

    def use(self, case: Case, best: Best | None) -> None:
        """Count what an area and its best plan use."""
        found = {*_of_case(case), *(() if best is None else _of_plan(case, best))}
        self.areas += 1
        self.used.update(found)
        self._together.append(len(found))

    def bind(self, case: Case, best: Best | None) -> None:
        """Count the rules without which there would be a better plan."""
        self.judged += 1
        for rule in RULES:
            if not rule.applies(case):
                continue
            try:
                binds = can_be_better(case, best, {rule.id}, **LIMITS)
            except TooManyPlansError:
                continue
            self.tried[rule.id] += 1
            self.binding[rule.id] += binds

    def table(self) -> str:
        """Return a line for each rule and for each feature."""
        middle = sorted(self._together)[self.areas // 2]
        return "\n".join(
            [
                (
                    f"Rules without which there is a better plan, in {self.judged} areas"
                    " (fewer where a rule is off, or the plans are too many without it)"
                ),
                *(
                    f"{rule.id:<14}{self.binding[rule.id]:>5} of {self.tried[rule.id]:>5}"
                    for rule in RULES
                ),
                f"Features, in {self.areas} areas: {middle} together in the middle one",
                *(f"{name:<48}{self.used[name]:>5}" for name in (*OF_CASES, *OF_PLANS)),
            ]
        )


def _of_case(case: Case) -> Iterator[str]:
    scenario = case.scenario
    rules, limits = scenario.rules, scenario.rules.staff_day
    rooms, staff, items = (
        list(table.values()) for table in (scenario.rooms, scenario.staff, scenario.equipment)
    )
    groups, needs = list(scenario.groups.values()), list(scenario.needs.values())
    today = scenario.today.events
    tags = Counter(need.joint for need in needs if need.joint)
    yield f"sharing: {case.sharing}"
    yield "orders: " + " ".join(scenario.goals)
    yield from (f"off: {rule}" for rule in rules.off)
    uses = {
        "rooms: part_of": any(room.part_of for room in rooms),
        "rooms: turnaround": any(room.turnaround for room in rooms),
        "rooms: area_m2": any(room.area_m2 for room in rooms),
        "rooms, staff, equipment: shared_hours": any(
            len(thing.shared_hours) < 7 for thing in (*rooms, *staff, *items)
        ),
        "staff: weekly_hours": any(member.weekly_minutes is not None for member in staff),
        "staff: lend_hours": any(member.lend_minutes is not None for member in staff),
        "staff: cleared": any(not member.cleared for member in staff),
        "staff: two shifts": any(
            first[0] // 1440 == second[0] // 1440
            for member in staff
            for first, second in pairwise(case.open_hours_of_staff[member.id])
        ),
        "equipment: portable": any(item.portable for item in items),
        "equipment: not portable": any(not item.portable for item in items),
        "equipment: move_minutes": any(item.move_minutes for item in items),
        "equipment: move_cost": any(item.move_cost for item in items),
        "groups: part_of": any(group.part_of for group in groups),
        "groups: max_travel": any(group.max_travel < 60 for group in groups),
        "groups: available": any(len(group.available) < 7 for group in groups),
        "groups: size 0": any(not group.size for group in groups),
        "groups: usual_staff": any(
            group.usual_staff and group.staff_hourly_cost for group in groups
        ),
        "needs: two skills": any(sum(n for _skill, n in need.skills) > 1 for need in needs),
        "needs: features": any(need.features for need in needs),
        "needs: equipment": any(need.equipment for need in needs),
        "needs: hours": any(need.hours is not None for need in needs),
        "needs: preferred": any(need.preferred is not None for need in needs),
        "needs: min_days_between": any(need.min_days_between for need in needs),
        "needs: same_staff": any(need.same_staff for need in needs),
        "needs: joint": any(count > 1 for count in tags.values()),
        "needs: max_participants": any(need.max_participants is not None for need in needs),
        "needs: attendants": any(need.attendants for need in needs),
        "needs: buy_price": any(need.buy_price is not None for need in needs),
        "use: fixed": any(event.fixed and event.internal for event in today),
        "use: fixed and bought": any(event.fixed and not event.internal for event in today),
        "use: joint": any(len(event.needs) > 1 for event in today),
        "use: block": bool(scenario.blocks),
        "travel: estimate": any(
            case.travel.shortest_way(first, second, mode) is None
            for first, second in permutations(scenario.sites, 2)
            for mode in scenario.travel.modes
        ),
        "travel: one way longer": any(
            case.travel.minutes(first, second, mode) > case.travel.minutes(second, first, mode)
            for first, second in permutations(scenario.sites, 2)
            for mode in scenario.travel.modes
        ),
        "travel: detour quicker than the row": any(
            map(case.travel.has_shortcut, scenario.travel.modes)
        ),
        "agreements": bool(scenario.agreements),
        "institutions: max_away": any(
            house.max_away is not None for house in scenario.institutions.values()
        ),
        "modes: fleet": any(mode.fleet is not None for mode in scenario.travel.modes.values()),
        "modes: trip_cost": any(mode.trip_cost for mode in scenario.travel.modes.values()),
        "rules: floor_area": bool(rules.floor_area) and any(room.area_m2 for room in rooms),
        "rules: staff_day max_hours": limits.max_minutes < 600,
        "rules: staff_day max_span": limits.max_span < 720,
        "rules: staff_day rest": limits.rest != 660,
        "rules: staff_day max_sites": limits.max_sites < 3,
        "rules: budget": rules.budget is not None,
    }
    yield from (name for name, is_used in uses.items() if is_used)


def _of_plan(case: Case, best: Best) -> Iterator[str]:
    plan = best.plan
    rooms, items = case.scenario.rooms, case.scenario.equipment
    fixed = {event.key for event in case.scenario.today.internal if event.fixed}
    tours = [tour for week in roster(plan, case) for tour in week.tours]
    owners = {
        event.id: {case.institution_of(need).id for need in event.needs} for event in plan.internal
    }
    lenders = {
        event.id: [(rooms[event.room], "rooms")]
        + [(case.scenario.staff[member], "staff") for member in event.staff]
        for event in plan.internal
    }
    unagreed = Case(case.scenario.model_copy(update={"agreements": ()}), case.sharing)
    uses = {
        "plan: joint event": any(len(event.needs) > 1 for event in plan.internal),
        "plan: joint event of two institutions": any(len(some) > 1 for some in owners.values()),
        "plan: part of a room": any(rooms[event.room].part_of for event in plan.internal),
        "plan: tour of several events": any(len(tour.events) > 1 for tour in tours),
        "plan: tour of several sites, directly": any(
            not link.goes_home and link.direct for tour in tours for link in tour.links
        ),
        "plan: equipment moved": any(
            items[item].site != case.site_of(event)
            for event in plan.internal
            for item, _units in event.equipment
        ),
        "plan: group away": any(
            case.group_of(need).site != case.site_of(event)
            for event in plan.internal
            for need in event.needs
        ),
        "plan: bought session": bool(plan.bought),
        "plan: fixed event": any(event.key in fixed for event in plan.internal),
        "plan: loan": any(
            thing.institution not in owners[event] or len(owners[event]) > 1
            for event, things in lenders.items()
            for thing, _kind in things
        ),
        "plan: loan by agreement alone": _breaks_sharing(unagreed, plan),
        "plan: stands as today": any(case.stands_as_today(event) for event in plan.internal),
    }
    yield from (name for name, is_used in uses.items() if is_used)


def _breaks_sharing(case: Case, plan: Plan) -> bool:
    sharing = next(rule for rule in RULES if rule.id == "sharing")
    return sharing.applies(case) and any(True for _breach in sharing.breaches(plan, case))
