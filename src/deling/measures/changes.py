"""What a plan changes of today, session by session."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Event, Plan

ChangeKind = Literal["kept", "moved", "new", "dropped"]


@dataclass(frozen=True)
class Change:
    """One session of today, of the plan, or of both.

    Attributes
    ----------
    kind
        ``kept``: same need, day, start and room as today (or bought then and now), whoever
        comes; ``moved``: a session of the need that today has at another time or place;
        ``new`` and ``dropped``: more or fewer sessions of the need than today.
    before, after
        The event of today and the event of the plan; None where there is none.
    """

    kind: ChangeKind
    need: str
    before: Event | None
    after: Event | None


def changes(plan: Plan, case: Case) -> list[Change]:
    """Compare a plan with today's use; by need in the order of the table, then by time."""
    now = _by_need(case.scenario.today)
    then = _by_need(plan)
    found: list[Change] = []
    for need in case.scenario.needs:
        found.extend(_changes_of(need, now.get(need, []), then.get(need, [])))
    return found


def _by_need(plan: Plan) -> dict[str, list[Event]]:
    sessions: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(plan.events, key=_order):
        for need in event.needs:
            sessions[need].append(event)
    return sessions


def _changes_of(need: str, now: list[Event], then: list[Event]) -> list[Change]:
    found: list[Change] = []
    left = list(now)
    unmatched: list[Event] = []
    for event in then:
        same = next((old for old in left if _where(old) == _where(event)), None)
        if same is None:
            unmatched.append(event)
        else:
            left.remove(same)
            found.append(Change("kept", need, same, event))
    pairs = min(len(left), len(unmatched))
    found.extend(
        Change("moved", need, before, after) for before, after in zip(left, unmatched, strict=False)
    )
    found.extend(Change("new", need, None, event) for event in unmatched[pairs:])
    found.extend(Change("dropped", need, event, None) for event in left[pairs:])
    return found


def _order(event: Event) -> tuple[bool, int, str]:
    # Bought sessions last, so that one in the area has moved rather than been replaced.
    return (not event.internal, event.start, event.id)


def _where(event: Event) -> tuple[str, int, str]:
    return (event.source, event.start, event.room)
