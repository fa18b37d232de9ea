"""Splitting a large case: what belongs together stays together, and local areas are found."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import deling.search.split
from deling.case import Case
from deling.part import Cutter
from deling.scenario.load import load
from deling.search.split import SESSIONS_EACH, pieces, split, ties
from exhaustive.draw import case_of
from planting import plant, write
from small import event, small

TESTS = Path(__file__).parents[1]


def parts_of(case: Case, seed: int = 1) -> list[tuple[str, ...]]:
    return split(case, Cutter(case), seed)


def sessions(case: Case, part: tuple[str, ...]) -> int:
    return sum(case.scenario.needs[need].sessions for need in part)


def holds_together(case: Case, parts: list[tuple[str, ...]]) -> None:
    """Assert that each need is in one part, beside all that it cannot be parted from."""
    needs = case.scenario.needs
    assert sorted(need for part in parts for need in part) == sorted(needs)
    place = {need: at for at, need in enumerate(needs)}
    assert all(list(part) == sorted(part, key=place.__getitem__) for part in parts)
    home = {need: at for at, part in enumerate(parts) for need in part}
    together: dict[object, set[int]] = {}
    for need in needs.values():
        together.setdefault(case.group_of(need.id).institution, set()).add(home[need.id])
        if need.joint is not None:
            together.setdefault(("joint", need.joint), set()).add(home[need.id])
    for one in case.scenario.today.events:
        together[one.id, "today"] = {home[need] for need in one.needs}
    assert {key: at for key, at in together.items() if len(at) > 1} == {}


def copies(case: Case, count: int) -> Case:
    """Return a case that is several times the same area, with nothing in between."""

    def renamed(name: str, number: int) -> str:
        return f"{name}-{number}"

    scenario = case.scenario
    found: dict[str, dict[str, object]] = {
        table: {} for table in ("institutions", "rooms", "staff", "equipment", "groups", "needs")
    }
    for number in range(count):
        for table, rows in found.items():
            for key, known in getattr(scenario, table).items():
                changes: dict[str, object] = {"id": renamed(key, number)}
                for column in ("institution", "group", "part_of"):
                    value = getattr(known, column, None)
                    if value is not None:
                        changes[column] = renamed(value, number)
                rows[renamed(key, number)] = known.model_copy(update=changes)
    for need in found["needs"].values():
        assert need.joint is None
    update = {**found, "agreements": (), "blocks": (), "today": scenario.today}
    return Case(scenario.model_copy(update=update))


def village(houses: int, wishes: int) -> Case:
    """Return houses that lend to each other, with one group each."""
    names = [f"house{at}" for at in range(houses)]
    shared = {"shared_with": tuple(names)}
    return small(
        institutions={name: {"sector": "daycare"} for name in names},
        rooms={f"room-{name}": {"institution": name, **shared} for name in names},
        staff={f"staff-{name}": {"institution": name, **shared} for name in names},
        groups={f"group-{name}": {"institution": name} for name in names},
        needs={
            "n": {"sessions": 0},
            **{
                f"need-{name}-{at}": {
                    "group": f"group-{name}",
                    "sessions": 1,
                    "skills": (("music", 1),),
                }
                for name in names
                for at in range(wishes)
            },
        },
    )


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_random_areas_are_split_into_whole_houses_and_tags(size, monkeypatch):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", size)
    several = 0
    for seed in range(50):
        case = case_of(seed)
        parts = parts_of(case)
        holds_together(case, parts)
        several += len(parts) > 1
    assert several > 5 or size == 1000


def test_needs_that_go_together_today_are_not_parted(monkeypatch):
    """Otherwise both parts would count what moves from today's event."""
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 1)
    case = small(
        groups={"h": {"institution": "books"}},
        needs={"m": {"group": "h"}},
        today=(event("e", needs="n m"),),
    )
    assert parts_of(case) == [("n", "m")]


@pytest.mark.parametrize(("institutions", "seed"), [(40, 61)])
def test_planted_areas_are_split_into_parts_of_the_right_size(tmp_path, institutions, seed):
    case = Case(load(write(plant(institutions, seed, "tight", 0.3), tmp_path)).scenario)
    cutter = Cutter(case)
    parts = split(case, cutter, seed)
    holds_together(case, parts)
    graph = ties(case, cutter)
    largest = max(row["sessions"] for _node, row in graph.nodes(data=True))
    sizes = [sessions(case, part) for part in parts]
    assert max(sizes) <= max(1.5 * SESSIONS_EACH, largest)
    assert len(parts) > 1
    # A small part is left only where all that it is tied to are full.
    assert sum(sizes) / len(sizes) > SESSIONS_EACH / 2
    assert split(case, cutter, seed) == parts


def test_areas_that_do_not_touch_are_split_along_their_borders(monkeypatch):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    base = village(4, 5)
    scenario = base.scenario
    # Sharing by name, so that each copy shares within itself.
    case = copies(base, 3)
    for table in ("rooms", "staff"):
        rows = getattr(case.scenario, table)
        for key, known in rows.items():
            number = key.rsplit("-", 1)[1]
            names = tuple(
                f"{name}-{number}" if name != "all" else f"elm-{number}"
                for name in known.shared_with
            )
            rows[key] = known.model_copy(update={"shared_with": names})
    parts = [set(part) for part in parts_of(case)]
    wanted = [{f"{need}-{number}" for need in scenario.needs} for number in range(3)]
    for part in parts:
        assert any(part <= area for area in wanted), "no part reaches into another area"
    assert sum(len(part) for part in parts) == sum(len(area) for area in wanted)
    houses = [{need for need in area if not need.startswith("n-")} for area in wanted]
    assert all(area in parts for area in houses), "none is cut that is small enough"


def test_a_large_area_of_one_piece_is_cut_in_pieces(monkeypatch):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 10)
    case = village(12, 4)
    parts = parts_of(case)
    holds_together(case, parts)
    assert max(sessions(case, part) for part in parts) <= 15
    assert len([part for part in parts if sessions(case, part)]) <= 8, "nor are there crumbs"


def test_one_large_house_is_worked_on_in_pieces(monkeypatch):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 4)
    case = village(1, 12)
    area = max(parts_of(case), key=len)
    assert len(area) >= 12, "no house is parted"
    found = pieces(case, area)
    assert len(found) > 1
    assert [need for piece in found for need in piece] == list(area), "each need once, in order"
    assert all(sessions(case, piece) <= 4 or len(piece) == 1 for piece in found)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 1000)
    assert pieces(case, area) == [area]


def test_needs_that_want_no_session_tie_nobody(monkeypatch):
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0)
    groups = {"h": {"institution": "books"}}
    case = small(groups=groups, needs={"n": {"sessions": 0}, "m": {"group": "h", "sessions": 0}})
    assert parts_of(case) == [("n",), ("m",)]
    case = small(groups=groups, needs={"n": {"sessions": 2}, "m": {"group": "h", "sessions": 0}})
    holds_together(case, parts_of(case))


SAY = """
import sys
from deling.board import Board
from deling.case import Case
from deling.domain import Plan
from deling.part import Cutter
from deling.scenario.load import load
import deling.search.split
from deling.search.split import split
deling.search.split.SESSIONS_EACH = 20
case = Case(load(sys.argv[1]).scenario)
cutter = Cutter(case)
parts = split(case, cutter, 3)
print(parts)
for part in parts:
    cut = cutter.part(part, Board(case, case.scenario.today), 0)
    print(cut.free, cut.plan, cut.case.scenario, cut.case.kept)
"""


def test_splits_and_parts_are_the_same_in_every_process(tmp_path):
    file = write(plant(20, 63, "tight", 0.3), tmp_path)
    said = set()
    for hash_seed in ("0", "1"):
        answer = subprocess.run(
            [sys.executable, "-c", SAY, file],
            env={
                **os.environ,
                "PYTHONHASHSEED": hash_seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(hashlib.sha256(answer.stdout.encode()).hexdigest())
    assert len(said) == 1
