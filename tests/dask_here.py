"""A Dask cluster on this computer, for tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import distributed

if TYPE_CHECKING:
    from pathlib import Path


class Dask:
    """A scheduler and its workers, in processes of their own.

    Parameters
    ----------
    folder
        For what they write.
    path
        Where the workers find modules before they look where this process does.
    """

    def __init__(self, folder: Path, path: str = "") -> None:
        self._folder = folder
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([path, *sys.path] if path else sys.path),
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        told = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", told)
        self.address = str(json.loads(_when_written(told))["address"])

    def add_workers(self, count: int, *more: str) -> subprocess.Popen[bytes]:
        """Start workers of one thread each."""
        how = ("--nworkers", count, "--nthreads", 1, "--local-directory", self._folder)
        process = self._start("worker", self.address, *how, *more)
        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)
        return process

    def _start(self, what: str, *arguments: object) -> subprocess.Popen[bytes]:
        command = (sys.executable, "-m", f"distributed.cli.dask_{what}", *map(str, arguments))
        with (self._folder / f"{what}.log").open("ab") as log:
            process = subprocess.Popen(
                (*command, "--host", "127.0.0.1", "--no-dashboard"),
                env=self._environment,
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )
        self.processes.append(process)
        return process


def _when_written(file: Path) -> str:
    deadline = time.monotonic() + 60
    while not file.exists() or not file.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, "the scheduler did not start"
        time.sleep(0.05)
    return file.read_text(encoding="utf-8")


@contextmanager
def dask(folder: Path, **options):
    """Run a scheduler for a while, and end it with all its workers."""
    found = Dask(folder, **options)
    try:
        yield found
    finally:
        for process in reversed(found.processes):
            process.terminate()
        for process in found.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
