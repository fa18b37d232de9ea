"""The judge's tests notice small changes in it; tests that do not are shown up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="every change is tried in a fork")

WEAK = """
from small import broken, event, small


def test_zero_stays_at_its_site():
    case = small(groups={"g": {"max_travel": 0}})
    assert broken(case, event("e1", room="hall")) == set()
    assert broken(case, event("e1", room="lib")) == {("reach", ("e1",))}
"""
ACCEPTED = """
[["rules/reach.py"]]
function = "Reach.breaches"
was = "if way > group.max_travel:"
now = "if way >= group.max_travel:"
why = "noticed by the test above"
"""


def mutate(root, *files):
    return subprocess.run(
        [sys.executable, "tests/mutation", *files],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def weak(tmp_path):
    """Copy what the run needs, with a test of one rule that says little."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "tests" / "mutation", tmp_path / "tests" / "mutation")
    for name in ("conftest.py", "small.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests")
    (tmp_path / "tests" / "rules").mkdir()
    (tmp_path / "tests" / "rules" / "test_reach.py").write_text(WEAK, encoding="utf-8")
    return tmp_path


def test_a_rule_whose_tests_notice_everything():
    found = mutate(ROOT, "rules/reach.py")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "100.0 % killed" in found.stdout


def test_what_a_weak_test_lets_pass_is_shown(weak):
    (weak / "tests" / "mutation" / "accepted.toml").write_text(ACCEPTED, encoding="utf-8")
    found = mutate(weak, "rules/reach.py")
    assert found.returncode == 1
    survived, gone = found.stdout.split("Accepted, but gone or killed:")
    assert "mode=None" in survived  # nobody reads the message
    assert 'now = "if way <= group.max_travel:"' not in survived
    assert 'now = "if way >= group.max_travel:"' in gone


def test_a_test_that_fails_by_itself_is_no_credit(weak):
    path = weak / "tests" / "rules" / "test_reach.py"
    path.write_text(WEAK + "    assert False\n", encoding="utf-8")
    found = mutate(weak, "rules/reach.py")
    assert found.returncode == 1
    assert "its tests cannot be run" in found.stderr


@pytest.mark.slow
def test_every_change_of_the_judge_is_noticed_or_accepted():
    found = mutate(ROOT)
    assert found.returncode == 0, found.stdout + found.stderr
