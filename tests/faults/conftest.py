"""Results of an earlier run, which nothing may spoil, and processes that hear Ctrl-C."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from faults.process import SMALLEST, deling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> Iterator[None]:
    """Let processes hear Ctrl-C even if the tests run in the background of a shell.

    Such a shell ignores it for them, and what is ignored stays so in processes that they start.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def earlier(tmp_path_factory) -> Path:
    """Return the results of an earlier run, at another sharing level."""
    folder = tmp_path_factory.mktemp("earlier") / "area"
    told = deling("run", SMALLEST, "--sharing", "own", "--output", folder, "--quiet")
    assert told.returncode == 0, told.stderr
    return folder
