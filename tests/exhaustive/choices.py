"""Choices by name, of which the first is the one that gets in nobody's way."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from deling.units import ALWAYS, DAY, Hours, merge

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


class Draw:
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


class Dice(Draw):
    """The same choices by a generator of random numbers: quicker, and without favourites."""

    def __init__(self, seed: int) -> None:
        super().__init__(None)
        self._random = random.Random(seed)

    def one(self, *options: Any) -> Any:
        return self._random.choice(options)
