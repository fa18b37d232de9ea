"""Every plan of a small case, judged by the checker alone.

What `best_plan` finds is the truth that the optimiser is held to: it knows nothing of candidates
or of the model. Events are made from all needs, times, rooms, staff and equipment there are, and
plans from all multisets of events. Branches are cut only for breaches that stay when events are
added:

- An event that breaks `BY_ITSELF` does so in every plan. These rules judge each event alone, or
  add up what events take (`room` against a block, `group` against a fleet, `equipment`,
  `sessions`), which more events only make more of.
- Two events that break `PAIRS` do so in every plan: each rule names pairs, or adds up.
- Two events of one person that overlap break `staff` in every plan: an event sorted between them
  starts before the second one does, so it overlaps the first, and so on down to two neighbours.
- The group, room and equipment part of `opening` judges each event alone, and so does an event in
  no open interval of its staff. The ways of staff are another matter: a further stop can shorten
  a way, or make it possible, so `staff`, `staff_hours`, `staff_day`, `home_cover` and the tours of
  `opening` are judged on whole plans only. So are `keep`, `fixed` and `budget`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from deling.check import check
from deling.domain import Event, Plan
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.rules import RULES_BY_ID
from deling.units import DAY, covering

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from deling.case import Case
    from deling.domain import Need

OF_NEEDS = ("joint", "sessions")
OF_ROOM = ("grid", "opening", "reach", "capacity", "floor_area", "room", "group", "sharing")
OF_STAFF = ("cleared", "sharing")
BY_ITSELF = (*OF_ROOM, *OF_NEEDS, "cleared", "needs_met", "equipment")
PAIRS = ("spread", "same_staff", "room", "group", "equipment")
SUMS = ("group", "equipment")
"""Of `PAIRS`, those that three or more events can break though no two of them do."""

NEAR = 30
"""Minutes beyond open hours that are looked at where `opening` does not count."""


class TooManyPlansError(Exception):
    """The case has more plans than a test should wait for."""


@dataclass(frozen=True)
class Best:
    """What the enumeration found.

    Attributes
    ----------
    values
        Every goal of the best plan.
    events
        How many events could be part of a plan.
    plans
        How many plans there were to compare.
    """

    plan: Plan
    values: dict[str, int]
    events: int
    plans: int


def best_plan(
    case: Case,
    *,
    ignore: Collection[str] = (),
    most_events: int = 10_000,
    most_plans: int = 1_000_000,
) -> Best | None:
    """Return the best of all valid plans by the case's goals in order, None if there is none.

    Parameters
    ----------
    case
        A small case: the number of plans grows with the power of sessions.
    ignore
        Ids of rules whose breaches do not count; to see whether a rule makes a difference.
    most_events, most_plans
        When to give up.

    Raises
    ------
    TooManyPlansError
        If the case is too large.
    """
    enumeration = _Enumeration(case, frozenset(ignore), most_events, most_plans)
    last: Best | None = None
    for better in enumeration.better_than(None):
        last = better
    return last and Best(last.plan, last.values, enumeration.events, enumeration.plans)


def can_be_better(
    case: Case, best: Best | None, ignore: Collection[str], *, most_events: int, most_plans: int
) -> bool:
    """Return whether a plan is better than the best if the breaches of some rules do not count.

    Any plan is better than none. The first such plan is enough: see `best_plan` for the rest.
    """
    enumeration = _Enumeration(case, frozenset(ignore), most_events, most_plans)
    return any(True for _better in enumeration.better_than(best))


class _Enumeration:
    def __init__(
        self, case: Case, ignore: frozenset[str], most_events: int, most_plans: int
    ) -> None:
        self._case = case
        self._ignore = ignore
        self._most_events = most_events
        self._most_plans = most_plans
        self.plans = 0
        self._best: Best | None = None
        self._fits: dict[tuple[int, int], bool] = {}
        needs = case.scenario.needs.values()
        # Where too many sessions do not matter, one too many shows it.
        self._limit = {need.id: need.sessions + ("sessions" in ignore) for need in needs}
        self._events = self._all_events()

    @property
    def events(self) -> int:
        """How many events could be part of a plan."""
        return len(self._events)

    def better_than(self, best: Best | None) -> Iterator[Best]:
        """Yield a plan that is better than the given one, one that is better still, and so on."""
        self._best = best
        yield from self._extend((), 0, dict.fromkeys(self._limit, 0))

    # Plans

    def _extend(
        self, chosen: tuple[int, ...], first: int, counts: dict[str, int]
    ) -> Iterator[Best]:
        """Look at a plan and at all that have more of the events from ``first`` on."""
        yield from self._look_at(chosen, counts)
        for at in range(first, len(self._events)):
            needs = self._events[at].needs
            if any(counts[need] >= self._limit[need] for need in needs):
                continue
            if not all(self._fit(other, at) for other in chosen):
                continue
            more = (*chosen, at)
            if len(more) > 2 and self._breaks(self._some(more), SUMS):
                continue
            # From ``at`` on: one event may be there twice, if no rule is against it.
            yield from self._extend(
                more, at, {key: n + (key in needs) for key, n in counts.items()}
            )

    def _look_at(self, chosen: tuple[int, ...], counts: dict[str, int]) -> Iterator[Best]:
        internal = self._some(chosen)
        priced = [need.id for need in self._case.scenario.needs.values() if self._can_buy(need)]
        for bought in product(*(range(self._limit[key] - counts[key] + 1) for key in priced)):
            self.plans += 1
            if self.plans > self._most_plans:
                raise TooManyPlansError
            plan = Plan(events=(*internal, *_bought(dict(zip(priced, bought, strict=True)))))
            if self._is_better(plan) and all(
                breach.rule in self._ignore for breach in check(plan, self._case)
            ):
                self._best = Best(plan, evaluate(plan, self._case), 0, 0)
                yield self._best

    def _can_buy(self, need: Need) -> bool:
        return need.buy_price is not None

    def _is_better(self, plan: Plan) -> bool:
        """Return whether a plan is better than the best so far, goal by goal."""
        if self._best is None:
            return True
        for goal in self._case.scenario.goals:
            value, best = GOALS[goal].value(plan, self._case), self._best.values[goal]
            if value != best:
                return (value > best) == (GOALS[goal].sense == "max")
        return False

    def _some(self, chosen: Sequence[int]) -> tuple[Event, ...]:
        """Return events of these numbers, the second of a kind under another id."""
        found: list[Event] = []
        for number, at in enumerate(chosen):
            event = self._events[at]
            if at in chosen[:number]:
                event = event.model_copy(update={"id": f"{event.id}#{number}"})
            found.append(event)
        return tuple(found)

    def _fit(self, first: int, second: int) -> bool:
        """Return whether two events may be in one plan, as far as persistent breaches tell."""
        known = self._fits.get((first, second))
        if known is None:
            one, other = pair = self._some((first, second))
            at_once = max(one.start, other.start) < min(one.end, other.end)
            known = self._fits[first, second] = not (
                at_once
                and "staff" not in self._ignore
                and not set(one.staff).isdisjoint(other.staff)
            ) and not self._breaks(pair, PAIRS)
        return known

    def _breaks(self, events: tuple[Event, ...], rules: Sequence[str]) -> bool:
        plan = Plan(events=events)
        return any(
            True
            for rule in map(RULES_BY_ID.__getitem__, rules)
            if rule.id not in self._ignore and rule.applies(self._case)
            for _breach in rule.breaches(plan, self._case)
        )

    # Events

    def _all_events(self) -> list[Event]:
        """Return every event that breaks no rule by itself, those of today first."""
        found: dict[object, Event] = {}
        for event in self._case.scenario.today.internal:
            if not self._is_broken(event):
                found.setdefault(event.key, event)
        for event in self._new_events():
            found.setdefault(event.key, event)
            if len(found) > self._most_events:
                raise TooManyPlansError
        return list(found.values())

    def _is_broken(self, event: Event) -> bool:
        """Return whether an event breaks a rule in every plan."""
        by_itself = [rule for rule in BY_ITSELF if rule != "opening"]
        # `opening` without the ways of staff
        unstaffed = event.model_copy(update={"staff": ()})
        return (
            self._breaks((event,), by_itself)
            or self._breaks((unstaffed,), ["opening"])
            or not all(self._is_in(member, event) for member in event.staff)
        )

    def _is_in(self, member: str, event: Event) -> bool:
        """Return whether an event lies within one open interval of a staff member."""
        open_hours = self._case.open_hours_of_staff[member]
        return "opening" in self._ignore or (
            covering(open_hours, event.start, event.end) is not None
        )

    def _new_events(self) -> Iterator[Event]:
        scenario = self._case.scenario
        needs = list(scenario.needs.values())
        anywhere = next(iter(scenario.rooms), "")
        number = 0
        for size in range(1, len(needs) + 1):
            for together in combinations(needs, size):
                if self._breaks((_event("", together, 0, anywhere, ()),), OF_NEEDS):
                    continue
                for start, room in product(self._starts(), scenario.rooms):
                    bare = _event("", together, start, room, ())
                    if self._breaks((bare,), OF_ROOM):
                        continue
                    for event in self._manned(bare):
                        number += 1
                        yield event.model_copy(update={"id": f"#{number}"})

    def _starts(self) -> Iterator[int]:
        """Yield all starts on the grid; half-way between them too where `grid` does not count."""
        calendar = self._case.scenario.calendar
        step = calendar.step // 2 if "grid" in self._ignore else calendar.step
        for day in calendar.days:
            for start in range(day * DAY, (day + 1) * DAY, step):
                if "opening" not in self._ignore or self._is_daytime(start):
                    yield start

    def _is_daytime(self, start: int) -> bool:
        """Return whether an event then is near enough to open rooms to be worth looking at."""
        rooms = self._case.scenario.rooms.values()
        return any(
            first - NEAR <= start < last + NEAR for room in rooms for first, last in room.available
        )

    def _manned(self, bare: Event) -> Iterator[Event]:
        """Yield an event with all staff and equipment that it could have."""
        scenario = self._case.scenario
        staff = [
            member
            for member in scenario.staff
            if self._is_in(member, bare)
            and not self._breaks((bare.model_copy(update={"staff": (member,)}),), OF_STAFF)
        ]
        asked = [dict(scenario.needs[need].equipment) for need in bare.needs]
        units = [
            range(max([item.quantity, *(kinds.get(item.kind, 0) for kinds in asked)]) + 1)
            for item in scenario.equipment.values()
        ]
        for size in range(len(staff) + 1):
            for some in combinations(sorted(staff), size):
                for counts in product(*units):
                    pairs = zip(scenario.equipment, counts, strict=True)
                    event = bare.model_copy(
                        update={
                            "staff": some,
                            "equipment": tuple(sorted(pair for pair in pairs if pair[1])),
                        }
                    )
                    if not self._is_broken(event):
                        yield event


def _event(key: str, needs: Sequence[Need], start: int, room: str, staff: tuple[str, ...]) -> Event:
    return Event(
        id=key,
        needs=tuple(need.id for need in needs),
        start=start,
        minutes=needs[0].minutes,
        room=room,
        staff=staff,
    )


def _bought(counts: dict[str, int]) -> Iterator[Event]:
    for need, count in counts.items():
        for number in range(count):
            yield Event(id=f"#{need}#{number}", needs=(need,), source="bought")
