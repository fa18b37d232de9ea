"""Today's use: a part of the planted plan as it is, another part at other times, the rest not."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from deling.units import DAY, covering, intersect
from planting.things import Event
from planting.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deling.travel import TravelTimes
    from planting.things import Area, Wish

STEP = 15


def choose_standing(areas: Iterable[Area], seed: int) -> None:
    """Choose the events of the plan that take place today already."""
    rng = random.Random(f"{seed} standing")
    for area in areas:
        for event in area.events:
            owners = {event.room.house, *(m.house for m in event.staff)}
            houses = {wish.group.house for wish in event.wishes}
            own = len(houses) == 1 and owners <= houses
            event.today = rng.random() < (0.6 if own else 0.12)
            event.fixed = event.today and rng.random() < 0.08


def move_others(areas: list[Area], travel: TravelTimes, seed: int) -> World:
    """Place some more events of the plan at other times in today's week, within all hours."""
    world = World(travel)
    standing: set[tuple[Wish, int]] = set()
    for area in areas:
        for block in area.blocks:
            world.add_block(block)
        for event in area.events:
            if event.today:
                world.add(event)
                standing.update((wish, event.start // DAY) for wish in event.wishes)
    for area in areas:
        rng = random.Random(f"{seed} today {area.number}")
        for event in area.events:
            if not event.today and len(event.wishes) == 1 and rng.random() < 0.35:
                moved = _moved(event, world, standing, rng)
                if moved is not None:
                    world.add(moved)
                    standing.add((event.wishes[0], moved.start // DAY))
                    area.moved.append(moved)
    return world


def _moved(
    event: Event, world: World, standing: set[tuple[Wish, int]], rng: random.Random
) -> Event | None:
    """Return the event at another time in its house, with the same staff and equipment."""
    wish, room = event.wishes[0], event.room
    house = wish.group.house
    if room.house is not house or room.site is not wish.group.site:
        return None
    if any(member.site is not room.site for member in event.staff):
        return None
    if any(item.house is not house or item.site is not room.site for item, _units in event.items):
        return None
    if any(member.house is not house for member in event.staff):
        return None
    days = [day for day in range(5) if not _too_near(wish, day, standing)]
    hours = intersect(intersect(wish.group.hours, room.hours), wish.hours)
    starts = [
        start
        for begin, end in hours
        if begin // DAY in days
        for start in range(-(-begin // STEP) * STEP, end - wish.minutes + 1, STEP)
        if start != event.start
    ]
    for start in rng.sample(starts, min(len(starts), 10)):
        end = start + wish.minutes
        if not world.room_free(room, start, end) or not world.group_free(wish.group, start, end):
            continue
        if any(
            covering(item.hours, start, end) is None
            or world.units_taken(item, start, end) + units > item.quantity
            for item, units in event.items
        ):
            continue
        moved = Event([wish], start, wish.minutes, room, event.staff, event.items)
        if all(_can(world, moved, member.weekly, at) for at, member in enumerate(event.staff)):
            return moved
    return None


def _too_near(wish: Wish, day: int, standing: set[tuple[Wish, int]]) -> bool:
    return any(
        (wish, other) in standing for other in range(5) if abs(other - day) < max(1, wish.apart)
    )


def _can(world: World, event: Event, weekly: int | None, at: int) -> bool:
    member = event.staff[at]
    if not world.staff_fits(member, event.start, event.end, event.room):
        return False
    day = event.start // DAY
    events = world.staff[member, day]
    # At the own site, an event between others may keep nobody from going home.
    if any(other.room.site is not member.site for other in events):
        return False
    return weekly is None or world.work(member) + event.minutes <= weekly
