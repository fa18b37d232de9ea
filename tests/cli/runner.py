"""Running commands in the tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from deling.cli import main

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]
SMALLEST = ROOT / "scenarios" / "smallest.yaml"


def run(*arguments: object) -> Result:
    """Run deling; an exception that it does not explain fails the test."""
    return CliRunner(catch_exceptions=False).invoke(main, [str(one) for one in arguments])
