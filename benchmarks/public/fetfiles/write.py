"""Writing a school into a folder, for both programs."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from deling.units import DAY, DAYS, clock, end_clock
from fetfiles.apart import move_hours
from fetfiles.reduced import reduced_text
from fetfiles.school import HOURS_OF_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fetfiles.school import Lesson, School, Slots
    from fetfiles.stated import Need, Stated

HOUR = DAY // HOURS_OF_DAY
FIRST = 8
"""The hour at which the first lesson starts, where the school's hours fit behind it."""
HEADERS = {
    "sites": "site latitude longitude",
    "institutions": "institution name sector site opening_hours",
    "rooms": "room institution capacity features available",
    "staff": "staff institution skills available",
    "equipment": "equipment kind institution site available portable move_minutes",
    "groups": "group institution size kind available part_of",
    "needs": "need name group activity sessions minutes skills features equipment hours"
    " min_days_between",
}
PLAN_HEADER = "event need day start end room staff equipment"
SCENARIO = """name: {name}
tables: tables
calendar: {{country: DK, week: 2026-W37, days: [{days}], step: {step}}}
rules: {{staff_day: off}}
goals: [served]
"""
Row = tuple[str | int, ...]


def write(stated: Stated, folder: Path) -> Path:
    """Write scenario, tables, `reduced.fet` and `counts.json`; return the scenario file."""
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    for name, rows in _tables(stated).items():
        write_csv(tables / f"{name}.csv", HEADERS[name], rows)
    scenario = folder / "scenario.yaml"
    days = ", ".join(DAYS[: stated.school.days])
    name = json.dumps(stated.school.name or "School", ensure_ascii=False)
    scenario.write_text(
        SCENARIO.format(name=name, days=days, step=HOUR), encoding="utf-8", newline="\n"
    )
    (folder / "reduced.fet").write_text(reduced_text(stated), encoding="utf-8", newline="\n")
    text = json.dumps(counts(stated), indent=2, ensure_ascii=False) + "\n"
    (folder / "counts.json").write_text(text, encoding="utf-8", newline="\n")
    return scenario


def write_csv(path: Path, header: str, rows: Iterable[Row]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


def counts(stated: Stated) -> dict[str, object]:
    """Return what was stated of a file and what was left out."""
    school = stated.school
    return {
        "activities": len(school.lessons),
        "needs": len(stated.needs),
        "teachers": len(school.teachers),
        "pupils": len(school.pupils),
        "groups": len(stated.groups),
        "rooms": len(school.rooms),
        "activities_of_several_teachers": sum(len(one.teachers) > 1 for one in school.lessons),
        "activities_with_pupils_beside_their_group": sum(
            len(need.lessons) for need in stated.needs if need.pupils_beside
        ),
        "pairs_days_apart_left_out": stated.pairs_left_out,
        **school.counts,
    }


def plan_row(stated: Stated, at: int, need: int, slot: int, room: int | None) -> Row:
    """Return the row of `plan.csv` of a lesson that starts at a slot."""
    lesson, chosen = stated.school.lessons[at], stated.needs[need]
    day, hour = divmod(slot, stated.school.hours)
    begin = _minute(stated.school, hour)
    return (
        f"a{at}",
        f"n{need}",
        DAYS[day],
        clock(begin),
        end_clock(begin + lesson.duration * HOUR),
        f"own{chosen.group}" if room is None else f"r{room}",
        " ".join(f"t{n}" for n in sorted(lesson.teachers)),
        " ".join((*(f"p{n}:1" for n in chosen.pupils_beside), *(f"m{n}:1" for n in chosen.moved))),
    )


def _tables(stated: Stated) -> dict[str, list[Row]]:
    school = stated.school
    suitable = sorted({tuple(sorted(one.rooms)) for one in school.lessons if one.rooms is not None})
    feature = {rooms: f"f{n}" for n, rooms in enumerate(suitable)}
    always = hours_text(school, school.open)
    beside = sorted({pupils for need in stated.needs for pupils in need.pupils_beside})
    return {
        "sites": [("site", "55.7", "12.5"), ("store", "55.7", "12.6")],
        "institutions": [("house", school.name, "school", "site", always)],
        "rooms": _rooms(stated, feature),
        "staff": [
            (f"t{n}", "house", f"t{n}", hours_text(school, slots))
            for n, slots in enumerate(school.teachers)
        ],
        "equipment": [
            *((f"p{n}", f"p{n}", "house", "site", always, "no", 0) for n in beside),
            *(
                (f"m{n}", f"m{n}", "house", "store", always, "yes", move_hours(school, days) * HOUR)
                for n, (days, _lessons) in enumerate(stated.moved)
            ),
        ],
        "groups": [_group(stated, n) for n in range(len(stated.groups))],
        "needs": [_need(stated, n, feature) for n in range(len(stated.needs))],
    }


def _rooms(stated: Stated, feature: dict[tuple[int, ...], str]) -> list[Row]:
    school = stated.school
    found: list[Row] = []
    for n, slots in enumerate(school.rooms):
        features = " ".join(name for some, name in feature.items() if n in some)
        found.append((f"r{n}", "house", 1, features, hours_text(school, slots)))
    # A lesson that needs no room that others want is held where its group is at home.
    own = {need.group for need in stated.needs if _lesson(stated, need).rooms is None}
    always = hours_text(school, school.open)
    return [*found, *((f"own{n}", "house", 1, f"own{n}", always) for n in sorted(own))]


def _group(stated: Stated, number: int) -> Row:
    school, group = stated.school, stated.groups[number]
    there = school.open.intersection(*(school.pupils[pupil] for pupil in group.pupils))
    parent = "" if group.parent is None else f"g{group.parent}"
    return f"g{number}", "house", 1, "pupils", hours_text(school, there), parent


def _need(stated: Stated, number: int, feature: dict[tuple[int, ...], str]) -> Row:
    need, lesson = stated.needs[number], _lesson(stated, stated.needs[number])
    school = stated.school
    # The group says when it is there itself, but not who else takes part.
    absent = (school.open - school.pupils[pupil] for pupil in lesson.pupils)
    slots = lesson.slots.difference(*absent)
    return (
        f"n{number}",
        lesson.subject,
        f"g{need.group}",
        lesson.subject or "lesson",
        len(need.lessons),
        lesson.duration * HOUR,
        " ".join(f"t{n}" for n in sorted(lesson.teachers)),
        f"own{need.group}" if lesson.rooms is None else feature[tuple(sorted(lesson.rooms))],
        " ".join((*(f"p{n}" for n in need.pupils_beside), *(f"m{n}" for n in need.moved))),
        "" if slots == school.slots else hours_text(school, slots),
        need.apart,
    )


def _lesson(stated: Stated, need: Need) -> Lesson:
    return stated.school.lessons[need.lessons[0]]


def hours_text(school: School, slots: Slots) -> str:
    """Return slots as opening hours."""
    texts = []
    for day in range(school.days):
        some = [slot % school.hours for slot in sorted(slots) if slot // school.hours == day]
        if some:
            spans = (
                f"{clock(_minute(school, first))}-{end_clock(_minute(school, last + 1))}"
                for first, last in _runs(some)
            )
            texts.append(f"{DAYS[day]} {','.join(spans)}")
    return "; ".join(texts) or "off"


def _runs(hours: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of hours that follow on each other."""
    first = last = hours[0]
    for hour in hours[1:]:
        if hour != last + 1:
            yield first, last
            first = hour
        last = hour
    yield first, last


def _minute(school: School, hour: int) -> int:
    """Return the minute of the day at which an hour of the school starts."""
    first = FIRST if FIRST + school.hours <= HOURS_OF_DAY else 0
    return (first + hour) * HOUR
