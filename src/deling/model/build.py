"""Build the CP-SAT model: activities, then every rule posts itself."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from deling.goals import GOALS
from deling.model.hint import hints
from deling.model.relaxed_tours import make_relaxed_tours
from deling.model.settled_tours import make_settled_tours
from deling.model.stays import Stay, no_more_than, one_at_a_time
from deling.model.tours import make_tours
from deling.model.variables import fixed_activity, flexible_activity, restrict_start
from deling.units import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ortools.sat.python.cp_model import Constraint

    from deling.candidates import Candidates, Windows
    from deling.case import Case
    from deling.domain import Event, Need, Plan
    from deling.model.tours import StaffTour
    from deling.model.variables import Activity, BoolLiteral, Expression


class Build:
    """A model of the plans that differ from a given one only in some needs.

    Parameters
    ----------
    candidates
        What could serve each need.
    base
        The plan that the other needs' events are kept from.
    free
        Ids of the needs whose sessions are open; all by default. An event of ``base`` that also
        serves another need is kept as it is.
    without
        Ids of rules that are left out: what is then proven of the best plan still holds, since
        leaving a rule out only adds plans.
    explain
        Make each row that a plan has to fulfil (`require`) a choice, so that those that clash
        can be found.
    relaxed
        Know of the ways of staff only the least that they cost (`relaxed_tours`): a much smaller
        model, whose plans need not be possible and whose bounds hold.
    roaming
        Ids of staff whose ways cost nothing, so that plans need not be possible and bounds hold.
    options
        Every event that only free needs could have, of which the model is then a choice: sharper,
        and small where these are few. None leaves open what each event is.
    """

    def __init__(
        self,
        candidates: Candidates,
        base: Plan,
        free: Collection[str] | None = None,
        without: Collection[str] = (),
        explain: bool = False,
        relaxed: bool = False,
        roaming: Collection[str] = (),
        options: Iterable[Event] | None = None,
    ) -> None:
        self.case: Case = candidates.case
        self.candidates = candidates
        self.base = base
        needs = self.case.scenario.needs
        self.free: dict[str, Need] = {
            key: need for key, need in needs.items() if free is None or key in free
        }
        self.rules = tuple(rule for rule in candidates.rules if rule.id not in without)
        self.model = cp_model.CpModel()
        self.true: BoolLiteral = self.model.new_constant(1)
        self.activities: list[Activity] = []
        self.sessions: dict[str, list[tuple[Activity, BoolLiteral]]] = defaultdict(list)
        """Need id -> the activities that may hold a session of it."""
        self.bought: dict[str, Expression] = {}
        """Need id -> how many sessions are bought."""
        self.rows: list[tuple[str, str, BoolLiteral]] = []
        """Rule, row and literal of what a plan has to fulfil; only for a model that explains."""
        self._explain = explain
        self.options = None if options is None else tuple(options)
        self.relaxed = relaxed
        self.roaming = frozenset(roaming)
        self._terms: dict[str, Expression] = {}
        self.held: dict[str, int] = {}
        """Goal -> the value that every plan of this model keeps, or better."""
        self._both: dict[tuple[int, int], BoolLiteral] = {}
        self._add_activities()
        self._add_bought()
        for rule in self.rules:
            rule.post(self)

    def rule_applies(self, rule_id: str) -> bool:
        """Return whether a rule is part of this model."""
        return any(rule.id == rule_id for rule in self.rules)

    # Activities

    def _add_activities(self) -> None:
        kept = [event for event in self.base.internal if not self._is_free(event)]
        for event in kept:
            self._add(fixed_activity(self, event, self.true))
        for event in self._may_stand():
            for _copy in range(self._times(event)):
                stands = self.model.new_bool_var(f"stands:{event.id}")
                self._add(fixed_activity(self, event, stands))
        if self.options is not None:
            self._add_options(self.options)
            return
        for need in self.free.values():
            guests = self._possible_guests(need)
            for day in self.case.scenario.calendar.days:
                before: Activity | None = None
                for number in range(self._places_on(need, day)):
                    activity = flexible_activity(self, need, guests, day, number)
                    if activity is not None:
                        self._add(activity)
                        if before is not None:
                            self._in_order(before, activity)
                    before = activity

    def _add_options(self, options: Iterable[Event]) -> None:
        """Add what is not among the events that may stand."""
        standing = {activity.event.key for activity in self.activities if activity.event}
        for event in options:
            if event.key not in standing:
                self._add(fixed_activity(self, event, self.model.new_bool_var("")))

    def _add(self, activity: Activity) -> None:
        self.activities.append(activity)
        for need, literal in activity.sessions.items():
            self.sessions[need].append((activity, literal))

    def _is_free(self, event: Event) -> bool:
        return all(need in self.free for need in event.needs)

    def _may_stand(self) -> Iterable[Event]:
        for event in self.case.scenario.today.internal:
            if self._is_free(event) and all(
                rule.admits_standing(self.case, event) for rule in self.rules
            ):
                yield event

    def _times(self, event: Event) -> int:
        """Return how many events may stand as one of today; one, as long as its rules apply."""
        if event.staff or self.rule_applies("group") or self.rule_applies("room"):
            return 1
        return min(self.case.scenario.needs[need].sessions for need in event.needs)

    def _places_on(self, need: Need, day: int) -> int:
        """Return the most sessions that the need can have on a day."""
        if need.min_days_between and self.rule_applies("spread"):
            return min(1, need.sessions)
        if not self.rule_applies("group"):
            return need.sessions
        starts = [
            start
            for windows in self.candidates.rooms(need).values()
            for window in windows
            for start in window
            if day_of(start) == day
        ]
        # One group is in one event at a time.
        one_after_another = 1 + (max(starts) - min(starts)) // need.minutes if starts else 0
        return min(one_after_another, need.sessions)

    def _in_order(self, first: Activity, second: Activity) -> None:
        """Fill two places of one need on one day in order, since they are alike."""
        self.model.add_implication(second.present, first.present)
        self.model.add(second.start >= first.start).only_enforce_if(second.present)

    def _possible_guests(self, need: Need) -> list[Need]:
        """Return later needs that may join an event of this one."""
        if need.joint is None:
            return []
        order = list(self.free)
        later = order[order.index(need.id) + 1 :]
        return [
            guest
            for guest in (self.free[key] for key in later)
            if guest.joint == need.joint
            and guest.minutes == need.minutes
            and not self.case.related_groups(guest.group, need.group)
        ]

    def needs_in(self, activity: Activity) -> list[Need]:
        """Return the needs that may have a session in an activity."""
        return [self.case.scenario.needs[key] for key in activity.sessions]

    def exclude_each_other(self, first: Activity, second: Activity) -> bool:
        """Return whether two activities can plainly not both be present."""
        if first is second:
            return True
        if first.day != second.day or not (first.flexible or second.flexible):
            return False
        shared = first.sessions.keys() & second.sessions.keys()
        return self.rule_applies("spread") and any(
            first.sessions[key] is first.present
            and second.sessions[key] is second.present
            and self.case.scenario.needs[key].min_days_between > 0
            for key in shared
        )

    def _add_bought(self) -> None:
        today: dict[str, int] = defaultdict(int)
        for event in self.base.bought:
            today[event.needs[0]] += 1
        for need in self.case.scenario.needs.values():
            if need.buy_price is None:
                self.bought[need.id] = 0
            elif need.id in self.free:
                self.bought[need.id] = self.model.new_int_var(0, need.sessions, f"{need.id}:bought")
            else:
                self.bought[need.id] = today[need.id]

    @property
    def spending(self) -> tuple[Expression, int]:
        """What the free needs take of the budget, in øre, and the most that it can be."""
        if self.case.scenario.rules.budget is None:
            return 0, 0
        prices = [
            (need.buy_price, need) for need in self.free.values() if need.buy_price is not None
        ]
        spent = self.sum([price * self.bought[need.id] for price, need in prices])
        return spent, sum(price * need.sessions for price, need in prices)

    # What rules and goals ask for

    def count(self, need_id: str) -> Expression:
        """Return the number of sessions of a need, bought ones too."""
        return cp_model.LinearExpr.sum(
            [*(literal for _activity, literal in self.sessions[need_id]), self.bought[need_id]]
        )

    def both(self, first: BoolLiteral, second: BoolLiteral) -> BoolLiteral:
        """Return a literal that is true exactly when both are."""
        if first is second or second is self.true:
            return first
        if first is self.true:
            return second
        key = (id(first), id(second))
        literal = self._both.get(key)
        if literal is None:
            literal = self._both[key] = self.model.new_bool_var("")
            self.model.add_implication(literal, first)
            self.model.add_implication(literal, second)
            self.model.add_bool_or([first.negated(), second.negated(), literal])
        return literal

    def held_at(self, activity: Activity, need_id: str) -> Iterable[tuple[str, BoolLiteral]]:
        """Yield each site at which a need's session in an activity may be, with its literal."""
        session = activity.sessions[need_id]
        for site, there in activity.sites.items():
            # Where the site is certain, or the need is in every such event, one literal says all.
            if there is activity.present:
                yield site, session
            elif session is activity.present:
                yield site, there
            else:
                yield site, self.both(session, there)

    def sum(self, parts: list[Expression]) -> Expression:
        """Return the sum of many expressions, built at once."""
        return cp_model.LinearExpr.sum(parts)

    def restrict_start(self, activity: Activity, windows: Windows, when: list[BoolLiteral]) -> None:
        """Allow a flexible activity only these start times while all of some literals are true."""
        restrict_start(self, activity, windows, when)

    def stay(self, start: Expression, minutes: Expression, held: BoolLiteral) -> Stay:
        """Return a time that something takes while a literal is true."""
        return Stay(start, minutes, held)

    def one_at_a_time(self, stays: list[Stay]) -> None:
        """Let no two stays overlap."""
        one_at_a_time(self.model, stays)

    def no_more_than(self, stays: list[Stay], units: list[Expression], capacity: int) -> None:
        """Let stays take no more units at any minute than there are."""
        no_more_than(self.model, stays, units, capacity)

    def require(self, rule: str, row: str, constraint: Constraint) -> None:
        """Add a constraint that asks something of a plan, for one row of a table.

        An empty plan keeps all rules but those with such constraints, so these are what clashes
        when there is no valid plan.
        """
        if self._explain:
            asked = self.model.new_bool_var(f"{rule}:{row}")
            constraint.only_enforce_if(asked)
            self.rows.append((rule, row, asked))

    def hold(self, goals: Mapping[str, int]) -> None:
        """Keep goals at values or better; what is held once stays."""
        for goal, value in goals.items():
            known = self.held.get(goal)
            if known is None or GOALS[goal].better(value, known):
                self.held[goal] = value
                term = self.term(goal)
                self.model.add(term >= value if GOALS[goal].sense == "max" else term <= value)

    def hint(self) -> None:
        """Start the solver at the base plan, as far as its events are choices of this model."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in hints(self):
            self.model.add_hint(variable, value)

    def forbid(self, literal: BoolLiteral) -> None:
        """State that a literal is false."""
        self.model.add_bool_or([literal.negated()])

    @cached_property
    def tours(self) -> list[StaffTour]:
        """The ways of all staff who may take part in an activity."""
        if self.options is not None:
            return make_settled_tours(self)
        return make_relaxed_tours(self) if self.relaxed else make_tours(self)

    def term(self, goal: str) -> Expression:
        """Return a goal as a linear expression; made when first asked for."""
        known = self._terms.get(goal)
        if known is None:
            known = self._terms[goal] = GOALS[goal].term(self)
        return known
