"""The search on the workers of a Dask cluster: a real one, on this computer, parts of it killed."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import deling.optimise
import deling.search.cluster
import deling.search.split
import deling.search.versions
from deling.case import Case
from deling.check import check
from deling.errors import BAD_INPUT, ClusterError
from deling.evaluate import evaluate
from deling.optimise import optimise
from deling.scenario.load import load
from deling.search.cluster import Cluster
from deling.search.faults import Faults
from planting import plant, write

distributed = pytest.importorskip("distributed", reason="deling[cluster] is not installed")
dask = importlib.import_module("dask_here").dask

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="no signals to processes there")


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Return a cluster of two workers, which are started again if they die."""
    with dask(tmp_path_factory.mktemp("dask")) as found:
        found.add_workers(2)
        yield found


@pytest.fixture(scope="module")
def area(tmp_path_factory) -> Case:
    grown = plant(4, 83, "tight", 0.2)
    return Case(load(write(grown, tmp_path_factory.mktemp("area"))).scenario)


@pytest.fixture(autouse=True)
def all_large(monkeypatch):
    """Search any area by parts, each of a few needs."""
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)


class Story:
    """Follows a search: does something when workers of the cluster have found a better plan.

    Parameters
    ----------
    act
        What is done then, once.
    enough
        Whether an update after that, which is told when a part has come back, is the end.
    """

    def __init__(self, case: Case, act=lambda: None, enough=lambda _update: True) -> None:
        self._start = evaluate(case.scenario.today, case)["served"]
        self._act = act
        self._enough = enough
        self.acted = False
        self.stop = threading.Event()
        self.updates = []

    def __call__(self, update) -> None:
        self.updates.append(update)
        if self.acted:
            if self._enough(update):
                self.stop.set()
        elif update.goal == "served" and update.value > self._start and update.away is not None:
            self._act()
            self.acted = True


def sound(result, case: Case, story: Story) -> None:
    """Assert that a search was stopped by its story, with a plan that is worth what is told."""
    assert story.acted
    assert result.ended == "interrupted", "the story came to its end"
    assert result.plan is not None
    assert check(result.plan, case) == []
    values = evaluate(result.plan, case)
    assert {goal: each.value for goal, each in result.goals.items()} == values


def test_parts_are_searched_on_a_cluster_and_nothing_is_left_there(two, area):
    story = Story(area)
    result = optimise(area, time_limit=120, cluster=two.address, watch=story, stop=story.stop)
    sound(result, area, story)
    assert result.notes == ()
    assert result.workers == 2
    assert {update.away for update in story.updates} <= {None, 2}
    with distributed.Client(two.address, set_as_default=False) as client:
        deadline = time.monotonic() + 20
        # What was under way is told to stop.
        while any(client.processing().values()):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_no_more_is_searched_at_a_time_than_was_asked_for(two):
    with Cluster(two.address, 1, Faults()) as crew:
        assert crew.count == 1
        assert crew.away == 1


# What cannot be used


@contextmanager
def listening():
    """Listen, and never answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def refusal(address: str) -> str:
    with pytest.raises(ClusterError) as caught:
        Cluster(address, 0, Faults())
    assert caught.value.exit_code == BAD_INPUT
    return str(caught.value)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("127.0.0.1", "missing port number"),
        ("http://127.0.0.1:9", "unknown address scheme 'http'"),
        ("tls://127.0.0.1:9", "check your TLS configuration"),
        ("tcp://127.0.0.1:9", "no answer within"),
    ],
)
def test_an_address_where_there_is_no_cluster_is_named_with_the_reason(monkeypatch, address, told):
    monkeypatch.setattr(deling.search.cluster, "CONNECT_SECONDS", 0.5)
    message = refusal(address)
    assert message.startswith(f"No Dask cluster can be used at {address}: ")
    assert told in message


def test_who_listens_and_never_answers_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(deling.search.cluster, "CONNECT_SECONDS", 0.5)
    with listening() as address:
        assert "no answer within" in refusal(address)


def test_a_worker_is_not_taken_for_the_scheduler(two):
    with Cluster(two.address, 0, Faults()) as crew:
        worker = next(iter(crew._client.nthreads()))
    assert "this is not the scheduler but: Worker" in refusal(worker)


def test_workers_with_other_versions_are_refused_by_what_differs(two, monkeypatch):
    here = deling.search.versions.__version__
    monkeypatch.setattr(deling.search.versions, "__version__", "9.9")
    message = refusal(two.address)
    assert "need the versions of this computer" in message
    assert f"deling {here} instead of 9.9 (2 workers, the first of them tcp://127.0.0.1:" in message
    assert "ortools" not in message


@pytest.mark.slow
def test_a_cluster_without_workers_or_without_deling_is_refused(monkeypatch, tmp_path):
    other = tmp_path / "path" / "deling"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("", encoding="utf-8")
    with dask(tmp_path, path=str(other.parent)) as cluster:
        monkeypatch.setattr(deling.search.cluster, "CONNECT_SECONDS", 1)
        assert "it has no workers" in refusal(cluster.address)
        monkeypatch.setattr(deling.search.cluster, "CONNECT_SECONDS", 60)
        cluster.add_workers(1)
        message = refusal(cluster.address)
    assert "deling cannot be loaded: " in message
    assert "No module named 'deling.search'" in message


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install '.[cluster]'" in refusal("tcp://127.0.0.1:9")


# What dies


@posix
@pytest.mark.slow
def test_workers_that_are_killed_cost_time_and_not_the_plan(monkeypatch, area, tmp_path):
    monkeypatch.setattr(deling.search.cluster, "GONE_SECONDS", 200)
    killed: list[float] = []

    def kill_all() -> None:
        with distributed.Client(cluster.address, set_as_default=False) as client:
            for number in client.run(os.getpid).values():
                os.kill(number, signal.SIGKILL)
                killed.append(time.monotonic())

    def found_by_others(update) -> bool:
        # What had been found by then is told by now.
        return update.away is not None and time.monotonic() > killed[0] + 2

    with dask(tmp_path) as cluster:
        cluster.add_workers(2)
        story = Story(area, kill_all, found_by_others)
        result = optimise(
            area, time_limit=240, cluster=cluster.address, watch=story, stop=story.stop
        )
    sound(result, area, story)
    assert killed
    assert result.notes == (), "the cluster has started others, and given them the work"


@posix
@pytest.mark.slow
@pytest.mark.parametrize("who", ["scheduler", "workers"])
def test_a_cluster_that_is_lost_is_replaced_by_this_computer(monkeypatch, area, tmp_path, who):
    monkeypatch.setattr(deling.search.cluster, "GONE_SECONDS", 2)
    with dask(tmp_path) as cluster:
        worker = cluster.add_workers(1, "--no-nanny")
        victim = cluster.scheduler if who == "scheduler" else worker
        story = Story(area, victim.kill, lambda update: update.away is None)
        result = optimise(
            area, time_limit=240, cluster=cluster.address, watch=story, stop=story.stop
        )
    sound(result, area, story)
    assert [note.split(" (")[0] for note in result.notes] == [
        "The cluster was lost; the search went on, on this computer"
    ]


class Deadly:
    """Work that ends whatever process does it."""

    def __reduce__(self):
        return os._exit, (1,)


@posix
@pytest.mark.slow
def test_work_that_every_worker_dies_of_is_given_up_and_the_others_go_on(tmp_path):
    faults = Faults()
    with dask(tmp_path) as cluster:
        cluster.add_workers(1)
        with Cluster(cluster.address, 0, faults) as crew:
            with pytest.raises(crew.losses):
                crew.submit(Deadly(), None).result(timeout=240)
            assert crew.replace()
            assert crew.away is not None
            assert crew.generation == 0, "what others do is waited for"
    assert [kind for kind, _count, _first in faults.found()] == ["lost"]


# From the command line


def test_a_command_that_cannot_use_its_cluster_ends_as_with_any_bad_input(tmp_path):
    file = write(plant(36, 86, "tight", 0.2), tmp_path)
    done = deling_run(file, "tcp://127.0.0.1", tmp_path)
    assert done.returncode == BAD_INPUT
    assert done.stderr.startswith("No Dask cluster can be used at tcp://127.0.0.1: missing port")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_what_is_called_off_ends_here_where_the_cluster_is_lost(two):
    with Cluster(two.address, 2, Faults()) as crew:
        crew._go_on_here()
        future = crew.submit(time.sleep, 600)
        crew.call_off([future])
        assert multiprocessing.active_children() == []
        assert crew.submit(len, "abc").result(60) == 3, "there are others"


def test_a_small_area_is_searched_here_and_told_so(tmp_path):
    done = deling_run(ROOT / "scenarios" / "smallest.yaml", "tcp://127.0.0.1:9", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "The area is small: this computer searched it, not the cluster." in done.stdout


def deling_run(file: Path, address: str, folder: Path, *more: str):
    """Run deling with a cluster; return how it ended."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "deling", "run", file, "--cluster", address, *more),
            *("--output", folder / "out", "--quiet", "--language", "en"),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_each_step_of_the_ladder_is_searched_on_the_cluster(two, tmp_path):
    file = write(plant(36, 86, "tight", 0.2), tmp_path)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "deling", "compare", file, "--cluster", two.address),
            *("--time-limit", "60", "--language", "en"),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if line.endswith("2 workers of the cluster")]
    for level in ("each keeps to itself", "each sector shares", "the area shares"):
        assert any(f", {level}: " in line for line in told), level
