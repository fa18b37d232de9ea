"""What annealing is about: the sessions of a plan, and the ways to hold them beside what stays."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from deling.check import check
from deling.domain import Event
from deling.event_ids import bought_id, held_id
from deling.search.anneal.arrays import NOBODY
from deling.search.anneal.ways import WaysOfAll, guest_key
from deling.search.cells import Cells
from deling.search.ejections import Wishes as Names
from deling.search.layout import Table
from deling.search.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deling.domain import Need, Plan
    from deling.search.eject.times import Times
    from deling.search.places import Place


class Ground:
    """The sessions that may be moved, and the ways to hold them beside what stays.

    Parameters
    ----------
    times
        Start times, by what could serve each need.
    plan
        A valid plan.
    """

    def __init__(self, times: Times, plan: Plan) -> None:
        self.times = times
        self.case = case = times.case
        self._scenario = scenario = case.scenario
        needs = list(scenario.needs.values())
        self._fixed = {event.key for event in scenario.today.events if event.fixed}
        self.ways = WaysOfAll(times.candidates, needs, self._today())
        self._bound: set[str] = set()
        """Needs that have the staff of something that is not moved."""
        self.standing, self.moving = self._sorted(plan)
        self.sessions, self.places, self.bought = self._sessions(needs, plan)
        cells = Cells(self.ways, Places(self.ways, self.standing))
        guests = [guest_key(key, site) for key, some in self.ways.guests.items() for site in some]
        names = [*(need.id for need in self.sessions), *guests]
        self.table = Table(Names(names, [0] * len(names)), cells)
        """The ways to hold each session, and at each site to be part of another's."""
        self.cells = cells

    def _today(self) -> dict[str, list[Event]]:
        """Return today's events that may stand as they are, by need."""
        named = {key for breach in check(self._scenario.today, self.case) for key in breach.events}
        found = {
            key: [
                event
                for event in events
                if event.id not in named
                and event.key not in self._fixed
                and event.start % self.times.step == 0
                and event.minutes == self._scenario.needs[key].minutes
            ]
            for key, events in self.times.today.items()
        }
        return {key: events for key, events in found.items() if events}

    # What the plan has

    def _sorted(self, plan: Plan) -> tuple[list[Event], list[dict[str, Place]]]:
        """Return the events that stay, and where the others are, the host first."""
        stay = {
            event.id
            for event in plan.internal
            if event.key in self._fixed
            # What may be as it is because it is so today, and is no way of a single need.
            or (len(event.needs) > 1 and self.case.stands_as_today(event))
        }
        while True:
            stay = self._with_bound(stay, plan)
            standing = [event for event in plan.internal if event.id in stay]
            self.ways.give_vehicles(standing)
            beside = Places(self.ways, standing)
            moving, out = [], set()
            for event in sorted(plan.internal, key=attrgetter("start")):  # So that few are enough.
                if event.id in stay:
                    continue
                places = self._places_of(event, beside)
                if places is None:
                    out.add(event.id)
                    continue
                for place in places.values():
                    beside.put(len(beside.of), place)
                moving.append(places)
            if not out:
                return standing, moving
            stay |= out

    def _with_bound(self, stay: set[str], plan: Plan) -> set[str]:
        """Return ids of what is not moved, and of what is to have the same staff as any of it."""
        if self.case.applies("same_staff"):
            needs = self._scenario.needs
            self._bound = {
                need
                for event in plan.internal
                if event.id in stay
                for need in event.needs
                if needs[need].same_staff
            }
        return stay | {
            event.id for event in plan.internal if not self._bound.isdisjoint(event.needs)
        }

    def _places_of(self, event: Event, beside: Places) -> dict[str, Place] | None:
        """Return the places of those in an event, the host first; None where no way is so."""
        site = self.case.site_of(event)
        for host in event.needs:
            first = self.ways.place_of(host, event, beside)
            if first is None:
                continue
            taken = Places(self.ways, ())
            taken.put(0, first)
            places = {host: first}
            for guest in event.needs:
                if guest != host:
                    place = self.ways.guest_at(guest, site, event.start, beside, taken)
                    if place is None:
                        break
                    taken.put(len(places), place)
                    places[guest] = place
            if len(places) == len(event.needs):
                return places
        return None

    def _sessions(
        self, needs: Sequence[Need], plan: Plan
    ) -> tuple[list[Need], list[tuple[int, Place, int]], list[int]]:
        """Return the need of each session, which are where and with whom, and which are bought."""
        fixed = Counter(
            need for event in self._scenario.today.bought if event.fixed for need in event.needs
        )
        bought = Counter(need for event in plan.bought for need in event.needs)
        always = {
            need: count if need in self._bound else min(count, fixed[need])
            for need, count in bought.items()
        }
        self.bought_always = [
            Event(id=bought_id(need), needs=(need,), source="bought")
            for need, count in always.items()
            for _session in range(count)
        ]
        """What is bought whatever else is."""
        stays = Counter(need for event in self.standing for need in event.needs)
        stays.update(always)
        self.stays = stays
        """Sessions of each need that are not moved."""
        sessions: list[Need] = []
        first: dict[str, int] = {}
        for need in needs:
            first[need.id] = len(sessions)
            if need.id not in self._bound and self._is_possible(need):
                sessions += [need] * max(0, need.sessions - stays[need.id])
        places: list[tuple[int, Place, int]] = []
        for some in self.moving:
            host = NOBODY
            for key, place in some.items():
                places.append((first[key], place, host))
                host = first[key] if host == NOBODY else host
                first[key] += 1
        are_bought = []
        for key in bought:
            for _session in range(bought[key] - always[key]):
                are_bought.append(first[key])
                first[key] += 1
        return sessions, places, are_bought

    def _is_possible(self, need: Need) -> bool:
        """Return whether there is any way to serve a need."""
        return bool(
            self.ways.of[need.id] or need.buy_price is not None or self.ways.guests[need.id]
        )

    def name(self, session: int, place: Place, host: int) -> str:
        """Return the name under which the ways to a session's place are."""
        need = self.sessions[session].id
        if host == NOBODY:
            return need
        names = [guest_key(need, site) for site in self.ways.guests[need]]
        return next(
            name for name in names if any(way.forced is place.options for way in self.ways.of[name])
        )

    def event(self, needs: tuple[str, ...], way: int, picks: Sequence[int], start: int) -> Event:
        """Return the event of some needs, the host first, that are in a way of the host's.

        Parameters
        ----------
        picks
            The option of each choice.
        start
            The slot.
        """
        outline = self.table.ways[way]
        today = self.ways.as_today.get(id(outline.forced[0])) if outline.forced else None
        if today is not None and len(needs) == 1:
            return today
        chosen: dict[str, list[str]] = {"room": [], "staff": [], "equipment": []}
        picked = [self.table.options[pick] for pick in picks[: len(outline.choices)]]
        for option in (*outline.forced, *picked):
            if option.kind in chosen:
                chosen[option.kind].append(option.name)
        minute = start * self.ways.step
        return Event(
            id=held_id(needs[0], minute),
            needs=needs,
            start=minute,
            minutes=self._scenario.needs[needs[0]].minutes,
            room=chosen["room"][0],
            staff=tuple(sorted(chosen["staff"])),
            equipment=tuple(sorted(Counter(chosen["equipment"]).items())),
        )

    @property
    def most_staff(self) -> int:
        """Most staff that a session can have."""
        counts = [
            sum(1 for option in way.forced if option.kind == "staff") + len(way.choices)
            for way in self.table.ways
        ]
        return max([1, *counts])
