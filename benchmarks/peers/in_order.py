"""Goals one after the other, for peers that can hold a goal while they improve the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.notes import Notes

SHARES = {"served": 0.5, "fairness": 0.2, "cost": 0.8, "comfort": 1.0}
"""The share of the time left that each goal may take, in order."""


def improve_in_order(improve: Callable[[str, float], bool], seconds: float, notes: Notes) -> bool:
    """Improve and hold each goal; return whether all are proven best.

    Parameters
    ----------
    improve
        Improves a goal within some seconds; returns whether it is proven best.
    seconds
        Since the start of the notes, for all goals.
    notes
        What has been found.
    """
    proven = True
    for goal, share in SHARES.items():
        proven &= improve(goal, share * (seconds - notes.seconds))
        if not notes.found:
            # Any plan is worth more than the other goals.
            proven = improve(goal, seconds - notes.seconds)
    return proven
