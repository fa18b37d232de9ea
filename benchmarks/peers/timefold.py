"""Timefold: local search in Java, given every option and the rules as constraint streams.

The Java in `java/` is compiled against the jars that the Python package carries; its Python
binding is not used.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections import defaultdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from deling.goals.comfort import MOVED
from deling.goals.cost import price
from peers import CORES
from peers.notes import Found
from peers.options import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan
    from peers.notes import Notes
    from peers.options import Choices, Option

JAVA = Path(__file__).parent / "java"
LOGGER = "logback"
"""Without it, the solver keeps silent."""
NONE = -1


def solve(case: Case, seconds: float, notes: Notes) -> bool:
    """Search until the time is up; nothing is ever proven."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compile_java(folder)
        # Who plans every week compiles once.
        notes.restart()
        every = choices(case)
        lines = Lines(every).all()
        (folder / "area.txt").write_text("\n".join(lines), encoding="ascii")
        command = ["java", "-cp", f"{folder}:{_jars()}", "Main", str(folder / "area.txt")]
        end = 1000 * (time.time() + seconds - notes.seconds)
        command += [str(round(end)), str(CORES)]
        offset = notes.seconds - time.time()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                for line in process.stdout or ():
                    words = [int(word) for word in line.split()]
                    tell = partial(_told, every, words[1:])
                    notes.add_found(Found(offset + words[0] / 1000, tell))
            except BaseException:
                process.kill()
                raise
    if process.returncode:
        raise RuntimeError(f"Timefold ended with {process.returncode}")
    return False


def compile_java(folder: Path) -> None:
    """Compile the model into a folder."""
    files = [str(path) for path in sorted(JAVA.glob("*.java"))]
    command = ["javac", "-nowarn", "-proc:none", "-cp", _jars(), "-d", str(folder), *files]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def _jars() -> str:
    spec = find_spec("timefold")
    (place,) = (spec.submodule_search_locations if spec else None) or ("timefold",)
    jars = sorted((Path(place) / "solver" / "jars").glob("*.jar"))
    return ":".join(str(jar) for jar in jars if not jar.name.startswith(LOGGER))


def _told(every: Choices, line: list[int]) -> tuple[Plan, dict[str, int]]:
    """Return the plan and the goals of a line: score, and the options chosen."""
    hard, served, fairness, cost, comfort, *numbers = line
    count = len(every.options)
    bought: dict[str, int] = defaultdict(int)
    prices = list(every.bought_at_least)
    for at in numbers:
        if at >= count:
            bought[prices[at - count]] += 1
    plan = every.plan([at for at in numbers if at < count], bought)
    if hard:
        return plan, {}
    today = sum(len(event.needs) for event in every.case.scenario.today.internal)
    goals = {"served": served, "fairness": -fairness, "cost": -cost}
    return plan, goals | {"comfort": MOVED * today - comfort}


class Lines:
    """What Java is told: a word and whole numbers a line. Ids become places in the tables."""

    def __init__(self, every: Choices) -> None:
        self._every, self._case = every, every.case
        scenario = self._case.scenario
        self._sites = {site: at for at, site in enumerate(scenario.sites)}
        self._owners = {owner: at for at, owner in enumerate(scenario.institutions)}
        self._staff = {member: at for at, member in enumerate(scenario.staff)}
        self._needs = {need: at for at, need in enumerate(scenario.needs)}
        modes = dict.fromkeys(member.travel_mode for member in scenario.staff.values())
        self._modes = {mode: at for at, mode in enumerate(modes)}
        # What there is one of is taken as the smallest parts of it.
        self._room_parts = _leaves(self._case.room_line)
        self._group_parts = _leaves(self._case.group_line)
        fleets = [mode for mode, one in scenario.travel.modes.items() if one.fleet is not None]
        names = [
            *(("room", room) for room in scenario.rooms),
            *(("group", group) for group in scenario.groups),
            *(("equipment", item) for item in scenario.equipment),
            *(("fleet", mode) for mode in fleets),
        ]
        self._things = {name: at for at, name in enumerate(names)}
        self._today: dict[tuple[str, int, str], int] = defaultdict(int)
        for event in scenario.today.internal:
            for need in event.needs:
                self._today[need, event.start, event.room] += 1

    def all(self) -> list[str]:
        """Return all lines."""
        return [" ".join(map(str, words)) for words in self._all()]

    def _all(self) -> Iterator[list[str | int]]:
        case, scenario = self._case, self._case.scenario
        sizes = len(self._modes), len(self._sites), len(self._owners), len(self._things)
        yield ["sizes", *sizes]
        limits, budget = scenario.rules.staff_day, _or_none(scenario.rules.budget)
        yield ["limits", limits.max_minutes, limits.max_span, limits.rest, limits.max_sites, budget]
        for mode, number in self._modes.items():
            for origin, row in self._sites.items():
                yield [
                    "travel",
                    number,
                    row,
                    *(case.travel.minutes(origin, s, mode) for s in self._sites),
                ]
        for owner, at in self._owners.items():
            wanted = sum(n.weight * n.sessions for n in case.needs_of_institution[owner])
            most = scenario.institutions[owner].max_away
            yield ["institution", at, _or_none(most), wanted]
        for member in scenario.staff.values():
            hours = case.open_hours_of_staff[member.id]
            yield [
                *("staff", self._modes[member.travel_mode], self._sites[member.site]),
                *(self._owners[member.institution], _or_none(member.weekly_minutes)),
                *(_or_none(member.lend_minutes), member.hourly_cost),
                *(minute for interval in hours for minute in interval),
            ]
        for need in scenario.needs.values():
            institution = self._owners[case.institution_of(need.id).id]
            kept = self._every.kept.get(need.id, 0)
            rest = need.min_days_between, int(need.same_staff)
            yield ["need", need.sessions, need.weight, kept, institution, *rest]
        yield from self._quantities()
        for option in self._every.options:
            yield self._option(option)
        for key in self._every.bought_at_least:
            bought = scenario.needs[key]
            worth = [bought.weight, *divmod(price(bought), 60), 0, 0, bought.buy_price or 0]
            yield ["option", 0, 0, 0, *worth, 1, self._needs[key], 0]
        yield from self._sessions()

    def _quantities(self) -> Iterator[list[str | int]]:
        scenario = self._case.scenario
        for (kind, name), at in self._things.items():
            units: int | None = 1
            if kind == "equipment":
                units = scenario.equipment[name].quantity
                for block, count in self._case.blocks_of_equipment[name]:
                    yield ["taken", at, block.start, block.end, count]
            elif kind == "fleet":
                units = scenario.travel.modes[name].fleet
            yield ["resource", at, _or_none(units)]

    def _option(self, option: Option) -> list[str | int]:
        case, scenario = self._case, self._case.scenario
        room = scenario.rooms[option.room]
        kept = sum(self._today[need, option.start, option.room] for need in option.needs)
        numbers = [option.start, option.end, self._sites[room.site], option.served]
        numbers += [*divmod(option.cost, 60), option.comfort - MOVED * kept]
        numbers += [int(option.standing), NONE]
        numbers += [len(option.needs), *(self._needs[need] for need in option.needs)]
        numbers += [len(option.staff), *(self._staff[member] for member in option.staff)]
        uses = [
            ("room", part, option.start, option.end + room.turnaround, 1)
            for part in self._room_parts[option.room]
        ]
        for need in option.needs:
            group, way = case.group_of(need), case.group_travel(need, room.site)
            trip = option.start - way, option.end + way, 1
            uses += [("group", part, *trip) for part in self._group_parts[group.id]]
            if group.site != room.site and ("fleet", group.travel_mode) in self._things:
                uses.append(("fleet", group.travel_mode, *trip))
        for item, units in option.equipment:
            there = scenario.equipment[item]
            move = 0 if there.site == room.site else there.move_minutes
            uses.append(("equipment", item, option.start - move, option.end + move, units))
        for kind, name, *use in uses:
            numbers += [self._things[kind, name], *use]
        return ["option", *numbers]

    def _sessions(self) -> Iterator[list[str | int]]:
        """Yield each wanted session: how it begins, and the options of which it may have one.

        It begins as today, for good where that is fixed.
        """
        every, scenario = self._every, self._case.scenario
        count = len(every.options)
        mine: dict[str, list[int]] = defaultdict(list)
        begins: dict[str, list[int]] = defaultdict(list)
        for at in every.fixed:
            begins[every.options[at].needs[0]].append(at)
        for at, option in enumerate(every.options):
            mine[option.needs[0]].append(at)
        for at, (need, least) in enumerate(every.bought_at_least.items()):
            mine[need].append(count + at)
            begins[need] += [count + at] * least
        fixed = {need: len(some) for need, some in begins.items()}
        for at, option in enumerate(every.options):
            if option.standing and at not in every.fixed:
                begins[option.needs[0]].append(at)
        for at, need in enumerate(every.bought_at_least):
            today = sum(event.needs == (need,) for event in scenario.today.bought)
            begins[need] += [count + at] * (today - every.bought_at_least[need])
        for wanted in scenario.needs.values():
            for number in range(wanted.sessions if mine[wanted.id] else 0):
                begin = begins[wanted.id][number] if number < len(begins[wanted.id]) else NONE
                pinned = int(number < fixed.get(wanted.id, 0))
                yield ["session", pinned, begin, *mine[wanted.id]]


def _leaves(lines: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Return the smallest parts of each thing, itself if it has none."""
    wholes = {whole for line in lines.values() for whole in line[1:]}
    found: dict[str, list[str]] = {name: [] for name in lines}
    for part, line in lines.items():
        if part not in wholes:
            for whole in line:
                found[whole].append(part)
    return found


def _or_none(value: int | None) -> int:
    return NONE if value is None else value
