"""Rule ``equipment``: no more units in use than there are, and fixed ones stay."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from deling.language import N_, _, ngettext
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.scan import Taken, meeting, over_limit
from deling.rules.wording import named, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Equipment, Event, Plan
    from deling.model.build import Build
    from deling.model.stays import Stay
    from deling.model.variables import Expression


class EquipmentRule(Rule):
    """Units in use never pass the quantity, moves included."""

    id = "equipment"
    sentence = N_(
        "No more units of equipment are in use at one time than there are, moves included; only"
        " portable equipment is used at other sites."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find equipment with too many units in use, and fixed equipment elsewhere."""
        uses: dict[str, list[tuple[Event, Taken]]] = defaultdict(list)
        for event, start, end, room, _sessions, _staff, equipment, *_rest in occasions(plan, case):
            site = room.site
            for item, units in equipment:
                move = 0 if item.site == site else item.move_minutes
                uses[item.id].append((event, Taken(start - move, end + move, units)))
                if item.site != site and not item.portable:
                    yield self.breach(
                        [event.id],
                        _(
                            "Equipment {equipment} cannot be moved, but {event} uses it at {site}."
                        ).format(equipment=item.id, event=named(event), site=site),
                    )
        for item_id, in_use in uses.items():
            item = case.scenario.equipment[item_id]
            taken = [span_ for _event, span_ in in_use]
            blocked = [
                Taken(block.start, block.end, units)
                for block, units in case.blocks_of_equipment[item_id]
            ]
            over, most = over_limit([*taken, *blocked], item.quantity)
            events = [event.id for event, use in in_use if meeting(over, use.start, use.end)]
            if events:  # blocks alone may take more than there are
                yield self.breach(
                    events,
                    ngettext(
                        "{most} unit of equipment {equipment} is in use at one time ({when}), but"
                        " there are {quantity}.",
                        "{most} units of equipment {equipment} are in use at one time ({when}), but"
                        " there are {quantity}.",
                        most,
                    ).format(
                        most=most,
                        equipment=item.id,
                        when=span(over[0]),
                        quantity=item.quantity,
                    ),
                )

    # The model

    def admits_standing(self, case: Case, event: Event) -> bool:
        """Return whether there is enough of what today's event uses, by itself."""
        return self.holds_alone(case, event)

    def post(self, build: Build) -> None:
        """Sum units in use, moves included; equipment that is not portable stays."""
        uses: dict[str, list[tuple[Stay, Expression]]] = {}
        for activity in build.activities:
            for item_id, used in activity.equipment.items():
                item = build.case.scenario.equipment[item_id]
                for site, there in activity.sites.items():
                    here = build.both(used, there)
                    if not can_be_at(item, site):
                        build.forbid(here)
                        continue
                    move = 0 if site == item.site else item.move_minutes
                    stay = build.stay(activity.start - move, activity.minutes + 2 * move, here)
                    uses.setdefault(item_id, []).append((stay, activity.demand(item_id)))
        for item_id, in_use in uses.items():
            quantity = build.case.scenario.equipment[item_id].quantity
            stays, units = zip(*in_use, *_blocked(build, item_id, quantity), strict=True)
            build.no_more_than(list(stays), list(units), quantity)


def can_be_at(item: Equipment, site: str) -> bool:
    """Return whether equipment can be at a site at all."""
    return item.portable or item.site == site


def _blocked(build: Build, item_id: str, quantity: int) -> list[tuple[Stay, Expression]]:
    """Return the blocks' use; blocks may ask for more than there is, and then take all."""
    changes: dict[int, int] = defaultdict(int)
    for block, units in build.case.blocks_of_equipment[item_id]:
        changes[block.start] += units
        changes[block.end] -= units
    found: list[tuple[Stay, Expression]] = []
    taken = 0
    for start, end in pairwise(sorted(changes)):
        taken += changes[start]
        if taken:
            found.append((build.stay(start, end - start, build.true), min(taken, quantity)))
    return found
