"""Plans that change at random: valid ones to begin with, and changes that may break any rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.candidates import Candidates
from deling.check import check
from deling.domain import Event, Plan
from deling.model.build import Build
from deling.search.start import without_breaches
from deling.units import DAY

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Sequence

    from deling.case import Case
    from deling.model.variables import Activity


class Changer:
    """Draws events that the model of a case could plan for some needs, good or bad.

    Parameters
    ----------
    case
        The case, or a part of one.
    plan
        What is there already.
    free
        Needs whose events may be anything; all by default.
    """

    def __init__(
        self, case: Case, plan: Plan, free: Collection[str] | None, rng: random.Random
    ) -> None:
        build = Build(Candidates(case), plan, free)
        self._case = case
        self._rng = rng
        self._places = [activity for activity in build.activities if activity.flexible]
        self._standing = [
            event for event in case.scenario.today.internal if set(event.needs) <= set(build.free)
        ]
        self._priced = [need.id for need in build.free.values() if need.buy_price is not None]

    def event(self) -> Event | None:
        """Return a new event, or None where nothing can be planned."""
        choices = [
            *(["place"] * 6 if self._places else []),
            *(["standing"] if self._standing else []),
            *(["bought"] if self._priced else []),
        ]
        if not choices:
            return None
        choice = self._rng.choice(choices)
        name = f"new{self._rng.getrandbits(40)}"
        if choice == "standing":
            known = self._rng.choice(self._standing)
            return known.model_copy(update={"id": name, "fixed": False})
        if choice == "bought":
            return Event(id=name, needs=(self._rng.choice(self._priced),), source="bought")
        return self._at(self._rng.choice(self._places), name)

    def _at(self, activity: Activity, name: str) -> Event:
        rng, scenario = self._rng, self._case.scenario
        host, *guests = activity.sessions
        ticks = activity.ticks.flattened_intervals()
        at = rng.randrange(0, len(ticks), 2)
        start = activity.day * DAY + scenario.calendar.step * rng.randint(ticks[at], ticks[at + 1])
        guests = [guest for guest in guests if rng.random() < 0.4]
        asked = sum(count for need in (host, *guests) for _s, count in scenario.needs[need].skills)
        units = {kind: n for key in (host, *guests) for kind, n in scenario.needs[key].equipment}
        items = []
        for item in activity.equipment:
            row = scenario.equipment[item]
            wanted = units.get(row.kind, 0)
            if wanted and rng.random() < 0.8:
                items.append((item, rng.randint(1, max(1, min(wanted, row.quantity)))))
        staff = [member for member in activity.staff if self._useful(member, (host, *guests))]
        most = min(len(staff), asked + (rng.random() < 0.1))
        return Event(
            id=name,
            needs=(host, *guests),
            start=start,
            minutes=activity.minutes,
            room=rng.choice(list(activity.rooms)),
            staff=tuple(sorted(rng.sample(staff, most))),
            equipment=tuple(sorted(items)),
        )

    def _useful(self, member: str, needs: Sequence[str]) -> bool:
        scenario = self._case.scenario
        skills = {skill for need in needs for skill, _count in scenario.needs[need].skills}
        return self._rng.random() < 0.1 or not skills.isdisjoint(scenario.staff[member].skills)

    def change(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Return some of the events, some of them moved a little, and some new ones."""
        rng = self._rng
        lost = rng.choice((0.0, 0.2, 0.5))
        found = [event for event in events if rng.random() >= lost]
        if found and rng.random() < 0.4:
            at = rng.randrange(len(found))
            by = rng.choice((-60, -30, -15, 15, 30, 60, DAY, -DAY))
            if found[at].internal and 0 <= found[at].start + by < 7 * DAY:
                found[at] = found[at].model_copy(
                    update={"start": found[at].start + by, "fixed": False}
                )
        for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
            event = self.event()
            if event is not None:
                found.append(event)
        return tuple(found)


def valid_plan(case: Case, rng: random.Random, tries: int = 40) -> Plan | None:
    """Return a valid plan that has grown from today's use by chance; None where that is hard."""
    plan = without_breaches(case.scenario.today, case)
    if check(plan, case):
        return None
    changer = Changer(case, plan, None, rng)
    for _ in range(tries):
        event = changer.event()
        if event is not None:
            more = Plan(events=(*plan.events, event))
            if not check(more, case):
                plan = more
    return plan


def metric(case: Case) -> bool:
    """Return whether no way between sites is longer than one by way of a third."""
    return not any(case.travel.has_shortcut(mode) for mode in case.scenario.travel.modes)
