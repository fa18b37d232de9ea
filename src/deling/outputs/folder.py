"""The output folder: complete old or complete new, never half of each.

Everything is written into a folder beside the target, which then takes the target's place: in
one step where the system can exchange two folders, otherwise by two renames. Files that deling
did not write stay where they are (`result.json` lists those that it did); files of an earlier
run that the new one does not write go.

Where the target cannot be renamed (it is mounted, holds the working directory, or stands in a
folder that cannot be written), its entries are replaced one after the other instead (`entries`).
What a killed run leaves is cleared away, or finished, by the next run into the same folder.
"""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from deling.errors import OutputError
from deling.language import _
from deling.outputs import entries
from deling.outputs.entries import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

_STALE_SECONDS = 3600
"""Age of what a killed run left, where no lock tells whether it is still at work."""


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
            with _locked(workspace.parent):
                (_publish if whole else entries.publish)(new, target, workspace)
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
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=MARK, dir=parent))
        try:
            with _locked(folder):
                # Between the two lines before, another run may have taken it for left behind.
                if folder.exists():
                    yield folder
                    return
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[bool | None]:
    """Hold a folder's lock, which goes with the process, however that ends.

    Yields whether it is held: None where that is not known, for want of locks.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield None
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        held: bool | None = True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held = False
        except OSError:  # a file system without locks
            held = None
        yield held
    finally:
        os.close(handle)


def _recover(target: Path) -> None:
    """Finish what a killed run had begun, put back what it had moved aside, clear the rest."""
    pattern = f".{glob.escape(target.name)}.*{MARK}"
    for left in [*target.parent.glob(pattern), *target.glob(pattern)]:
        with suppress(FileNotFoundError), _locked(left, wait=False) as dead:
            if dead is None:
                dead = time.time() - left.stat().st_mtime > _STALE_SECONDS
            if not dead:
                continue
            if left.parent == target:
                entries.finish(left, target)
            elif not target.exists() and (left / "old").exists():
                (left / "old").rename(target)
            shutil.rmtree(left, ignore_errors=True)


def _publish(new: Path, target: Path, workspace: Path) -> None:
    if target.exists():
        entries.carry(target, new, entries.written_files(target))
        shutil.copymode(target, new)
    _take_place(new, target, workspace)


def _take_place(new: Path, target: Path, workspace: Path) -> None:
    """Put the new folder where the target is, and the old one into the workspace."""
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        return
    old = workspace / "old"
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step; return whether the system could."""
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
