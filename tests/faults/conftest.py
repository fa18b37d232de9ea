"""Results of an earlier run, which nothing may spoil."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.process import SMALLEST, deling

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def earlier(tmp_path_factory) -> Path:
    """Return the results of an earlier run, at another sharing level."""
    folder = tmp_path_factory.mktemp("earlier") / "area"
    told = deling("run", SMALLEST, "--sharing", "own", "--output", folder, "--quiet")
    assert told.returncode == 0, told.stderr
    return folder
