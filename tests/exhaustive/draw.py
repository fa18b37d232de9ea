"""Small areas that use every feature of the contract together, drawn by hypothesis.

Values are few and tight, so that rules meet each other; the first of each choice is the one that
gets in nobody's way, which hypothesis shrinks to.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from deling.case import Case
from exhaustive.choices import GOALS, THEMES, TIGHT, Dice, Draw
from exhaustive.draw_rows import draw_equipment, draw_groups, draw_rooms, draw_rules, draw_staff
from exhaustive.draw_week import (
    draw_blocks,
    draw_needs,
    draw_today,
    draw_travel,
    without_impossible_fixed,
)
from small import small

THE_SAME_ONES = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
"""The same cases in every run, however slow the machine and however many have too many plans."""


@st.composite
def cases(draw: Any) -> Case:
    """Draw a case that the loader would accept."""
    return _case(Draw(draw))


def case_of(seed: int) -> Case:
    """Return one of endlessly many cases, evenly chosen."""
    return _case(Dice(seed))


def _case(d: Draw) -> Case:
    d.theme = d.one("", "", "", *THEMES)
    d.scarce = d.one("", "", d.one(*TIGHT))
    week = d.one((0, 1), (0, 2), (5, 6))
    d.days = d.themed((0,), week=week) if d.theme else d.one((0,), week)
    # Today's use is never calm: without it, little is fixed, kept or lent as today.
    tables = ("rooms", "staff", "equipment", "groups", "needs", "rules", "blocks")
    d.calm(tables, 9, *(("rooms", "groups", "needs", "blocks") if d.theme else ()))
    step = d.themed(d.one(60, 30, 20), away=20)
    several = [["elm", "books"], ["elm", "oak"], ["elm", "books", "oak"]]
    owners = d.themed(
        d.tight("agreement", *several, otherwise=d.one(["elm"], ["elm"], *several)),
        away=several[-1],
    )
    d.begin("rules")
    rules = draw_rules(d, owners)
    case = small(
        rooms=draw_rooms(d, owners),
        staff=draw_staff(d, owners),
        equipment=draw_equipment(d, owners),
        groups=draw_groups(d, owners),
        step=step,
        **rules,
    )
    d.begin("rules")
    first = d.one((), ("served",), ("served",))
    scenario = case.scenario.model_copy(
        update={
            "calendar": case.scenario.calendar.model_copy(update={"days": d.days}),
            # Where cost or comfort comes first, the best plan is little more than none.
            "goals": (*first, *d.one(*permutations(goal for goal in GOALS if goal not in first))),
            "travel_rows": draw_travel(d, case.scenario),
            "sites": {
                key: site.model_copy(update={"latitude": 55.66 if key != "far" else 55.68})
                for key, site in case.scenario.sites.items()
            },
        }
    )
    d.begin("needs")
    scenario = scenario.model_copy(update={"needs": draw_needs(d, scenario)})
    d.begin("blocks")
    scenario = scenario.model_copy(update={"blocks": draw_blocks(d, scenario)})
    scenario = scenario.model_copy(update={"today": draw_today(d, scenario, step)})
    return without_impossible_fixed(Case(scenario))
