"""Replace what is in a folder entry by entry, where the folder itself has to stay.

A run that is killed half-way leaves a list of what it was about to replace, by which the next one
finishes its work. An error half-way puts everything back.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

RESULT = "result.json"
MARK = ".deling"
_BEGUN = "begun.json"
_LARGEST = 64 * 2**20


def publish(new: Path, target: Path, workspace: Path) -> None:
    """Put new entries into the target, and what they take the place of into the workspace."""
    owned = written_files(target)
    begun = workspace / _BEGUN
    beside = begun.with_suffix(".new")
    beside.write_text(json.dumps(sorted(owned)), encoding="utf-8")
    beside.replace(begun)
    done: list[str] = []
    try:
        _move(new, target, workspace / "old", owned, done)
    except BaseException:
        begun.unlink()
        for name in reversed(done):
            _put_back(target / name, workspace / "old" / name)
        raise
    _clear(target, owned)


def finish(workspace: Path, target: Path) -> None:
    """Finish what a killed run had begun in this workspace."""
    try:
        owned = set(json.loads((workspace / _BEGUN).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return
    _move(workspace / "new", target, workspace / "old", owned, [])
    _clear(target, owned)


def _move(new: Path, target: Path, aside: Path, owned: set[str], done: list[str]) -> None:
    aside.mkdir(exist_ok=True)
    # The list of files goes last: while it is the old one, the old files are still known.
    for entry in sorted(new.iterdir(), key=lambda entry: (entry.name == RESULT, entry.name)):
        old = target / entry.name
        if entry.is_dir() and old.is_dir():
            prefix = f"{entry.name}/"
            carry(old, entry, {n.removeprefix(prefix) for n in owned if n.startswith(prefix)})
        done.append(entry.name)
        if old.is_dir():
            old.rename(aside / entry.name)
        elif old.exists() and not (aside / entry.name).exists():
            link(old, aside / entry.name)
        entry.replace(old)


def _put_back(place: Path, old: Path) -> None:
    if place.is_dir() and old.is_dir():
        shutil.rmtree(place)
    if old.exists():
        old.replace(place)
    elif place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _clear(target: Path, owned: set[str]) -> None:
    """Remove files of the earlier run that the new one has not."""
    there = {path.relative_to(target).as_posix() for path in target.rglob("*")}
    for name in sorted((owned - written_files(target)) & there):
        (target / name).unlink()
        for folder in (target / name).relative_to(target).parents[:-1]:
            with suppress(OSError):  # other files are in it
                (target / folder).rmdir()


def carry(old: Path, new: Path, owned: set[str]) -> None:
    """Bring along what deling did not write, without a moment in which it is nowhere."""
    for path in sorted(old.rglob("*")):
        name = path.relative_to(old)
        place = new / name
        if name.as_posix() in owned or MARK in (part[-len(MARK) :] for part in name.parts):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                place.mkdir(parents=True, exist_ok=True)
        elif not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():
                place.symlink_to(path.readlink())
            else:
                link(path, place)


def link(path: Path, place: Path) -> None:
    """Give a file a second place, by a copy where the file system has no links."""
    try:
        place.hardlink_to(path)
    except OSError:
        shutil.copy2(path, place)


def written_files(target: Path) -> set[str]:
    """Return the files of an earlier run, as its `result.json` lists them."""
    try:
        files = record_of(target)["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    if not isinstance(files, list):
        return set()
    # Somebody may have edited the list: what lies elsewhere is none of deling's.
    return {name for name in files if isinstance(name, str) and _is_below(PurePosixPath(name))}


def _is_below(path: PurePosixPath) -> bool:
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def record_of(folder: Path) -> Any:
    """Return what the `result.json` of a folder says.

    Raises
    ------
    OSError, ValueError
        If it cannot be read, or is none.
    """
    path = folder / RESULT
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise ValueError(str(path))
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise ValueError(str(path)) from error
