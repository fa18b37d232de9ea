"""``calendars/``: the season of each institution, member of staff and room as iCalendar files."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from deling import names
from deling.outputs.file_names import file_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.domain import Scenario
    from deling.outputs.calendars.entries import Entry
    from deling.outputs.outcome import Outcome
    from deling.outputs.table import Dialect

MOST = 10_000
"""Files up to which there is one for each: with more, writing them takes minutes."""


def left_out(scenario: Scenario) -> list[str]:
    """Return the kinds whose calendars are too many beside those before: none where all fit."""
    counts = {
        "institutions": len(scenario.institutions),
        "staff": len(scenario.staff),
        "rooms": len(scenario.rooms),
    }
    return [
        kind
        for kind, count in zip(counts, accumulate(counts.values()), strict=True)
        if count > MOST
    ]


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write a file for each, an empty one too, where the scenario has a season.

    Where there are very many, only the kinds that fit: institutions first, then staff, then rooms.
    The dialect of CSV files does not concern them.
    """
    if outcome.scenario.calendar.season is None:
        return
    # Imported here, since without a season nothing of it is needed.
    from deling.outputs.calendars import entries, revisions
    from deling.outputs.calendars.icalendar_file import Writer

    scenario = outcome.scenario
    kinds: list[tuple[str, dict[str, str], Callable[[Outcome], entries.Found]]] = [
        (
            "institutions",
            {key: names.institution(scenario, key) for key in scenario.institutions},
            entries.of_institutions,
        ),
        ("staff", {key: names.staff(scenario, key) for key in scenario.staff}, entries.of_staff),
        ("rooms", {key: names.room(scenario, key) for key in scenario.rooms}, entries.of_rooms),
    ]
    writer = Writer(scenario, outcome.made)
    without = left_out(scenario)
    for kind, owners, find in kinds:
        if kind in without:
            continue
        found: dict[str, list[Entry]] = defaultdict(list)
        for owner, entry in find(outcome):
            found[owner].append(entry)
        for owner, title in owners.items():
            name = Path("calendars", kind, file_name(owner, "ics"))
            earlier = revisions.read(None if outcome.earlier is None else outcome.earlier / name)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(writer.calendar(kind, owner, title, found[owner], earlier))
