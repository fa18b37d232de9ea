"""What could serve each need: rooms, staff, equipment and start times, each by itself.

Every answer comes from the rules: a resource is a candidate when no rule refuses it, and its
start times are those that all rules' hours allow. What ties several choices together is left to
the model.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from deling.domain import Equipment, Event, Room, StaffMember
from deling.nearby import Nearby
from deling.rules import RULES, Rule
from deling.units import DAY, Hours, Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from deling.case import Case
    from deling.domain import Need

Admits = Callable[..., bool]
When = Callable[..., "Hours | None"]
QUESTIONS = {
    Room: ("admits_room", "hours_in_room"),
    StaffMember: ("admits_staff", "hours_of_staff"),
    Equipment: ("admits_equipment", "hours_of_equipment"),
}
"""What a rule is asked about each kind of thing: whether at all, and when."""

TOGETHER = ("joint", "capacity", "floor_area")
"""Rules that a joint event may break though each of its needs could be there alone."""

Windows = tuple[Interval, ...]
"""Sorted closed ranges of start minutes, first and last on the grid, none across a midnight."""


class Candidates:
    """Candidates of every need of a case.

    Parameters
    ----------
    case
        The scenario at one sharing level.
    rules
        The rules that are asked; those that do not apply are left out.
    """

    def __init__(self, case: Case, rules: Iterable[Rule] = RULES) -> None:
        self.case = case
        self.rules = tuple(rule for rule in rules if rule.applies(case))
        self._nearby = Nearby(case, {rule.id for rule in self.rules})
        self._rooms: dict[str, dict[str, Windows]] = {}
        self._staff: dict[tuple[str, str], dict[str, Windows]] = {}
        self._equipment: dict[tuple[str, str], dict[str, Windows]] = {}
        self._starts: dict[tuple[int, tuple[Hours, ...]], Windows] = {}
        self._together: dict[tuple[tuple[str, ...], str], bool] = {}

    @cached_property
    def staff_with_skill(self) -> dict[str, list[StaffMember]]:
        """Staff by skill, in the order of the table."""
        found: dict[str, list[StaffMember]] = defaultdict(list)
        for member in self.case.scenario.staff.values():
            for skill in dict.fromkeys(member.skills):
                found[skill].append(member)
        return found

    @cached_property
    def equipment_of_kind(self) -> dict[str, list[Equipment]]:
        """Equipment by kind, in the order of the table."""
        found: dict[str, list[Equipment]] = defaultdict(list)
        for item in self.case.scenario.equipment.values():
            found[item.kind].append(item)
        return found

    def rooms(self, need: Need) -> dict[str, Windows]:
        """Return the rooms that could serve a need, each with its start times."""
        known = self._rooms.get(need.id)
        if known is None:
            known = self._rooms[need.id] = dict(self._usable(need, self._nearby.rooms(need)))
        return known

    def staff(self, need: Need, skill: str) -> dict[str, Windows]:
        """Return the staff that could bring a skill to a need, each with their start times."""
        known = self._staff.get((need.id, skill))
        if known is None:
            known = self._staff[need.id, skill] = dict(
                self._usable(need, self._nearby.staff_with(need, skill))
            )
        return known

    def fit_together(self, needs: tuple[str, ...], room: str, start: int) -> bool:
        """Return whether needs that could each be in a room at a time could share an event there.

        Whom and what the event has is left out.
        """
        if len(needs) == 1:
            return True
        known = self._together.get((needs, room))
        if known is None:
            minutes = self.case.scenario.needs[needs[0]].minutes
            event = Event(id="together", needs=needs, start=start, minutes=minutes, room=room)
            known = self._together[needs, room] = all(
                rule.holds_alone(self.case, event) for rule in self.rules if rule.id in TOGETHER
            )
        return known

    def member(self, need: Need, member: str) -> Windows:
        """Return the start times at which a staff member could serve a need, whatever the skill."""
        return self._windows(need, self.case.scenario.staff[member])

    def item(self, need: Need, item: str) -> Windows:
        """Return the start times at which a need could use equipment, whatever the kind."""
        return self._windows(need, self.case.scenario.equipment[item])

    def of_use(self, needs: Collection[str]) -> list[str]:
        """Return staff who may be of use in an event of some needs though none asks for them.

        Only those who are in one of today's events anyway: the other sessions of its need may
        have to have the same staff, and by travel rows that are longer than a detour, an event
        on the way can make a way shorter.
        """
        scenario = self.case.scenario
        same_staff = {
            need.id
            for need in scenario.needs.values()
            if need.same_staff and self.case.applies("same_staff")
        }
        same = not same_staff.isdisjoint(needs)
        return sorted(
            {
                member
                for event in scenario.today.internal
                for member in event.staff
                if (same and not same_staff.isdisjoint(event.needs))
                or self.case.travel.has_shortcut(scenario.staff[member].travel_mode)
            }
        )

    def equipment(self, need: Need, kind: str) -> dict[str, Windows]:
        """Return the equipment of a kind that could serve a need, each with its start times."""
        known = self._equipment.get((need.id, kind))
        if known is None:
            known = self._equipment[need.id, kind] = dict(
                self._usable(need, self._nearby.equipment_of(need, kind))
            )
        return known

    def enough(self, need: Need) -> bool:
        """Return whether there is a room, and as many staff and units as a need asks for.

        Looks no further than to the first that will do.
        """
        nearby = self._nearby
        some = any(True for _room in self._usable(need, nearby.rooms(need)))
        if not some or not self.case.applies("needs_met"):
            return some
        items = self.case.scenario.equipment
        return all(
            sum(
                1
                for _one in islice(self._usable(need, self._nearby.staff_with(need, skill)), count)
            )
            == count
            for skill, count in need.skills
        ) and all(
            sum(items[item].quantity for item in self.equipment(need, kind)) >= count
            for kind, count in need.equipment
        )

    def _usable(
        self, need: Need, things: Iterable[Room | StaffMember | Equipment]
    ) -> Iterator[tuple[str, Windows]]:
        """Yield the things that no rule refuses to a need, each with its start times."""
        for thing in things:
            windows = self._windows(need, thing)
            if windows:
                yield thing.id, windows

    def _windows(self, need: Need, thing: Room | StaffMember | Equipment) -> Windows:
        """Return the start times at which no rule refuses a thing to a need."""
        admits, hours = self._questions[type(thing)]
        case = self.case
        for admit in admits:
            if not admit(case, need, thing):
                return ()
        return self.start_windows(need, [when(case, need, thing) for when in hours])

    @cached_property
    def _questions(self) -> dict[type, tuple[list[Admits], list[When]]]:
        """What to ask about each kind of thing: only of rules that have an answer of their own."""
        found: dict[type, tuple[list[Admits], list[When]]] = {}
        for kind, (admits, hours) in QUESTIONS.items():
            found[kind] = (
                [getattr(rule, admits) for rule in self.rules if _answers(rule, admits)],
                [getattr(rule, hours) for rule in self.rules if _answers(rule, hours)],
            )
        return found

    def start_windows(self, need: Need, hours: Iterable[Hours | None]) -> Windows:
        """Return the start times at which an event of the need lies in one interval of each."""
        asked = tuple([some for some in hours if some is not None])
        known = self._starts.get((need.minutes, asked))
        if known is None:
            known = self._starts[need.minutes, asked] = self._start_windows(need.minutes, asked)
        return known

    def _start_windows(self, minutes: int, hours: tuple[Hours, ...]) -> Windows:
        calendar = self.case.scenario.calendar
        windows: list[Interval] = [(day * DAY, (day + 1) * DAY - minutes) for day in calendar.days]
        for some in hours:
            fitting = [(start, end - minutes) for start, end in some]
            windows = list(overlaps(windows, fitting))
        aligned = (_on_grid(low, high, calendar.step) for low, high in windows)
        return tuple((low, high) for low, high in aligned if low <= high)

    # Why not

    def refusals(self, need: Need) -> dict[str, Counter[str]]:
        """Count, for rooms, staff and equipment, how many each rule refuses for a need.

        Returns
        -------
        dict
            ``rooms``, ``staff:<skill>`` and ``equipment:<kind>`` to a count by rule id. A
            resource that two rules refuse counts for the first of them: first for `sharing` and
            `reach`, so that only what can be borrowed and reached has to be looked at, then in the
            order of the rules. One that no rule refuses counts under the empty id.
        """
        nearby, scenario = self._nearby, self.case.scenario
        rooms = len(nearby.offered("rooms", need))
        in_reach = nearby.rooms_in_reach(need)
        found = {"rooms": self._refused(need, in_reach, rooms, len(scenario.rooms))}
        for skill, _count in need.skills:
            members = nearby.staff_with(need, skill)
            everybody = len(self.staff_with_skill.get(skill, ()))
            found[f"staff:{skill}"] = self._refused(need, members, len(members), everybody)
        for kind, _count in need.equipment:
            items = nearby.equipment_of(need, kind)
            everything = len(self.equipment_of_kind.get(kind, ()))
            found[f"equipment:{kind}"] = self._refused(need, items, len(items), everything)
        return found

    def _refused(
        self,
        need: Need,
        things: Sequence[Room | StaffMember | Equipment],
        offered: int,
        everything: int,
    ) -> Counter[str]:
        """Count refusals of all there is, of which a part is offered and the things reached."""
        counts = Counter({"sharing": everything - offered, "reach": offered - len(things)})
        return +counts + Counter(self._refusal(need, thing) for thing in things)

    def _refusal(self, need: Need, thing: Room | StaffMember | Equipment) -> str:
        """Return the first rule that leaves no start time, or the empty id."""
        so_far: list[Hours | None] = []
        for rule in self.rules:
            admits, hours = (getattr(rule, name) for name in QUESTIONS[type(thing)])
            so_far.append(hours(self.case, need, thing))
            if not admits(self.case, need, thing) or not self.start_windows(need, so_far):
                return rule.id
        return ""


def _answers(rule: Rule, question: str) -> bool:
    """Return whether a rule has an answer of its own to a question of the base class."""
    return getattr(type(rule), question) is not getattr(Rule, question)


def overlaps(first: Iterable[Interval], second: Iterable[Interval]) -> Iterator[Interval]:
    """Yield the common parts of two sorted lists of closed ranges."""
    left, right = list(first), list(second)
    i = j = 0
    while i < len(left) and j < len(right):
        low, high = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if low <= high:
            yield (low, high)
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1


def _on_grid(low: int, high: int, step: int) -> Interval:
    midnight = low // DAY * DAY
    first = midnight + -(-(low - midnight) // step) * step
    last = midnight + (high - midnight) // step * step
    return first, last
