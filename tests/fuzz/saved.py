"""Inputs as folders: the files, and beside them the command in `command.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fuzz.inputs import Input
    from fuzz.mutate import Files

COMMAND = "command.json"


def save(case: Input, folder: Path, fault: str) -> None:
    """Write an input with what was wrong with it."""
    for name, data in case.files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    told = {"command": case.command, "fault": fault, "steps": case.steps}
    (folder / COMMAND).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def read(folder: str | Path) -> tuple[Files, tuple[str, ...]]:
    """Return the files and the command of a saved input."""
    top = Path(folder)
    command = json.loads((top / COMMAND).read_text(encoding="utf-8"))["command"]
    files = {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file() and path.name != COMMAND
    }
    return files, tuple(command)
