"""A worked outcome for the tests of outputs: two houses that sing together, without a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.compare import Column, Comparison, today
from deling.domain import Plan
from deling.outputs import Outcome
from deling.result import GoalOutcome, Result
from small import block, bought, event, small

if TYPE_CHECKING:
    from deling.case import Case


def singing(**changes) -> Case:
    """Return a school whose pupils sing with a library's elders, and what they do today."""
    return small(
        institutions={"elm": {"name": "Skolen"}, "books": {"name": "Biblioteket"}},
        rooms={
            "hall": {"name": "Hallen", "capacity": 30},
            "half": {"name": "Halv hal", "capacity": 15, "part_of": "hall"},
            "lib": {"name": "Salen", "hourly_cost": 6000, "turnaround": 15},
        },
        staff={
            "teacher": {"role": "musiklærer", "hourly_cost": 30000},
            "pianist": {
                "institution": "books",
                "site": "near",
                "role": "=pianist",
                "skills": ("piano",),
            },
        },
        equipment={"drum": {"move_cost": 2000, "kind": "drums"}},
        groups={
            "g": {"name": "1.a", "usual_staff": 2, "staff_hourly_cost": 20000},
            "h": {
                "name": "Læseklub",
                "institution": "books",
                "site": "near",
                "size": 30,
                "kind": "elders",
            },
        },
        needs={
            "n": {
                "name": "Kor",
                "joint": "sing",
                "attendants": 1,
                "sessions": 3,
                "skills": (("music", 1),),
                "buy_price": 50050,
            },
            "m": {
                "name": "Sang",
                "group": "h",
                "joint": "sing",
                "sessions": 1,
                "skills": (("music", 1), ("piano", 1)),
                "equipment": (("drums", 1),),
            },
        },
        blocks=(block("b1", "Mo 08:00", 60, room="hall", staff="teacher"),),
        today=(event("t1", "Tu 10:00", staff="teacher"), event("t2", "We 10:00", staff="teacher")),
        **changes,
    )


def sung() -> Plan:
    """Return a valid plan: a joint session next door, one as today, one bought."""
    return Plan(
        events=(
            bought("p3"),
            event(
                "p1",
                "Mo 10:00",
                needs="n m",
                room="lib",
                staff="pianist teacher",
                equipment="drum",
            ),
            event("p2", "Tu 10:00", staff="teacher"),
        )
    )


def result_of(case: Case, plan: Plan | None, **changes) -> Result:
    """Return what a search could say of a plan: everything proven but the cost."""
    goals = {}
    if plan is not None:
        for goal, value in Column("x", plan, case).goals.items():
            off = 6000 if goal == "cost" else 0
            goals[goal] = GoalOutcome(value, value - off, 0.01 if off else 0.0, not off)
    status = "no_plan_in_time" if plan is None else "feasible"
    told = {"seconds": 1.5, "seed": 1, "workers": 2, "status": status, **changes}
    return Result(sharing=case.sharing, plan=plan, goals=goals, **told)


def outcome(case: Case | None = None, plan: Plan | None = None) -> Outcome:
    """Return a whole outcome."""
    case = case or singing()
    plan = plan or sung()
    result = result_of(case, plan)
    chosen = Column(case.sharing, plan, case, result)
    return Outcome(
        Comparison((today(case), chosen)), chosen, result, lambda need: [f"no more {need.id}"]
    )
