"""Running FET, and its timetable as a plan of deling."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fetfiles.reduced import activities_of
from fetfiles.write import PLAN_HEADER, plan_row, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from fetfiles.school import School
    from fetfiles.stated import Stated

PROGRAM = "fet-cl"
PAGES = (
    "conflicts sstatistics sdayshorizontal sdaysvertical stimehorizontal stimevertical ssubgroups"
    " sgroups syears steachers srooms"
)
"""What FET would write beside the timetable that is read."""
COMPLETE, HIGHEST = "reduced", "reduced-highest"


@dataclass(frozen=True)
class Timetable:
    """What FET found.

    Attributes
    ----------
    placed
        Slot and room by number of the lesson; no room where it takes none.
    seconds, cpu_seconds
        From the program's start to its end, by the wall clock and by the processor's.
    peak_mb
        The most memory it used; where this process used more when it started it, that.
    """

    placed: dict[int, tuple[int, int | None]]
    seconds: float
    cpu_seconds: float
    peak_mb: float


def fet_is_there() -> bool:
    """Return whether FET's program for the command line can be run."""
    return shutil.which(PROGRAM) is not None


def run_fet(stated: Stated, folder: Path, limit: int, seed: int) -> Timetable:
    """Solve a school's `reduced.fet` in a folder; results go into `fet/` beside it.

    Parameters
    ----------
    limit
        Seconds.
    """
    output = folder / "fet"
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir()
    command = [
        PROGRAM,
        f"--inputfile={folder / 'reduced.fet'}",
        f"--outputdir={output}",
        f"--timelimitseconds={limit}",
        "--htmllevel=0",
        *(f"--writetimetable{kind}=false" for kind in PAGES.split()),
        *(f"--randomseeds{which}={seed}" for which in (10, 11, 12, 20, 21, 22)),
    ]
    start = time.perf_counter()
    with (output / "log.txt").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError((output / "log.txt").read_text(encoding="utf-8")[:2000])
    placed = _placed(stated.school, output / "timetables")
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Timetable(placed, seconds, cpu_seconds, usage.ru_maxrss / 1024)


def _placed(school: School, folder: Path) -> dict[int, tuple[int, int | None]]:
    """Return the complete timetable, or else the one with the most activities.

    Of a lesson, all of its activities are placed.
    """
    names = (folder / name / "reduced_activities.xml" for name in (COMPLETE, HIGHEST))
    path = next(name for name in names if name.exists())
    lesson_of = [at for at, _activity in activities_of(school)]
    found: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for one in ET.parse(path).getroot().iterfind("Activity"):
        day, hour, room = (one.findtext(tag) or "" for tag in ("Day", "Hour", "Room"))
        if day:
            slot = _number(day) * school.hours + _number(hour)
            at = lesson_of[int(one.findtext("Id") or "") - 1]
            found[at].append((slot, _number(room) if room else None))
    return {
        at: (some[0][0], next((room for _slot, room in some if room is not None), None))
        for at, some in found.items()
        if len(some) == len(school.lessons[at].activities)
    }


def _number(name: str) -> int:
    """Return the number that a name of `reduced.fet` ends with."""
    return int(name.lstrip("DayHourRm"))


def write_plan(stated: Stated, timetable: Timetable, path: Path) -> None:
    """Write a timetable as a plan of the school's scenario."""
    need_of = stated.need_of
    rows = (
        plan_row(stated, at, need_of[at], slot, room)
        for at, (slot, room) in sorted(timetable.placed.items())
    )
    write_csv(path, PLAN_HEADER, rows)
