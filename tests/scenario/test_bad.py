"""Every kind of mistake has a file in ``tests/bad`` and the messages it leads to beside it.

A ``.yaml`` is a scenario of its own. A ``.csv`` in a folder takes the place of that table in
``tests/bad/base``. After a change of words, ``python tests/scenario/test_bad.py`` writes the
messages anew: read the difference.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deling.errors import InputError
from deling.scenario.load import load
from deling.scenario.plans import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD = Path(__file__).parent.parent / "bad"
BASE = ("base.yaml", "circle-2.yaml")
CASES = sorted(
    path.relative_to(BAD).as_posix()
    for pattern in ("*.yaml", "*/*.csv")
    for path in BAD.glob(pattern)
    if path.parent.name != "base" and path.name not in BASE
)


def messages(case: str) -> str:
    """Return what is said of a bad file, a line a problem."""
    path = BAD / case
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for file in BAD.glob("*.*"):
            shutil.copy(file, folder)
        shutil.copytree(BAD / "base", "base")
        table = path.parent.name
        if path.suffix == ".csv":
            shutil.copy(path, f"base/{table}.csv")
        try:
            if table == "plan":
                read_plan("base/plan.csv", load("base.yaml").scenario)
            else:
                load("base.yaml" if path.suffix == ".csv" else case)
        except InputError as error:
            return "".join(f"{problem}\n" for problem in error.problems)
    return ""


@pytest.mark.parametrize("case", CASES)
def test_says_all_that_is_wrong_and_where(case: str) -> None:
    expected = (BAD / case).with_suffix(".txt").read_text(encoding="utf-8")
    assert messages(case) == expected
    assert expected


def test_every_message_has_its_file() -> None:
    told = {path.with_suffix("").relative_to(BAD).as_posix() for path in BAD.glob("**/*.txt")}
    assert told == {case.rpartition(".")[0] for case in CASES}


def test_the_base_is_good() -> None:
    with contextlib.chdir(BAD):
        assert load("base.yaml").warnings == ()


def _write() -> Iterator[str]:
    for case in CASES:
        (BAD / case).with_suffix(".txt").write_text(messages(case), encoding="utf-8", newline="\n")
        yield case


if __name__ == "__main__":
    print(*_write(), sep=os.linesep)
