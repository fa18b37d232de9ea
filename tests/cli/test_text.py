"""Tables for the terminal."""

from __future__ import annotations

from deling.cli.text import shortened, table, wrapped


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
