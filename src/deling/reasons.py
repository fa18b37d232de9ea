"""Why a need has no more sessions, as far as each resource by itself can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.candidates import Candidates
from deling.language import N_, _

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from deling.case import Case
    from deling.domain import Need

REFUSALS: dict[str, str] = {
    "grid": N_("{count} for want of a start time on the grid"),
    "opening": N_("{count} not open at hours that suit"),
    "room": N_("{count} taken otherwise at hours that suit"),
    "group": N_("{count} out of the group's hours, trips included"),
    "reach": N_("{count} too far away"),
    "staff": N_("{count} not able to come there and back in time"),
    "staff_hours": N_("{count} without enough hours"),
    "staff_day": N_("{count} over the limits of a day"),
    "home_cover": N_("{count} needed at home"),
    "equipment": N_("{count} cannot be moved there or are too few"),
    "needs_met": N_("{count} without what is asked for"),
    "capacity": N_("{count} too small"),
    "floor_area": N_("{count} with too little floor"),
    "cleared": N_("{count} not cleared for children"),
    "sharing": N_("{count} not shared with the group at hours that suit"),
}
"""How many of a kind of resource a rule refuses."""


def reasons(case: Case) -> Callable[[Need], list[str]]:
    """Return a function that says what stands in the way of a need."""
    candidates = Candidates(case)

    def of(need: Need) -> list[str]:
        asked = {"rooms": 1}
        asked |= {f"staff:{skill}": count for skill, count in need.skills}
        asked |= {f"equipment:{kind}": 1 for kind, _units in need.equipment}
        found = [
            _reason(what, refused)
            for what, refused in candidates.refusals(need).items()
            if refused[""] < asked[what]
        ]
        return found or [
            _("what it needs exists; its time, hours or money are used where they count for more")
        ]

    return of


def _reason(what: str, refused: Counter[str]) -> str:
    kind, _colon, detail = what.partition(":")
    if kind == "rooms":
        text = _("no room can serve it")
    elif kind == "staff":
        text = _("too few staff with the skill {skill} can serve it").format(skill=detail)
    else:
        text = _("no {kind} can serve it").format(kind=detail)
    why = [
        _(REFUSALS[rule]).format(count=count) if rule in REFUSALS else f"{count}: {rule}"
        for rule, count in refused.most_common()
        if rule
    ]
    return f"{text} ({', '.join(why)})" if why else text
