"""The rules that tie events together, and the goals, as a linear model over all options.

Two events that would clash are never named as a pair: of all that would take a thing at a minute
at most one is chosen. Nothing is simplified: a plan that keeps the rows keeps deling's rules, and
the terms of the goals are the goals.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.goals.comfort import MOVED
from deling.goals.cost import price
from peers.linear import Linear, at_once, ones, plus, times
from peers.ways import shifts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deling.domain import Plan
    from peers.linear import Span, Terms
    from peers.options import Choices
    from peers.ways import Shift


class Rows:
    """The linear model of a case; its first columns are the options, then what is bought.

    Parameters
    ----------
    choices
        All that a plan may hold.
    """

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.case = choices.case
        self.options = choices.options
        self.model = Linear()
        for _option in self.options:
            self.model.column()
        needs = self.case.scenario.needs
        self.bought = {
            need: self.model.column(least, needs[need].sessions)
            for need, least in choices.bought_at_least.items()
        }
        for at in choices.fixed:
            self.model.fix(at, 1)
        self._of_need: dict[str, list[int]] = {need: [] for need in needs}
        for at, option in enumerate(self.options):
            for need in option.needs:
                self._of_need[need].append(at)
        self.shifts = shifts(self.model, choices)
        self._count_sessions()
        self._spread()
        self._same_staff()
        self._rooms()
        self._groups()
        self._equipment()
        self._staff_weeks()
        self._staff_days()
        self._home_cover()
        self._goals()

    def told(self, values: Sequence[int]) -> tuple[Plan, dict[str, int]]:
        """Return the plan that the columns' values stand for, and its goals by the model."""
        chosen = [at for at in range(len(self.options)) if values[at]]
        bought = {need: values[at] for need, at in self.bought.items()}
        goals = {
            goal: sum(factor * values[at] for at, factor in terms.items()) + more
            for goal, (terms, more) in self.model.goals.items()
        }
        goals["fairness"] = self._fairness(values)
        return self.choices.plan(chosen, bought), goals

    def _fairness(self, values: Sequence[int]) -> int:
        """Return the least that the column of the goal could be; it may be anything above."""
        shares = [0]
        for needs in self.case.needs_of_institution.values():
            wanted = sum(need.weight * need.sessions for need in needs)
            got = sum(need.weight * values[self.sessions[need.id]] for need in needs)
            shares.append(1000 * (wanted - got) // wanted if wanted else 0)
        return max(shares)

    def _count_sessions(self) -> None:
        """Add a column for each need, so that none gets more than its sessions."""
        scenario = self.case.scenario
        self.sessions: dict[str, int] = {}
        for need in scenario.needs.values():
            least = self.choices.kept.get(need.id, 0)
            count = self.sessions[need.id] = self.model.column(least, need.sessions)
            bought = [self.bought[need.id]] if need.id in self.bought else []
            self.model.row(plus(ones([*self._of_need[need.id], *bought]), {count: -1}), 0, 0)
        if scenario.rules.budget is not None:
            spent = {at: scenario.needs[need].buy_price or 0 for need, at in self.bought.items()}
            self.model.row(spent, most=scenario.rules.budget)

    def _spread(self) -> None:
        for need in self.case.scenario.needs.values():
            by_day: dict[int, list[int]] = defaultdict(list)
            for at in self._of_need[need.id]:
                by_day[self.options[at].start // 1440].append(at)
            for first in range(7) if need.min_days_between and need.sessions > 1 else ():
                days = range(first, min(7, first + need.min_days_between))
                self.model.row(ones(at for day in days for at in by_day[day]), most=1)

    def _same_staff(self) -> None:
        for need in self.case.scenario.needs.values():
            if not need.same_staff or need.sessions < 2:
                continue
            # At most one a day where sessions have to lie on different days; else each by itself.
            by_team: dict[tuple[str, ...], dict[int, list[int]]] = defaultdict(dict)
            for at in self._of_need[need.id]:
                option = self.options[at]
                key = option.start // 1440 if need.min_days_between else -at
                by_team[option.staff].setdefault(key, []).append(at)
            chosen = []
            for together in by_team.values():
                chosen.append(self.model.column())
                for some in together.values():
                    self.model.row(plus(ones(some), {chosen[-1]: -1}), most=0)
            self.model.row(ones(chosen), most=1)

    def _rooms(self) -> None:
        rooms = self.case.scenario.rooms
        stays: dict[str, list[Span]] = defaultdict(list)
        for at, option in enumerate(self.options):
            until = option.end + rooms[option.room].turnaround
            stays[option.room].append((at, option.start, until, 1))
        wholes = {room.part_of for room in rooms.values()}
        for room, line in self.case.room_line.items():
            if room not in wholes:
                for terms in at_once(stay for each in line for stay in stays[each]):
                    self.model.row(terms, most=1)

    def _groups(self) -> None:
        scenario = self.case.scenario
        trips: dict[str, list[Span]] = defaultdict(list)
        by_mode: dict[str, list[Span]] = defaultdict(list)
        for at, option in enumerate(self.options):
            site = scenario.rooms[option.room].site
            for need in option.needs:
                group, way = self.case.group_of(need), self.case.group_travel(need, site)
                trip = (at, option.start - way, option.end + way, 1)
                trips[group.id].append(trip)
                if site != group.site:
                    by_mode[group.travel_mode].append(trip)
        wholes = {group.part_of for group in scenario.groups.values()}
        for group_id, line in self.case.group_line.items():
            if group_id not in wholes:
                for terms in at_once(trip for each in line for trip in trips[each]):
                    self.model.row(terms, most=1)
        for mode, some in by_mode.items():
            fleet = scenario.travel.modes[mode].fleet
            if fleet is not None:
                for terms in at_once(some):
                    self.model.row(terms, most=fleet)

    def _equipment(self) -> None:
        scenario = self.case.scenario
        uses: dict[str, list[Span]] = defaultdict(list)
        for at, option in enumerate(self.options):
            site = scenario.rooms[option.room].site
            for item, units in option.equipment:
                there = scenario.equipment[item]
                move = 0 if there.site == site else there.move_minutes
                uses[item].append((at, option.start - move, option.end + move, units))
        for item, some in uses.items():
            quantity = scenario.equipment[item].quantity
            for terms in at_once(some):
                self.model.row(terms, most=quantity)
            for block, _units in self.case.blocks_of_equipment[item]:
                self._beside_blocks(item, some, block.start, block.end, quantity)

    def _beside_blocks(
        self, item: str, some: list[Span], start: int, end: int, quantity: int
    ) -> None:
        """Leave blocks the units that they take; they may ask for more than there is."""
        beside = [span for span in some if span[1] < end and span[2] > start]
        for minute in {start, *(span[1] for span in beside if span[1] > start)}:
            taken = sum(
                units
                for block, units in self.case.blocks_of_equipment[item]
                if block.start <= minute < block.end
            )
            terms = {at: units for at, first, last, units in beside if first <= minute < last}
            self.model.row(terms, most=quantity - min(taken, quantity))

    def _staff_weeks(self) -> None:
        staff = self.case.scenario.staff
        work: dict[str, list[Terms]] = defaultdict(list)
        for shift in self.shifts:
            work[shift.member.id].append(shift.work)
        lent: dict[str, Terms] = defaultdict(dict)
        for at, option in enumerate(self.options):
            owners = {self.case.group_of(need).institution for need in option.needs}
            for member in () if option.standing else option.staff:
                if owners - {staff[member].institution}:
                    lent[member][at] = option.minutes
        for person in staff.values():
            if person.weekly_minutes is not None:
                self.model.row(plus(*work[person.id]), most=person.weekly_minutes)
            if person.lend_minutes is not None:
                self.model.row(lent[person.id], most=person.lend_minutes)

    def _staff_days(self) -> None:
        limits = self.case.scenario.rules.staff_day
        weeks: dict[str, dict[int, list[Shift]]] = defaultdict(lambda: defaultdict(list))
        for shift in self.shifts:
            weeks[shift.member.id][shift.day].append(shift)
        for days in weeks.values():
            for some in days.values():
                self.model.row(plus(*(shift.work for shift in some)), most=limits.max_minutes)
                self._count_sites(some, limits.max_sites)
                if _closes(some) - _opens(some) > limits.max_span:
                    self._apart(some, some, -limits.max_span)
            for day, some in days.items():
                for later, others in days.items():
                    if day < later and _opens(others) - _closes(some) < limits.rest:
                        self._apart(others, some, limits.rest)

    def _count_sites(self, some: list[Shift], most: int) -> None:
        visited: dict[str, list[list[int]]] = defaultdict(list)
        for shift in some:
            for site, together in shift.visited.items():
                visited[site] += together
        if len(visited) <= most:
            return
        there = []
        for starting in visited.values():
            there.append(self.model.column())
            for columns in starting:
                self.model.row(plus(ones(columns), {there[-1]: -1}), most=0)
        self.model.row(ones(there), most=most)

    def _apart(self, leaving: list[Shift], returning: list[Shift], least: int) -> None:
        """Let the first departure be so much later than the last return."""
        opens, closes = _opens(leaving), _closes(returning)
        low, high = min(opens, closes), max(opens, closes)
        # Without work that day, even these are no limit.
        never, before = high + abs(least), low - abs(least)
        first, last = self.model.column(low, never), self.model.column(before, high)
        for minute, terms in _ends(leaving, -1):
            self.model.row(plus({first: 1}, times(never - minute, terms)), most=never)
        for minute, terms in _ends(returning, 1):
            self.model.row(plus({last: 1}, times(before - minute, terms)), least=before)
        self.model.row({first: 1, last: -1}, least=least)

    def _home_cover(self) -> None:
        by_owner: dict[str, list[Shift]] = defaultdict(list)
        for shift in self.shifts:
            if shift.out or shift.simple:
                by_owner[shift.member.institution].append(shift)
        for owner, some in by_owner.items():
            limit = self.case.scenario.institutions[owner].max_away
            if limit is None:
                continue
            for minute in sorted({trip.minute for shift in some for trip in shift.out}):
                near = [s for s in some if s.interval[0] <= minute <= s.interval[1]]
                if len({shift.member.id for shift in near}) > limit:
                    self.model.row(plus(*(shift.away_at(minute) for shift in near)), most=limit)

    # Goals

    def _goals(self) -> None:
        scenario, goals = self.case.scenario, self.model.goals
        weights = {at: scenario.needs[need].weight for need, at in self.sessions.items()}
        goals["served"] = weights, 0
        worst = self.model.column(0, 1000)
        goals["fairness"] = {worst: 1}, 0
        for needs in self.case.needs_of_institution.values():
            wanted = sum(need.weight * need.sessions for need in needs)
            if wanted:
                got = {self.sessions[need.id]: 1000 * need.weight for need in needs}
                self.model.row(plus({worst: wanted}, got), least=999 * wanted + 1)
        staff = [times(shift.member.hourly_cost, shift.work) for shift in self.shifts]
        events = {at: option.cost for at, option in enumerate(self.options)}
        bought = {at: price(scenario.needs[need]) for need, at in self.bought.items()}
        goals["cost"] = plus(events, bought, *staff), 0
        comfort = {at: option.comfort for at, option in enumerate(self.options)}
        today = [(need, e.start, e.room) for e in scenario.today.internal for need in e.needs]
        same: dict[tuple[str, int, str], list[int]] = defaultdict(list)
        for at, option in enumerate(self.options):
            for need in option.needs:
                same[need, option.start, option.room].append(at)
        kept = [times(-MOVED, ones(same[key])) for key in today]
        goals["comfort"] = plus(comfort, *kept), MOVED * len(today)


def _opens(some: list[Shift]) -> int:
    return min(shift.interval[0] for shift in some)


def _closes(some: list[Shift]) -> int:
    return max(shift.interval[1] for shift in some)


def _ends(some: list[Shift], sign: int) -> list[tuple[int, Terms]]:
    """Return each departure (-1) or return (1), of events at the own site as well."""
    found: list[tuple[int, Terms]] = []
    for shift in some:
        found += [(end if sign > 0 else start, {at: 1}) for at, start, end, _one in shift.stays]
        found += [(trip.minute, trip.terms) for trip in (shift.back if sign > 0 else shift.out)]
    return found
