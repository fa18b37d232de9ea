"""What fills a room or a person's day beside the events: turnaround, other use, ways and waits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deling import names
from deling.language import _
from deling.outputs.schedules import rooms, staff
from deling.tours import roster
from deling.units import DAY, clock, day_of, end_clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deling.outputs.outcome import Outcome
    from deling.outputs.schedules.row import Row


@dataclass(frozen=True)
class Between:
    """One stretch of a room's or a person's time that is no event.

    Attributes
    ----------
    start
        Minute of the week.
    end
        As a clock shows it.
    kind
        ``turnaround``, ``block``, ``way`` or ``wait``.
    what
        In words.
    """

    start: int
    end: str
    kind: str
    what: str

    @property
    def when(self) -> str:
        """Day and hours."""
        return f"{names.day(day_of(self.start))} {clock(self.start)}–{self.end}"

    def record(self) -> dict[str, Any]:
        """Return it for the script."""
        hour, minute = self.end.split(":")
        end = 60 * int(hour) + int(minute)
        start = self.start % DAY
        return {
            "day": day_of(self.start),
            "start": start,
            # What runs past midnight is drawn until then.
            "end": end if end > start else DAY,
            "hours": f"{clock(self.start)}–{self.end}",
            "kind": self.kind,
            "what": self.what,
        }


def of_rooms(outcome: Outcome) -> dict[str, list[Between]]:
    """Return for each room its turnarounds and what takes it otherwise."""
    return _found(rooms.HEADER, rooms.weeks(outcome))


def of_staff(outcome: Outcome) -> dict[str, list[Between]]:
    """Return for each member of staff the ways, the waits and what takes them otherwise."""
    return _found(staff.HEADER, staff.weeks(outcome))


def _found(header: Sequence[str], weeks: Mapping[str, Sequence[Row]]) -> dict[str, list[Between]]:
    found: dict[str, list[Between]] = defaultdict(list)
    for key, rows in weeks.items():
        for row in rows:
            if row.kind == "session":
                continue
            cells = dict(zip(header, row.cells, strict=True))
            text = str(cells["what"])
            if cells.get("in"):
                text = f"{text} ({cells['in']})"
            if row.kind == "way":
                text = _("{here} to {there}, {mode}").format(
                    here=cells["from"], there=cells["to"], mode=cells["travel by"]
                )
            found[key].append(Between(row.start, str(cells["end"]), row.kind, text))
    return found


def working_days(outcome: Outcome) -> dict[str, dict[int, str]]:
    """Return for everybody the hours from first departure to last return, day by day."""
    found: dict[str, dict[int, str]] = {}
    for week in roster(outcome.plan, outcome.case):
        days: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for tour in week.tours:
            days[tour.day].append((tour.departure, tour.back_home))
        found[week.member.id] = {
            day: f"{clock(min(first for first, _last in tours))}–"
            f"{end_clock(max(last for _first, last in tours))}"
            for day, tours in days.items()
        }
    return found


def data(today: Outcome, proposed: Outcome) -> dict[str, Any]:
    """Return it for the script, by plan, kind of thing, and thing."""
    return {
        name: {
            "room": _records(of_rooms(one)),
            "staff": _records(of_staff(one)),
            "hours": working_days(one),
        }
        for name, one in (("today", today), ("proposed", proposed))
    }


def _records(found: Mapping[str, Sequence[Between]]) -> dict[str, list[dict[str, Any]]]:
    return {key: [one.record() for one in several] for key, several in found.items()}
