"""Full timetables of a school, of which all can be served."""

from __future__ import annotations

import random

from deling.candidates import Candidates
from deling.domain import Plan
from deling.search.clock import Clock
from deling.search.state import State
from small import at, small

SLOTS = [at(f"{day} {hour:02}:00") for day in ("Mo", "Tu", "We") for hour in (9, 10, 11, 12)]


def search(case, plan=None, limit=60.0, free=None, watch=None) -> State:
    state = State(Candidates(case), Clock(limit), 0.0, watch, free=free)
    assert state.offer(Plan(events=()) if plan is None else plan)
    return state


def timetable(groups: int, teachers: int, rooms: int, seed: int, filled: float):
    """Return a case in which a drawn timetable is possible, and how many lessons that has."""
    rng = random.Random(seed)
    lessons: dict[tuple[int, int], int] = {}
    for _slot in SLOTS:
        busy = min(groups, teachers, rooms)
        free_teachers = rng.sample(range(teachers), busy)
        for group, teacher in zip(rng.sample(range(groups), busy), free_teachers, strict=True):
            if rng.random() < filled:
                lessons[group, teacher] = lessons.get((group, teacher), 0) + 1
    open_ = {"available": tuple((slot, slot + 60) for slot in SLOTS)}
    case = small(
        step=60,
        rooms={f"r{n}": {"capacity": 30, "features": ("class",), **open_} for n in range(rooms)},
        staff={f"t{n}": {"skills": (f"t{n}",)} for n in range(teachers)},
        groups={f"g{n}": {} for n in range(groups)},
        needs={
            "n": {"sessions": 0},
            **{
                f"n{group}-{teacher}": {
                    "group": f"g{group}",
                    "sessions": sessions,
                    "minutes": 60,
                    "skills": ((f"t{teacher}", 1),),
                    "features": ("class",),
                    "min_days_between": 0,
                }
                for (group, teacher), sessions in lessons.items()
            },
        },
    )
    return case, sum(lessons.values())
