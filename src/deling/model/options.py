"""What could be in a plan, as a list: every event that some needs could have, all decided.

Where there are few, the solver chooses among whole events rather than among starts, rooms and
staff. Its linear relaxation is then nearly exact: the planted area of 12 institutions is proven
best within seconds, of which the model with open choices leaves some percent (a Dantzig-Wolfe
reformulation of each event; for timetables as in Lach and Lübbecke 2012).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from deling.domain import Event
from deling.rules.equipment import can_be_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence, Set

    from deling.candidates import Candidates, Windows
    from deling.domain import Equipment, EventKey

Units = tuple[tuple[str, int], ...]
Starts = dict[str, set[int]]

FEW = 10
"""Events of a need that are always likely."""
STATED = ("needs_met", "group")
"""Rules without which a list would not hold all there is: any staff, and events that come twice."""


class Options:
    """Lists events of needs, each need's once.

    Parameters
    ----------
    candidates
        What could serve each need.
    """

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._case = candidates.case
        self._rules = {rule.id: rule for rule in candidates.rules}
        self._known: dict[tuple[str, ...], list[Event]] = {}

    def of(self, needs: Collection[str], most: int) -> list[Event] | None:
        """Return every event that only some needs could have, or None if there are more.

        None as well where rules are switched off without which no list is complete. The events
        are of the grid: today's that may stand off it are not among them.
        """
        if any(rule not in self._rules for rule in STATED):
            return None
        found: list[Event] = []
        for number, together in enumerate(self._served_together(needs)):
            events = self._known.get(together)
            if events is None:
                events = list(islice(self._events(together, most), most + 1))
                if len(events) <= most:
                    self._known[together] = events
            found += events
            if len(found) > most or number > most:
                return None
        return found

    def _served_together(self, needs: Collection[str]) -> Iterator[tuple[str, ...]]:
        """Yield each need, and each set of needs that one event may serve, in the table's order."""
        tags: dict[tuple[str, int], list[str]] = defaultdict(list)
        scenario = self._case.scenario
        for key in sorted(needs, key=self._order.__getitem__):
            need = scenario.needs[key]
            yield (key,)
            if need.joint is not None:
                tags[need.joint, need.minutes].append(key)
        for alike in tags.values():
            smaller: set[tuple[str, ...]] = {(key,) for key in alike}
            while smaller:
                # A room that is too small for some is so for more.
                larger = {
                    (*some, key)
                    for some in smaller
                    for key in alike[alike.index(some[-1]) + 1 :]
                    if all((*some[:at], *some[at + 1 :], key) in smaller for at in range(len(some)))
                }
                smaller = {some for some in larger if self._rooms(some)}
                yield from sorted(smaller)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self._case.scenario.needs)}

    def _rooms(self, ids: tuple[str, ...]) -> Starts:
        """Return rooms that fit all of some needs, each with its start times."""
        needs = [self._case.scenario.needs[key] for key in ids]
        rooms = _common([self._starts(self._candidates.rooms(need)) for need in needs])
        return {
            room: starts
            for room, starts in rooms.items()
            if self._candidates.fit_together(ids, room, min(starts))
        }

    def _events(self, ids: tuple[str, ...], most: int) -> Iterator[Event]:
        """Yield events of some needs that no rule refuses by itself: all, or more than a number."""
        scenario, candidates = self._case.scenario, self._candidates
        needs = [scenario.needs[key] for key in ids]
        skills = _largest([need.skills for need in needs])
        kinds = _largest([need.equipment for need in needs])
        staff = {
            skill: _common([self._starts(candidates.staff(need, skill)) for need in needs])
            for skill in skills
        }
        items = {
            kind: _common([self._starts(candidates.equipment(need, kind)) for need in needs])
            for kind in kinds
        }
        teams: dict[int, list[tuple[str, ...]]] = {}
        for room, starts in self._rooms(ids).items():
            site = scenario.rooms[room].site
            for start in sorted(starts):
                some = teams.get(start)
                if some is None:
                    some = teams[start] = list(islice(_teams(skills, staff, start), most + 1))
                at_hand = {
                    kind: [
                        scenario.equipment[item]
                        for item, times in several.items()
                        if start in times and can_be_at(scenario.equipment[item], site)
                    ]
                    for kind, several in items.items()
                }
                for load in self._loads(kinds, at_hand, most):
                    for team in some:
                        yield Event.model_construct(
                            id="",
                            needs=ids,
                            source="internal",
                            start=start,
                            minutes=needs[0].minutes,
                            room=room,
                            staff=team,
                            equipment=load,
                            fixed=False,
                        )

    def _starts(self, windows: dict[str, Windows]) -> Starts:
        step = self._case.scenario.calendar.step
        return {
            thing: {start for low, high in some for start in range(low, high + 1, step)}
            for thing, some in windows.items()
        }

    def _loads(
        self, kinds: dict[str, int], at_hand: dict[str, list[Equipment]], most: int
    ) -> Iterator[Units]:
        """Yield the equipment that covers the kinds asked for, in every way."""
        enough = "equipment" in self._rules
        ways = [
            list(islice(_shares(at_hand[kind], count, enough), most + 1))
            for kind, count in kinds.items()
        ]
        for some in product(*ways):
            yield tuple(sorted(units for share in some for units in share))


def _largest(several: Iterable[Units]) -> dict[str, int]:
    found: dict[str, int] = {}
    for asked in several:
        for name, count in asked:
            found[name] = max(found.get(name, 0), count)
    return {name: count for name, count in found.items() if count}


def _common(several: Sequence[Starts]) -> Starts:
    """Return the start times that all have in common, thing by thing."""
    first, *others = several
    if not others:
        return first
    found = {}
    for thing, starts in first.items():
        left = starts.intersection(*(other.get(thing, set()) for other in others))
        if left:
            found[thing] = left
    return found


def _teams(
    skills: dict[str, int], staff: dict[str, Starts], start: int
) -> Iterator[tuple[str, ...]]:
    """Yield staff who cover the skills asked for at a time, each with one of theirs, once."""
    free = [
        (count, [member for member, times in staff[skill].items() if start in times])
        for skill, count in skills.items()
    ]
    known: set[tuple[str, ...]] = set()
    for some in _each_once(free, ()):
        team = tuple(sorted(some))
        if team not in known:
            known.add(team)
            yield team


def _each_once(
    free: Sequence[tuple[int, list[str]]], taken: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """Yield members for one skill after the other, nobody twice."""
    if not free:
        yield taken
        return
    (count, members), *others = free
    left = [member for member in members if member not in taken]
    for some in combinations(left, count):
        yield from _each_once(others, (*taken, *some))


def _shares(items: Sequence[Equipment], count: int, enough: bool) -> Iterator[Units]:
    """Yield ways to take units of one kind; more than there are only where no rule counts them."""
    if not count:
        yield ()
    elif items:
        first, *others = items
        most = min(count, first.quantity) if enough else count
        for units in range(most, -1, -1):
            for rest in _shares(others, count - units, enough):
                yield ((first.id, units), *rest) if units else rest


def likely(events: Collection[Event], known: Set[EventKey]) -> list[Event]:
    """Return those of some events that a good plan may have.

    Parameters
    ----------
    events
        All that there may be.
    known
        Keys of events that good plans had.

    Returns
    -------
    list
        What is known; all of a need that has few, since they hardly make a model larger; and all
        that serve several needs, which are hardly come across by moving one session at a time.
    """
    count = Counter(event.needs for event in events)
    return [
        event
        for event in events
        if len(event.needs) > 1 or count[event.needs] <= FEW or event.key in known
    ]
