"""Wishes beyond the planted plan, most of which cannot be met, and a proof of how many can.

The proof counts working hours. The needs of an area that ask for one skill form a *pool*; the
staff with that skill who may come to any of them have so many hours a week, which bounds the
pool's sessions. Needs that may be held jointly or bought, or that ask for no skill or for several,
are in no pool and count in full.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

from deling.units import WEEK, intersect, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planting.grow import Grower
    from planting.things import Area, Member, Wish


def add_extras(areas: Sequence[Area], grower: Grower, share: float, seed: int) -> int:
    """Add wishes for a share of the planted sessions; return how many sessions they want."""
    added = 0
    for area in areas:
        rng = random.Random(f"{seed} extra {area.number}")
        wanted = round(share * sum(wish.sessions for wish in area.wishes))
        for _round in range(30):
            groups = rng.sample(area.groups, len(area.groups))
            for group in groups:
                if wanted <= 0:
                    break
                wish = grower.new_wish(area, group, rng)
                if wish is None or wish.joint or not _contested(area, wish):
                    continue
                wish.price = 0
                wish.sessions = min(wish.sessions, wanted)
                if wish.sessions == 1:
                    wish.apart, wish.same_staff = 1, False
                wish.extra = True
                group.wishes.append(wish)
                wanted -= wish.sessions
                added += wish.sessions
            if wanted <= 0:
                break
    return added


def _contested(area: Area, wish: Wish) -> bool:
    """Return whether the wish asks for people and things that others have been planted with."""
    near = (area, *area.friends) if wish.wide else (area,)
    return (
        bool(wish.skills)
        and all(any(place.by_skill[skill] for place in near) for skill, _count in wish.skills)
        and all(any(place.by_kind[kind] for place in near) for kind, _units in wish.equipment)
        and all(any(place.by_feature[feature] for place in near) for feature in wish.features)
    )


def upper_limit(areas: Sequence[Area]) -> int:
    """Return a weight that no plan's sessions can pass."""
    return sum(_limit_of(area) for area in areas)


def _limit_of(area: Area) -> int:
    pools: dict[str, list[Wish]] = defaultdict(list)
    total = 0
    for wish in area.wishes:
        if len(wish.skills) == 1 and not wish.joint and not wish.price:
            pools[wish.skills[0][0]].append(wish)
        else:
            total += wish.weight * wish.sessions
    for skill, wishes in pools.items():
        members = [
            member
            for place in (area, *area.friends)
            for member in place.by_skill[skill]
            if any(_may_serve(member, wish) for wish in wishes)
        ]
        total += _most_weight(wishes, members)
    return total


def _may_serve(member: Member, wish: Wish) -> bool:
    house = wish.group.house
    standing = any(event.today and member in event.staff for event in wish.events)
    return member.house is house or house.id in member.sharers or standing


def _most_weight(wishes: Sequence[Wish], members: Sequence[Member]) -> int:
    """Return the most weight that the members' hours can serve, parts of sessions allowed.

    At most so many minutes in all, and for each member so many whole sessions of the shortest
    kind in their open hours and in their week: the smaller of the two bounds.
    """
    hours = merge([interval for wish in wishes for interval in wish.hours])
    shortest = min(wish.minutes for wish in wishes)
    spans = [
        [end - start for start, end in intersect(member.hours, hours) if end - start >= shortest]
        for member in members
    ]
    weekly = [WEEK if member.weekly is None else member.weekly for member in members]
    each = [min(sum(lengths), most) for lengths, most in zip(spans, weekly, strict=True)]
    places = sum(
        min(sum(length // shortest for length in lengths), most // shortest)
        for lengths, most in zip(spans, weekly, strict=True)
    )
    wanted = [
        (wish.weight, wish.minutes * wish.skills[0][1])
        for wish in wishes
        for _session in range(wish.sessions)
    ]
    most_people = min(wish.skills[0][1] for wish in wishes)
    count = places // most_people
    by_count = sum(sorted((weight for weight, _m in wanted), reverse=True)[:count])
    left, by_minutes = sum(each), 0
    for weight, minutes in sorted(wanted, key=lambda one: (-one[0] / one[1], one)):
        if minutes > left:
            # The part of a session that still fits, rounded down with the whole.
            by_minutes += weight * left // minutes
            break
        left -= minutes
        by_minutes += weight
    return min(by_count, by_minutes)
