"""Tables for the terminal."""

from __future__ import annotations

import io

from deling.cli.text import bar, shortened, table, wrapped


def test_a_table_is_aligned_and_the_first_column_gives_way():
    rows = [["a name", "kg", "1"], ["x" * 200, "", "1,234"]]
    lines = table(["what", "unit", "today"], rows, texts=2).splitlines()
    assert lines[0].startswith("what ")
    assert set(lines[1]) == {"-"}
    assert lines[2].endswith("kg        1")
    assert "x… " in lines[3]
    assert all(len(line) <= 100 for line in lines)


def test_a_cut_is_visible():
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "ab…"


def test_paragraphs_fit():
    assert all(len(line) <= 100 for line in wrapped("word " * 100, "  - ").splitlines())


def test_long_heads_take_several_lines_before_names_are_cut():
    header = ["institution", *["hours a week that are lent"] * 4]
    lines = table(header, [["A house with a long name", *["1,234.5"] * 4]]).splitlines()
    assert "A house with a long name" in lines[-1]
    assert [line.rsplit("  ", 1)[-1] for line in lines[:2]] == ["hours a week", "that are lent"]
    assert lines[1].startswith("institution")
    assert all(len(line) <= 100 for line in lines)


def test_only_the_whole_fills_a_bar_and_anything_shows():
    assert bar(0, 10, 4) == "░░░░"
    assert bar(1, 1000, 4) == "█░░░"
    assert bar(999, 1000, 4) == "███░"
    assert bar(3, 3, 4) == "████"
    assert bar(0, 0, 4) == "░░░░"


def test_bars_on_a_terminal_without_blocks(monkeypatch):
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    assert bar(1, 2, 4) == "##.."
