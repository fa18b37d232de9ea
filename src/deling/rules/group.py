"""Rule ``group``: a group is in one place at a time, and fleets are limited."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.language import N_, _, ngettext
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.scan import meeting, one_each, over_limit, overlapping_pairs
from deling.rules.wording import named, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Plan
    from deling.model.build import Build
    from deling.model.stays import Stay
    from deling.units import Interval

    Trip = tuple[int, int, tuple[Event, str]]
    """From leaving to being back, with the event and the group."""


class GroupRule(Rule):
    """A group, with what it is part of, is in one event at a time, trips included."""

    id = "group"
    sentence = N_(
        "A group, and what it is part of, is in one event at a time, trips included; no more"
        " groups are on trips by a mode than its fleet carries."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find pairs of events of related groups that overlap, and full fleets."""
        families: dict[str, list[Trip]] = defaultdict(list)
        trips: dict[str, list[Trip]] = defaultdict(list)
        lines, modes = case.group_line, case.scenario.travel.modes
        limits = {mode: known.fleet for mode, known in modes.items() if known.fleet is not None}
        for event, start, end, room, sessions, *_rest in occasions(plan, case):
            for _need, group, way in sessions:
                trip = (start - way, end + way, (event, group.id))
                outermost = lines[group.id][-1]
                families[outermost].append(trip)
                if group.travel_mode in limits and group.site != room.site:
                    trips[group.travel_mode].append(trip)
        for family in families.values():
            for (first, mine), (second, other) in overlapping_pairs(family):
                if first.id == second.id or not case.related_groups(mine, other):
                    continue
                if mine == other:
                    message = _("Group {group} is in {first} and {second}, trips included.")
                else:
                    message = _(
                        "Groups {group} and {other}, one part of the other, are in {first} and"
                        " {second}, trips included."
                    )
                yield self.breach(
                    [first.id, second.id],
                    message.format(
                        group=mine, other=other, first=named(first), second=named(second)
                    ),
                )
        for mode, under_way in trips.items():
            yield from self._fleet(mode, limits[mode], under_way)

    def _fleet(self, mode: str, fleet: int, trips: list[Trip]) -> Iterator[Breach]:
        by_group: dict[str, list[Interval]] = defaultdict(list)
        for start, end, (_event, group) in trips:
            by_group[group].append((start, end))
        over, most = over_limit(one_each(by_group), fleet)
        if over:
            yield self.breach(
                [event.id for start, end, (event, _group) in trips if meeting(over, start, end)],
                ngettext(
                    "{most} group is on a trip by {mode} at one time ({when}), but at most"
                    " {fleet} can be.",
                    "{most} groups are on trips by {mode} at one time ({when}), but at most"
                    " {fleet} can be.",
                    most,
                ).format(most=most, mode=mode, when=span(over[0]), fleet=fleet),
            )

    # The model

    def post(self, build: Build) -> None:
        """No two trips overlap on one line of groups; trips by one mode keep to its fleet."""
        groups = build.case.scenario.groups
        trips: dict[str, list[Stay]] = {group: [] for group in groups}
        by_mode: dict[str, list[Stay]] = defaultdict(list)
        for activity in build.activities:
            for need in activity.sessions:
                group = build.case.group_of(need)
                for site, held in build.held_at(activity, need):
                    way = build.case.group_travel(need, site)
                    trip = build.stay(activity.start - way, activity.minutes + 2 * way, held)
                    trips[group.id].append(trip)
                    if site != group.site:
                        by_mode[group.travel_mode].append(trip)
        wholes = {group.part_of for group in groups.values()}
        for group_id, line in build.case.group_line.items():
            if group_id not in wholes:
                build.one_at_a_time([trip for each in line for trip in trips[each]])
        for mode, under_way in by_mode.items():
            fleet = build.case.scenario.travel.modes[mode].fleet
            if fleet is not None and len(under_way) > fleet:
                build.no_more_than(under_way, [1] * len(under_way), fleet)
