"""How deling states a school: which lessons are sessions of one need, and which group each is of.

The groups of deling form a tree. Students who overlap otherwise are stated by equipment: those of
a lesson that its group does not hold come along as a thing of which there is only one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fetfiles.apart import lessons_apart, pairs
from fetfiles.beside import beside

if TYPE_CHECKING:
    from fetfiles.school import Apart, School

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
    moved
        Numbers of what is brought along from elsewhere, that is of `Stated.moved`.
    """

    lessons: tuple[int, ...]
    apart: int
    group: int
    pupils_beside: tuple[int, ...]
    moved: tuple[int, ...]


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
    moved
        Lessons to be days apart that are no sessions of one need. What they have in common is a
        thing that takes so long to be moved that it cannot be at two of them sooner.
    pairs_left_out
        Pairs of lessons to be days apart that nothing states.
    """

    school: School
    needs: tuple[Need, ...]
    groups: tuple[Group, ...]
    moved: tuple[Apart, ...]
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
    alike, moved = lessons_apart(school)
    for lessons, apart, things in alike:
        lesson = school.lessons[lessons[0]]
        if lesson.pupils:
            group = number[holds[lesson.pupils]]
            needs.append(Need(lessons, apart, group, (), things))
        elif lesson.teachers:
            # Whoever teaches is in one place at a time, so all such lessons may be of one group.
            if lesson.teachers not in teachers:
                teachers[lesson.teachers] = len(groups)
                groups.append(Group(frozenset(), None))
            needs.append(Need(lessons, apart, teachers[lesson.teachers], (), things))
        else:
            # Without anyone, lessons of one need may even be at the same time.
            for at in lessons:
                needs.append(Need((at,), 0, len(groups), (), things))
                groups.append(Group(frozenset(), None))
    needs = _kept_apart(school, needs, groups)
    asked = pairs((days, some) for days, some in school.apart if days)
    stated = pairs((*moved, *((need.apart, need.lessons) for need in needs if need.apart)))
    return Stated(school, tuple(needs), tuple(groups), moved, len(asked - stated))


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
