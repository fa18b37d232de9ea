"""Ids of events that stand in no plan yet."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from deling.units import DAYS, clock, day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from deling.domain import Event


def held_id(need: str, start: int) -> str:
    """Return how an event is called that is held first of all for a need."""
    return f"{need}-{_when(start)}"


@lru_cache(maxsize=4096)
def _when(start: int) -> str:
    return DAYS[day_of(start)].lower() + clock(start).replace(":", "")


def bought_id(need: str, number: int = 1) -> str:
    """Return how a bought session of a need is called."""
    return f"{need}-bought-{number}"


def free_id(name: str, is_taken: Callable[[str], bool]) -> str:
    """Return the name, numbered where it is taken already."""
    found, number = name, 1
    while is_taken(found):
        number += 1
        found = f"{name}-{number}"
    return found


def under_free_ids(events: Iterable[Event], is_taken: Callable[[str], bool]) -> list[Event]:
    """Return events under ids that are not taken, and of which none is another's."""
    found: dict[str, Event] = {}
    for event in events:
        name = free_id(event.id, lambda name: name in found or is_taken(name))
        found[name] = event if name == event.id else event.model_copy(update={"id": name})
    return list(found.values())
