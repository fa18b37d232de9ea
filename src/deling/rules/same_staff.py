"""Rule ``same_staff``: the same faces every time, where that is asked for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Plan
    from deling.model.build import Build
    from deling.model.variables import Activity, BoolLiteral


class SameStaff(Rule):
    """All internal sessions of a need with ``same_staff`` have the same staff."""

    id = "same_staff"
    sentence = N_("All sessions of a need with same_staff have the same staff.")

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find needs whose sessions have different staff."""
        sessions: dict[str, list[Event]] = defaultdict(list)
        for one in occasions(plan, case):
            for need in one.needs:
                if need.same_staff:
                    sessions[need.id].append(one.event)
        for need_id, events in sessions.items():
            if len({frozenset(event.staff) for event in events}) > 1:
                yield self.breach(
                    [event.id for event in events],
                    _("Need {need} asks for the same staff every time, but has: {staff}.").format(
                        need=need_id,
                        staff="; ".join(
                            f"{event.id}: {', '.join(event.staff) or '–'}" for event in events
                        ),
                    ),
                )

    # The model

    def post(self, build: Build) -> None:
        """One choice of staff for the need; every session has exactly these."""
        for need in build.free.values():
            held_in = build.sessions[need.id]
            if not need.same_staff or len(held_in) < 2:
                continue
            everyone = dict.fromkeys(
                member for activity, _held in held_in for member in activity.staff
            )
            # Of sessions on one day there is at most one where they have to lie on different
            # days; then one row says it of all.
            alike: dict[int, list[tuple[Activity, BoolLiteral]]] = defaultdict(list)
            for number, (activity, held) in enumerate(held_in):
                apart = need.min_days_between and build.rule_applies("spread")
                alike[activity.day if apart else -number - 1].append((activity, held))
            for member in everyone:
                chosen = build.model.new_bool_var(f"{need.id}:{member}")
                for some in alike.values():
                    _serve_if(build, member, chosen, some)


def _serve_if(
    build: Build,
    member: str,
    chosen: BoolLiteral,
    sessions: list[tuple[Activity, BoolLiteral]],
) -> None:
    """Let a member be in the one session that is held, of several, exactly if chosen."""
    within: list[BoolLiteral] = []
    without: list[BoolLiteral] = []
    for activity, held in sessions:
        serves = activity.staff.get(member)
        if serves is None:
            without.append(held)
        elif serves is held:
            within.append(held)
        else:
            build.model.add(serves == chosen).only_enforce_if(held)
    if without:
        build.model.add_at_most_one(*without, chosen)
    if within:
        build.model.add_at_most_one(*within, chosen.negated())
