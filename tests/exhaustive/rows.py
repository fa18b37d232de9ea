"""What the cases of several rules and goals are made of."""

from __future__ import annotations

from typing import Any

from exhaustive.tiny import tiny
from small import hours

MUSIC = (("music", 1),)
CRAFT = (("craft", 1),)
SLOT = hours("Mo 09:00-10:00")
"""Room for one session of an hour."""
MORNING = hours("Mo 09:00-11:00")
DRUM = (("drum", 1),)
BOOKS = {"available": MORNING, "features": ("books",)}
HAY = {"site": "far", "available": MORNING, "features": ("hay",)}
"""Rooms at `near` and at `far` that needs can ask for."""


def served(best: Any) -> int:
    return best.values["served"]


def two_houses(minutes: int, **more: Any) -> Any:
    """Ann is near from 9 for some minutes, then far from 10 to 11."""
    settings = {
        "rooms": {"lib": BOOKS, "barn": HAY},
        "groups": {"h": {"site": "far"}},
        "staff": {"ann": {"hourly_cost": 60, "travel_mode": "walk"}},
        "needs": {
            "n": {"skills": MUSIC, "features": ("books",), "hours": SLOT, "minutes": minutes},
            "m": {
                "skills": MUSIC,
                "features": ("hay",),
                "hours": hours("Mo 10:00-11:00"),
                "group": "h",
            },
        },
    }
    return tiny(**{**settings, **more})


def pair(first: dict[str, Any], second: dict[str, Any], **more: Any) -> Any:
    settings: dict[str, Any] = {
        "rooms": {"hall": {"available": SLOT}},
        "groups": {"h": {}},
        "needs": {"n": {"joint": "song", **first}, "m": {"group": "h", "joint": "song", **second}},
    }
    return tiny(**{**settings, **more})
