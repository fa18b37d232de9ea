"""Runs a command and tells what it took: memory of all its processes, and who else was busy."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
EVERY = 0.25
"""Seconds between two looks at the memory."""


class Taken(NamedTuple):
    """What a command took.

    Attributes
    ----------
    code
        Exit code, negative for a signal.
    output
        What it printed.
    peak_bytes
        The most memory that it and the processes it started had at one time, what they share
        counted once; where the system does not tell, that of the largest of them.
    load
        Processes at work before the start, averaged over a minute by the system.
    others
        Cores that were busy with anything else meanwhile, on average; None if not told.
    """

    code: int
    output: str
    peak_bytes: int
    load: float
    others: float | None


def run(command: list[str], environment: dict[str, str]) -> Taken:
    """Run a command to its end, or kill it where this process is interrupted."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        busy, own, began = _busy_seconds(), _own_seconds(), time.monotonic()
        process = subprocess.Popen(command, stdout=output, env=environment)
        peak = 0
        try:
            while True:
                ended, status, usage = os.wait4(process.pid, os.WNOHANG)
                if ended:
                    break
                peak = max(peak, sum(_memory(id_) for id_ in _family(process.pid)))
                time.sleep(EVERY)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
        seconds = time.monotonic() - began
        others = None
        if busy is not None:
            taken = usage.ru_utime + usage.ru_stime + _own_seconds() - own
            others = max(0.0, ((_busy_seconds() or 0.0) - busy - taken) / seconds)
        output.seek(0)
        text = output.read()
    if not peak:
        # What the system remembers may be what this process had when the other one was forked.
        peak = usage.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024)
    return Taken(process.returncode, text, peak, load, others)


def _own_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _busy_seconds() -> float | None:
    """Return the seconds that all cores have worked or been taken away since the machine began."""
    if not (PROC / "stat").exists():
        return None
    line = (PROC / "stat").read_text(encoding="ascii").split("\n", 1)[0]
    user, nice, system, _idle, _wait, irq, soft, steal = map(int, line.split()[1:9])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def _family(id_: int) -> list[int]:
    """Return a process and all that it has started and that are still there."""
    children: dict[int, list[int]] = {}
    for entry in PROC.glob("[0-9]*"):
        # The name, in brackets, may hold anything: what follows it is state and parent.
        fields = _text(entry / "stat").rpartition(")")[2].split()
        if fields:
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [id_]
    for parent in found:
        found += children.get(parent, [])
    return found


def _memory(id_: int) -> int:
    """Return a process's bytes, its share of what it shares with others."""
    for line in _text(PROC / str(id_) / "smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return 1024 * int(line.split()[1])
    return 0


def _text(path: Path) -> str:
    """Return what the system tells, nothing of a process that has ended meanwhile."""
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
