"""No network, and nothing written but what docs/privacy.md says: watched from inside."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Runs before anything else in every Python process that inherits the environment, those that
# deling starts included.
WATCH = """
import json, os, sys
log = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
MAKING = ("os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.truncate")
def watch(event, given):
    if event.startswith("socket.") or event == "webbrowser.open":
        told = [event, str(given)]
        os.write(log, (json.dumps(told) + "\\n").encode())
        raise OSError("there is no network")
    if event == "open":
        path, _mode, flags = given
        if not flags & WRITING or not isinstance(path, (str, bytes, os.PathLike)):
            return
        paths = [os.fsdecode(path)]
    elif event in ("os.rmdir", "os.remove") and given[1] != -1:
        return  # within a folder that is open, whose own removal is seen
    elif event in MAKING:
        paths = [os.fsdecode(each) for each in given[:2] if isinstance(each, (str, bytes))]
    else:
        return
    for path in paths:
        os.write(log, (json.dumps([event, os.path.abspath(path)]) + "\\n").encode())
sys.addaudithook(watch)
"""


@pytest.fixture
def watched(tmp_path):
    """Return a function that runs deling and tells what it asked of the system."""
    place = tmp_path / "watch"
    place.mkdir()
    (place / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    (place / "home").mkdir()
    home = {key: str(place / "home") for key in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "TEMP", "TMP")}
    work = tmp_path / "work"
    work.mkdir()

    def run(*arguments: object, before: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        log = place / "log"
        log.write_bytes(b"")
        environment = {
            **os.environ,
            **home,
            "PYTHONPATH": os.pathsep.join([str(place), str(ROOT / "src")]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "DELING_LANGUAGE": "en",
            "WATCHED": str(log),
        }
        told = subprocess.run(
            [*before, sys.executable, "-m", "deling", *map(str, arguments)],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        assert not list((place / "home").iterdir())
        return [tuple(json.loads(line)) for line in log.read_text().splitlines()]

    run.work = work
    return run


COMMANDS = {
    "init": ("init", "area"),
    "run": ("run", "area/scenario.yaml", "--ladder", "--excel", "--time-limit", 5),
    "check": ("check", "area/scenario.yaml", "out/scenario/plan.csv"),
    "report": ("report", "area/scenario.yaml", "out/scenario/plan.csv", "--output", "page.html"),
    "compare": ("compare", "area/scenario.yaml", "--output", "out/ladder", "--time-limit", 5),
    "schema": ("schema", "--output", "schemas"),
}
WRITES = {
    "init": "area",
    "run": "out/scenario",
    "check": "",
    "report": "page.html",
    "compare": "out/ladder",
    "schema": "schemas",
}


def test_no_command_asks_for_the_network_or_writes_elsewhere(watched):
    for name, arguments in COMMANDS.items():
        asked = watched(*arguments)
        assert not [event for event, _what in asked if event.startswith(("socket", "webbrowser"))]
        top, _slash, last = WRITES[name].rpartition("/")
        for event, path in asked:
            within = Path(path)
            if path in (os.devnull, str(watched.work)):
                continue  # that it exists is made sure of
            told = (
                within.relative_to(watched.work).as_posix()
                if watched.work in within.parents
                else path
            )
            allowed = (
                told == WRITES[name]
                or told == top
                or told.startswith(f"{WRITES[name]}/")
                or fnmatch.fnmatch(told, f"{top + '/' if top else ''}.{last}.*deling*")
            )
            assert allowed, (name, event, path)
            assert name != "check"
    left = {path.name for path in watched.work.iterdir()}
    assert left == {"area", "out", "page.html", "schemas"}
    assert {path.name for path in (watched.work / "out").iterdir()} == {"scenario", "ladder"}


def test_the_watch_sees_a_connection_and_a_file(watched, monkeypatch):
    code = "import socket\ntry: socket.create_connection(('127.0.0.1', 9))\nexcept OSError: pass\n"
    script = watched.work / "deling.py"
    script.write_text(f"{code}open('x.txt', 'w').close()\n")
    asked = watched()
    assert any(event.startswith("socket.") for event, _what in asked)
    assert ("open", str(watched.work / "x.txt")) in asked


def test_every_file_of_a_run_is_in_the_list_of_what_is_written(watched):
    watched(*COMMANDS["init"])
    watched(*COMMANDS["run"])
    out = watched.work / "out" / "scenario"
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)
    patterns = [re.sub(r"<[^>]*>", "*", name) for name in listed]
    for path in sorted(out.rglob("*")):
        if path.is_file():
            name = path.relative_to(out).as_posix()
            assert any(
                fnmatch.fnmatch(name, pattern) and name.count("/") == pattern.count("/")
                for pattern in patterns
            ), name
    for pattern in patterns:
        assert list(out.glob(pattern)), f"{pattern} is listed but was not written"


@pytest.mark.skipif(shutil.which("unshare") is None, reason="Linux has it")
def test_a_run_where_there_is_no_network_at_all(watched):
    apart = ("unshare", "--map-root-user", "--net")
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("the system allows no network of one's own")
    watched(*COMMANDS["init"])
    watched("run", "area/scenario.yaml", "--time-limit", 5, before=apart)
    assert (watched.work / "out" / "scenario" / "report.html").exists()


ON_A_CLUSTER = """
import sys
from pathlib import Path
import deling.optimise
from deling.case import Case
from deling.scenario.load import load
deling.optimise.LARGE = -1
case = Case(load(Path(sys.argv[1])).scenario)
result = deling.optimise.optimise(case, time_limit=4, cluster=sys.argv[2])
print(result.workers, result.notes)
"""


def test_a_search_on_a_cluster_asks_for_its_address_alone(tmp_path):
    pytest.importorskip("distributed", reason="deling[cluster] is not installed")
    from dask_here import dask

    (tmp_path / "watch").mkdir()
    watch = WATCH.replace('        raise OSError("there is no network")\n', "        return\n")
    (tmp_path / "watch" / "sitecustomize.py").write_text(watch, encoding="utf-8")
    log = tmp_path / "log"
    log.write_bytes(b"")
    (tmp_path / "home").mkdir()
    with dask(tmp_path) as cluster:
        cluster.add_workers(1)
        places = [str(tmp_path / "watch"), str(ROOT / "src")]
        told = subprocess.run(
            [
                *(sys.executable, "-c", ON_A_CLUSTER),
                *(ROOT / "scenarios" / "smallest.yaml", cluster.address),
            ],
            env={
                **os.environ,
                "HOME": str(tmp_path / "home"),
                "PYTHONPATH": os.pathsep.join(places),
                "PYTHONDONTWRITEBYTECODE": "1",
                "WATCHED": str(log),
            },
            capture_output=True,
            text=True,
            check=True,
        )
    assert told.stdout == "1 ()\n"
    assert told.stderr == ""
    asked = [tuple(json.loads(line)) for line in log.read_text().splitlines()]
    host, port = cluster.address.removeprefix("tcp://").split(":")
    reached = [what for event, what in asked if event in ("socket.connect", "socket.sendto")]
    assert reached
    assert [what for what in reached if f"('{host}', {port})" not in what] == []
    assert [what for event, what in asked if event == "socket.bind"] == []
    written = {what for event, what in asked if not event.startswith("socket.")}
    assert written <= {os.devnull}
