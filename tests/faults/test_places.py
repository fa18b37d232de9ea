"""Results that cannot be written: a message, and the earlier results as they were."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from faults.process import (
    SMALLEST,
    command,
    deling,
    environment,
    leftovers,
    require_complete,
    state,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="limits and users of POSIX")


def require_refused(told: subprocess.CompletedProcess[str], target: Path, reason: str) -> None:
    """Fail unless a run ended with a message and without a traceback."""
    assert told.returncode == 2, told.stderr
    assert f"The results cannot be written to {target}: {reason}" in told.stderr
    assert "Earlier results are as they were." in told.stderr
    assert "Traceback" not in told.stderr


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """Mount a file system in memory; skip where that is not allowed."""
    folder.mkdir()
    flags = ["-t", "tmpfs", "-o", options, "tmpfs"]
    done = None
    if shutil.which("mount"):
        done = subprocess.run(["mount", *flags, folder], capture_output=True, check=False)
    if done is None or done.returncode:
        pytest.skip("no file system can be mounted here (it takes root)")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@posix
def test_a_full_disk(earlier, tmp_path):
    disk = tmp_path / "disk"
    with mounted(disk, "size=1m"):
        target = disk / "area"
        shutil.copytree(earlier, target)
        before = state(target)
        (disk / "ballast").write_bytes(b"x" * (os.statvfs(disk).f_bavail * 4096 - 40_000))
        told = deling("run", SMALLEST, "--output", target, "--quiet")
        require_refused(told, target, "No space left on device")
        assert state(target) == before
        assert leftovers(target) == []
        (disk / "ballast").unlink()
        assert deling("run", SMALLEST, "--output", target, "--quiet").returncode == 0
        assert require_complete(target)["sharing"] == "area"


@posix
def test_files_that_may_not_grow(earlier, tmp_path):
    """The same as a full disk, where none can be mounted: a limit on the size of files."""
    target = tmp_path / "area"
    shutil.copytree(earlier, target)
    before = state(target)
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
    python, dash_c, program, *arguments = command("run", SMALLEST, "--output", target, "--quiet")
    told = subprocess.run(
        [python, dash_c, limited + program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    require_refused(told, target, os.strerror(errno.EFBIG))
    assert state(target) == before
    assert leftovers(target) == []


@posix
def test_a_read_only_disk(earlier, tmp_path):
    disk = tmp_path / "disk"
    with mounted(disk, "size=4m"):
        target = disk / "area"
        shutil.copytree(earlier, target)
        before = state(target)
        remount = ["mount", "-o", "remount,ro", disk]
        if subprocess.run(remount, capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted read-only here")
        told = deling("run", SMALLEST, "--output", target, "--quiet")
        require_refused(told, target, "Read-only file system")
        assert state(target) == before


WITHOUT_PRIVILEGE = """
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
    sys.exit("root keeps its privilege")
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="privileges of Linux")
@pytest.mark.parametrize("locked", ["the folder and what it stands in", "the folder"])
def test_a_folder_that_may_not_be_written(earlier, tmp_path, locked):
    """Root may write anywhere: it gives that privilege up first."""
    target = tmp_path / "open" / "area"
    shutil.copytree(earlier, target)
    before = state(target)
    for path in [target, *target.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    target.parent.chmod(0o755 if locked == "the folder" else 0o555)
    run = command("run", SMALLEST, "--output", target, "--quiet")
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_PRIVILEGE, *run],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    if "root keeps its privilege" in told.stderr:
        pytest.skip("root cannot give up its privilege here")
    target.parent.chmod(0o755)
    require_refused(told, target, "Permission denied")
    assert told.stdout == "", "found before the search"
    assert state(target) == before
    assert leftovers(target) == []


OPEN_ELSEWHERE = """
import sys
sys.path[:] = {path!r}
from pathlib import Path
from deling.outputs import folder
folder._exchange = lambda *_names: False
honest = Path.rename

def rename(self, to):
    if self == Path(sys.argv[4]):
        raise PermissionError(13, "The process cannot access the file because it is being used")
    return honest(self, to)

Path.rename = rename
from deling.cli import main
main()
"""


def test_a_file_open_elsewhere_on_windows(earlier, tmp_path):
    """There, a folder with an open file cannot be renamed: simulated by the error that it gives."""
    target = tmp_path / "area"
    shutil.copytree(earlier, target)
    before = state(target)
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            OPEN_ELSEWHERE.format(path=sys.path),
            *("run", str(SMALLEST), "--output", str(target), "--quiet"),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    require_refused(told, target, "The process cannot access the file")
    assert "close what is open from this one" in told.stderr
    assert state(target) == before
    assert leftovers(target) == []


@posix
def test_a_reader_keeps_the_old_results_until_it_is_done(earlier, tmp_path):
    target = tmp_path / "area"
    shutil.copytree(earlier, target)
    old = (target / "plan.csv").read_bytes()
    with (target / "plan.csv").open("rb") as reader:
        half = reader.read(len(old) // 2)
        assert deling("run", SMALLEST, "--output", target, "--quiet").returncode == 0
        assert half + reader.read() == old
    assert (target / "plan.csv").read_bytes() != old
    assert require_complete(target)["sharing"] == "area"


def test_a_name_that_the_system_does_not_take(tmp_path):
    target = tmp_path / ("x" * 300)
    told = deling("run", SMALLEST, "--output", target, "--quiet")
    require_refused(told, target, os.strerror(errno.ENAMETOOLONG))
