"""The page of results, from the stored rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sizing.figures import disturbed, doubts, first_plan, gap_at, median, when_served
from sizing.fit import fit
from sizing.peers import UNEVEN, Pair, pairs
from sizing.pictures import pictures
from sizing.schools import HEADER, compiled, school_lines, verdicts
from sizing.sizes import EXTRA, SIZES
from sizing.targets import (
    EXPONENT,
    GIGABYTE,
    exponent_verdict,
    growth,
    judge,
    most_of_the_planted,
    of,
    peer_targets,
    targets,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sizing.store import Row

TIMES = (1, 10, 60, 300, 1_200)
"""Seconds at which gaps are shown."""
PEER_TIMES = TIMES[:4]
"""Those at which peers are shown beside deling."""
MARK = "†"
FOLDER = "benchmarks"
"""Of the pictures, beside the page."""


def make_page(
    rows: list[Row], schools: dict[str, dict[str, Row]] | None = None
) -> tuple[str, dict[str, str]]:
    """Return the page as Markdown and its pictures by file name."""
    drawn = pictures(rows)
    sections = [
        *_head(rows),
        "## Targets",
        *_targets(rows),
        "## What was reached, and when",
        *_reached(rows),
        "## Quality against time",
        *_shown(drawn, [name for name in drawn if not name.startswith("growth")]),
        "## Growth with size",
        *_growth(rows),
        *_shown(drawn, [name for name in drawn if name.startswith("growth")]),
        "## Peers",
        *_peers(rows),
        "## Real schools",
        *_schools(schools or {}),
        "## Doubts",
        *_doubts(rows),
    ]
    return "\n\n".join(sections) + "\n", drawn


def _head(rows: list[Row]) -> Iterator[str]:
    yield "# Benchmarks"
    yield "<!-- Made by `python benchmarks/report.py` from the rows in `benchmarks/results/`. -->"
    yield (
        "How fast deling is on planted areas, from a local area to a whole country. The areas are "
        "made up: each has grown around a valid plan, so what can be served is known; with extra "
        "wishes, not all can be met. [How to measure](dev/benchmarks.md)."
    )
    if not rows:
        yield "Nothing has been measured yet."
        return
    factors = [row["speed"]["factor"] for row in rows]
    busy = sum(map(disturbed, rows))
    facts = {
        "Measurements": f"{len(rows)}",
        "From, to": " to ".join(sorted({min(_dates(rows)), max(_dates(rows))})),
        "Commits": ", ".join(sorted({row["commit"] for row in rows})),
        "Machines": "; ".join(sorted({row["machine"] for row in rows})),
        "Seeds of the areas": ", ".join(map(str, sorted({row["seed"] for row in rows}))),
        "Speed": f"factor {min(factors):.2f} to {max(factors):.2f} (above 1 is slower)",
        "Disturbed": f"{busy} of {len(rows)}",
    }
    yield _table(["", ""], facts.items())
    yield (
        "Seconds are those of a reference machine: measured seconds divided by the factor that "
        "fixed work, timed in the same run, gives. Areas with seeds below 101 were used for tuning "
        "and are not measured here. Figures are medians where there are several seeds."
    )
    if busy:
        yield (
            f"{MARK} marks figures from a machine that was at work on something else at the same "
            "time; nobody knows by how much that made them worse. They are to be measured again."
        )


def _dates(rows: list[Row]) -> list[str]:
    return [row["when"][:10] for row in rows]


def _targets(rows: list[Row]) -> Iterator[str]:
    lines = []
    for target in targets():
        for one in judge(target, rows):
            asked = one.target
            value = _number(one.value, asked.unit) + _mark(one.rows)
            verdict = f"**{one.verdict}**" if one.verdict == "not met" else one.verdict
            wishes = _wishes(asked.extra or 0.0)
            lines.append(
                [asked.size, wishes, asked.text, _number(asked.most, asked.unit), value, verdict]
            )
    exponent, verdict = exponent_verdict(rows)
    shown = "–" if exponent is None else f"{exponent:.2f}{_mark(_all_sizes(rows))}"
    text = "exponent of the time to 99 % of the planted"
    bold = f"**{verdict}**" if verdict == "not met" else verdict
    lines.append(["all", _wishes(0.0), text, f"{EXPONENT}", shown, bold])
    for peers in peer_targets(rows):
        value = _ratio(peers.value) + _mark(peers.rows)
        bold = f"**{peers.verdict}**" if peers.verdict == "not met" else peers.verdict
        wishes = _wishes(peers.extra)
        lines.append([peers.size, wishes, peers.text, f"{peers.most:g}", value, bold])
    yield _table(["size", "wishes", "what", "at most", "measured", ""], lines)
    yield (
        "“Not measured”: rows are missing (of an area, or of a peer), or the search was given less "
        "time than the target allows and had not reached it by then."
    )


def _reached(rows: list[Row]) -> Iterator[str]:
    shares = (0.99, 0.999, 1.0)
    lines, gaps = [], []
    for size in SIZES:
        for extra in (0.0, EXTRA):
            chosen = of(rows, size, extra)
            if not chosen:
                continue
            start = [size + _mark(chosen), _wishes(extra)]
            whole = [row for row in chosen if "error" not in row]
            sessions = median([float(row["facts"]["wanted_sessions"]) for row in chosen])
            times = [median([when_served(row, share, 0) for row in chosen]) for share in shares]
            peak = median([row["peak_bytes"] / GIGABYTE for row in whole])
            lines.append(
                [
                    *start,
                    f"{len(chosen)}",
                    f"{sessions:,.0f}",
                    f"{chosen[0]['limit']:g} s",
                    _number(median([first_plan(row, 0) for row in chosen]), "s"),
                    *(_number(time, "s") for time in times),
                    _number(peak, "GB"),
                    ", ".join(dict.fromkeys(row["commit"] for row in chosen)),
                ]
            )
            for goal in ("served", "cost"):
                cells = []
                for at in TIMES:
                    gap = median([gap_at(row, goal, at) for row in chosen])
                    cells.append(_number(None if gap is None else 100 * gap, "%"))
                gaps.append([*start, f"`{goal}`", *cells])
    if not lines:
        yield "Nothing yet."
        return
    header = ["size", "wishes", "areas", "sessions wanted", "limit", "first plan"]
    yield _table([*header, "99 % served", "99.9 %", "100 %", "memory", "commit"], lines)
    yield "“Served” is by weight, of what the planted plan serves. The gap at a time:"
    yield _table(["size", "wishes", "goal", *(f"{at:,} s" for at in TIMES)], gaps)


def _growth(rows: list[Row]) -> Iterator[str]:
    lines = []
    for text, figure, unit in (
        ("time to 99 % of the planted", most_of_the_planted, "s"),
        ("peak memory", lambda row: row["peak_bytes"] / GIGABYTE, "GB"),
    ):
        points = list(growth([row for row in rows if "error" not in row], figure))
        power = fit(points)
        values = ", ".join(f"{_number(value, unit)} at {size:,.0f}" for size, value in points)
        exponent = "–" if power is None else f"{power.exponent:.2f}{_mark(_all_sizes(rows))}"
        lines.append([text, values or "–", exponent])
    yield _table(["what", "by sessions wanted", "exponent"], lines)
    yield (
        "The exponent is that of a straight line through the logarithms, by least squares; 1 is "
        "growth in step with size."
    )


def _peers(rows: list[Row]) -> Iterator[str]:
    found = pairs(rows)
    if not found:
        yield "No peer has been measured yet."
        return
    yield (
        "The same areas, the same seconds, the making of the model included; every plan is judged "
        "by deling's checker and goals. What a peer serves, and what its plan costs, for one of "
        "deling's at the same time; costs only where both serve as much, with the number of these "
        "areas where that is not all of them:"
    )
    shares = [
        [pair.peer, pair.size, _wishes(pair.extra), f"{pair.areas}", f"`{goal}`"]
        + [_ratio(ratios.get(at)) + _of(goal, pair, at) for at in PEER_TIMES]
        for pair in found
        for goal, ratios in (("served", pair.served), ("cost", pair.cost))
    ]
    start = ["peer", "size", "wishes", "areas"]
    yield _table([*start, "goal", *(f"{at:,} s" for at in PEER_TIMES)], shares)
    uneven = [
        f"{pair.peer}, {pair.size}, {_wishes(pair.extra)}: {pair.uneven} of {pair.areas}"
        for pair in found
        if pair.uneven
    ]
    if uneven:
        yield (
            f"Areas on which the machine was {UNEVEN} times as fast for one as for the other, or "
            f"more, so that the factor between them is less certain: {'; '.join(uneven)}."
        )
    yield (
        "Until both have a plan as good as the peer's best: as much served, or as much at a cost "
        "that is 3 % higher at most, or no higher:"
    )
    lines = []
    for pair in found:
        for level, one in pair.equal.items():
            line = [pair.peer, pair.size, _wishes(pair.extra), f"{pair.areas}", level]
            times = ["no plan", "–", "–"]
            if math.isfinite(one.seconds):
                times = [_number(one.seconds, "s"), _number(one.deling, "s"), _ratio(one.ratio)]
            lines.append([*line, *times])
    yield _table([*start, "as good in", "peer", "deling", "deling's for the peer's"], lines)


def _of(goal: str, pair: Pair, at: int) -> str:
    """Return of how many areas a cost is, where that is not all."""
    few = goal == "cost" and 0 < pair.alike.get(at, 0) < pair.areas
    return f" ({pair.alike[at]})" if few else ""


def _ratio(value: float | None) -> str:
    if value is None:
        return "–"
    return "∞" if math.isinf(value) else f"{value:.3f}"


def _schools(schools: dict[str, dict[str, Row]]) -> Iterator[str]:
    if not schools:
        yield "None has been measured yet."
        return
    yield (
        "Timetables of schools that nobody here made, from the examples of FET, reduced to what "
        "both programs can state; activities that start together count as one. Each solves the "
        "same problem, and deling's checker finds FET's timetables valid. FET's seconds are those "
        "of its process: start, reading, search and the writing of the timetable. deling's are "
        "those from the beginning of reading until a plan of everything has been judged valid, "
        "without Python's start and imports (the better part of a second) and without writing. "
        "FET works in one thread, deling in two; "
        f"{compiled(schools)} "
        "Where there are several seeds, of both programs, each "
        "figure is their median."
    )
    yield _table(HEADER, school_lines(schools))
    yield "\n".join(f"- {verdict}" for verdict in verdicts(schools))


def _doubts(rows: list[Row]) -> Iterator[str]:
    told = [
        f"- {row['solver']}, {row['size']}, seed {row['seed']}, {_wishes(row['extra'])}, "
        f"{row['what']}: {doubt}"
        for row in rows
        for doubt in doubts(row)
    ]
    if told:
        yield "\n".join(told)
    else:
        yield (
            "None: the checker finds every plan valid, computes the same values as the solver "
            "says, and no bound is below what the planted plan serves."
            if rows
            else "Nothing yet."
        )


def _shown(drawn: dict[str, str], names: list[str]) -> Iterator[str]:
    if not names:
        yield "No plot yet."
    for name in names:
        what = name.removesuffix(".svg").replace("-", " ")
        yield f"![{what[0].upper()}{what[1:]}]({FOLDER}/{name})"


def _all_sizes(rows: list[Row]) -> list[Row]:
    """Return the rows that show growth."""
    return [row for size in SIZES for row in of(rows, size, 0.0)]


def _wishes(extra: float) -> str:
    return f"+{100 * extra:.0f} %" if extra else "as planted"


def _mark(rows: list[Row]) -> str:
    return f" {MARK}" if any(map(disturbed, rows)) else ""


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    if math.isinf(value):
        return "never"
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [list(header), ["---"] * len(header), *(list(line) for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
