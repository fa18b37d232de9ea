"""Whatever stands in a file: a scenario or an InputError with places, never a traceback."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deling.errors import InputError, Place
from deling.scenario.load import load
from deling.scenario.problems import Problems, cpr_numbers, shown
from deling.scenario.yaml_text import parse_yaml

BAD = Path(__file__).parent.parent / "bad"
YAML_SIGNS = st.text(st.sampled_from("ab:- \n[]{},'\"&*!|>?%@`#\t0.5~<"), max_size=40)
CELLS = st.sampled_from(
    [
        *[
            "-1",
            "99999999999999999999",
            "1e99",
            "nan",
            "a:2",
            ":",
            "a b",
            "off",
            "24/7",
            "Mo",
            "24:00",
            "sal",
            "all",
            "none",
            "æ",
        ],
        *["%s", "{x}", "bought", "2,5", "1.000", "\u2028"],
        *("", "x" * 300, '"'),
    ]
)


def attempt(file):
    """Load, and return what is said if it cannot be loaded."""
    try:
        return load(file).warnings
    except InputError as error:
        return error.problems


def are_told(problems):
    return all(problem.place.file and problem.message for problem in problems)


@given(YAML_SIGNS)
def test_any_yaml(text):
    with contextlib.suppress(InputError):
        parse_yaml(text, "x.yaml", Problems())


@given(YAML_SIGNS, st.sampled_from(["calendar", "travel", "rules", "goals", "change", "solve"]))
@settings(max_examples=60, deadline=None)
def test_any_section(text, section):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "area.yaml"
        tables = (BAD / "base").as_posix()
        file.write_text(f"name: A\ntables: '{tables}'\n{section}: {text}", encoding="utf-8")
        assert are_told(attempt(file))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_cell(data):
    name = data.draw(st.sampled_from(sorted(path.name for path in (BAD / "base").glob("*.csv"))))
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(BAD / "base", Path(folder) / "base")
        file = shutil.copy(BAD / "base.yaml", folder)
        table = Path(folder) / "base" / name
        lines = table.read_text(encoding="utf-8").splitlines()
        row = data.draw(st.integers(0, len(lines) - 1))
        cells = lines[row].split(",")
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(CELLS)
        lines[row] = ",".join(cells)
        table.write_text("\n".join(lines), encoding="utf-8")
        assert are_told(attempt(Path(file)))


@pytest.mark.parametrize("name", ["missing.yaml", "", "a\0b.yaml", "x" * 5000])
def test_a_scenario_file_that_is_not_there(tmp_path, name):
    with pytest.raises(InputError) as error:
        load(tmp_path / name)
    assert isinstance(error.value.problems[0].place, Place)


@pytest.mark.parametrize("tables", ["missing", "'a\\0b'", "a" * 5000, "base.yaml", "'", "[a]"])
def test_tables_that_are_not_there(tmp_path, tables):
    file = tmp_path / "base.yaml"
    file.write_text(f"name: A\ntables: {tables}\n", encoding="utf-8")
    with pytest.raises(InputError):
        load(file)


@pytest.mark.parametrize("data", [b"\0\1", b"\xff\xfea\0", b"\x89PNG\r\n\x1a\n\0", b"\x81"])
def test_a_binary_scenario_file(tmp_path, data):
    file = tmp_path / "area.yaml"
    file.write_bytes(data)
    with pytest.raises(InputError, match=r"is no text|UTF-16"):
        load(file)


@pytest.mark.parametrize(
    "text",
    [
        "010190-1234",
        "0101901234",
        "tlf, 311299-1234.",
        "x2902041234".replace("x", " "),
        "(010190–1234)",
    ],
)
def test_what_looks_like_a_cpr_number(text):
    assert cpr_numbers(text)
    assert "1234" not in shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "55.0101901234",
        "0101901234.5",
        "12,0101901234",
        "01019012345",
        "320190-1234",
        "011390-1234",
        "310290-1234",
        "4512345678",
        "010190 1234",
        "2026-08-31",
    ],
)
def test_what_is_no_cpr_number(text):
    assert not cpr_numbers(text)
