"""Measures how fast deling is on its flagship scenario, each figure beside its target.

    python benchmarks/flagship.py                    everything: about five minutes
    python benchmarks/flagship.py --parts help read  only these parts
    python benchmarks/flagship.py --json FILE        write the figures to a file as well

Each part runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.case import Case
    from deling.result import Update

ROOT = Path(__file__).parent.parent
FLAGSHIP = ROOT / "scenarios" / "hedehusene.yaml"
ROUNDS = 5
SEARCH_SECONDS = 60.0
Figures = dict[str, Any]


class Target(NamedTuple):
    """What a figure has to reach.

    Attributes
    ----------
    part, key
        Where the figure stands.
    limit
        The figure is at most this.
    unit
        Of both.
    """

    text: str
    part: str
    key: str
    limit: float
    unit: str


TARGETS = (
    Target("`deling --help`", "help", "seconds", 0.3, "s"),
    Target("reading and checking (`deling check`)", "read", "seconds", 1.0, "s"),
    Target("first valid plan, from the search's start", "search", "first_plan", 3.0, "s"),
    Target("`served` proven best", "search", "proven_served", 20.0, "s"),
    Target("`fairness` proven best", "search", "proven_fairness", 20.0, "s"),
    Target(f"gap of `cost` after {SEARCH_SECONDS:.0f} s", "search", "gap_cost", 5.0, "%"),
    Target("the ladder: own, sector, area", "ladder", "seconds", 240.0, "s"),
    Target("peak memory of the search", "search", "peak_mb", 1000.0, "MB"),
    Target("peak memory of the ladder", "ladder", "peak_mb", 1000.0, "MB"),
)


# The parts, each in its own process


def measure_help(scenario: Path) -> Figures:
    """Return the median time of ``deling --help``, the interpreter's start included."""
    return {"seconds": _median_of_command("--help")}


def measure_read(scenario: Path) -> Figures:
    """Return the median time of ``deling check``, and of what it does without the start."""
    from deling.check import check
    from deling.scenario.load import load

    command = _median_of_command("check", str(scenario), "--quiet")
    start = time.perf_counter()
    case = _case(scenario)
    read = time.perf_counter()
    breaches = check(case.scenario.today, case)
    checked = time.perf_counter()
    start_again = time.perf_counter()
    load(scenario)
    return {
        "seconds": command,
        "load": read - start,
        "load_again": time.perf_counter() - start_again,
        "check": checked - read,
        "breaches_today": len(breaches),
    }


def measure_search(scenario: Path) -> Figures:
    """Return what one search reaches, and when."""
    from deling.goals import GOALS
    from deling.optimise import optimise

    case = _case(scenario)
    news: list[Update] = []
    result = optimise(case, time_limit=SEARCH_SECONDS, watch=news.append)
    found: Figures = {
        "status": result.status,
        "seconds": result.seconds,
        "first_plan": result.seconds_to_first_plan,
        "workers": result.workers,
        "goals": {
            goal: {**_numbers(goal, outcome.value, outcome.bound), "gap": outcome.gap}
            for goal, outcome in result.goals.items()
        },
        "history": [
            {**_numbers(u.goal, u.value, u.bound), "goal": u.goal, "gap": u.gap, "at": u.seconds}
            for u in _changes(news)
        ],
        "notes": list(result.notes),
        "peak_mb": _peak_mb(),
    }
    for goal in GOALS:
        outcome = result.goals.get(goal)
        times = [u.seconds for u in news if u.goal == goal and u.value == u.bound]
        proven = outcome is not None and outcome.proven
        found[f"proven_{goal}"] = min(times, default=result.seconds) if proven else None
        found[f"gap_{goal}"] = None if outcome is None else 100 * outcome.gap
    return found


def measure_ladder(scenario: Path) -> Figures:
    """Return how long the whole ladder takes with the scenario's own time limit."""
    from deling.ladder import climb

    case = _case(scenario)
    start = time.perf_counter()
    ladder = climb(case)
    return {
        "seconds": time.perf_counter() - start,
        "peak_mb": _peak_mb(),
        "levels": {
            level: {
                goal: {**_numbers(goal, outcome.value, outcome.bound), "proven": outcome.proven}
                for goal, outcome in result.goals.items()
            }
            for level, result in ladder.results.items()
        },
    }


PARTS: dict[str, Callable[[Path], Figures]] = {
    "help": measure_help,
    "read": measure_read,
    "search": measure_search,
    "ladder": measure_ladder,
}


def _case(scenario: Path) -> Case:
    from deling.case import Case
    from deling.scenario.load import load

    return Case(load(scenario).scenario)


def _median_of_command(*arguments: str) -> float:
    seconds = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "deling", *arguments], stdout=subprocess.DEVNULL, check=True
        )
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _numbers(goal: str, value: int | None, bound: int | None) -> Figures:
    """Return value and bound as people read them: ``cost`` in DKK."""
    from deling.outputs.result import goal_number

    return {
        "value": None if value is None else goal_number(goal, value),
        "bound": None if bound is None else goal_number(goal, bound),
    }


def _changes(news: list[Update]) -> list[Update]:
    """Return the news in which value or bound is new."""
    found: list[Update] = []
    for update in news:
        last = found[-1] if found else None
        if last is None or (last.goal, last.value, last.bound) != (
            update.goal,
            update.value,
            update.bound,
        ):
            found.append(update)
    return found


def _peak_mb() -> float | None:
    """Return the most memory this process has used so far; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


# The report


def print_instance(scenario: Path) -> None:
    """Print what is measured, and where."""
    case = _case(scenario)
    tables = case.scenario
    wanted = sum(need.sessions for need in tables.needs.values())
    print(f"{tables.name}: {len(tables.institutions)} institutions, {len(tables.rooms)} rooms,")
    print(f"{len(tables.staff)} staff, {len(tables.equipment)} rows of equipment,", end=" ")
    print(f"{len(tables.groups)} groups, {len(tables.needs)} needs, {wanted} sessions wanted,")
    print(f"{len(tables.today.events)} events today, {len(tables.blocks)} blocks")
    print(
        f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores", end=""
    )
    if hasattr(os, "getloadavg"):
        print(f", {os.getloadavg()[0]:.1f} processes busy before the start", end="")
    print("\n")


def print_targets(figures: dict[str, Figures]) -> bool:
    """Print each figure beside its target; return whether all that were measured are reached."""
    all_reached = True
    print(f"{'':44}{'measured':>12}{'target':>12}")
    for target in TARGETS:
        if target.part not in figures:
            continue
        value = figures[target.part][target.key]
        reached = value is not None and value <= target.limit
        all_reached &= reached
        measured = "–" if value is None else f"{value:,.2f} {target.unit}"
        limit = f"{target.limit:g} {target.unit}"
        print(f"{target.text:44}{measured:>12}{limit:>12}  {'ok' if reached else 'NOT REACHED'}")
    return all_reached


def print_search(found: Figures) -> None:
    """Print the goals at the end of the search, and their way there."""
    print(f"\nSearch: {found['status']} after {found['seconds']:.1f} s, {found['workers']} workers")
    for note in found["notes"]:
        print(f"  note: {note}")
    print("\nseconds  goal           value       bound       gap")
    for line in _sampled(found["history"]):
        print(_goal_line(f"{line['at']:.1f}", line["goal"], line))
    for goal, outcome in found["goals"].items():
        print(_goal_line("end", goal, outcome))


def _goal_line(when: str, goal: str, line: Figures) -> str:
    value, bound = (
        "–" if line[key] is None else f"{line[key]:,.{2 if goal == 'cost' else 0}f}"
        for key in ("value", "bound")
    )
    gap = "–" if line["gap"] is None else f"{100 * line['gap']:.1f} %"
    return f"{when:>7}  {goal:8}{value:>12}{bound:>12}{gap:>10}"


def _sampled(history: list[Figures], most: int = 40) -> list[Figures]:
    """Return the first and last line of each goal, and evenly chosen ones between."""
    step = max(1, len(history) // most)
    return [
        line
        for at, line in enumerate(history)
        if at % step == 0
        or history[at - 1]["goal"] != line["goal"]
        or at + 1 == len(history)
        or history[at + 1]["goal"] != line["goal"]
    ]


def print_ladder(found: Figures) -> None:
    """Print the goals of each level."""
    print("\nLadder")
    for level, goals in found["levels"].items():
        values = (
            f"{goal} {one['value']} ({'proven' if one['proven'] else one['bound']})"
            for goal, one in goals.items()
        )
        print(f"  {level:8}{', '.join(values)}")


def in_own_process(part: str, scenario: Path) -> Figures:
    """Run one part by itself and return its figures."""
    command = [sys.executable, __file__, "--part", part, "--scenario", str(scenario)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8")
    found: Figures = json.loads(done.stdout)
    return found


def main() -> int:
    """Measure and print; the exit code is 1 if a target is not reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--scenario", type=Path, default=FLAGSHIP)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](options.scenario)))
        return 0
    print_instance(options.scenario)
    figures = {part: in_own_process(part, options.scenario) for part in options.parts}
    reached = print_targets(figures)
    if "search" in figures:
        print_search(figures["search"])
    if "ladder" in figures:
        print_ladder(figures["ladder"])
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
