"""``unmet.csv``: the wishes that the plan does not meet in full, and what is known of why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.language import N_, _
from deling.outputs.table import Cell, Dialect, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deling.outputs.outcome import Outcome

HEADER = (
    N_("institution"),
    N_("group"),
    N_("activity"),
    N_("wanted"),
    N_("served"),
    N_("missing"),
    N_("served today"),
    N_("weight"),
    N_("reasons"),
    N_("need"),
)


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write one row a need that is not met in full, in the order of the table."""
    header = [_(column) for column in HEADER]
    write_table(folder / "unmet.csv", header, rows(outcome), dialect)


def rows(outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each need that is not met in full."""
    scenario = outcome.scenario
    today = outcome.comparison.columns[0].measures.needs
    for need in scenario.needs.values():
        tally = outcome.chosen.measures.needs[need.id]
        if tally.served >= need.sessions:
            continue
        group = scenario.groups[need.group]
        yield (
            names.institution(scenario, group.institution),
            names.group(scenario, group.id),
            names.need(scenario, need.id),
            need.sessions,
            tally.served,
            need.sessions - tally.served,
            today[need.id].served,
            need.weight,
            " ".join(outcome.reasons(need)),
            need.id,
        )
