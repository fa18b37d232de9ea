"""Spoiled inputs: each is made from a seed and a number, and is the same every time."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

import xlsxwriter

from deling.case import Case
from deling.outputs.plan import write_plan
from deling.scenario.load import load
from fuzz.mutate import MUTATIONS, Files

ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "bad"
SCENARIO = "area.yaml"
PLAN = "plan.csv"

_WHAT_IF = b"""name: What if
tables: base
extends: other.yaml
change:
  - {table: rooms, where: {room: stue}, set: {shared_with: all}}
  - {table: staff, add: {staff: v1, institution: skole, skills: musik, available: "Mo 09:00-12:00"}}
  - {table: needs, where: {need: musik}, set: {sessions: 3, buy_price: 100}}
  - {table: use, drop: {event: e1}}
rules: {budget: 5000, floor_area: {kindergarten: 2}}
"""


@dataclass(frozen=True)
class Input:
    """A spoiled input.

    Attributes
    ----------
    area
        Which area it is made from.
    steps
        The mutations, each with the seed of its generator.
    command
        What is asked; the scenario is `area.yaml`, a plan beside it `plan.csv` or `plan.xlsx`.
    """

    area: str
    steps: tuple[tuple[str, str], ...]
    command: tuple[str, ...]

    def files(self) -> Files:
        """Return the files as the mutations leave them."""
        files = dict(area(self.area))
        for name, seed in self.steps:
            MUTATIONS[name](Random(seed), files)
        return files

    def without(self, step: int) -> Input:
        """Return the same with one mutation less."""
        return replace(self, steps=self.steps[:step] + self.steps[step + 1 :])


def make(seed: int, number: int) -> Input:
    """Return one input of a campaign."""
    rng = Random(f"{seed}/{number}")
    name = rng.choices([*_WEIGHTS], [*_WEIGHTS.values()])[0]
    gentle = rng.random() < 0.45
    small = name in ("base", "what-if", "smallest", "base-book")
    if gentle:
        kinds, count = ["soft", "soft", "soft", "settings"], rng.choice((1, 1, 2, 3, 5))
    else:
        kinds, count = [*MUTATIONS], rng.choice((1, 1, 1, 2, 3, 6))
    if name.endswith("book"):
        kinds = [*kinds, *["workbook"] * (1 if gentle else 8)]
    steps = tuple((rng.choice(kinds), f"{seed}/{number}/{step}") for step in range(count))
    plan = "plan.xlsx" if name.endswith("book") else PLAN
    ways = [
        ("check", SCENARIO),
        ("check", SCENARIO, "--json"),
        ("check", SCENARIO, plan),
        ("compare", SCENARIO, plan),
        ("compare", SCENARIO, plan, PLAN, "--json", "--output", "out"),
    ]
    weights = [30, 5, 25, 10, 3]
    if small:
        ways += [
            ("report", SCENARIO, plan, "--output", "out.html"),
            ("run", SCENARIO, "--output", "out"),
            ("run", SCENARIO, "--output", "out", "--ladder", "--excel"),
            ("compare", SCENARIO, "--output", "out"),
        ]
        weights += [2, 6, 1, 1] if gentle else [2, 3, 0.5, 0.5]
    command = rng.choices(ways, weights)[0]
    if command[0] == "run" or (command[0] == "compare" and plan not in command):
        command += ("--time-limit", rng.choice(("0", "0.05", "0.3")), "--workers", "1")
    return Input(name, steps, command)


_WEIGHTS = {
    "base": 40,
    "base-book": 20,
    "what-if": 15,
    "smallest": 15,
    "smallest-book": 4,
    "bad": 5,
    "hedehusene": 1,
}


@lru_cache
def area(name: str) -> Files:
    """Return the files of an area, with plans of today's use."""
    plain = name.removesuffix("-book")
    if plain in ("smallest", "hedehusene"):
        shipped = ROOT / "scenarios" / f"{plain}.yaml"
        files = {SCENARIO: shipped.read_bytes().replace(b"../data/" + plain.encode(), b"base")}
        tables = ROOT / "data" / plain
    else:
        shipped = BAD / "base.yaml"
        files = {SCENARIO: shipped.read_bytes()}
        tables = BAD / "base"
    files |= {f"base/{path.name}": path.read_bytes() for path in sorted(tables.glob("*.csv"))}
    if plain not in ("smallest", "hedehusene"):
        # Mistakes of its own would hide what the mutations do.
        rooms = files["base/rooms.csv"]
        files["base/rooms.csv"] = rooms.replace(b",40,20,,,,", b",40,20,gulv,,all,")
    files[PLAN] = _plan(shipped)
    if name == "what-if":
        files |= {"other.yaml": files[SCENARIO], SCENARIO: _WHAT_IF}
    if name == "bad":
        files |= {path.name: path.read_bytes() for path in sorted(BAD.glob("*.*"))}
    if name.endswith("-book"):
        sheets = {Path(key).stem: files.pop(key) for key in [*files] if key.startswith("base/")}
        files["base.xlsx"] = _book(sheets)
        files["plan.xlsx"] = _book({"plan": files[PLAN]})
        files[SCENARIO] = files[SCENARIO].replace(b"tables: base", b"tables: base.xlsx")
    return files


@lru_cache
def _plan(shipped: Path) -> bytes:
    case = Case(load(shipped).scenario)
    path = Path.cwd() / PLAN
    write_plan(case.scenario.today, case, path)
    found = path.read_bytes()
    path.unlink()
    return found


def _book(sheets: dict[str, bytes]) -> bytes:
    """Return tables as a workbook, with numbers as numbers and times as times."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(2026, 1, 1)})
        clock = book.add_format({"num_format": "hh:mm"})
        for name, data in sheets.items():
            page = book.add_worksheet(name)
            for line, row in enumerate(csv.reader(io.StringIO(data.decode()))):
                for column, text in enumerate(row):
                    if line and text.count(":") == 1 and len(text) == 5 and text[:2].isdigit():
                        page.write_number(
                            line, column, (int(text[:2]) + int(text[3:]) / 60) / 24, clock
                        )
                    elif line and text.isdigit():
                        page.write_number(line, column, int(text))
                    else:
                        page.write_string(line, column, text)
    return out.getvalue()
