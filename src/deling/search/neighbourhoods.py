"""Which needs to plan anew at once, all others kept as they are.

Each neighbourhood starts from something that a planner would look at (a staff member, a house on
one day, an unmet wish) and grows by the needs that compete for the same staff and rooms.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from deling.goals.fairness import unserved_shares
from deling.rules.scan import sessions_of
from deling.tours import roster

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterable

    from deling.candidates import Candidates
    from deling.domain import Plan


class View:
    """A plan, and which needs compete for what.

    Parameters
    ----------
    candidates
        What could serve each need.
    plan
        The plan to improve.
    rivals
        Which needs compete for what.
    free
        Ids of the needs that may be planned anew.
    """

    def __init__(
        self, candidates: Candidates, plan: Plan, rivals: Rivals, free: Collection[str]
    ) -> None:
        self.candidates = candidates
        self.case = candidates.case
        self.plan = plan
        self.rivals = rivals
        self.free = free
        self._open = [event for event in plan.events if all(need in free for need in event.needs)]

    @cached_property
    def unmet(self) -> list[str]:
        """Needs that have fewer sessions than they want."""
        got = sessions_of(self.plan)
        return [
            need.id
            for need in self.case.scenario.needs.values()
            if need.id in self.free and got[need.id] < need.sessions and self.candidates.rooms(need)
        ]

    def institution(self, need: str) -> str:
        """Return the institution that a need is for."""
        return self.case.institution_of(need).id

    @cached_property
    def worst(self) -> str | None:
        """The institution with the largest unserved share."""
        shares = unserved_shares(self.plan, self.case)
        return max(shares, key=lambda key: shares[key], default=None)

    @cached_property
    def bought(self) -> list[str]:
        """Needs that have bought sessions."""
        return list(
            dict.fromkeys(
                need for event in self._open if not event.internal for need in event.needs
            )
        )

    @cached_property
    def by_member(self) -> dict[str, list[str]]:
        """Needs that each staff member serves."""
        found: dict[str, list[str]] = defaultdict(list)
        for event in self._open:
            for member in event.staff:
                found[member] += event.needs
        return found

    @cached_property
    def by_site_and_day(self) -> dict[tuple[str, int], list[str]]:
        """Needs with an event at each site on each day."""
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for event in self._open:
            if event.internal:
                found[self.case.site_of(event), event.day] += event.needs
        return found

    @cached_property
    def ways_of_member(self) -> dict[str, int]:
        """Paid minutes of each staff member that are not events, and one more."""
        return {
            week.member.id: 1
            + week.member.hourly_cost
            * sum(tour.working - sum(event.minutes for event in tour.events) for tour in week.tours)
            // 60
            for week in roster(self.plan, self.case)
        }

    def around(self, seeds: list[str], size: int, rng: random.Random) -> set[str]:
        """Return about ``size`` needs: the first ones and their rivals."""
        found: dict[str, None] = dict.fromkeys(seeds[:size])
        misses = 0
        while found and len(found) < size and misses < 20:
            before = len(found)
            for rival in self.rivals.of(rng.choice(list(found)), rng)[:3]:
                found.setdefault(rival)
            misses += len(found) == before
        return self.together(found)

    def together(self, needs: Iterable[str]) -> set[str]:
        """Return the needs with all that share an event with them, so that none is half free.

        Needs that are not free are left out, and with them the events that they share.
        """
        found = set(needs)
        while True:
            more = {
                need
                for event in self._open
                if len(event.needs) > 1 and not found.isdisjoint(event.needs)
                for need in event.needs
            }
            if more <= found:
                return found
            found |= more


class Rivals:
    """Free needs that could use the same staff or the same rooms; depends on the case alone."""

    def __init__(self, candidates: Candidates, free: Collection[str]) -> None:
        self.by_member: dict[str, list[str]] = defaultdict(list)
        self.by_room: dict[str, list[str]] = defaultdict(list)
        self.members: dict[str, list[str]] = {}
        self.rooms: dict[str, list[str]] = {}
        for need in candidates.case.scenario.needs.values():
            if need.id not in free:
                continue
            rooms = list(candidates.rooms(need))
            members = list(
                dict.fromkeys(
                    member
                    for skill, _count in need.skills
                    for member in candidates.staff(need, skill)
                )
            )
            self.rooms[need.id], self.members[need.id] = rooms, members
            for room in rooms:
                self.by_room[room].append(need.id)
            for member in members:
                self.by_member[member].append(need.id)

    def of(self, need: str, rng: random.Random) -> list[str]:
        """Return needs that share staff or, less often, a room with one, in random order."""
        members, rooms = self.members[need], self.rooms[need]
        if members and (not rooms or rng.random() < 0.7):
            found = self.by_member[rng.choice(members)]
        elif rooms:
            found = self.by_room[rng.choice(rooms)]
        else:
            found = []
        return rng.sample(found, len(found))


class Neighbourhood(ABC):
    """A way to choose needs that are worth planning anew together."""

    name: ClassVar[str]

    @abstractmethod
    def seeds(self, view: View, rng: random.Random) -> list[str]:
        """Return the needs to begin with; none where this way has nothing to offer."""

    def pick(self, view: View, size: int, rng: random.Random) -> set[str]:
        """Return about ``size`` needs: the seeds and their rivals."""
        return view.around(self.seeds(view, rng), size, rng)


class OfMember(Neighbourhood):
    """What one staff member does, those with long ways more often."""

    name = "staff"

    def seeds(self, view: View, rng: random.Random) -> list[str]:
        """Begin with the needs of a member, in random order."""
        members = [member for member in view.by_member if member in view.ways_of_member]
        if not members:
            return []
        weights = [view.ways_of_member[member] for member in members]
        member = rng.choices(members, weights)[0]
        served = view.by_member[member]
        could = view.rivals.by_member[member]
        return [*rng.sample(served, len(served)), *rng.sample(could, len(could))]


class OfSiteAndDay(Neighbourhood):
    """What happens at one site on one day."""

    name = "site"

    def seeds(self, view: View, rng: random.Random) -> list[str]:
        """Begin with the needs there and then."""
        places = list(view.by_site_and_day)
        return list(view.by_site_and_day[rng.choice(places)]) if places else []


FEW = 4
"""Unmet needs that leave space for those who hold what they want."""


class OfUnmet(Neighbourhood):
    """Wishes that are not met, with what stands in their way."""

    name = "unmet"

    def seeds(self, view: View, rng: random.Random) -> list[str]:
        """Begin with a few unmet needs and make room for them, or fill gaps with many."""
        count = rng.choice((FEW, len(view.unmet)))
        unmet = rng.sample(view.unmet, min(len(view.unmet), count))
        scenario = view.case.scenario
        if scenario.rules.budget is None or all(
            scenario.needs[need].buy_price is None for need in unmet
        ):
            return unmet
        # What other sessions are bought for could be spent on these.
        return [*unmet[:FEW], *rng.sample(view.bought, min(len(view.bought), 3)), *unmet[FEW:]]


class OfWorst(Neighbourhood):
    """Wishes of the institution that goes shortest."""

    name = "worst"

    def seeds(self, view: View, rng: random.Random) -> list[str]:
        """Begin with the unmet needs of that institution."""
        unmet = [need for need in view.unmet if view.institution(need) == view.worst]
        return rng.sample(unmet, len(unmet))


class OfBought(Neighbourhood):
    """Bought sessions that the area might give itself."""

    name = "bought"

    def seeds(self, view: View, rng: random.Random) -> list[str]:
        """Begin with a few needs that are bought for."""
        return rng.sample(view.bought, min(len(view.bought), 3))


class OfJoint(Neighbourhood):
    """Needs that could go together."""

    name = "joint"

    def seeds(self, view: View, rng: random.Random) -> list[str]:
        """Begin with all needs of one joint tag."""
        needs = [need for key, need in view.case.scenario.needs.items() if key in view.free]
        tags = sorted({need.joint for need in needs if need.joint is not None})
        if not tags:
            return []
        tag = rng.choice(tags)
        return [need.id for need in needs if need.joint == tag]


class OfAnything(Neighbourhood):
    """Any need and its rivals."""

    name = "random"

    def seeds(self, view: View, rng: random.Random) -> list[str]:
        """Begin with one need."""
        return [rng.choice(list(view.rivals.members))]


NEIGHBOURHOODS: tuple[Neighbourhood, ...] = (
    OfMember(),
    OfSiteAndDay(),
    OfUnmet(),
    OfWorst(),
    OfBought(),
    OfJoint(),
    OfAnything(),
)
