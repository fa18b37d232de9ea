"""Change the judge a little, again and again, and see whether its own tests notice.

``python tests/mutation`` takes the judging halves of the rules and goals, and the modules they
stand on, makes one small change at a time (a *mutant*: ``<`` for ``<=``, one more, a call left
out) and runs the tests that bear the module's name, ``tests/rules/test_room.py`` for
``rules/room.py``. A mutant that no test notices survives: it needs a test, or, where it changes
nothing that a caller can see, a line in ``accepted.toml`` that says why. Files may be
named: ``python tests/mutation rules/room.py``.

Common tools start a process a mutant, or leave out decorated functions (most of ``tours`` and
``case``), or choose tests by what runs through a line, wherever they lie. Here every mutant is a
fork of one process that has collected the module's tests already, with the code of one function
replaced; so it runs where there is ``fork``. What runs once, at import, is not seen.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import os
import resource
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from operators import changes
from scopes import install, scopes

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "deling"
ACCEPTED = Path(__file__).with_name("accepted.toml")
LEAST = 95
"""Per cent that have to be killed, whatever is accepted."""
MEMORY = 4 << 30
UNFIT = 99
"""Exit code of a fork whose mutant is no Python, which would be no credit to the tests."""


class Mutant(NamedTuple):
    """One change: in which function, and the statement before and after."""

    file: str
    function: str
    was: str
    now: str


@dataclass
class Found:
    """What became of the mutants of one file."""

    killed: int = 0
    survived: list[Mutant] = field(default_factory=list)
    seconds: float = 0

    @property
    def total(self) -> int:
        return self.killed + len(self.survived)


def files() -> list[str]:
    """Return the modules that judge, relative to the package."""
    several = [
        path.relative_to(SOURCE).as_posix()
        for folder in ("rules", "goals")
        for path in sorted((SOURCE / folder).glob("[!_]*.py"))
    ]
    several += ["check.py", "evaluate.py", "tours.py", "occasions.py", "lately.py"]
    return [*several, "case.py", "travel.py"]


def tests_of(file: str) -> Path:
    """Return the test file that bears a module's name."""
    path = Path(file)
    return ROOT / "tests" / path.parent / f"test_{path.name}"


class Loop:
    """A pytest plugin that runs the collected tests once for each mutant, in a fork."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found = Found()
        self.is_fork = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Fork for each mutant; a fork goes on to pytest's own loop."""
        if session.testsfailed or not session.items:
            return None
        module = importlib.import_module("deling." + self.file[:-3].replace("/", "."))
        code, needed = self.fork(60)
        if self.is_fork:
            return None
        if code:
            raise pytest.UsageError(f"{tests_of(self.file)} fails without any mutant")
        gc.freeze()  # or each fork would copy what it looks through
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for name, node in scopes(tree):
            for was, now in changes(node):
                code, _seconds = self.fork(int(5 * needed) + 3)
                if self.is_fork:
                    try:
                        install(module, name, node)
                    except BaseException:
                        os._exit(UNFIT)
                    return None
                if os.waitstatus_to_exitcode(code) == UNFIT:
                    raise pytest.UsageError(f"{self.file}: cannot be run with: {now}")
                self.found.killed += code != 0
                if not code:
                    self.found.survived.append(Mutant(self.file, name, was, now))
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """End a fork at the first failure; nobody reads its report."""
        if self.is_fork and call.excinfo is not None:
            os._exit(1)

    def fork(self, limit: int) -> tuple[int, float]:
        """Run the rest in a fork that has so many seconds of the processor to itself."""
        sys.stdout.flush()
        child = os.fork()
        if child:
            _child, status, used = os.wait4(child, 0)
            return status, used.ru_utime + used.ru_stime
        self.is_fork = True
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        return 0, 0


def run(file: str) -> Found:
    """Try every mutant of a file."""
    began = time.monotonic()
    loop = Loop(file)
    options = ["-s", "-p", "no:cacheprovider", "-p", "no:terminal", "-o", "addopts="]
    options += ["--assert", "plain", "-m", "not slow"]
    code: int = 70
    try:
        code = pytest.main([*options, str(tests_of(file))], plugins=[loop])
    finally:
        if loop.is_fork:
            os._exit(code)
    if code or not loop.found.total:
        sys.exit(f"{file}: its tests cannot be run ({code!r}); try pytest {tests_of(file)}")
    loop.found.seconds = time.monotonic() - began
    return loop.found


def accepted() -> dict[Mutant, str]:
    """Return the mutants that may survive, with the reason."""
    read = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))
    return {
        Mutant(file, row["function"], row["was"], row["now"]): row["why"]
        for file, rows in read.items()
        for row in rows
    }


def shown(mutant: Mutant) -> str:
    """Return a survivor as the file of accepted ones would hold it."""
    texts = [
        f'{key} = """{text}"""' if '"' in text or "\\" in text else f'{key} = "{text}"'
        for key, text in mutant._asdict().items()
        if key != "file"
    ]
    return "\n".join([f'[["{mutant.file}"]]', *texts, 'why = ""\n'])


def main() -> int:
    """Run, print the score of each file and the survivors, and judge them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help="such as rules/room.py; all")
    chosen = parser.parse_args().files or files()
    settings.register_profile(
        "mutation",
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),  # a slow machine is no credit to the tests
    )
    settings.load_profile("mutation")
    excused = accepted()
    sums: Counter[str] = Counter()
    survivors: list[Mutant] = []
    print(f"{'':28}mutants  killed accepted survived seconds")
    for file in chosen:
        found = run(file)
        left = [mutant for mutant in found.survived if mutant not in excused]
        survivors += left
        row = {
            "total": found.total,
            "killed": found.killed,
            "accepted": len(found.survived) - len(left),
            "survived": len(left),
            "seconds": round(found.seconds),
        }
        sums.update(row)
        excused = {
            mutant: why
            for mutant, why in excused.items()
            if mutant.file != file or mutant not in found.survived
        }
        print(f"{file:28}" + " ".join(f"{count:7}" for count in row.values()), flush=True)
    print(f"{'all':28}" + " ".join(f"{count:7}" for count in sums.values()))
    stale = [mutant for mutant in excused if mutant.file in chosen]
    for title, several in (("Survived", survivors), ("Accepted, but gone or killed", stale)):
        for at, mutant in enumerate(several):
            print(f"\n{title}:\n" * (at == 0) + "\n" + shown(mutant), end="")
    score = 100 * sums["killed"] / sums["total"]
    print(f"\n{score:.1f} % killed; at least {LEAST} % have to be.")
    return int(bool(survivors or stale) or score < LEAST)


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # the same score every time
        os.execve(sys.executable, sys.orig_argv, {**os.environ, "PYTHONHASHSEED": "0"})
    sys.exit(main())
