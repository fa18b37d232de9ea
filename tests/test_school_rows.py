"""Measurements of schools: what is kept, and what the page says of it."""

from __future__ import annotations

import json
import sys

import fet_files
import schools
from sizing.page import make_page
from sizing.schools import read_schools


def test_measurements_are_kept_and_not_made_again(tmp_path, monkeypatch, capsys):
    file = tmp_path / schools.SCHOOLS["argentina"]
    file.parent.mkdir()
    file.write_text(fet_files.full(), encoding="utf-8")
    results = tmp_path / "results.jsonl"
    words = ["schools.py", "--results", str(results), "--limit", "20", "--examples", str(tmp_path)]
    words += ["--only", "argentina", "hopwood", "--programs", "deling"]
    monkeypatch.setattr(sys, "argv", words)
    assert schools.main() == 0
    assert "hopwood: there is no" in capsys.readouterr().err
    (row,) = schools.known(results)
    assert (row["placed"], row["activities"], row["status"]) == (10, 10, "optimal")
    assert row["loaded_after"] < row["all_placed_after"] <= row["seconds"]
    assert row["import_seconds"] > 0
    monkeypatch.setitem(schools.MEASURES, "deling", None)
    assert schools.main() == 0
    assert schools.known(results) == [row]
    assert "100.0 %" in capsys.readouterr().out


def test_without_fet_there_is_a_message(tmp_path, monkeypatch, capsys):
    file = tmp_path / schools.SCHOOLS["argentina"]
    file.parent.mkdir()
    file.write_text(fet_files.full(), encoding="utf-8")
    monkeypatch.setattr(schools, "fet_is_there", lambda: False)
    words = ["schools.py", "--results", str(tmp_path / "r.jsonl"), "--examples", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", [*words, "--only", "argentina", "--programs", "fet"])
    assert schools.main() == 0
    assert "there is no fet-cl" in capsys.readouterr().err


def results(path, *rows):
    lines = [
        {
            "school": name,
            "program": program,
            "limit": limit,
            "seed": seed,
            "activities": 10,
            "placed": 10 if after else 9,
            "all_placed_after": after,
            "seconds": after or 60.0,
            "loaded_after": 0.1,
        }
        for name, program, limit, *times in rows
        for seed, after in enumerate(times, 1)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_the_page_tells_of_schools_that_both_have_tried(tmp_path):
    path = results(
        tmp_path / "schools.jsonl",
        ("quick", "fet", 60, 1.0),
        ("quick", "deling", 60, 0.25),
        ("hard", "fet", 600, 300.0),
        ("hard", "fet", 60, None),
        ("hard", "deling", 60, 30.0),
        ("lost", "fet", 60, 2.0),
        ("lost", "deling", 60, None),
        ("alone", "deling", 60, 1.0),
    )
    text, _pictures = make_page([], read_schools(path))
    assert "| quick | 10 | 1 | 60 | 100.0 % | 1.00 | 100.0 % | 0.25 | 0.10 | 0.25 |" in text
    assert "| hard | 10 | 1 | 60 | 90.0 % | > 60 | 100.0 % | 30.00 | 0.10 | – |" in text
    assert "alone" not in text
    assert "Placed whole by FET and not by deling: lost." in text
    assert "Placed whole by deling and not by FET: hard. Asked for: one at least: met." in text
    assert "compiled code, at 0 of the 3 schools." in text
    assert "deling takes 0.25 of FET's time (median; 0.25 at most)" in text
    assert "never more than 1: met." in text


def test_the_page_tells_medians_over_seeds(tmp_path):
    path = results(
        tmp_path / "schools.jsonl",
        ("steady", "fet", 60, 1.0, 9.0, 2.0),
        ("steady", "deling", 60, 0.5, 0.25, None),
        ("unlucky", "fet", 60, 1.0, 2.0, 3.0),
        ("unlucky", "deling", 60, 1.0, None, None),
    )
    text, _pictures = make_page([], read_schools(path))
    assert "| steady | 10 | 3 | 60 | 100.0 % | 2.00 | 100.0 % | 0.50 | 0.10 | 0.25 |" in text
    assert "| unlucky | 10 | 3 | 60 | 100.0 % | 2.00 | 90.0 % | > 60 | 0.10 | – |" in text
    assert "Placed whole by FET and not by deling: unlucky." in text


def test_a_school_that_takes_longer_than_with_fet_is_told(tmp_path):
    path = results(tmp_path / "s.jsonl", ("slow", "fet", 60, 1.0), ("slow", "deling", 60, 1.5))
    text, _pictures = make_page([], read_schools(path))
    assert "never more than 1: **not met**." in text
    assert "and not by FET: none. Asked for: one at least: **not met**." in text
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = (json.dumps(row | {"compiled": True}) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")
    assert "so long searches go on in compiled code." in make_page([], read_schools(path))[0]
    assert "None has been measured yet." in make_page([], read_schools(tmp_path / "none"))[0]
