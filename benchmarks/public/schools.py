"""Real schools: how long FET and deling take until every lesson is placed.

    python benchmarks/public/schools.py
    python benchmarks/public/schools.py --results /tmp/try.jsonl --limit 60 --only hong-kong
    python benchmarks/public/schools.py --seeds 1 2 3 4 5

The schools are those of Debian's package `fet-data`, FET is the program `fet-cl` of its package
`fet`. Both solve the same problem: what deling can state of a school. Each measurement is a line
of the results; those that are there already are not made again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

from fetfiles import Stated, read, state, write
from fetfiles.read import HARD
from fetfiles.timetable import fet_is_there, run_fet, write_plan

RESULTS = Path(__file__).parent.parent / "results" / "public" / "schools.jsonl"
EXAMPLES = Path("/usr/share/doc/fet-data/examples/FET-5-official")
SCHOOLS = {
    "argentina": "Argentina/Horario_ISJ.fet",
    "brazil-3": "Brazil/3/ACHILES-MANHA.fet",
    "hopwood": "United-Kingdom/Hopwood/Hopwood.fet",
    "vietnam-2": "Vietnam/2-secondary-school/VietNamHungYen.fet",
    "greece-gymnasio": "Greece/Gymnasio/Gymnasio.fet",
    "germany-dgs": "Germany/DGS-Pro/dgspro200809.fet",
    "oradea": "Romania/Oradea/FS-2008-2009-difficult.fet",
    "ancona": "Italy/2007/difficult/highschool-Ancona.fet",
    "germany-1": "Germany/secondary-school-1/constraints-min-days-100-few-0/German-100_and_0.fet",
    "italy-liceo": "Italy/2010/Liceo-2010.fet",
    "bethlen": "Hungary/Bethlen/2008-2009/2-newer/Bethlen-2008-2009.fet",
    "brazil-2": "Brazil/2/EEBLJ-Diurno.fet",
    "belize": "Belize/Sacred-Heart-College/shc-2013/shc-2013.fet",
    "spain-2": "Spain/2-secondary-school/secondary-school.fet",
    "spain-20-21": "Spain/4-secondary-and-vocational-school/SPAIN_20-21.fet",
    "hong-kong": "Hong-Kong/secondary-school-1/Yew-Chung-Intl-School/2008-09-difficult.fet",
    "jmss": "Namibia/by-Bobby/set-2/JMSS.fet",
    "concordia": "Namibia/by-Bobby/set-2/may-take-hours/CONCORDIA.fet",
    "germany-gyr": "Germany/secondary-school-2/GYR.fet",
    "spain-1": "Spain/1-school/school.fet",
    "medgidia": "Romania/Constantin-Brancusi-School-Medgidia/2019-2020/Orar_4_6.fet",
    "fgps": "Namibia/by-Bobby/set-2/FGPS.fet",
    "kalenga": "Namibia/by-Bobby/set-5/KalengaPSY15T1a.fet",
    "kalenga-2017": "Namibia/by-Bobby/set-8-2017/KalengaPSY2017T1d.fet",
    "namibia-ps": "Namibia/by-Bobby/set-7-2016/NamibiaPSY16T1f.fet",
    "st-pauls": "Namibia/by-Bobby/set-3/StPaulsColY13T1a.fet",
    "varosmajor": "Hungary/Varosmajori_Gimnazium_Budapest/vmg-20180901b-2.fet",
    "insight": "South-Africa/difficult/Insight_Learning_Centre2.fet",
    "new-delhi": "India/New-Delhi/Eng_College.fet",
    "belize-2012": "Belize/Sacred-Heart-College/shc-2012/test-2012.fet",
    "putuavanga": "Namibia/by-Bobby/set-8-2017/PutuavangaSSY2017T1a.fet",
    "timisoara": "Romania/Faculty-Econ-Timisoara-difficult/2007-2008-sem-2/Econ-Timisoara.fet",
    "nehale": "Namibia/by-Bobby/set-8-2017/NehaleSS2017T1a.fet",
    "rehoboth": "Namibia/by-Bobby/set-7-2016/RehobothHSY2016T2d.fet",
    "gyr-more-difficult": "Germany/secondary-school-2/GYR-more-difficult.fet",
    "concordia-2013": "Namibia/by-Bobby/set-3/ConColY13T1a.fet",
    "concordia-2015": "Namibia/by-Bobby/set-4/ConcordiaY15T1a.fet",
}
WITHOUT_ALL = ("ancona", "brazil-2", "italy-liceo", "oradea", "spain-20-21")
"""Schools of which a teacher or a class alone has less time than all constraints that FET gives up
last ask for: 12 lessons of a teacher fit 11 times, say. These keep what FET never gives up."""
PROGRAMS = ("fet", "deling")
WORKERS = 2
Row = dict[str, Any]


def school(name: str, examples: Path) -> Stated:
    """Return what both programs are given of a school."""
    return state(read(examples / SCHOOLS[name], 100 if name in WITHOUT_ALL else HARD))


def measure_fet(stated: Stated, folder: Path, limit: int, seed: int) -> Row:
    """Let FET solve a school, and deling's checker judge what it found."""
    from deling.case import Case
    from deling.check import check
    from deling.scenario.load import load
    from deling.scenario.plans import read_plan

    scenario = load(write(stated, folder)).scenario
    timetable = run_fet(stated, folder, limit, seed)
    write_plan(stated, timetable, folder / "fet-plan.csv")
    breaches = check(read_plan(folder / "fet-plan.csv", scenario), Case(scenario))
    wanted = len(stated.school.lessons)
    placed = len(timetable.placed)
    return {
        "activities": wanted,
        "placed": placed,
        "all_placed_after": timetable.seconds if placed == wanted else None,
        "seconds": timetable.seconds,
        "cpu_seconds": timetable.cpu_seconds,
        "peak_mb": timetable.peak_mb,
        "breaches": len(breaches),
    }


def measure_deling(stated: Stated, folder: Path, limit: int, seed: int) -> Row:
    """Let deling solve a school, in a process of its own."""
    scenario = write(stated, folder)
    command = [sys.executable, __file__, "--search", str(scenario), str(limit), str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8")
    found: Row = json.loads(done.stdout)
    return found


def search(scenario: Path, limit: int, seed: int) -> Row:
    """Search a scenario, and return what was placed when.

    Seconds are those from the beginning of reading, since FET's hold its reading; those of Python
    and its imports stand by themselves.
    """
    began = time.perf_counter()
    import resource

    import opening_hours  # noqa: F401 - deling imports it when it reads the first hours

    from deling.case import Case
    from deling.memory import collector_at_rest, keep_for_good
    from deling.optimise import optimise
    from deling.scenario.load import load

    start = time.perf_counter()
    with collector_at_rest():
        case = Case(load(scenario).scenario)
        keep_for_good()  # as the commands do
    loaded = time.perf_counter() - start
    wanted = sum(need.sessions for need in case.scenario.needs.values())
    history: list[tuple[float, int]] = []

    def watch(update: Any) -> None:
        if update.value is not None and (not history or update.value > history[-1][1]):
            history.append((round(loaded + update.seconds, 4), update.value))

    result = optimise(case, time_limit=limit, seed=seed, workers=WORKERS, watch=watch)
    placed = 0 if result.plan is None else sum(len(event.needs) for event in result.plan.events)
    times = [seconds for seconds, value in history if value == wanted]
    own, workers = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    ended = loaded + result.seconds
    return {
        "activities": wanted,
        "placed": placed,
        "bound": result.goals["served"].bound if result.goals else None,
        "all_placed_after": min(times, default=ended) if placed == wanted else None,
        "seconds": ended,
        "import_seconds": start - began,
        "loaded_after": loaded,
        "cpu_seconds": sum(one.ru_utime + one.ru_stime for one in (own, workers)),
        "peak_mb": own.ru_maxrss / 1024,
        "peak_worker_mb": workers.ru_maxrss / 1024,
        "compiled": find_spec("numba") is not None,
        "status": result.status,
        "history": history,
        "notes": list(result.notes),
    }


MEASURES = {"fet": measure_fet, "deling": measure_deling}


def known(results: Path) -> list[Row]:
    """Return the measurements made so far."""
    if not results.exists():
        return []
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]


def measure(options: argparse.Namespace) -> None:
    """Make the measurements that are missing, and add each to the results at once."""
    made = {_key(row) for row in known(options.results)}
    for name, seed in product(options.only, options.seeds):
        file = options.examples / SCHOOLS[name]
        for program in options.programs:
            row: Row = {"school": name, "program": program} | {
                "limit": options.limit,
                "seed": seed,
                "when": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            if _key(row) in made:
                continue
            if not file.exists():
                print(f"{name}: there is no {file} (Debian's package fet-data)", file=sys.stderr)
                continue
            if program == "fet" and not fet_is_there():
                print(f"{name}: there is no fet-cl (Debian's package fet)", file=sys.stderr)
                continue
            with tempfile.TemporaryDirectory() as folder:
                stated = school(name, options.examples)
                row |= MEASURES[program](stated, Path(folder), options.limit, seed)
            options.results.parent.mkdir(parents=True, exist_ok=True)
            with options.results.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(row) + "\n")
            print(f"{name} {program}: {row['placed']} of {row['activities']}", file=sys.stderr)


def print_table(rows: list[Row]) -> None:
    """Print a line a school: the last measurement of each program."""
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        found.setdefault(row["school"], {})[row["program"]] = row
    print(f"{'school':18}{'activities':>11}", end="")
    print("".join(f"{program + ' s':>12}{'placed':>10}{'MB':>8}" for program in PROGRAMS))
    for name in sorted(found, key=lambda name: next(iter(found[name].values()))["activities"]):
        mine = found[name]
        print(f"{name:18}{next(iter(mine.values()))['activities']:>11,}", end="")
        print("".join(_cells(mine.get(program)) for program in PROGRAMS))


def _cells(row: Row | None) -> str:
    if row is None:
        return f"{'':12}{'':10}{'':8}"
    after = row["all_placed_after"]
    seconds = f"> {row['seconds']:.0f}" if after is None else f"{after:.1f}"
    share = f"{100 * row['placed'] / row['activities']:.1f} %"
    return f"{seconds:>12}{share:>10}{row['peak_mb']:>8.0f}"


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[key] for key in ("school", "program", "limit", "seed"))


def main() -> int:
    """Measure what is missing and print everything; 1 if a plan of FET breaks a rule of deling."""
    if sys.argv[1:2] == ["--search"]:
        scenario, limit, seed = sys.argv[2:]
        print(json.dumps(search(Path(scenario), int(limit), int(seed))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--limit", type=int, default=600, help="seconds a school and program")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1], help="of both programs")
    parser.add_argument("--only", nargs="+", choices=SCHOOLS, default=list(SCHOOLS))
    parser.add_argument("--programs", nargs="+", choices=PROGRAMS, default=list(PROGRAMS))
    parser.add_argument("--examples", type=Path, default=EXAMPLES)
    options = parser.parse_args()
    measure(options)
    rows = [row for row in known(options.results) if row["school"] in options.only]
    print_table(rows)
    return int(any(row.get("breaches") for row in rows))


if __name__ == "__main__":
    sys.exit(main())
