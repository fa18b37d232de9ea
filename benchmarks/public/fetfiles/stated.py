"""How deling states a school: which lessons are sessions of one need, and which group each is of.

The groups of deling form a tree. Students who overlap otherwise are stated by equipment: those of
a lesson that its group does not hold come along as a thing of which there is only one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fetfiles.beside import beside
from fetfiles.school import starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fetfiles.school import Lesson, School

DAYS_OF_WEEK = 7
HOURS_OF_DAY = 24
Pupils = frozenset[int]


@dataclass(frozen=True)
class Need:
    """Lessons that are sessions of one need.

    Attributes
    ----------
    lessons
        Their numbers; all are alike.
    apart
        Days between any two of them.
    group
        Number of the group.
    pupils_beside
        Pupils who are stated by equipment, as far as nothing else keeps them apart.
    """

    lessons: tuple[int, ...]
    apart: int
    group: int
    pupils_beside: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Those who take part: pupils, or the one lesson or teacher that a lesson without pupils is of.

    Attributes
    ----------
    parent
        Number of the group that it is part of.
    """

    pupils: Pupils
    parent: int | None


@dataclass(frozen=True)
class Stated:
    """A school as deling states it.

    Attributes
    ----------
    pairs_left_out
        Pairs of lessons to be days apart that are no sessions of one need.
    """

    school: School
    needs: tuple[Need, ...]
    groups: tuple[Group, ...]
    pairs_left_out: int

    @property
    def need_of(self) -> dict[int, int]:
        """Number of the need, by number of the lesson."""
        return {at: n for n, need in enumerate(self.needs) for at in need.lessons}


def state(school: School) -> Stated:
    """Return a school as deling states it."""
    family = _nested(Counter(lesson.pupils for lesson in school.lessons if lesson.pupils))
    holds = {lesson.pupils: _largest(lesson.pupils, family) for lesson in school.lessons}
    family = sorted({group for group in holds.values() if group}, key=_by_size)
    number = {pupils: n for n, pupils in enumerate(family)}
    groups = [
        Group(pupils, next((n for n in range(at - 1, -1, -1) if pupils < family[n]), None))
        for at, pupils in enumerate(family)
    ]
    needs = []
    teachers: dict[frozenset[int], int] = {}
    for lessons, apart in _alike(school):
        lesson = school.lessons[lessons[0]]
        if lesson.pupils:
            group = number[holds[lesson.pupils]]
            needs.append(Need(lessons, apart, group, ()))
        elif lesson.teachers:
            # Whoever teaches is in one place at a time, so all such lessons may be of one group.
            if lesson.teachers not in teachers:
                teachers[lesson.teachers] = len(groups)
                groups.append(Group(frozenset(), None))
            needs.append(Need(lessons, apart, teachers[lesson.teachers], ()))
        else:
            # Without anyone, lessons of one need may even be at the same time.
            for at in lessons:
                needs.append(Need((at,), 0, len(groups), ()))
                groups.append(Group(frozenset(), None))
    needs = _kept_apart(school, needs, groups)
    asked = {
        frozenset((one, other))
        for days, lessons in school.apart
        if days
        for one in lessons
        for other in lessons
        if one != other
    }
    stated = {
        frozenset((one, other))
        for need in needs
        if need.apart
        for one in need.lessons
        for other in need.lessons
        if one != other
    }
    return Stated(school, tuple(needs), tuple(groups), len(asked - stated))


def _kept_apart(school: School, needs: list[Need], groups: list[Group]) -> list[Need]:
    """Return needs with the pupils that have to be stated by equipment."""
    lessons = [school.lessons[need.lessons[0]] for need in needs]
    found = beside(
        [lesson.pupils for lesson in lessons],
        [lesson.teachers for lesson in lessons],
        [groups[need.group].pupils for need in needs],
    )
    return [
        replace(need, pupils_beside=tuple(sorted(more)))
        for need, more in zip(needs, found, strict=True)
    ]


def _by_size(pupils: Pupils) -> tuple[int, list[int]]:
    return -len(pupils), sorted(pupils)


def _nested(counts: Counter[Pupils]) -> list[Pupils]:
    """Return sets any two of which are one within the other or apart, the most frequent first."""
    found: list[Pupils] = []
    for pupils in sorted(counts, key=lambda one: (-counts[one], *_by_size(one))):
        if all(pupils <= other or other <= pupils or pupils.isdisjoint(other) for other in found):
            found.append(pupils)
    return found


def _largest(pupils: Pupils, family: list[Pupils]) -> Pupils:
    """Return the largest set of the family within some pupils; one pupil alone always fits."""
    within = [other for other in family if other <= pupils] or [frozenset(sorted(pupils)[:1])]
    return max(within, key=len)


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
            most = _most(school, school.lessons[lessons[0]], days)
            # More than fit into the week of those who take part are stated as far as they do.
            for first in range(0, len(mine), most):
                part = tuple(mine[first : first + most])
                if len(part) > 1:
                    yield part, days
                    for at in part:
                        del left[at]
        if left:
            yield tuple(left), 0


def _most(school: School, lesson: Lesson, apart: int) -> int:
    """Return how many lessons of a kind can lie so many days apart."""
    slots = school.open.intersection(
        lesson.slots,
        *(school.teachers[n] for n in lesson.teachers),
        *(school.pupils[n] for n in lesson.pupils),
    )
    places = (
        [slots] if lesson.rooms is None else [slots & school.rooms[room] for room in lesson.rooms]
    )
    possible = {
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
