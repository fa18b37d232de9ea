"""Lessons that start together: one lesson of all who take part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fetfiles.school import Apart, Lesson


def joined(
    lessons: Sequence[Lesson], together: Sequence[Sequence[int]], apart: Sequence[Apart]
) -> tuple[tuple[Lesson, ...], tuple[Apart, ...], list[bool]]:
    """Join lessons that start together, as far as one lesson can state it.

    Those are lessons that last as long and share nobody, and of which one at most needs a room.

    Parameters
    ----------
    lessons
        All of them.
    together
        Numbers of lessons that start at the same time.
    apart
        Days apart, and the numbers of the lessons that lie so.

    Returns
    -------
    lessons, apart
        With those joined in the place of their first, and numbered anew.
    stated
        For each of `together` whether all of it became one lesson.
    """
    first = list(range(len(lessons)))
    whole = list(lessons)
    for numbers in together:
        for number in numbers[1:]:
            one, other = sorted((first[numbers[0]], first[number]))
            if one != other and _may_join(whole[one], whole[other]):
                whole[one] = _join(whole[one], whole[other])
                first = [one if at == other else at for at in first]
    stated = [len({first[number] for number in numbers}) == 1 for numbers in together]
    kept = sorted(set(first))
    new = {old: at for at, old in enumerate(kept)}
    moved = [(days, tuple(dict.fromkeys(new[first[at]] for at in some))) for days, some in apart]
    return tuple(whole[at] for at in kept), tuple(dict.fromkeys(moved)), stated


def _may_join(one: Lesson, other: Lesson) -> bool:
    return (
        one.duration == other.duration
        and one.teachers.isdisjoint(other.teachers)
        and one.pupils.isdisjoint(other.pupils)
        and (one.rooms is None or other.rooms is None)
    )


def _join(one: Lesson, other: Lesson) -> Lesson:
    return replace(
        one,
        id=f"{one.id}+{other.id}",
        subject=one.subject if one.subject == other.subject else f"{one.subject}+{other.subject}",
        teachers=one.teachers | other.teachers,
        pupils=one.pupils | other.pupils,
        rooms=other.rooms if one.rooms is None else one.rooms,
        slots=one.slots & other.slots,
        joined=(*one.activities, *other.activities),
    )
