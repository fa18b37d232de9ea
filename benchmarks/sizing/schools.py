"""Real schools on the page of results: how long FET and deling take until all is placed."""

from __future__ import annotations

import json
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sizing.store import Row

MOST_RATIO = 0.5
HEADER = [
    "school",
    "activities",
    "limit s",
    "FET placed",
    "s",
    "deling placed",
    "s",
    "of these reading",
    "ratio",
]


def read_schools(path: Path) -> dict[str, dict[str, Row]]:
    """Return the last rows of each school, of the longest limit that both programs have had."""
    found: dict[tuple[str, int], dict[str, Row]] = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for row in sorted(map(json.loads, lines), key=lambda row: row["limit"]):
        found.setdefault((row["school"], row["limit"]), {})[row["program"]] = row
    both = {name: mine for (name, _limit), mine in found.items() if len(mine) == 2}
    return dict(sorted(both.items(), key=lambda item: item[1]["fet"]["activities"]))


def school_lines(schools: dict[str, dict[str, Row]]) -> list[list[str]]:
    """Return a line a school."""
    return [
        [
            name,
            f"{mine['fet']['activities']:,}",
            f"{mine['fet']['limit']}",
            *_result(mine["fet"]),
            *_result(mine["deling"]),
            f"{mine['deling']['loaded_after']:.2f}",
            "–" if (one := ratio(mine)) is None else f"{one:.2f}",
        ]
        for name, mine in schools.items()
    ]


def ratio(mine: dict[str, Row]) -> float | None:
    """Return deling's seconds for one of FET's, where both place everything."""
    ours, theirs = (mine[program]["all_placed_after"] for program in ("deling", "fet"))
    return None if ours is None or theirs is None else ours / theirs


def verdicts(schools: dict[str, dict[str, Row]]) -> Iterable[str]:
    """Yield what is asked for of schools, and whether it is so."""
    known = [one for mine in schools.values() if (one := ratio(mine)) is not None]
    only = {
        program: [
            name
            for name, mine in schools.items()
            if mine[program]["all_placed_after"] is not None
            and mine[other]["all_placed_after"] is None
        ]
        for program, other in (("fet", "deling"), ("deling", "fet"))
    }
    yield f"Placed whole by FET and not by deling: {', '.join(only['fet']) or 'none'}."
    yield f"Placed whole by deling and not by FET: {', '.join(only['deling']) or 'none'}."
    if known:
        middle = median(known)
        word = "met" if middle <= MOST_RATIO and max(known) <= 1 else "**not met**"
        yield (
            f"Of the {len(known)} that both place whole, deling takes {middle:.2f} of FET's time "
            f"(median; {max(known):.2f} at most). Asked for: {MOST_RATIO}, never more than 1: "
            f"{word}."
        )


def _result(row: Row) -> tuple[str, str]:
    after = row["all_placed_after"]
    seconds = f"> {row['seconds']:.0f}" if after is None else f"{after:.2f}"
    return f"{100 * row['placed'] / row['activities']:.1f} %", seconds
