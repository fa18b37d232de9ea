"""How fast this machine is, compared with the reference machine: fixed work, timed.

The work is timed by the processor's clock, not the wall's: what else the machine does hardly
changes the factor. It is no remedy for a busy machine, which the rows tell of by themselves.
"""

from __future__ import annotations

import math
import random
import time
from itertools import pairwise
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Callable

REFERENCE_LOOP = 0.086
REFERENCE_SOLVE = 0.505
"""Processor seconds of both on the reference machine, which has the factor 1."""
ROUNDS = 3


def speed() -> dict[str, float]:
    """Return the seconds of both pieces of work, and the ``factor``: above 1 is slower."""
    loop, solve = _best(fixed_loop), _best(fixed_solve)
    factor = math.sqrt(loop / REFERENCE_LOOP * solve / REFERENCE_SOLVE)
    return {"loop": loop, "solve": solve, "factor": factor}


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _round in range(ROUNDS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def fixed_loop() -> int:
    """Do what Python does much of here: tuples, dictionaries, sets and sorting."""
    rng = random.Random(1)
    uses: dict[tuple[int, int], list[int]] = {}
    for _step in range(100_000):
        place = rng.randrange(50), rng.randrange(5)
        uses.setdefault(place, []).append(rng.randrange(1_440))
    clashes = 0
    for starts in uses.values():
        starts.sort()
        clashes += sum(later - start < 5 for start, later in pairwise(starts))
    return clashes + len({start for starts in uses.values() for start in starts})


def fixed_solve() -> float:
    """Give CP-SAT a fixed amount of work: meetings of a week that do not all fit, one thread."""
    rng = random.Random(1)
    model = cp_model.CpModel()
    rooms: list[list[cp_model.IntervalVar]] = [[] for _room in range(4)]
    people: list[list[cp_model.IntervalVar]] = [[] for _person in range(20)]
    served = []
    for number in range(80):
        minutes = rng.choice([3, 4, 6, 8])
        start = model.new_int_var(0, 60 - minutes, f"start {number}")
        chosen = [model.new_bool_var(f"room {number} {at}") for at in range(len(rooms))]
        held = model.new_bool_var(f"held {number}")
        model.add(sum(chosen) == held)
        for room, choice in zip(rooms, chosen, strict=True):
            room.append(model.new_optional_fixed_size_interval_var(start, minutes, choice, ""))
        for person in rng.sample(people, 2):
            person.append(model.new_optional_fixed_size_interval_var(start, minutes, held, ""))
        served.append(rng.randint(1, 3) * held)
    for intervals in (*rooms, *people):
        model.add_no_overlap(intervals)
    model.maximize(sum(served))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = 0.05
    solver.solve(model)
    return solver.objective_value
