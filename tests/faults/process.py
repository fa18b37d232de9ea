"""``deling`` as a process of its own, and what it has to leave behind whatever becomes of it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SMALLEST = ROOT / "scenarios" / "smallest.yaml"
FLAGSHIP = ROOT / "scenarios" / "hedehusene.yaml"
PROGRAM = f"import sys; sys.path[:] = {sys.path!r}; from deling.__main__ import main; main()"


def command(*arguments: object) -> list[str]:
    """Return the command line of a deling process that finds what the tests find."""
    return [sys.executable, "-c", PROGRAM, *(str(one) for one in arguments)]


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a process, in English and on one day."""
    return {**os.environ, "DELING_LANGUAGE": "en", "SOURCE_DATE_EPOCH": "1700000000", **changes}


def deling(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run deling to its end."""
    env = environment(**options.pop("env", {}))
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, check=False, env=env, **options
    )


def start(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """Start deling; what it says is there to read line by line."""
    pipes: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        command(*arguments), text=True, env=environment(), **{**pipes, **options}
    )


def wait_for_search(process: subprocess.Popen[str]) -> None:
    """Read what a run says until it searches."""
    assert process.stderr is not None
    for line in process.stderr:
        if "no plan beats" in line:
            return
    raise AssertionError("the run ended before it searched")


def state(folder: Path) -> dict[str, str]:
    """Return what identifies each file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def require_complete(folder: Path) -> dict[str, Any]:
    """Fail unless a folder holds all files of one run and no others; return its record."""
    record = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert sorted(state(folder)) == record["files"]
    assert all((folder / name).stat().st_size for name in record["files"])
    return record


def leftovers(folder: Path) -> list[str]:
    """Return what stands beside a folder that a run left there."""
    return [path.name for path in folder.parent.iterdir() if path.name.endswith(".deling")]
