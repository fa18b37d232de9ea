"""Lessons that have to be days apart: sessions of one need, or of several with a thing in common.

Sessions of one need are kept apart by `min_days_between`. Lessons that differ, a double one and two
single ones of a subject, say, bring along a thing that there is one of. It stands elsewhere, and
takes so long to be moved that it cannot be at two of them on one day, but can on the next.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from fetfiles.school import HOURS_OF_DAY, starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fetfiles.school import Apart, Lesson, School


def move_hours(school: School, days: int) -> int:
    """Return the hours that a thing takes to be moved which keeps lessons days apart.

    Two uses are kept apart as long as the time between them is less than two moves. On days too
    close to each other that is at most from the end of the first hour to the start of the last.
    Whole hours, as all else, and no more than it takes: what is moved is in use meanwhile.
    """
    longest = (days - 1) * HOURS_OF_DAY + school.hours - 2
    return longest // 2 + 1


def _can_be_moved(school: School, days: int) -> bool:
    """Return whether a thing can be at two lessons that are just so far apart as they have to be.

    That is at least from the end of the last hour to the start of the first, some days later.
    """
    return 2 * move_hours(school, days) <= days * HOURS_OF_DAY - school.hours


class Alike(NamedTuple):
    """Lessons that differ in nothing.

    Attributes
    ----------
    lessons
        Their numbers.
    apart
        Days between any two of them.
    moved
        What they bring along: numbers of what keeps lessons apart that differ.
    """

    lessons: tuple[int, ...]
    apart: int
    moved: tuple[int, ...]


def lessons_apart(school: School) -> tuple[list[Alike], tuple[Apart, ...]]:
    """Return lessons that differ in nothing, and what keeps lessons apart that differ.

    The latter are days and lessons.
    """
    alike = list(_alike(school))
    stated = pairs((days, lessons) for lessons, days in alike if days)
    moved = tuple(
        (days, lessons)
        for days, lessons in dict.fromkeys(school.apart)
        if days
        and pairs([(days, lessons)]) - stated
        and _can_be_moved(school, days)
        and len(lessons) <= _most(school, lessons, days)
        # What is asked of some sessions of a need is asked of all.
        and all(
            apart == 0 or set(lessons).issuperset(part) or set(lessons).isdisjoint(part)
            for part, apart in alike
        )
    )
    found: list[Alike] = []
    for lessons, days in alike:
        brings: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for at in lessons:
            things = tuple(n for n, (_days, some) in enumerate(moved) if at in some)
            brings[things].append(at)
        found += [Alike(tuple(some), days, things) for things, some in brings.items()]
    return found, moved


def pairs(apart: Iterable[Apart]) -> set[tuple[int, int, int]]:
    """Return days and two lessons, the first of the lower number."""
    return {
        (days, one, other)
        for days, lessons in apart
        for one, other in combinations(sorted(set(lessons)), 2)
    }


def _alike(school: School) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield lessons that differ in nothing, with the days between any two of them."""
    kinds: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, lesson in enumerate(school.lessons):
        kinds[_kind(lesson)].append(at)
    for lessons in kinds.values():
        left = dict.fromkeys(lessons)
        for days, some in school.apart:
            mine = [at for at in some if at in left]
            if days == 0:
                continue
            most = _most(school, mine[:1], days)
            # More than fit into the week of those who take part are stated as far as they do.
            for first in range(0, len(mine), most):
                part = tuple(mine[first : first + most])
                if len(part) > 1:
                    yield part, days
                    for at in part:
                        del left[at]
        if left:
            yield tuple(left), 0


def _most(school: School, lessons: Iterable[int], apart: int) -> int:
    """Return how many lessons can lie so many days apart on days on which some of them may lie."""
    possible: set[int] = set()
    for lesson in (school.lessons[at] for at in lessons):
        slots = school.open.intersection(
            lesson.slots,
            *(school.teachers[n] for n in lesson.teachers),
            *(school.pupils[n] for n in lesson.pupils),
        )
        places = (
            [slots]
            if lesson.rooms is None
            else [slots & school.rooms[room] for room in lesson.rooms]
        )
        possible |= {
            start // school.hours
            for place in places
            for start in starts(place, lesson.duration, school.hours)
        }
    number, after = 0, 0
    for day in sorted(possible):
        if day >= after:
            number, after = number + 1, day + apart
    return max(1, number)


def _kind(lesson: Lesson) -> tuple[object, ...]:
    rooms = None if lesson.rooms is None else tuple(sorted(lesson.rooms))
    return (
        lesson.subject,
        lesson.duration,
        tuple(sorted(lesson.teachers)),
        tuple(sorted(lesson.pupils)),
        rooms,
        tuple(sorted(lesson.slots)),
    )
