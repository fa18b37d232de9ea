"""A school's timetabling problem, reduced to what both FET and deling can state.

A *slot* is an hour of a day, numbered day by day: ``day * hours + hour``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

DAYS_OF_WEEK = 7
HOURS_OF_DAY = 24
Slots = frozenset[int]
Apart = tuple[int, tuple[int, ...]]
"""Days, and the numbers of lessons any two of which lie at least so many days apart."""


@dataclass(frozen=True)
class Lesson:
    """An activity, or several that start together, once a week.

    Attributes
    ----------
    id
        As in the file.
    duration
        Hours, one after the other on one day.
    teachers, pupils
        Numbers of those who all take part.
    rooms
        Numbers of the rooms of which it takes one; None takes none that anyone else wants.
    slots
        Where its hours may lie, whoever takes part.
    joined
        Those that start together, as they are in the file; nothing where it is one activity.
    """

    id: str
    subject: str
    duration: int
    teachers: frozenset[int]
    pupils: frozenset[int]
    rooms: frozenset[int] | None
    slots: Slots
    joined: tuple[Lesson, ...] = ()

    @property
    def activities(self) -> tuple[Lesson, ...]:
        """The activities of the file."""
        return self.joined or (self,)


@dataclass(frozen=True)
class School:
    """A school.

    Attributes
    ----------
    open
        The slots that are no break.
    teachers, pupils, rooms
        When each is available. Pupils are the largest sets that never part.
    lessons
        All that has to be placed.
    apart
        Numbers of lessons any two of which lie at least so many days apart.
    counts
        What was stated and what was left out.
    """

    name: str
    days: int
    hours: int
    open: Slots
    teachers: tuple[Slots, ...]
    pupils: tuple[Slots, ...]
    rooms: tuple[Slots, ...]
    lessons: tuple[Lesson, ...]
    apart: tuple[Apart, ...]
    counts: dict[str, Any]

    @property
    def slots(self) -> Slots:
        """All hours of the week."""
        return frozenset(range(self.days * self.hours))


def starts(slots: Collection[int], duration: int, hours: int) -> Slots:
    """Return where a lesson can start that has to lie within slots, on one day."""
    return frozenset(
        slot
        for slot in slots
        if slot % hours + duration <= hours and all(slot + n in slots for n in range(duration))
    )


def covered(begin: Collection[int], duration: int, hours: int) -> Slots:
    """Return the slots of all lessons that start where they may."""
    return frozenset(
        slot + n for slot in begin if slot % hours + duration <= hours for n in range(duration)
    )
