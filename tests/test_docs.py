"""The documentation agrees with the code and with itself."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from deling import __version__
from deling.goals import GOALS
from deling.outputs import WRITERS
from deling.rules import RULES

ROOT = Path(__file__).parent.parent
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "scenarios").glob("*.md"),
    *(ROOT / "data").rglob("*.md"),
]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as code hosts make them."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.strip().replace(" ", "-") for heading in plain}


def test_generated_parts_are_in_step() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    hint = "run python docs/generate.py\n"
    assert done.returncode == 0, hint + done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        name, _hash, anchor = link.partition("#")
        target = page if not name else page.parent / name
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


def test_every_rule_and_goal_has_a_section() -> None:
    rules = HEADING.findall((ROOT / "docs/rules.md").read_text(encoding="utf-8"))
    goals = HEADING.findall((ROOT / "docs/goals.md").read_text(encoding="utf-8"))
    assert [rule.id for rule in RULES if f"`{rule.id}`" not in rules] == []
    assert [goal for goal in GOALS if f"`{goal}`" not in goals] == []


def test_every_output_is_described() -> None:
    page = (ROOT / "docs/outputs.md").read_text(encoding="utf-8")
    assert [name for name in WRITERS if f"`{name}" not in page] == []


PROOFS = re.findall(
    r"`(tests/[\w/.]+)(?:::(\w+))?`", (ROOT / "docs/promises.md").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("file", "test"), PROOFS, ids=lambda part: part or "all of it")
def test_what_proves_a_promise_exists(file: str, test: str) -> None:
    module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    names = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
    assert any(name.startswith("test_") for name in names)
    assert not test or test in names


def test_versions_agree() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## \[(.+?)\] - (\d{4}-\d{2}-\d{2})$", changelog, re.MULTILINE)
    assert latest is not None
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert latest.groups() == (__version__, citation["date-released"])
    assert citation["version"] == __version__


@pytest.mark.parametrize("what", ["run", "tests"])
def test_readme_has_the_lines_that_ci_runs(what: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    line = rf"^<!-- ci: {what} -->\n```sh\n(python3 -m venv \.venv && .+)\n```$"
    assert len(re.findall(line, readme, re.MULTILINE)) == 1
