"""Many inputs, one after the other, in a process that is watched from outside.

``python tests/fuzz/campaign.py --seed 7 --first 0 --minutes 30`` goes on where it is told to;
`pytest -m slow tests/fuzz` does the same with the numbers in `DELING_FUZZ`.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "src")]

from fuzz.inputs import Input, make  # noqa: E402
from fuzz.judge import MOST_SECONDS, Verdict  # noqa: E402
from fuzz.saved import save  # noqa: E402

PATIENCE = 6 * MOST_SECONDS
"""Seconds of the clock until a process that waits is stopped: a busy machine is no hang."""
MINUTES = 30.0
LIVES = 4000
"""Inputs that one process judges: more would hide in it what a single run takes."""


class Worker:
    """A process that judges inputs.

    Parameters
    ----------
    first
        Folder whose modules come before all others.
    """

    def __init__(self, seed: int, first: str = "") -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="deling-fuzz-")
        path = os.pathsep.join([*filter(None, [first]), str(TESTS), str(TESTS.parent / "src")])
        environment = {**os.environ, "PYTHONPATH": path, "TMPDIR": self._folder.name}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fuzz.worker", str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self._folder.name,
            env=environment,
        )
        self._errors = b""

    def ask(self, what: Any) -> Verdict:
        """Return the verdict on an input; a process that hangs or dies is a verdict too."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        begin = time.monotonic()
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()
        out, err = self._process.stdout, self._process.stderr
        while (left := begin + PATIENCE - time.monotonic()) > 0:
            ready, _write, _wrong = select.select([out, err], [], [], left)
            if err in ready:
                self._errors = (self._errors + os.read(err.fileno(), 65536))[-4000:]
            if out in ready:
                line = out.readline()
                if not line:
                    self._process.wait()
                    told = self._errors.decode(errors="replace")
                    fault = f"the process ended with {self._process.returncode}: {told[-1500:]}"
                    return Verdict(-1, time.monotonic() - begin, "", fault)
                return Verdict(*json.loads(line))
        return Verdict(-1, PATIENCE, "", "hangs")

    def end(self) -> None:
        """Stop the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):
                stream and stream.close()
        self._folder.cleanup()


@dataclass
class Campaign:
    """A run over inputs of one seed, from one number on."""

    seed: int
    first: int
    found: Path
    number: int = 0
    ends: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: dict[int, str] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, 0)
    busy: Counter[str] = field(default_factory=Counter)

    def run(self, minutes: float, most: int | None = None) -> None:
        """Judge inputs until the time is over or there have been so many."""
        end = time.monotonic() + 60 * minutes
        self.number = self.first
        worker, lives = Worker(self.seed), 0
        try:
            while time.monotonic() < end and (most is None or self.number < self.first + most):
                case = make(self.seed, self.number)
                verdict = worker.ask(self.number)
                lives += 1
                self.ends[case.command[0], verdict.code] += 1
                self.busy[case.command[0]] += round(1000 * verdict.seconds)
                self.slowest = max(self.slowest, (verdict.seconds, self.number))
                if verdict.fault:
                    self.faults[self.number] = verdict.fault
                    self._save(self.number, verdict.fault)
                if verdict.fault or lives >= LIVES:
                    worker.end()
                    worker, lives = Worker(self.seed), 0
                self.number += 1
                if self.number % 500 == 0:
                    print(self, flush=True)
        finally:
            worker.end()

    def _save(self, number: int, fault: str) -> None:
        """Save an input without the mutations that it is at fault without."""
        gone: list[int] = []
        case: Input = make(self.seed, number)
        for step in range(len(case.steps)):
            worker = Worker(self.seed)
            if _kind(worker.ask([number, [*gone, step]]).fault) == _kind(fault):
                gone.append(step)
            worker.end()
        for step in reversed(gone):
            case = case.without(step)
        save(case, self.found / f"{self.seed}-{number}", fault)

    def __str__(self) -> str:
        count = self.number - self.first
        lines = [f"{count} inputs of seed {self.seed}, from {self.first} to {self.number}"]
        for (command, code), times in sorted(self.ends.items()):
            lines.append(f"  {command:8} exit {code:3}: {times}")
        lines += [f"  {command}: {ms / 1000:.0f} s" for command, ms in self.busy.items()]
        lines.append(f"  slowest: {self.slowest[0]:.1f} s (number {self.slowest[1]})")
        lines += [
            f"  FAULT {number}: {(fault.strip().splitlines() or ['?'])[-1][:150]}"
            for number, fault in self.faults.items()
        ]
        return "\n".join(lines)


def _kind(fault: str) -> str:
    """Return what two runs of one fault have in common."""
    last = (fault.strip().splitlines() or [""])[-1]
    return last.split(":")[0] if last.startswith(("took", "the process")) is False else last[:8]


def main() -> None:
    """Run a campaign from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--most", type=int)
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"))
    given = parser.parse_args()
    campaign = Campaign(given.seed, given.first, given.found.resolve())
    campaign.run(given.minutes, given.most)
    print(campaign)


if __name__ == "__main__":
    main()
