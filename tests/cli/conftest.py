"""A folder to write into, and a plan of somebody's own."""

from __future__ import annotations

import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the folder that commands work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def plan(folder):
    """Return a plan file that is today's use without the bought singer."""
    (folder / "edited.csv").write_text(
        "event,need,source,day,start,end,room,staff,equipment\n"
        "t1,vug-musik,,Mo,09:30,10:00,rytmikrum,musikpaedagog,trommekasse\n"
        "t6,kor,,Tu,13:00,14:00,sal,friv-pianist,klaver-sal\n"
    )
    return folder / "edited.csv"
