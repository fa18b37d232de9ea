"""Who or what stands in the way of one more session: the ways to hold it, tried one by one.

Each way (a room, a start, staff and equipment that could serve the need) is put into the plan as
it is, and judged by the checker. The way that breaks the least is the nearest miss, and its
breaches say who holds the room, the person or the hour that the session needs.
"""

from __future__ import annotations

from itertools import combinations, islice, product
from typing import TYPE_CHECKING, NamedTuple

from deling.domain import Event, Plan
from deling.language import _, ngettext
from deling.rules import RULES
from deling.rules.wording import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.board import Board
    from deling.candidates import Candidates
    from deling.case import Case
    from deling.domain import Need
    from deling.rules import Breach

MOST_WAYS = 4000
"""Ways that are listed; a need with more is flexible enough for these to show what is scarce."""
MOST_TRIALS = 60
"""Ways that are judged, spread evenly over the list."""
NOT_ASKED = frozenset({"keep", "fixed", "budget", "sessions"})
"""Rules on the plan as a whole: another session cannot break them, or not for what it uses."""
NEW = "+"
"""Id of the session on trial; no event of a file can have it."""


class _Way(NamedTuple):
    """What an event of a need takes beside the need."""

    start: int
    room: str
    staff: tuple[str, ...]
    equipment: tuple[tuple[str, int], ...]


def nearest_miss(
    candidates: Candidates, board: Board, need: Need, trials: int = MOST_TRIALS
) -> str | None:
    """Return what keeps a plan from one more session of a need, in the way that is nearest.

    Parameters
    ----------
    candidates
        What could serve each need.
    board
        The plan.
    need
        The need.
    trials
        Most ways to judge.

    Returns
    -------
    str or None
        None where there is no way at all, or where one breaks nothing.
    """
    ways = list(islice(_ways(candidates, need), MOST_WAYS))
    step = max(1, len(ways) // trials)
    nearest: tuple[int, Event, list[Breach]] | None = None
    for way in ways[::step]:
        event = _session(need, way)
        breaches = _judge(event, board, candidates.case)
        if not breaches:
            return None
        others = len({other for breach in breaches for other in breach.events} - {NEW})
        weight = 1000 * len(breaches) + others
        if nearest is None or weight < nearest[0]:
            nearest = (weight, event, breaches)
    if nearest is None:
        return None
    _weight, event, breaches = nearest
    return (
        ngettext(
            "The only way: {when} in {room}, {staff}. {reasons}",
            "The nearest of {count} ways: {when} in {room}, {staff}. {reasons}",
            len(ways),
        )
        .format(
            count=len(ways),
            when=span((event.start, event.end)),
            room=event.room,
            staff=", ".join(event.staff) or _("no staff"),
            reasons=" ".join(breach.message for breach in breaches),
        )
        .replace(f"{NEW} (", _("the session") + " (")
    )


def _ways(candidates: Candidates, need: Need) -> Iterator[_Way]:
    """Yield every way to hold a session of the need alone."""
    step = candidates.case.scenario.calendar.step
    for room, windows in candidates.rooms(need).items():
        for low, high in windows:
            for start in range(low, high + 1, step):
                equipment = _units(candidates, need, start)
                if equipment is not None:
                    for staff in _crews(candidates, need, start):
                        yield _Way(start, room, staff, equipment)


def _session(need: Need, way: _Way) -> Event:
    return Event(id=NEW, needs=(need.id,), minutes=need.minutes, **way._asdict())


def _crews(candidates: Candidates, need: Need, start: int) -> Iterator[tuple[str, ...]]:
    """Yield the staff that could come together, each for one skill."""
    by_skill = [
        combinations(
            [
                member
                for member, windows in candidates.staff(need, skill).items()
                if _within(windows, start)
            ],
            count,
        )
        for skill, count in need.skills
    ]
    for chosen in product(*by_skill):
        crew = [member for members in chosen for member in members]
        if len(set(crew)) == len(crew):
            yield tuple(sorted(crew))


def _units(candidates: Candidates, need: Need, start: int) -> tuple[tuple[str, int], ...] | None:
    """Return units of each kind, of the first rows that have them; None where they do not do."""
    found: list[tuple[str, int]] = []
    for kind, count in need.equipment:
        left = count
        for item, windows in candidates.equipment(need, kind).items():
            units = min(left, candidates.case.scenario.equipment[item].quantity)
            if units and _within(windows, start):
                found.append((item, units))
                left -= units
        if left:
            return None
    return tuple(sorted(found))


def _within(windows: tuple[tuple[int, int], ...], start: int) -> bool:
    return any(low <= start <= high for low, high in windows)


def _judge(event: Event, board: Board, case: Case) -> list[Breach]:
    """Return what the plan breaks with one more event; it breaks nothing without."""
    near = board.that_take(
        [*board.taken_by(event), *(("room", other) for other in case.clashing_rooms[event.room])]
    )
    plan = Plan(events=(*(other for other in near.values() if other.internal), event))
    return [
        breach
        for rule in RULES
        if rule.id not in NOT_ASKED and rule.applies(case)
        for breach in rule.breaches(plan, case)
    ]
