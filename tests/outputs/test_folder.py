"""The output folder is complete old or complete new."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deling.errors import OutputError
from deling.outputs import folder as module
from deling.outputs.folder import replaced, require_writable


def fill(target: Path, **files: str) -> None:
    with replaced(target) as folder:
        for name, text in files.items():
            path = folder / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
        (folder / "result.json").write_text(json.dumps({"files": [*names, "result.json"]}))


def content(target: Path) -> dict[str, str]:
    return {
        path.relative_to(target).as_posix(): path.read_text()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.name != "result.json"
    }


@pytest.fixture(params=["whole", "by entries", "without exchange"])
def target(request, tmp_path, monkeypatch):
    """Return a folder to write, for each way of writing it."""
    place = tmp_path / "out" / "area"
    if request.param == "by entries":
        place.mkdir(parents=True)
        monkeypatch.chdir(place)
    if request.param == "without exchange":
        monkeypatch.setattr(module, "_exchange", lambda *_names: False)
    return place


def test_new_files_take_the_place_of_old_ones(target):
    fill(target, **{"plan.csv": "1", "schedules__a.csv": "a", "schedules__b.csv": "b"})
    fill(target, **{"plan.csv": "2", "schedules__b.csv": "c"})
    assert content(target) == {"plan.csv": "2", "schedules/b.csv": "c"}
    assert [path.name for path in target.parent.iterdir()] == ["area"]


def test_files_of_others_stay(target):
    fill(target, **{"plan.csv": "1", "schedules__a.csv": "a"})
    (target / "notes.txt").write_text("mine")
    (target / "schedules" / "mine.txt").write_text("mine too")
    (target / "photos" / "empty").mkdir(parents=True)
    fill(target, **{"plan.csv": "2"})
    assert content(target) == {
        "notes.txt": "mine",
        "plan.csv": "2",
        "schedules/mine.txt": "mine too",
    }
    assert (target / "photos" / "empty").is_dir()


def test_folder_without_an_earlier_result_keeps_what_is_there(target):
    target.mkdir(parents=True, exist_ok=True)
    (target / "schedules").mkdir()
    (target / "schedules" / "a.csv").write_text("theirs")
    fill(target, **{"plan.csv": "1"})
    assert content(target) == {"plan.csv": "1", "schedules/a.csv": "theirs"}


def test_an_error_half_way_leaves_the_old(target):
    fill(target, **{"plan.csv": "1"})

    def fail():
        with replaced(target) as folder:
            (folder / "plan.csv").write_text("half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OutputError, match="No space left"):
        fail()
    assert content(target) == {"plan.csv": "1"}
    assert [path.name for path in target.parent.iterdir()] == ["area"]


def test_an_interrupt_half_way_leaves_the_old(target):
    fill(target, **{"plan.csv": "1"})
    with pytest.raises(KeyboardInterrupt), replaced(target):
        raise KeyboardInterrupt
    assert content(target) == {"plan.csv": "1"}


def test_a_failed_rename_puts_the_old_back(tmp_path, monkeypatch):
    target = tmp_path / "out"
    fill(target, **{"plan.csv": "1"})
    monkeypatch.setattr(module, "_exchange", lambda *_names: False)
    rename = Path.rename

    def refuse(self, to):
        if self.name == "new":
            raise PermissionError(errno.EACCES, "open elsewhere")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OutputError, match="open elsewhere"):
        fill(target, **{"plan.csv": "2"})
    assert content(target) == {"plan.csv": "1"}


def test_a_failed_entry_puts_all_entries_back(tmp_path, monkeypatch):
    target = tmp_path / "out"
    target.mkdir()
    fill(target, **{"a.csv": "1", "b__x.csv": "1", "d.csv": "1"})
    (target / "b" / "mine.txt").write_text("mine")
    monkeypatch.chdir(target)
    replace = Path.replace

    def refuse(self, to):
        if (self.parent.name, self.name) == ("new", "d.csv"):
            raise PermissionError(errno.EACCES, "open elsewhere")
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="open elsewhere"):
        fill(target, **{"a.csv": "2", "b__x.csv": "2", "c__y.csv": "2", "c.csv": "2", "d.csv": "2"})
    assert content(target) == {"a.csv": "1", "b/mine.txt": "mine", "b/x.csv": "1", "d.csv": "1"}
    assert sorted(path.name for path in target.iterdir()) == ["a.csv", "b", "d.csv", "result.json"]


@pytest.mark.parametrize("moves", range(6))
def test_what_a_run_had_begun_when_it_was_killed_is_finished_by_the_next(
    tmp_path, monkeypatch, moves
):
    """Entry by entry, a kill may leave some of each: the next run finds them all."""
    target = tmp_path / "out"
    target.mkdir()
    fill(target, **{"a.csv": "1", "b__x.csv": "1", "b__z.csv": "1", "gone.csv": "1"})
    (target / "b" / "mine.txt").write_text("mine")
    script = KILLED.format(path=sys.path, moves=moves)
    done = subprocess.run([sys.executable, "-c", script, str(target)], cwd=target, check=False)
    assert done.returncode == -signal.SIGKILL
    monkeypatch.chdir(target)
    require_writable(target)
    finished = {"a.csv": "2", "b/mine.txt": "mine", "b/x.csv": "2", "c/y.csv": "2"}
    unchanged = {
        "a.csv": "1",
        "b/mine.txt": "mine",
        "b/x.csv": "1",
        "b/z.csv": "1",
        "gone.csv": "1",
    }
    assert content(target) == (finished if moves else unchanged)
    assert not list(target.glob(".*"))


KILLED = """
import os, signal, sys
sys.path[:] = {path!r}
from pathlib import Path
from outputs.test_folder import fill
left = {moves}

def counted(honest):
    def move(self, to):
        global left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return honest(self, to)
    return move

Path.replace, Path.rename = counted(Path.replace), counted(Path.rename)
fill(Path(sys.argv[1]), **{{"a.csv": "2", "b__x.csv": "2", "c__y.csv": "2"}})
"""


def test_a_list_of_files_that_climbs_out_harms_nothing(tmp_path):
    target, outside = tmp_path / "out", tmp_path / "precious.txt"
    outside.write_text("precious")
    fill(target, **{"plan.csv": "1"})
    (target / "result.json").write_text(json.dumps({"files": ["../precious.txt", "plan.csv", 7]}))
    fill(target, **{"plan.csv": "2"})
    assert outside.read_text() == "precious"


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputError, match="cannot be written"):
            require_writable(place)


def test_a_symbolic_link_is_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    fill(tmp_path / "link", **{"plan.csv": "1"})
    assert (tmp_path / "link").is_symlink()
    assert content(tmp_path / "real") == {"plan.csv": "1"}


def test_what_a_killed_run_left_is_put_back_and_cleared(tmp_path):
    left = tmp_path / ".out.abc.deling"
    (left / "old").mkdir(parents=True)
    (left / "old" / "notes.txt").write_text("mine")
    os.utime(left, (0, 0))  # long ago, for where no lock tells
    fill(tmp_path / "out", **{"plan.csv": "1"})
    assert content(tmp_path / "out") == {"notes.txt": "mine", "plan.csv": "1"}
    assert not left.exists()


def test_what_another_run_is_writing_is_not_cleared_away(target):
    with replaced(target) as folder:
        (folder / "plan.csv").write_text("1")
        require_writable(target)
        assert (folder / "plan.csv").exists()
    assert content(target) == {"plan.csv": "1"}


def test_a_reader_of_the_old_results_reads_them_to_the_end(target):
    fill(target, **{"plan.csv": "1" * 10_000})
    with (target / "plan.csv").open() as reader:
        assert reader.read(5) == "11111"
        fill(target, **{"plan.csv": "2" * 10_000})
        assert reader.read() == "1" * 9_995
    assert content(target) == {"plan.csv": "2" * 10_000}


WRITER = """
import json, sys
from pathlib import Path
from deling.outputs.folder import replaced
for turn in range(int(sys.argv[3]), int(sys.argv[2]), 2):
    with replaced(Path(sys.argv[1])) as folder:
        names = [f"{number}.txt" for number in range(20 + turn % 2)]
        for name in names:
            (folder / name).write_text(str(turn))
        (folder / "result.json").write_text(json.dumps({"files": [*names, "result.json"]}))
    print(turn, flush=True)
"""


def start_writer(target: Path, turns: int, offset: int = 0) -> subprocess.Popen:
    """Start a process that writes 20 files of one number again and again, 21 of an odd one."""
    arguments = [str(target), str(turns), str(offset)]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no locks on folders there")
def test_two_runs_into_one_folder_leave_the_files_of_one(tmp_path):
    target = tmp_path / "out"
    writers = [start_writer(target, turns=60, offset=offset) for offset in (0, 1)]
    for writer in writers:
        assert writer.wait() == 0
        writer.stdout.close()
    found = content(target)
    assert len(set(found.values())) == 1
    assert len(found) == 20 + int(found["0.txt"]) % 2
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_kill_at_any_moment_leaves_old_or_new(tmp_path):
    target = tmp_path / "out"
    for delay in range(5):
        writer = start_writer(target, turns=10**6, offset=delay)
        for _turn in range(3 + 7 * delay):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        found = content(target)
        assert len(set(found.values())) == 1
        assert len(found) == 20 + int(found["0.txt"]) % 2
        require_writable(target)
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
