"""Rule ``needs_met``: an event has what its needs ask for, and no more."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from deling.language import N_, _, ngettext
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import amount, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deling.case import Case
    from deling.domain import Event, Need, Plan, Room
    from deling.model.build import Build
    from deling.model.variables import Activity, Expression
    from deling.occasions import Occasion

    Counts = tuple[tuple[str, int], ...]


class NeedsMet(Rule):
    """Features, skills and equipment cover the needs without surplus."""

    id = "needs_met"
    sentence = N_(
        "An event has the features, skills and equipment that its needs ask for, and no more staff"
        " or units than asked for."
    )

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events with something missing or something to spare."""
        for one in occasions(plan, case):
            for message in [*_features(one), *_staff(one), *_equipment(one)]:
                yield self.breach([one.id], message)

    # The model

    def admits_room(self, case: Case, need: Need, room: Room) -> bool:
        """Return whether the room has all the features."""
        return set(need.features) <= set(room.features)

    def admits_standing(self, case: Case, event: Event) -> bool:
        """Return whether today's event has what its needs ask for; more is allowed."""
        return self.holds_alone(case, event)

    def post(self, build: Build) -> None:
        """Each skill and kind is covered by exactly the largest count asked for."""
        for activity in build.activities:
            if not activity.flexible:
                continue
            needs = build.needs_in(activity)
            for skill in sorted({skill for need in needs for skill, _count in need.skills}):
                asked = {need.id: dict(need.skills).get(skill, 0) for need in needs}
                serving = [
                    literal for (_member, of), literal in activity.skills.items() if of == skill
                ]
                build.model.add(sum(serving) == _largest(build, activity, asked))
            for kind in sorted({kind for need in needs for kind, _count in need.equipment}):
                asked = {need.id: dict(need.equipment).get(kind, 0) for need in needs}
                units = [
                    count
                    for item, count in activity.units.items()
                    if build.case.scenario.equipment[item].kind == kind
                ]
                build.model.add(sum(units) == _largest(build, activity, asked))


def _features(one: Occasion) -> list[str]:
    there = one.room.features
    missing = [name for need in one.needs for name in need.features if name not in there]
    if not missing:
        return []
    return [
        _("Room {room} of {event} lacks: {missing}.").format(
            room=one.room.id, event=named(one.event), missing=", ".join(dict.fromkeys(missing))
        )
    ]


def _staff(one: Occasion) -> list[str]:
    found = []
    staff = {member.id: member.skills for member in one.staff}
    asked = tuple([need.skills for need in one.needs])
    wanted, missing = _skills(asked, tuple(staff.values()))
    if missing:
        found.append(
            _("Event {event} lacks staff with: {missing}.").format(
                event=named(one.event), missing=_amounts(missing)
            )
        )
    if len(staff) > wanted and not one.as_today:
        found.append(
            ngettext(
                "Event {event} has {count} member of staff, but asks for {wanted}.",
                "Event {event} has {count} staff, but asks for {wanted}.",
                len(staff),
            ).format(event=named(one.event), count=len(staff), wanted=wanted)
        )
    return found


def _equipment(one: Occasion) -> list[str]:
    found = []
    asked = tuple([need.equipment for need in one.needs])
    there = tuple([(item.kind, units) for item, units in one.equipment])
    missing, surplus = _units(asked, there)
    if missing:
        found.append(
            _("Event {event} lacks equipment: {missing}.").format(
                event=named(one.event), missing=_amounts(missing)
            )
        )
    if surplus and not one.as_today:
        found.append(
            _("Event {event} has more equipment than it asks for: {surplus}.").format(
                event=named(one.event), surplus=_amounts(surplus)
            )
        )
    return found


@lru_cache(maxsize=4096)
def _skills(
    asked: tuple[Counts, ...], staff: tuple[tuple[str, ...], ...]
) -> tuple[int, Mapping[str, int]]:
    """Return how many staff are asked for, and the skills left over.

    Of all that events ask for and have there are few kinds, which are looked at once each.
    """
    most = _most_asked(asked)
    return sum(most.values()), uncovered(most, list(staff))


@lru_cache(maxsize=4096)
def _units(asked: tuple[Counts, ...], units: Counts) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return the units of each kind that are missing, and those to spare."""
    most = _most_asked(asked)
    there: dict[str, int] = {}
    for kind, count in units:
        there[kind] = count + there.get(kind, 0)
    return _more(most, there), _more(there, most)


def _more(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int]:
    """Return by how much the first counts are larger than the second, where they are."""
    return {
        name: count - second.get(name, 0)
        for name, count in first.items()
        if count > second.get(name, 0)
    }


def _most_asked(asked: tuple[Counts, ...]) -> dict[str, int]:
    """Return the largest count asked for of each name."""
    largest: dict[str, int] = {}
    for several in asked:
        for name, count in several:
            largest[name] = max(count, largest.get(name, count))
    return largest


def uncovered(asked: Mapping[str, int], staff: list[tuple[str, ...]]) -> dict[str, int]:
    """Return the skills left over when each staff member counts for one skill, at best.

    Parameters
    ----------
    asked
        How many staff of each skill.
    staff
        The skills of each staff member.
    """
    serves: dict[int, str] = {}
    left: dict[str, int] = {}
    for skill, count in asked.items():
        for _one in range(count):
            if not _place(skill, staff, serves, set()):
                left[skill] = left.get(skill, 0) + 1
    return left


def _place(
    skill: str, staff: list[tuple[str, ...]], serves: dict[int, str], tried: set[int]
) -> bool:
    """Let somebody serve a skill, if need be by having others serve another one."""
    for at, skills in enumerate(staff):
        if skill in skills and at not in tried:
            tried.add(at)
            if at not in serves or _place(serves[at], staff, serves, tried):
                serves[at] = skill
                return True
    return False


def _amounts(counts: Mapping[str, int]) -> str:
    return ", ".join(amount(name, count) for name, count in counts.items())


def _largest(build: Build, activity: Activity, asked: dict[str, int]) -> Expression:
    """Return the largest count asked for by the needs that have a session in an activity."""
    host = next(iter(activity.sessions))
    most = max(asked.values())
    if asked[host] == most:
        return most * activity.present
    largest = build.model.new_int_var(0, most, "")
    build.model.add_max_equality(
        largest, [count * activity.sessions[need] for need, count in asked.items() if count]
    )
    return largest
