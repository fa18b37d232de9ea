"""Which pupils come along as equipment: as few as keep apart what nothing else does."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Pupils = frozenset[int]


def beside(
    pupils: Sequence[Pupils], teachers: Sequence[frozenset[int]], groups: Sequence[Pupils]
) -> list[list[int]]:
    """Return the pupils who are stated by equipment, for each need.

    Parameters
    ----------
    pupils, teachers
        Who takes part in each need.
    groups
        The pupils of each need's group, any two within one another or apart.
    """
    left = [0] * len(pupils)
    for one in range(len(pupils)):
        for other in range(one):
            if pupils[one].isdisjoint(pupils[other]):
                continue
            if teachers[one].isdisjoint(teachers[other]) and groups[one].isdisjoint(groups[other]):
                left[one] |= 1 << other
                left[other] |= 1 << one
    takes_part: dict[int, list[int]] = {}
    for need, some in enumerate(pupils):
        for pupil in sorted(some):
            takes_part.setdefault(pupil, []).append(need)
    found: list[list[int]] = [[] for _need in pupils]
    # What a pupil keeps apart only gets less while others are taken, so old figures are limits.
    waiting = [(-_gain(left, needs), pupil) for pupil, needs in takes_part.items()]
    heapq.heapify(waiting)
    while waiting:
        known, pupil = heapq.heappop(waiting)
        needs = takes_part[pupil]
        gain = -_gain(left, needs)
        if gain == 0:
            continue
        if gain > known:
            heapq.heappush(waiting, (gain, pupil))
            continue
        mask = _mask(needs)
        users = [need for need in needs if left[need] & mask]
        for need in users:
            found[need].append(pupil)
            left[need] &= ~mask
    return found


def _gain(left: list[int], needs: Collection[int]) -> int:
    """Return how many pairs of needs would be kept apart, each counted twice."""
    mask = _mask(needs)
    return sum((left[need] & mask).bit_count() for need in needs)


def _mask(needs: Collection[int]) -> int:
    return sum(1 << need for need in needs)
