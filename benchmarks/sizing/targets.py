"""What deling has to reach at each size, and whether it does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from peers import PEERS
from sizing.figures import first_plan, gap_at, median, when_gap, when_served
from sizing.fit import fit
from sizing.peers import BEST, NEARLY, SERVED, most_at_equal_time, pairs
from sizing.sizes import EXTRA, OWN, SIZES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sizing.store import Row

Verdict = Literal["met", "not met", "not measured"]
GIGABYTE = 1e9
EXPONENT = 1.15
"""How fast the time to 99 % of the planted may grow with the wanted sessions."""
FASTER = ("municipality", 0.1)
"""Where deling has to be faster at equal quality, and its seconds for the best peer's."""
QUALITIES = {
    SERVED: "until as much is served as by the best of a peer",
    NEARLY: "until as much is served within 3 % of the cost of the best of a peer",
    BEST: "to the best of a peer",
}
"""What equal quality is."""


class Target(NamedTuple):
    """Something to reach.

    Attributes
    ----------
    size, extra, what
        The rows it is about; None for with and without extra wishes.
    text
        What is measured, and when.
    figure
        Of a row.
    most
        The median of the figures is at most this.
    unit
        ``s``, ``%`` or ``GB``.
    """

    size: str
    extra: float | None
    what: str
    text: str
    figure: Callable[[Row], float | None]
    most: float
    unit: str


class PeerJudged(NamedTuple):
    """What came of a comparison with all peers at one size; the fields are those of targets."""

    size: str
    extra: float
    text: str
    most: float
    value: float | None
    verdict: Verdict
    rows: list[Row]


class Judged(NamedTuple):
    """A target and what came of it; `value` is infinite if never reached, None if not known."""

    target: Target
    rows: list[Row]
    value: float | None
    verdict: Verdict


def targets() -> list[Target]:
    """Return all targets, size by size."""
    return [
        _first("area", 1),
        _proven("area", 5),
        _cost("area", 60, 1),
        _memory("area", 0.5),
        _first("municipality", 3),
        _served("municipality", 1, 10),
        _close("municipality", 1, 60),
        _cost("municipality", 300, 3),
        _memory("municipality", 1.5),
        _first("region", 15),
        _served("region", 0.999, 90),
        _close("region", 2, 600),
        _cost("region", 1_200, 5),
        _memory("region", 4),
        _first("country", 180),
        _served("country", 0.999, 1_200),
        _memory("country", 12),
        _tables("country", "read", "tables read and checked", 60),
        _tables("country", "judge", "planted plan judged", 10),
    ]


def _first(size: str, most: float) -> Target:
    def figure(row: Row) -> float | None:
        return first_plan(row, most)

    return Target(size, None, "search", "first valid plan", figure, most, "s")


def _proven(size: str, most: float) -> Target:
    def figure(row: Row) -> float | None:
        return when_gap(row, "served", 0, most)

    return Target(size, None, "search", "`served` proven best", figure, most, "s")


def _served(size: str, share: float, most: float) -> Target:
    def figure(row: Row) -> float | None:
        return when_served(row, share, most)

    text = f"{100 * share:g} % of the planted served"
    return Target(size, 0.0, "search", text, figure, most, "s")


def _close(size: str, percent: float, most: float) -> Target:
    def figure(row: Row) -> float | None:
        return when_gap(row, "served", percent / 100, most)

    text = f"`served` proven within {percent:g} %"
    return Target(size, EXTRA, "search", text, figure, most, "s")


def _cost(size: str, seconds: float, most: float) -> Target:
    def figure(row: Row) -> float | None:
        gap = gap_at(row, "cost", seconds)
        return None if gap is None else 100 * gap

    text = f"gap of `cost` after {seconds:,.0f} s"
    return Target(size, None, "search", text, figure, most, "%")


def _memory(size: str, most: float) -> Target:
    def figure(row: Row) -> float | None:
        return math.inf if "error" in row else row["peak_bytes"] / GIGABYTE

    return Target(size, None, "search", "peak memory", figure, most, "GB")


def _tables(size: str, key: str, text: str, most: float) -> Target:
    def figure(row: Row) -> float | None:
        return math.inf if "error" in row else row["found"][key] / row["speed"]["factor"]

    return Target(size, None, "tables", text, figure, most, "s")


def judge(target: Target, rows: list[Row]) -> list[Judged]:
    """Return what came of a target, without and with extra wishes where it is about both."""
    extras = [0.0, EXTRA] if target.extra is None else [target.extra]
    judged = []
    for extra in extras:
        asked = target._replace(extra=extra)
        chosen = of(rows, asked.size, extra, asked.what)
        value = median([asked.figure(row) for row in chosen])
        all_there = len(chosen) >= SIZES[asked.size].seeds
        judged.append(Judged(asked, chosen, value, _verdict(value, asked.most, all_there)))
    return judged


def _verdict(value: float | None, most: float, all_there: bool) -> Verdict:
    """Return what came of a figure: some of what is to be measured may show that it is not met."""
    if value is not None and value > most:
        return "not met"
    return "met" if value is not None and all_there else "not measured"


def of(
    rows: list[Row], size: str, extra: float, what: str = "search", solver: str = "deling"
) -> list[Row]:
    """Return the rows of a size; of searches only those with the longest limit measured."""
    asked = size, extra, what, solver
    found = [row for row in rows if _kind(row) == asked]
    longest = max((row["limit"] for row in found), default=0)
    return [row for row in found if row["limit"] == longest]


def _kind(row: Row) -> tuple[str, float, str, str]:
    return row["size"], row["extra"], row["what"], row["solver"]


def growth(rows: list[Row], figure: Callable[[Row], float | None]) -> Iterator[tuple[float, float]]:
    """Yield wanted sessions and the median of a figure for each size, without extra wishes.

    A size where it is not known, or never reached, has none.
    """
    for size in SIZES:
        chosen = of(rows, size, 0.0)
        value = median([figure(row) for row in chosen])
        sessions = median([float(row["facts"]["wanted_sessions"]) for row in chosen])
        if value and sessions and math.isfinite(value):
            yield sessions, value


def most_of_the_planted(row: Row) -> float | None:
    """Return the seconds to 99 % of the planted."""
    return when_served(row, 0.99, 0)


def exponent_verdict(rows: list[Row]) -> tuple[float | None, Verdict]:
    """Return the fitted exponent of the time to 99 % of the planted; judged if all sizes have one.

    A size at which 99 % are not reached makes it not met.
    """
    points = list(growth(rows, most_of_the_planted))
    power = fit(points)
    measured = [size for size in SIZES if of(rows, size, 0.0)]
    if power is None or len(measured) < len(SIZES):
        return (None if power is None else power.exponent), "not measured"
    met = len(points) == len(SIZES) and power.exponent <= EXPONENT
    return power.exponent, "met" if met else "not met"


def peer_targets(rows: list[Row]) -> Iterator[PeerJudged]:
    """Yield how the best of all peers compares with deling, at each size meant for them."""
    found = pairs(rows)
    for size in (size.name for size in SIZES.values() if size.peers):
        for extra in (0.0, EXTRA):
            some = [pair for pair in found if (pair.size, pair.extra) == (size, extra)]
            there = {pair.peer for pair in some if pair.areas >= SIZES[size].seeds}
            all_there = there >= set(PEERS)
            figures = [
                ("most that a peer serves, for deling's at that time", 1.0, "served"),
                ("deling's cost for a peer's at that time, at most", 1.0, "cost"),
            ]
            asked = [(text, most, most_at_equal_time(some, goal)) for text, most, goal in figures]
            if size == FASTER[0]:
                for level, quality in QUALITIES.items():
                    # A peer without a plan has no quality to be equal to.
                    equal = [pair.equal[level] for pair in some]
                    ratios = [one.ratio for one in equal if one.ratio is not None]
                    text = f"deling's seconds {quality}, for the peer's, at most"
                    asked.append((text, FASTER[1], max(ratios, default=None)))
            chosen = [
                row
                for solver in {OWN, *(pair.peer for pair in some)}
                for row in of(rows, size, extra, solver=solver)
            ]
            for text, most, value in asked:
                verdict = _verdict(value, most, all_there)
                yield PeerJudged(size, extra, text, most, value, verdict, chosen if some else [])
