"""The events of one plan as timetables show them, with all that a click tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from deling import names
from deling.language import _
from deling.outputs.plan import in_order
from deling.outputs.report import why
from deling.outputs.schedules import describe
from deling.outputs.schedules.institutions import roles
from deling.units import DAY, clock, end_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.domain import Event
    from deling.measures import Change
    from deling.outputs.outcome import Outcome


@dataclass(frozen=True)
class Entry:
    """One event of today or of the proposed plan.

    Attributes
    ----------
    key
        Unique on the page.
    outcome
        With the plan that the event is of as the chosen one.
    changes
        The changes that its sessions are part of, in the order of its needs.
    arrivals
        How each member of staff gets there.
    """

    key: str
    event: Event
    outcome: Outcome
    changes: tuple[Change, ...]
    arrivals: dict[tuple[str, str], str]
    is_today: bool

    @cached_property
    def title(self) -> str:
        """What takes place."""
        return names.event(self.outcome.scenario, self.event)

    @cached_property
    def when(self) -> str:
        """Day and hours."""
        return when(self.event)

    @cached_property
    def hours(self) -> str:
        """The hours alone."""
        return f"{clock(self.event.start)}–{end_clock(self.event.end)}" if self.internal else ""

    @property
    def internal(self) -> bool:
        """Whether it takes place in the area."""
        return self.event.internal

    def on(self, day: int) -> bool:
        """Return whether it takes place on a day."""
        return self.internal and self.event.day == day

    @cached_property
    def where(self) -> str:
        """Room and place."""
        if not self.internal:
            return ""
        room, place = (of(self.outcome, self.event) for of in (describe.room, describe.place))
        return f"{room}, {place}"

    @cached_property
    def room(self) -> str:
        """The room's name."""
        return describe.room(self.outcome, self.event) if self.internal else _("bought outside")

    @cached_property
    def groups(self) -> str:
        """The groups' names."""
        scenario, case = self.outcome.scenario, self.outcome.case
        return ", ".join(names.group(scenario, case.group_of(key).id) for key in self.event.needs)

    @cached_property
    def staff(self) -> str:
        """The staff with their institutions."""
        return describe.staff(self.outcome, self.event)

    @cached_property
    def change(self) -> str:
        """``new``, ``moved``, ``dropped`` or ``kept``: the strongest of its sessions'."""
        kinds = {change.kind for change in self.changes}
        return next((kind for kind in ("new", "dropped", "moved") if kind in kinds), "kept")

    @cached_property
    def marks(self) -> list[str]:
        """``joint``, ``cross`` (joins sectors or borrows across them) and ``lent``."""
        case, scenario = self.outcome.case, self.outcome.scenario
        homes = {case.institution_of(need).id for need in self.event.needs}
        owners = why.owners(scenario, self.event)
        sectors = {scenario.institutions[key].sector for key in (*homes, *owners)}
        found = {
            "joint": len(self.event.needs) > 1,
            "cross": len(sectors) > 1,
            "lent": bool(set(owners) - homes) or len(homes) > 1,
        }
        return [mark for mark, has in found.items() if has]

    @cached_property
    def roles(self) -> dict[str, str]:
        """How the event concerns each institution."""
        found: dict[str, str] = {}
        for need in self.event.needs:
            found.update(roles(self.outcome, self.event, need))
        return found

    @cached_property
    def concerns(self) -> dict[str, list[str]]:
        """The institutions, rooms, staff and equipment that the event concerns."""
        event = self.event
        rooms = sorted(self.outcome.case.clashing_rooms[event.room]) if self.internal else []
        return {
            "institution": list(self.roles),
            "room": rooms,
            "staff": list(event.staff),
            "equipment": [item for item, _units in event.equipment],
        }

    def record(self) -> dict[str, Any]:
        """Return all of it for the script."""
        event = self.event
        return {
            "key": self.key,
            "title": self.title,
            "groups": self.groups,
            "room": self.room,
            "where": self.where,
            "staff": self.staff,
            "day": event.day if self.internal else -1,
            "start": event.start % DAY,
            "end": event.start % DAY + event.minutes,
            "hours": self.hours,
            "change": self.change,
            "marks": self.marks,
            "of": self.concerns,
            "more": why.details(self),
        }


class Entries:
    """All events of one plan, in order of time.

    Parameters
    ----------
    outcome
        With the plan as the chosen one: today's or the proposed.
    proposal
        The proposed plan, whose changes of today are told.
    """

    def __init__(self, outcome: Outcome, proposal: Outcome) -> None:
        self.outcome = outcome
        self.is_today = outcome is not proposal
        changes: dict[tuple[str, str], Change] = {}
        for change in proposal.changes:
            event = change.before if self.is_today else change.after
            if event is not None:
                changes[event.id, change.need] = change
        arrivals = why.arrivals(outcome)
        letter = "t" if self.is_today else "p"
        self.entries = [
            Entry(
                f"{letter}{number}",
                event,
                outcome,
                tuple(changes[event.id, need] for need in event.needs),
                arrivals,
                self.is_today,
            )
            for number, event in enumerate(in_order(outcome.plan), start=1)
        ]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


def when(event: Event) -> str:
    """Return day and hours of an event."""
    if not event.internal:
        return _("bought outside")
    return f"{names.day(event.day)} {clock(event.start)}–{end_clock(event.end)}"
