"""Runs one input in this process and says what is wrong with how it ended."""

from __future__ import annotations

import contextlib
import resource
import shutil
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from click.testing import CliRunner

from deling.cli import main

if TYPE_CHECKING:
    from fuzz.inputs import Input
    from fuzz.mutate import Files

CODES = range(5)
MOST_SECONDS = 10.0
MOST_BYTES = 2**30


class Verdict(NamedTuple):
    """How an input ended.

    Attributes
    ----------
    code
        The exit code; -1 where there was none.
    seconds
        Of the processor: how busy the machine is otherwise does not count.
    said
        What was printed, shortened.
    fault
        What is wrong with that; blank where nothing is.
    """

    code: int
    seconds: float
    said: str
    fault: str


def judge(case: Input) -> Verdict:
    """Run deling on an input."""
    return judge_files(case.files(), case.command)


def judge_files(files: Files, command: tuple[str, ...]) -> Verdict:
    """Run deling on files in a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="deling-"))
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        before = set(_files(folder))
        with contextlib.chdir(folder):
            verdict = run(command)
        strangers = [
            name
            for name in sorted(set(_files(folder)) - before)
            if name.partition("/")[0] not in ("out", "out.html")
        ]
        if strangers and not verdict.fault:
            return verdict._replace(fault=f"wrote {strangers[:5]}")
        return verdict
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*")]


def run(command: tuple[str, ...]) -> Verdict:
    """Run deling in the working directory."""
    begin = time.process_time()
    environment = {"DELING_LANGUAGE": "en", "LANGUAGE": "en"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            told = CliRunner(catch_exceptions=False).invoke(main, list(command), env=environment)
    # Everything that is raised is what is looked for here, a panic of a compiled library too.
    except BaseException:
        return Verdict(-1, time.process_time() - begin, "", traceback.format_exc())
    seconds = time.process_time() - begin
    fault = ""
    said = told.stdout + told.stderr
    if told.exit_code not in CODES:
        fault = f"exit code {told.exit_code}"
    elif told.exit_code and not said.strip():
        fault = f"exit code {told.exit_code} without a message"
    elif "Traceback" in said:
        fault = "a traceback is printed"
    elif seconds > MOST_SECONDS:
        fault = f"took {seconds:.1f} s"
    elif (most := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024) > MOST_BYTES:
        fault = f"took {most // 2**20} MB"
    return Verdict(told.exit_code, seconds, f"{said[:2000]} {said[2000:][-2000:]}", fault)
