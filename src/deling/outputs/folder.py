"""The output folder: complete old or complete new, never half of each.

Everything is written into a folder beside the target, which then takes the target's place: in
one step where the system can exchange two folders, otherwise by two renames. Files that deling
did not write stay where they are (`result.json` lists those that it did); files of an earlier
run that the new one does not write go.

Where the target cannot be renamed (it is mounted, holds the working directory, or stands in a
folder that cannot be written), its entries are exchanged one after the other instead.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from deling.errors import OutputError
from deling.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULT = "result.json"
_MARK = ".deling"
_STALE_SECONDS = 3600
_LARGEST = 64 * 2**20


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Yield an empty folder whose content takes the target's place when the block ends well.

    Raises
    ------
    OutputError
        If something cannot be written; the target is as it was.
    """
    target = target.resolve()
    try:
        whole = _prepare(target)
        with _workspace(target.parent if whole else target, target.name) as workspace:
            new = workspace / "new"
            new.mkdir()
            yield new
            with _alone(workspace.parent):
                (_publish if whole else _publish_entries)(new, target, workspace)
    except OSError as error:
        raise OutputError(_reason(target, error)) from error


def require_writable(target: Path) -> None:
    """Find out before a long search that its result could not be written.

    Raises
    ------
    OutputError
        If the target, or what it would stand in, cannot be written.
    """
    target = target.resolve()
    try:
        whole = _prepare(target)
        with _workspace(target.parent if whole else target, target.name) as workspace:
            (workspace / "new").mkdir()
    except OSError as error:
        raise OutputError(_reason(target, error)) from error


def _reason(target: Path, error: OSError) -> str:
    return _(
        "The results cannot be written to {folder}: {reason}. Earlier results are as they were."
        " Choose another folder with --output, or close what is open from this one."
    ).format(folder=target, reason=error.strerror or error)


def _prepare(target: Path) -> bool:
    """Make the folders that are missing; return whether the target can be replaced whole."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(0, _("it is a file, not a folder"), str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    _recover(target)
    if not target.exists():
        return True
    return (
        os.access(target.parent, os.W_OK)
        and os.access(target, os.W_OK)
        and not os.path.ismount(target)
        and target not in (here := Path.cwd()).parents
        and target != here
    )


@contextmanager
def _workspace(parent: Path, name: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=_MARK, dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other runs that write here waiting for the moment that it takes, where that is known.

    The lock goes with the process, however that ends.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _recover(target: Path) -> None:
    """Clear away what a killed run left; put back an old folder that it had moved aside."""
    pattern = f".{target.name}.*{_MARK}"
    for left in [*target.parent.glob(pattern), *target.glob(pattern)]:
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                if not target.exists() and (left / "old").exists():
                    (left / "old").rename(target)
                shutil.rmtree(left, ignore_errors=True)


def _publish(new: Path, target: Path, workspace: Path) -> None:
    if target.exists():
        _carry(target, new, written_files(target))
        shutil.copymode(target, new)
    _take_place(new, target, workspace)


def _publish_entries(new: Path, target: Path, workspace: Path) -> None:
    owned = written_files(target)
    # The list of files goes last: while it is the old one, the old files are still known.
    for entry in sorted(new.iterdir(), key=lambda entry: (entry.name == RESULT, entry.name)):
        old = target / entry.name
        if entry.is_dir() and old.is_dir():
            prefix = f"{entry.name}/"
            within = {name.removeprefix(prefix) for name in owned if name.startswith(prefix)}
            _carry(old, entry, within)
        (workspace / "old").mkdir(exist_ok=True)
        _take_place(entry, old, workspace / "old")
    there = {path.relative_to(target).as_posix() for path in target.rglob("*")}
    for name in sorted((owned - written_files(target)) & there):
        (target / name).unlink()
        for folder in (target / name).relative_to(target).parents[:-1]:
            with suppress(OSError):  # other files are in it
                (target / folder).rmdir()


def _carry(old: Path, new: Path, owned: set[str]) -> None:
    """Bring along what deling did not write, without a moment in which it is nowhere."""
    for path in sorted(old.rglob("*")):
        name = path.relative_to(old)
        place = new / name
        if name.as_posix() in owned or _MARK in (part[-len(_MARK) :] for part in name.parts):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                place.mkdir(parents=True, exist_ok=True)
        elif not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():
                place.symlink_to(path.readlink())
            else:
                _link(path, place)


def _link(path: Path, place: Path) -> None:
    try:
        place.hardlink_to(path)
    except OSError:  # a file system without links
        shutil.copy2(path, place)


def _take_place(new: Path, target: Path, workspace: Path) -> None:
    """Put the new file or folder where the target is, and the old one into the workspace."""
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        return
    old = workspace / ("old" if new.name == "new" else new.name)
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise


def _exchange(first: Path, second: Path) -> bool:
    """Swap two files or folders in one step; return whether the system could."""
    names = (os.fsencode(first), os.fsencode(second))
    try:
        if sys.platform == "darwin":
            failed: int = ctypes.CDLL(None).renamex_np(*names, 2)  # RENAME_SWAP
        else:
            here = -100  # AT_FDCWD
            failed = ctypes.CDLL(None).renameat2(here, names[0], here, names[1], 2)
    except (OSError, TypeError, AttributeError):
        return False
    return not failed


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
