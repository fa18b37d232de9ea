"""Small areas that use every feature of the contract together, drawn by hypothesis.

Values are few and tight, so that rules meet each other; the first of each choice is the one that
gets in nobody's way, which hypothesis shrinks to.
"""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from deling.case import Case
from deling.check import check_fixed
from deling.domain import Agreement, Block, Event, Plan, TravelRow
from deling.units import ALWAYS, DAY, Hours, intersect, merge, subtract
from small import small

if TYPE_CHECKING:
    from deling.domain import Scenario

SITES = ("home", "near", "far")
MODES = ("walk", "bike", "minibus")
OWNERS = {"elm": "home", "books": "near", "oak": "far"}
SECTORS = {"elm": "school", "books": "culture", "oak": "school"}
SWITCHABLE = [
    "room",
    "group",
    "reach",
    "staff_hours",
    "staff_day",
    "home_cover",
    "equipment",
    "needs_met",
    "capacity",
    "floor_area",
    "cleared",
    "sharing",
    "spread",
    "same_staff",
    "fixed",
    "keep",
    "budget",
]
GOALS = ("served", "fairness", "cost", "comfort")
OPENS = 9 * 60
THEMES = ("crowd", "away", "joint", "goods", "week")
"""Three groups want the same time (for one room, one person); staff are wanted elsewhere; all
needs may go together; all need the same equipment; sessions on several days by the same staff."""

TIGHT = (
    "grid",
    "fleet",
    "reach",
    "staff_hours",
    "home_cover",
    "equipment",
    "capacity",
    "cleared",
    "same_staff",
    "agreement",
)
"""What is scarce in some cases for everybody: left to chance, these limits meet too few plans."""


class _Draw:
    """Choices by name, with what is common to several tables."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw
        self._calm: set[str] = set()
        self._is_calm = False
        self.days: tuple[int, ...] = ()
        self.theme = ""
        """What the case is about, if anything; see `THEMES`."""
        self.scarce = ""
        """What is scarce for everybody, if anything; see `TIGHT`."""

    def one(self, *options: Any) -> Any:
        """Choose one of several options."""
        return self._draw(st.sampled_from(options))

    def some(self, options: list[Any], most: int) -> list[Any]:
        """Choose up to a number of options."""
        found = [self.one(None, *options) for _ in range(most)]
        return [option for option in dict.fromkeys(found) if option is not None]

    def calm(self, tables: tuple[str, ...], most: int, *anyway: str) -> None:
        """Choose tables whose rows get in nobody's way, so that others meet there."""
        self._calm = {*self.some(list(tables), most), *anyway}

    def begin(self, table: str) -> None:
        """Start with the rows of a table."""
        self._is_calm = table in self._calm

    def limit(self, *options: Any) -> Any:
        """Choose one of several options, of which the first is no limit."""
        return options[0] if self._is_calm else self.one(*options)

    def themed(self, default: Any, **themes: Any) -> Any:
        """Return what goes with the theme."""
        return themes.get(self.theme, default)

    def tight(self, what: str, *options: Any, otherwise: Any) -> Any:
        """Choose one of several options where something is scarce."""
        return self.one(*options) if self.scarce == what else otherwise

    def rarely(self, value: Any, default: Any) -> Any:
        """Choose a limit rather seldom."""
        return self.limit(default, default, default, value)

    def hours(self, *spans: tuple[tuple[int, int], ...]) -> Hours:
        """Return one of some lists of minutes after opening, on each day of the calendar."""
        return merge(
            [
                (day * DAY + OPENS + start, day * DAY + OPENS + end)
                for day in self.days
                for start, end in self.limit(*spans)
            ]
        )

    def maybe_hours(self) -> Hours:
        """Return all the time, or less."""
        if self.limit(True, True, True, False):
            return ALWAYS
        return self.hours(((0, 120),), ((60, 240),), ((0, 60), (120, 240)), ())

    def shared(self) -> dict[str, Any]:
        """Return whom an owner shares with, and when."""
        everyone: list[tuple[str, ...]] = [("all",)] * 4
        some = [("elm", "books"), ("school", "culture"), ("oak",), ("none",)]
        shared_with = self.tight("agreement", ("none",), otherwise=self.limit(*everyone, *some))
        return {"shared_with": shared_with, "shared_hours": self.maybe_hours()}

    def owner(self, names: list[str]) -> dict[str, Any]:
        """Return an institution and a site, most often its own."""
        owner = self.one(*names)
        site = self.rarely(self.one(*SITES), OWNERS[owner])
        return {"institution": owner, "site": site}


class _Dice(_Draw):
    """The same choices by a generator of random numbers: quicker, and without favourites."""

    def __init__(self, seed: int) -> None:
        super().__init__(None)
        self._random = random.Random(seed)

    def one(self, *options: Any) -> Any:
        return self._random.choice(options)


@st.composite
def cases(draw: Any) -> Case:
    """Draw a case that the loader would accept."""
    return _case(_Draw(draw))


def case_of(seed: int) -> Case:
    """Return one of endlessly many cases, evenly chosen."""
    return _case(_Dice(seed))


def _case(d: _Draw) -> Case:
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
    rules = _rules(d, owners)
    case = small(
        rooms=_rooms(d, owners),
        staff=_staff(d, owners),
        equipment=_equipment(d, owners),
        groups=_groups(d, owners),
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
            "travel_rows": _travel(d, case.scenario),
            "sites": {
                key: site.model_copy(update={"latitude": 55.66 if key != "far" else 55.68})
                for key, site in case.scenario.sites.items()
            },
        }
    )
    d.begin("needs")
    scenario = scenario.model_copy(update={"needs": _needs(d, scenario)})
    d.begin("blocks")
    scenario = scenario.model_copy(update={"blocks": _blocks(d, scenario)})
    scenario = scenario.model_copy(update={"today": _today(d, scenario, step)})
    return _without_impossible_fixed(Case(scenario))


def _rules(d: _Draw, owners: list[str]) -> dict[str, Any]:
    rest = d.one(22 * 60, 25 * 60, 40 * 60)
    pairs = list(permutations(owners, 2))
    lending = d.tight("agreement", pairs, otherwise=d.limit([], [], *([pair] for pair in pairs)))
    return {
        "institutions": {
            name: {
                "sector": SECTORS[name],
                "site": OWNERS[name],
                "max_away": d.tight(
                    "home_cover",
                    *(0, 0, 1),
                    otherwise=d.themed(d.rarely(d.one(0, 1), None), away=d.one(0, 1, 1)),
                ),
            }
            for name in dict.fromkeys([*owners, "elm", "books"])
        },
        "modes": {
            "walk": {"fleet": d.tight("fleet", 0, 1, otherwise=d.rarely(d.one(0, 1), None))},
            "minibus": {
                "fleet": d.tight("fleet", 0, 1, otherwise=d.limit(None, 1, 1, 0)),
                "trip_cost": d.one(0, 700),
            },
        },
        "agreements": tuple(
            Agreement(lender=lender, borrower=borrower, kinds=d.one(("rooms", "staff"), ("staff",)))
            for lender, borrower in lending
        ),
        "sharing": d.limit("area", "area", "sector", "own"),
        "floor_area": d.themed(d.limit(False, True), joint=True)
        and {"pupils": "1.5", "elders": d.one("2.3", "0.35")},
        "staff_day": {
            "max_minutes": d.rarely(d.one(60, 90, 130), 600),
            "max_span": d.rarely(d.one(60, 100, 150), 720),
            "rest": d.themed(d.rarely(rest, 660), week=rest),
            "max_sites": d.rarely(d.one(0, 1), 3),
        },
        "budget": d.limit(None, 0, 50, 100, 250),
        "off": tuple(d.some(SWITCHABLE, 2)) if d.one(*[False] * 5, True) else (),
    }


def _rooms(d: _Draw, owners: list[str]) -> dict[str, dict[str, Any]]:
    d.begin("rooms")
    names = ["hall", "lib", "corner"]
    count = d.themed(d.one(2, 2, 1, 3), goods=3, away=3, joint=1)
    rooms: dict[str, dict[str, Any]] = {}
    for name in names[:count]:
        rooms[name] = {
            **d.owner(owners),
            "area_m2": d.themed(
                d.limit(None, Decimal(9)), joint=d.one(None, Decimal("22.5"), Decimal(14))
            ),
            "capacity": d.tight(
                "capacity",
                *(9, 14),
                otherwise=d.themed(d.limit(30, 30, 20, 15, 10), joint=d.one(30, 20, 14)),
            ),
            "features": d.limit(("piano",), ("piano",), ("piano",), ()),
            "available": d.tight(
                "grid",
                *(d.hours(((10, 80),)), d.hours(((40, 120),))),
                otherwise=d.hours(
                    *d.themed([((0, 120),)], joint=[((0, 60),), ((0, 120),)]),
                    *(((0, 120),), ((60, 180),), ((0, 60), (90, 150))),
                ),
            ),
            "hourly_cost": d.one(0, 50, 120),
            "turnaround": d.limit(0, 0, 30, 60),
            **d.shared(),
        }
    if d.themed(d.one(True, False), away=True, goods=True):
        # A house each: staff and groups have to travel.
        for (name, room), site in zip(rooms.items(), d.one(*permutations(SITES)), strict=False):
            rooms[name] = {**room, "site": site}
    if "corner" in rooms and d.one(True, False):
        rooms["corner"]["part_of"] = d.one("hall", "lib")
    if "lib" in rooms and d.rarely(True, False):
        rooms["lib"]["part_of"] = "hall"
    # `small` has these two anyway
    for name in names[count:2]:
        rooms[name] = {"available": ()}
    return rooms


def _staff(d: _Draw, owners: list[str]) -> dict[str, dict[str, Any]]:
    d.begin("staff")
    in_turn = d.tight("same_staff", True, otherwise=d.themed(False, week=d.one(True, False)))
    count = d.themed(d.one(2, 2, 1, 3), crowd=1, goods=1, week=2, away=d.one(1, 2))
    count = d.tight("same_staff", 2, otherwise=count)
    staff = {
        name: {
            **d.owner(owners),
            "skills": d.tight(
                "same_staff",
                ("music",),
                otherwise=d.limit(("craft", "music"), ("music",), ("music",), ("craft",)),
            ),
            "available": d.hours(
                ((-60, 300),), ((-60, 60), (60, 300)), ((0, 180),), ((-10, 100),), ((10, 200),)
            ),
            "weekly_minutes": d.tight(
                "staff_hours", 60, 100, otherwise=d.rarely(d.one(60, 130, 100), None)
            ),
            "lend_minutes": d.rarely(d.one(0, 60), None),
            "hourly_cost": d.one(0, 60, 200),
            "travel_mode": d.one("bike", "walk"),
            "cleared": d.tight("cleared", False, otherwise=d.rarely(False, True)),
            **d.shared(),
        }
        for name in ("ann", "bo", "cy")[:count]
    }
    if d.theme == "away":
        # From home on, by one site or by several
        staff["ann"].update(site="home", skills=("craft", "music"), shared_with=("all",))
    if in_turn:
        # One after the other, so that two sessions see two faces.
        first = ((d.days[0] * DAY, d.days[0] * DAY + d.themed(OPENS + 60, week=DAY)),)
        for number, row in enumerate(staff.values()):
            row["available"] = (subtract if number else intersect)(row["available"], first)
    return staff


def _equipment(d: _Draw, owners: list[str]) -> dict[str, dict[str, Any]]:
    d.begin("equipment")
    return {
        name: {
            **d.owner(owners),
            "kind": d.themed(d.one("drum", "drum", "mat"), goods="drum"),
            "quantity": d.tight(
                "equipment", 1, otherwise=d.themed(d.limit(2, 1, 2, 3), goods=d.one(1, 2))
            ),
            "portable": d.limit(True, True, False),
            "move_minutes": d.limit(0, 30),
            "move_cost": d.one(0, 300),
            "available": d.maybe_hours(),
            **d.shared(),
        }
        for name in ("drums", "mats")[: d.themed(d.one(0, 1, 2), goods=1)]
    }


def _groups(d: _Draw, owners: list[str]) -> dict[str, dict[str, Any]]:
    d.begin("groups")
    groups: dict[str, dict[str, Any]] = {}
    for name in ("g", "h", "i")[: 3 if d.theme else d.one(2, 3, 3, 1)]:
        groups[name] = {
            **d.themed(
                d.owner(owners),
                away={"institution": d.one(*owners), "site": "far" if name == "h" else "near"},
            ),
            "size": d.tight(
                "capacity",
                *(5, 10, 16),
                otherwise=d.themed(d.limit(5, 5, 5, 10, 0, 16), joint=d.one(5, 10)),
            ),
            "kind": d.one("pupils", "elders"),
            "travel_mode": d.one("walk", "minibus"),
            "max_travel": d.tight(
                "reach",
                *(0, 20),
                otherwise=d.themed(d.limit(60, 60, 60, 20, 0), away=d.one(20, 20, 0)),
            ),
            "usual_staff": d.one(0, 2),
            "staff_hourly_cost": d.one(0, 90),
            "available": d.rarely(d.hours(((-20, 120),), ((0, 240),)), ALWAYS),
        }
    for name, whole in (("h", "g"), ("i", "h")):
        if name in groups:
            groups[name]["part_of"] = d.rarely(whole, None)
    return groups


def _needs(d: _Draw, scenario: Scenario) -> dict[str, Any]:
    default = scenario.needs["n"]
    kinds = sorted({item.kind for item in scenario.equipment.values()})
    count = d.themed(3, week=2) if d.theme else d.one(2, 3, 3, 1)
    wish = None
    if d.theme in ("crowd", "goods"):
        # Of all needs at once
        wish = d.hours(((0, 60),), ((60, 120),))
    sessions = {1: (2, 1, 3), 2: (1, 2, 2), 3: (1, 1, 1, 2, 2, 1, 0)}[count]
    skills: list[tuple[tuple[str, int], ...]] = [(("music", 1),)] * 4 + [()]
    if len(scenario.staff) > 1:
        skills += [(("craft", 1), ("music", 1)), (("music", 2),)]
    found = {}
    for name in ("n", "m", "o")[:count]:
        found[name] = default.model_copy(
            update={
                "id": name,
                "group": {"n": "g", "m": "h", "o": "i"}[name]
                if d.theme
                else d.one(*scenario.groups),
                "sessions": d.tight("same_staff", 2, otherwise=d.one(*sessions)),
                "minutes": d.themed(d.one(60, 60, 30, 45, 40), joint=60, away=d.one(40, 60)),
                "weight": d.one(1, 1, 2, 3, d.one(1, 0)),
                "skills": d.tight(
                    "same_staff", skills[0], otherwise=d.themed(d.limit(*skills), goods=())
                ),
                "features": d.rarely(("piano",), ()),
                "equipment": d.themed(
                    ((d.one(*kinds), d.one(1, 1, 2)),)
                    if kinds and d.tight("equipment", 1, otherwise=d.limit(0, 0, 1))
                    else (),
                    goods=(("drum", 1),),
                ),
                "hours": d.rarely(d.hours(((0, 120),), ((60, 180),)), None),
                "preferred": wish or d.one(None, d.hours(((0, 60),), ((60, 120),))),
                "min_days_between": d.tight(
                    "same_staff", 0, otherwise=d.themed(d.limit(0, 1, 2), week=d.one(0, 1, 2))
                ),
                "same_staff": d.tight(
                    "same_staff", True, otherwise=d.themed(d.limit(False, True), week=True)
                ),
                "joint": d.themed(d.one(None, None, "song"), joint="song", goods=None),
                "max_participants": d.rarely(d.one(10, 15, 20), None),
                "attendants": d.one(0, 1, 3),
                "buy_price": d.one(None, None, None, 100, 40),
            }
        )
    return found


def _travel(d: _Draw, scenario: Scenario) -> tuple[TravelRow, ...]:
    """Return the usual rows, some changed, so that ways differ by direction and by detour."""
    rows = list(scenario.travel_rows)
    for _ in range(d.limit(0, 1, 2)):
        origin, destination = d.one(*permutations(SITES, 2))
        row = TravelRow(
            origin=origin,
            destination=destination,
            mode=d.one(*MODES),
            minutes=d.one(10, 30, 1, 70),
        )
        rows = [
            other
            for other in rows
            if (other.origin, other.destination, other.mode) != (origin, destination, row.mode)
        ]
        rows.append(row)
    if d.limit(True, True, True, False):
        return tuple(rows)
    # Without any row to or from a site, the map says how long it takes.
    site, mode = d.one(*SITES), d.one(*MODES)
    return tuple(
        row for row in rows if row.mode != mode or site not in (row.origin, row.destination)
    )


def _blocks(d: _Draw, scenario: Scenario) -> tuple[Block, ...]:
    return tuple(
        Block(
            id=f"block{number}",
            start=d.one(*d.days) * DAY + OPENS + d.one(0, 60, 90, -30),
            minutes=d.one(30, 60, 100),
            room=d.one(None, *scenario.rooms),
            staff=tuple(d.some(list(scenario.staff), 1)) if scenario.staff else (),
            equipment=tuple(
                (item, d.one(1, 2))
                for item in (d.some(list(scenario.equipment), 1) if scenario.equipment else ())
            ),
        )
        for number in range(d.limit(0, 0, 1, 2))
    )


def _today(d: _Draw, scenario: Scenario, step: int) -> Plan:
    """Return a use of today, which may well break rules."""
    events: list[Event] = []
    for number in range(d.one(0, 0, 1, 2, 3)):
        needs = d.some(list(scenario.needs), 2) if d.one(False, False, False, True) else []
        needs = needs or [d.one(*scenario.needs)]
        fixed = d.one(False, False, True)
        if d.one(False, False, False, True):
            priced = [need.id for need in scenario.needs.values() if need.buy_price is not None]
            if priced:
                need = d.one(*priced)
                events.append(Event(id=f"t{number}", needs=(need,), source="bought", fixed=fixed))
            continue
        host = scenario.needs[needs[0]]
        right = [m.id for m in scenario.staff.values() if set(m.skills) & set(dict(host.skills))]
        staff = d.some(right, 2) if right else []
        if scenario.staff and d.one(False, False, False, True):
            staff = d.some(list(scenario.staff), 2)
        items = {
            item.id: min(count, item.quantity) or 1
            for kind, count in host.equipment
            for item in scenario.equipment.values()
            if item.kind == kind
        }
        if scenario.equipment and d.one(False, False, False, True):
            items = {d.one(*scenario.equipment): d.one(1, 2)}
        events.append(
            Event(
                id=f"t{number}",
                needs=tuple(needs),
                start=d.one(*d.days) * DAY + OPENS + d.one(0, 60, 15, 90, step * 2),
                minutes=host.minutes,
                room=d.one(*scenario.rooms),
                staff=tuple(sorted(staff)),
                equipment=tuple(sorted(items.items())),
                fixed=fixed,
            )
        )
    return Plan(events=tuple(events))


def _without_impossible_fixed(case: Case) -> Case:
    """Free today's fixed events if they break a rule by themselves, which is a wrong input."""
    if not check_fixed(case):
        return case
    events = tuple(
        event.model_copy(update={"fixed": False}) for event in case.scenario.today.events
    )
    return Case(case.scenario.model_copy(update={"today": Plan(events=events)}))
