"""Measures deling on planted areas, from a local area to a whole country, and peers beside it.

    python benchmarks/sizes.py                               everything: about six hours
    python benchmarks/sizes.py --solvers deling              without the peers: about three
    python benchmarks/sizes.py --sizes area municipality     only these sizes
    python benchmarks/sizes.py --extra 0                     without extra wishes
    python benchmarks/sizes.py --seeds 101 --limit-factor 0.1 --results /tmp/try

Each measurement is a row of `SOLVER.jsonl` in the folder of results. What has a row is not measured
again; delete rows to measure anew. `report.py` makes the page from the rows. Needs Linux or macOS.
A peer that is not installed is left out: `pip install -r benchmarks/peers/requirements/PEER.txt`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from peers import PEERS, missing
from sizing.processes import run
from sizing.sizes import EXTRA, OWN, SIZES, Measurement, measurements
from sizing.store import Row, Stores

HERE = Path(__file__).parent
RESULTS = HERE / "results"


def measure_area(wanted: list[Measurement], store: Stores) -> bool:
    """Plant an area, measure all that is wanted of it, and store the rows; tell if all went well.

    Each measurement runs in a process of its own.
    """
    area = wanted[0]
    well = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _plant(area, folder)
        facts = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
        for one in wanted:
            speed = json.loads(_printed("speed"))  # It changes from one minute to the next.
            row = measure(one, folder, facts, speed)
            store.add(row)
            print(_told(row), flush=True)
            well &= "error" not in row
    return well


def measure(one: Measurement, folder: Path, facts: dict[str, int], speed: dict[str, float]) -> Row:
    """Make one measurement of a planted area and return its row."""
    limit = one.limit * speed["factor"]
    command = _command(one.what, str(folder), *([str(limit)] if one.what == "search" else []))
    if one.solver != OWN:
        command = [sys.executable, "-m", "peers.measure", one.solver, str(folder), str(limit)]
    taken = run(command, _environment())
    row: Row = {
        **one._asdict(),
        "commit": _commit(),
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "facts": facts,
        "speed": speed,
        "load": taken.load,
        "others": taken.others,
        "peak_bytes": taken.peak_bytes,
    }
    if taken.code:
        return {**row, "error": f"ended with {taken.code}"}
    return {**row, "found": json.loads(taken.output)}


def _plant(area: Measurement, folder: Path) -> None:
    numbers = ["--institutions", str(area.institutions), "--seed", str(area.seed)]
    kind = ["--supply", area.supply, "--extra", str(area.extra)]
    command = [sys.executable, str(HERE / "areas.py"), str(folder), *numbers, *kind]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment())


def _command(*what: str) -> list[str]:
    return [sys.executable, "-m", "sizing.measure", *what]


def _printed(what: str) -> str:
    return subprocess.check_output(_command(what), text=True, env=_environment())


def _environment() -> dict[str, str]:
    """Return an environment in which the processes find the modules here, and deling."""
    paths = [str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _commit() -> str:
    """Return the commit that is checked out, with a plus if what is measured differs from it."""
    try:
        commit = _git("rev-parse", "--short", "HEAD")
        changed = _git("status", "--porcelain", "--", "../src", ".", ":!results")
        return commit + ("+" if changed else "")
    except (FileNotFoundError, subprocess.CalledProcessError):
        return "unknown"


def _git(*arguments: str) -> str:
    command, silent = ["git", *arguments], subprocess.DEVNULL
    return subprocess.check_output(command, cwd=HERE, stderr=silent, text=True).strip()


def _told(row: Row) -> str:
    """Return a line about a row."""
    others = "?" if row["others"] is None else f"{row['others']:.1f}"
    line = (
        f"{row['solver']}, {row['size']} seed {row['seed']} extra {row['extra']:g} {row['what']}: "
    )
    if "error" in row:
        return f"{line}{row['error']}"
    found = row["found"]
    if row["what"] == "tables":
        line += f"read {found['read']:.2f} s, judged in {found['judge']:.2f} s"
    else:
        values = {
            goal: f"{value:,} (bound {'–' if bound is None else f'{bound:,}'})"
            for _at, goal, value, bound, _gap in found["trace"]
        }
        planted = f"{row['facts']['served']:,}"
        line += f"{found['ended']} after {found['seconds']:.1f} s, first {found['first']}, "
        line += f"served {values.get('served')} of {planted} planted, cost {values.get('cost')}"
    return f"{line}; {row['peak_bytes'] / 1e6:,.0f} MB; {others} cores busy with others"


def main() -> int:
    """Measure what has no row yet; the exit code is 1 if a measurement failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--seeds", nargs="+", type=int, help="of the areas")
    parser.add_argument(
        "--extra", nargs="+", type=float, default=[0.0, EXTRA], help="shares of extra wishes"
    )
    parser.add_argument("--solvers", nargs="+", choices=[OWN, *PEERS], default=[OWN, *PEERS])
    parser.add_argument("--limit-factor", type=float, default=1.0, help="for quick tries")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder of the rows")
    options = parser.parse_args()
    store = Stores(options.results)
    without = {peer: what for peer in PEERS if peer in options.solvers and (what := missing(peer))}
    for peer, what in without.items():
        print(f"{peer} is left out: {what}", file=sys.stderr)
    solvers = [solver for solver in options.solvers if solver not in without]
    wanted = measurements(
        options.sizes, options.seeds, options.limit_factor, solvers, options.extra
    )
    well = True
    for _area, ones in groupby(store.missing(wanted), key=lambda one: one.area):
        well &= measure_area(list(ones), store)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
