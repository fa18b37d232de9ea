"""From a number of institutions and a seed to all tables, and the plan they grew around."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planting.extras import add_extras, upper_limit
from planting.ground import bus_of, lay_out
from planting.grow import Grower
from planting.houses import settle_area
from planting.supply import Settler, settle_fleets
from planting.tables import Table, make_tables, plan_rows, scenario_text
from planting.today import choose_standing, move_others
from planting.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planting.supply import Supply
    from planting.tables import Cell
    from planting.things import Area, House


@dataclass(frozen=True)
class Planted:
    """A planted area.

    Attributes
    ----------
    scenario
        Text of the scenario file.
    tables
        Rows of each table, without headers.
    plan
        Rows of the planted plan.
    facts
        What is known of it: sessions, weight, the limit that no plan can pass, and how many
        sessions or rows use each feature.
    """

    scenario: str
    tables: dict[str, Table]
    plan: Table
    facts: dict[str, int]


def plant(institutions: int, seed: int, supply: Supply = "tight", extra: float = 0.0) -> Planted:
    """Grow an area around a valid plan.

    Parameters
    ----------
    institutions
        How many; about twelve make a local area, a hundred a municipality.
    seed
        The same seed gives the same bytes.
    supply
        How much more hours, units and loans there are than the plan takes.
    extra
        Wishes beyond the planted ones, as a share of their sessions.
    """
    ground = lay_out(institutions, seed)
    areas = ground.areas
    for area, size in zip(areas, ground.sizes, strict=True):
        settle_area(area, size, seed)
    world = World(ground.travel)
    grower = Grower(world, seed)
    for area in areas:
        grower.grow(area)
    choose_standing(areas, seed)
    houses = [house for area in areas for house in area.houses]
    settler = Settler(world, supply, seed)
    settler.note_loans(areas)
    for area in areas:
        settler.settle(area)
    move_others(areas, ground.travel, seed)
    bought_today, budget = _buy(areas, supply, seed)
    agreements = _agree(areas, seed)
    if extra:
        add_extras(areas, grower, extra, seed)
    towns = [bus_of(town) for town in range(areas[-1].town + 1)]
    plan: list[tuple[Cell, ...]] = list(plan_rows(areas))
    return Planted(
        scenario_text(
            f"{institutions} planted institutions, {supply}, seed {seed}",
            settle_fleets(world, supply),
            towns,
            budget,
        ),
        make_tables(areas, ground.rows, agreements, bought_today),
        plan,
        _facts(areas, houses),
    )


def _buy(areas: Sequence[Area], supply: Supply, seed: int) -> tuple[list[str], int]:
    """Return what is bought today, and a budget for that and for what the plan buys."""
    rng = random.Random(f"{seed} bought")
    today: list[str] = []
    spent_today = planned = 0
    for area in areas:
        held = Counter(
            wish
            for event in (*area.events, *area.moved)
            if event.today or event in area.moved
            for wish in event.wishes
        )
        for wish in area.wishes:
            planned += wish.bought * wish.price
            if wish.price and held[wish] < wish.sessions and rng.random() < 0.15:
                today.append(wish.id)
                spent_today += wish.price
    budget = max(planned, spent_today)
    return today, budget if supply == "tight" else round(budget * 1.3)


def _agree(areas: Sequence[Area], seed: int) -> list[tuple[House, House, str]]:
    """Turn some loans that the rows share into agreements between the two houses."""
    rng = random.Random(f"{seed} agree")
    found: list[tuple[House, House, str]] = []
    for area in areas:
        houses = {house.id: house for near in (area, *area.friends) for house in near.houses}
        for house in area.houses:
            pairs: dict[str, list[str]] = {}
            for kind, things in (
                ("rooms", area.rooms),
                ("staff", area.staff),
                ("equipment", area.items),
            ):
                for thing in things:
                    if thing.house is house:
                        for borrower in thing.loans:
                            kinds = pairs.setdefault(borrower, [])
                            if kind not in kinds:
                                kinds.append(kind)
            for borrower, kinds in pairs.items():
                if len(kinds) > 1 and rng.random() < 0.2:
                    found.append((house, houses[borrower], " ".join(kinds)))
    return found


def _facts(areas: Sequence[Area], houses: Sequence[House]) -> dict[str, int]:
    wishes = [wish for area in areas for wish in area.wishes]
    planted = [wish for wish in wishes if not wish.extra]
    events = [event for area in areas for event in area.events]
    return {
        "institutions": len(houses),
        "local_areas": len(areas),
        "sessions": sum(wish.sessions for wish in planted),
        "served": sum(wish.weight * wish.sessions for wish in planted),
        "wanted_sessions": sum(wish.sessions for wish in wishes),
        "wanted": sum(wish.weight * wish.sessions for wish in wishes),
        "limit": upper_limit(areas),
        "joint_events": sum(len(event.wishes) > 1 for event in events),
        "bought": sum(wish.bought for wish in wishes),
    }
