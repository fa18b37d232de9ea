"""Real schools on the page of results: how long FET and deling take until all is placed."""

from __future__ import annotations

import json
import math
from collections import defaultdict
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
    "seeds",
    "limit s",
    "FET placed",
    "s",
    "deling placed",
    "s",
    "of these reading",
    "ratio",
]


def read_schools(path: Path) -> dict[str, dict[str, Row]]:
    """Return what each program typically reaches at each school, within the longest limit of both.

    That is the median over the seeds, of seconds and of lessons placed each by itself.
    """
    found: dict[tuple[str, int], dict[str, dict[int, Row]]] = defaultdict(lambda: defaultdict(dict))
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for row in sorted(map(json.loads, lines), key=lambda row: row["limit"]):
        found[row["school"], row["limit"]][row["program"]][row["seed"]] = row
    both = {
        name: {program: _typical(list(rows.values())) for program, rows in mine.items()}
        for (name, _limit), mine in found.items()
        if len(mine) == 2
    }
    return dict(sorted(both.items(), key=lambda item: item[1]["fet"]["activities"]))


def _typical(rows: list[Row]) -> Row:
    """Return a row of medians; one that is never placed whole takes for ever."""
    names = set(rows[0]).intersection(*rows) & {"placed", "seconds", "loaded_after"}
    middle = {name: median([row[name] for row in rows]) for name in names}
    times = [
        math.inf if row["all_placed_after"] is None else row["all_placed_after"] for row in rows
    ]
    after = median(times)
    return {
        **rows[0],
        **middle,
        "seeds": len(rows),
        "compiled": all(row.get("compiled", False) for row in rows),
        "all_placed_after": after if math.isfinite(after) else None,
    }


def school_lines(schools: dict[str, dict[str, Row]]) -> list[list[str]]:
    """Return a line a school."""
    return [
        [
            name,
            f"{mine['fet']['activities']:,}",
            f"{min(mine[program]['seeds'] for program in mine)}",
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


def compiled(schools: dict[str, dict[str, Row]]) -> str:
    """Return what to say of compiled code, which is an extra of deling."""
    having = sum(mine["deling"]["compiled"] for mine in schools.values())
    if having == len(schools):
        return "deling has its extra `fast`, so long searches go on in compiled code."
    return f"deling has its extra `fast`, compiled code, at {having} of the {len(schools)} schools."


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
    alone = "met" if only["deling"] else "**not met**"
    yield (
        f"Placed whole by deling and not by FET: {', '.join(only['deling']) or 'none'}. "
        f"Asked for: one at least: {alone}."
    )
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
