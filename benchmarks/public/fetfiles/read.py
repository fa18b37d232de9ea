"""`.fet` file -> what of it deling can state."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fetfiles.elements import active, components, leaves, names, text, texts
from fetfiles.joined import joined
from fetfiles.school import (
    DAYS_OF_WEEK,
    HOURS_OF_DAY,
    Lesson,
    School,
    Slots,
    covered,
    starts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from fetfiles.school import Apart

HARD = 95.0
"""Percent from which FET's weight of a constraint is taken as "always", for both programs.

What weighs less than 100 FET may give up in the end. Where it cannot all be kept, only 100 will do.
"""
TOGETHER = "ActivitiesSameStartingTime"


def read(path: Path, hard: float = HARD) -> School:
    """Read a school, with all constraints of a weight, in percent.

    Raises
    ------
    ValueError
        Where the file has more days or hours than a week of deling.
    """
    return _Reader(ET.parse(path).getroot(), hard).school()


class _Reader:
    """Reads one file."""

    def __init__(self, root: Element, hard: float) -> None:
        self._root = root
        self._hard = hard
        self._days = names(root, "Days_List/Day")
        self._hours = names(root, "Hours_List/Hour")
        if len(self._days) > DAYS_OF_WEEK or len(self._hours) > HOURS_OF_DAY:
            raise ValueError(f"{len(self._days)} days of {len(self._hours)} hours are too many")
        self._all = frozenset(range(len(self._days) * len(self._hours)))
        self._leaves = leaves(root)
        self._sizes = {
            text(one, "Name"): int(text(one, "Number_of_Students") or 0)
            for tag in ("Year", "Group", "Subgroup")
            for one in root.iter(tag)
        }
        listed = list(root.iterfind("Activities_List/Activity"))
        self._activities = [one for one in listed if active(one)]
        self._at = {text(one, "Id"): at for at, one in enumerate(self._activities)}
        self._component = components(listed)
        self._members: list[frozenset[str]] = [
            frozenset(leaf for name in texts(one, "Students") for leaf in self._leaves[name])
            for one in self._activities
        ]
        self._slots: list[Slots] = [self._all] * len(self._activities)
        self._rooms: list[frozenset[str] | None] = [None] * len(self._activities)
        self._homes: dict[tuple[str, str], frozenset[str]] = {}
        self._taken: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._breaks: set[int] = set()
        self._apart: list[Apart] = []
        self._together: list[tuple[int, ...]] = []
        self._virtual = {
            text(room, "Name")
            for room in root.iterfind("Rooms_List/Room")
            if text(room, "Virtual") == "true"
        }
        self._capacity = {
            text(room, "Name"): int(text(room, "Capacity") or 30000)
            for room in root.iterfind("Rooms_List/Room")
        }
        self._counts: Counter[str] = Counter()
        self._counts["inactive_activities"] = len(listed) - len(self._activities)
        self._stated: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()

    def school(self) -> School:
        """Return what was read."""
        for one in self._constraints():
            kind = one.tag.removeprefix("Constraint")
            state = self._what_states(kind)
            hard = float(text(one, "Weight_Percentage") or 100) >= self._hard
            stated = active(one) and hard and state is not None and state(one)
            (self._stated if stated else self._left_out)[kind] += 1
        self._go_home()
        self._fit()
        return self._merged()

    def _constraints(self) -> Iterator[Element]:
        for kind in ("Time", "Space"):
            for one in self._root.find(f"{kind}_Constraints_List") or ():
                if not one.tag.startswith("ConstraintBasicCompulsory"):
                    yield one

    def _what_states(self, kind: str) -> Callable[[Element], bool] | None:
        if kind.endswith(("PreferredTimeSlots", "PreferredStartingTimes", "PreferredStartingTime")):
            return self._state_times
        if kind.endswith(("PreferredRoom", "PreferredRooms")):
            return self._state_rooms
        if kind.endswith(("HomeRoom", "HomeRooms")):
            return self._state_home
        if kind.endswith("NotAvailableTimes"):
            return self._state_absence
        if kind == "BreakTimes":
            return self._state_breaks
        if kind == TOGETHER:
            return self._state_together
        return self._state_apart if kind == "MinDaysBetweenActivities" else None

    # Times

    def _state_breaks(self, one: Element) -> bool:
        self._breaks |= self._times(one, "Break_Time", "")
        return True

    def _state_absence(self, one: Element) -> bool:
        times = self._times(one, "Not_Available_Time", "")
        for tag in ("Teacher", "Students", "Room"):
            for name in texts(one, tag):
                self._taken[tag, name] |= times
        return True

    def _state_times(self, one: Element) -> bool:
        """Narrow the slots of the activities that a constraint means."""
        hours = len(self._hours)
        whole = one.tag.endswith("TimeSlots")
        if one.tag.endswith("StartingTime"):
            times = self._times(one, ".", "Preferred_")
        elif whole:
            times = self._times(one, "Preferred_Time_Slot", "Preferred_")
        else:
            times = self._times(one, "Preferred_Starting_Time", "Preferred_Starting_")
        for at in self._meant(one):
            duration = int(text(self._activities[at], "Duration"))
            slots = times if whole else covered(times, duration, hours)
            if not whole and starts(slots, duration, hours) - times:
                self._counts["starting_times_widened"] += 1
            self._slots[at] &= slots
        return True

    def _state_apart(self, one: Element) -> bool:
        self._apart.append((int(text(one, "MinDays")), self._named(one)))
        return True

    def _state_together(self, one: Element) -> bool:
        self._together.append(self._named(one))
        return True

    def _named(self, one: Element) -> tuple[int, ...]:
        return tuple(self._at[id_] for id_ in texts(one, "Activity_Id") if id_ in self._at)

    def _times(self, one: Element, tag: str, prefix: str) -> Slots:
        return frozenset(
            self._days.index(text(time, f"{prefix}Day")) * len(self._hours)
            + self._hours.index(text(time, f"{prefix}Hour"))
            for time in one.iterfind(tag)
        )

    # Rooms

    def _state_rooms(self, one: Element) -> bool:
        rooms = frozenset((*texts(one, "Room"), *texts(one, "Preferred_Room")))
        if rooms & self._virtual:
            return False
        for at in self._meant(one):
            known = self._rooms[at]
            self._rooms[at] = rooms if known is None else known & rooms
        return True

    def _state_home(self, one: Element) -> bool:
        rooms = frozenset((*texts(one, "Room"), *texts(one, "Preferred_Room")))
        tag = "Teacher" if text(one, "Teacher") else "Students"
        if rooms & self._virtual:
            return False
        self._homes[tag, text(one, tag)] = rooms
        return True

    def _go_home(self) -> None:
        """Give lessons without a room the home of their only students, or their only teacher."""
        for at, one in enumerate(self._activities):
            for tag in ("Students", "Teacher"):
                names = texts(one, tag)
                if self._rooms[at] is None and len(names) == 1:
                    self._rooms[at] = self._homes.get((tag, names[0]))

    def _fit(self) -> None:
        """Leave the rooms that are large enough; without any the lesson needs none."""
        for at, one in enumerate(self._activities):
            rooms = self._rooms[at]
            if rooms is None:
                continue
            size = int(
                text(one, "Number_Of_Students")
                or sum(self._sizes[name] for name in texts(one, "Students"))
            )
            fitting = frozenset(room for room in rooms if self._capacity[room] >= size)
            self._counts["activities_whose_rooms_do_not_fit"] += not fitting
            self._rooms[at] = fitting or None

    # Which activities a constraint means

    def _meant(self, one: Element) -> Iterator[int]:
        """Yield the activities that a constraint names or describes."""
        if texts(one, "Activity_Id"):
            yield from self._named(one)
            return
        asked = {
            tag: text(one, tag) or text(one, f"{tag}_Name")
            for tag in ("Teacher", "Students", "Subject", "Activity_Tag", "Duration")
        }
        component = text(one, "Component_Number")
        for at, activity in enumerate(self._activities):
            if component and self._component[text(activity, "Id")] != int(component):
                continue
            if all(self._is(at, tag, value) for tag, value in asked.items() if value):
                yield at

    def _is(self, at: int, tag: str, value: str) -> bool:
        if tag == "Students":
            return not self._members[at].isdisjoint(self._leaves[value])
        return value in texts(self._activities[at], tag)

    # Putting together

    def _merged(self) -> School:
        """Return the school with all numbered; pupils who are always together become one."""
        lessons_of: dict[str, list[int]] = defaultdict(list)
        for at, members in enumerate(self._members):
            for leaf in sorted(members):
                lessons_of[leaf].append(at)
        together: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for leaf in sorted(lessons_of):
            together[tuple(lessons_of[leaf])].append(leaf)
        number = {leaf: n for n, leaves in enumerate(together.values()) for leaf in leaves}
        absent: dict[str, set[int]] = defaultdict(set)
        for (tag, name), slots in self._taken.items():
            for leaf in self._leaves[name] if tag == "Students" else ():
                absent[leaf] |= slots
        teachers = sorted({name for one in self._activities for name in texts(one, "Teacher")})
        rooms = sorted({room for some in self._rooms for room in some or ()})
        open_ = self._all - self._breaks
        lessons = tuple(
            Lesson(
                id=text(one, "Id"),
                subject=text(one, "Subject"),
                duration=int(text(one, "Duration")),
                teachers=frozenset(teachers.index(name) for name in texts(one, "Teacher")),
                pupils=frozenset(number[leaf] for leaf in self._members[at]),
                rooms=_numbers(self._rooms[at], rooms),
                slots=self._slots[at],
            )
            for at, one in enumerate(self._activities)
        )
        lessons, apart, stated = joined(lessons, self._together, self._apart)
        for is_stated in stated:
            if not is_stated:
                self._stated[TOGETHER] -= 1
                self._left_out[TOGETHER] += 1
        self._counts["activities_joined"] = len(self._activities) - len(lessons)
        return School(
            name=text(self._root, "Institution_Name"),
            days=len(self._days),
            hours=len(self._hours),
            open=open_,
            teachers=tuple(open_ - self._taken["Teacher", name] for name in teachers),
            pupils=tuple(
                open_.difference(*(absent[leaf] for leaf in leaves)) for leaves in together.values()
            ),
            rooms=tuple(open_ - self._taken["Room", name] for name in rooms),
            lessons=lessons,
            apart=apart,
            counts={
                **self._counts,
                "constraints_stated": dict(sorted((+self._stated).items())),
                "constraints_left_out": dict(sorted(self._left_out.items())),
            },
        )


def _numbers(names: frozenset[str] | None, known: list[str]) -> frozenset[int] | None:
    return None if names is None else frozenset(known.index(name) for name in names)
