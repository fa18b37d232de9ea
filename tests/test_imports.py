"""The directions in which modules may import each other, and what a light command loads."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("ortools", "pandas", "numpy", "deling.candidates", "deling.model", "deling.search")


def test_modules_import_only_from_those_below() -> None:
    """The contracts are in pyproject.toml, under ``tool.importlinter``."""
    command = "import sys; from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["check", "evaluate", "rules", "goals", "tours", "measures"])
def test_the_checker_loads_no_solver(module: str) -> None:
    command = f"import sys, deling.{module}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    assert not set(HEAVY) & set(done.stdout.split())
