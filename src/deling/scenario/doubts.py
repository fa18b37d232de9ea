"""Warnings: what is allowed and yet rarely meant. One function a doubt, on a valid scenario."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from deling.language import _
from deling.scenario.checks import HOURS_COLUMNS
from deling.scenario.measured import longer_than_a_detour
from deling.scenario.problems import did_you_mean, shown
from deling.scenario.public_holidays import public_holidays
from deling.scenario.shape import columns
from deling.units import DAY, DAYS, Hours, clock, intersect, merge, parse_hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deling.domain import Scenario
    from deling.scenario.draft import Draft

_CLOSED = ("off", "closed")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_FAR_DEGREES = 2.0
"""Some 120 to 220 km in Denmark: no area is as large."""


def doubt(draft: Draft, scenario: Scenario) -> None:
    """Note everything doubtful."""
    at = _At(draft)
    for find in DOUBTS:
        find(at, scenario)


class _At:
    """Says a warning at a cell."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._rows = {name: draft.ids(name) for name in draft.tables}

    def warn(self, table: str, key: str, column: str, message: str) -> None:
        place = self._rows[table][key].place(column)
        self.draft.problems.warn(place, column, message)

    def cells(self, column: str) -> Iterator[tuple[str, str, str]]:
        """Yield table, key and text of every filled cell of a column."""
        for table, rows in self._rows.items():
            if column in columns(self.draft.tables[table].shape):
                for key, row in rows.items():
                    if text := row.text(column):
                        yield table, key, text


def tables_are_filled(at: _At, scenario: Scenario) -> None:
    """Say which tables have no rows though they have to be there."""
    for name, table in at.draft.tables.items():
        if table.shape.required and not table.rows:
            message = _("the table {table} has no rows").format(table=name)
            at.draft.problems.warn(at.draft.settings.tree.find(["tables"]).place, "", message)


def somebody_has_it(at: _At, scenario: Scenario) -> None:
    """Say which needs ask for more than the whole area has."""
    features = Counter(feature for room in scenario.rooms.values() for feature in room.features)
    skills = Counter(skill for member in scenario.staff.values() for skill in member.skills)
    kinds: Counter[str] = Counter()
    for item in scenario.equipment.values():
        kinds[item.kind] += item.quantity
    for need in scenario.needs.values():
        asked = (
            ("skills", need.skills, skills, _("no staff have {what}{hint}")),
            ("features", [(f, 1) for f in need.features], features, _("no room has {what}{hint}")),
            ("equipment", need.equipment, kinds, _("there is no equipment of kind {what}{hint}")),
        )
        for column, wanted, have, nobody in asked:
            for what, count in wanted:
                if not have[what]:
                    hint = did_you_mean(what, have)
                    if need.buy_price is not None and not hint:
                        continue  # bought on purpose: the area does not have it
                    message = nobody.format(what=shown(what), hint=hint)
                    at.warn("needs", need.id, column, message)
                elif have[what] < count:
                    message = _("asks for {count} of {what}; the area has {have}")
                    message = message.format(count=count, what=shown(what), have=have[what])
                    at.warn("needs", need.id, column, message)


def times_are_on_the_grid(at: _At, scenario: Scenario) -> None:
    """Say which lengths and starts do not fit the grid."""
    step = scenario.calendar.step
    for need in scenario.needs.values():
        if need.minutes % step:
            message = _(
                "{minutes} minutes are no multiple of the step of {step}: gaps will be left"
            )
            message = message.format(minutes=need.minutes, step=step)
            at.warn("needs", need.id, "minutes", message)
    for event in scenario.today.internal:
        if event.start % DAY % step:
            message = _("{start} is off the grid of {step} minutes: only this event may start so")
            message = message.format(start=clock(event.start), step=step)
            at.warn("use", f"{event.id} {event.needs[0]}", "start", message)


def hours_are_not_empty(at: _At, scenario: Scenario) -> None:
    """Say which opening hours are never open in the week, unless they say so themselves."""
    monday = scenario.calendar.monday
    right = {"any", "available", *_CLOSED}
    for column in HOURS_COLUMNS:
        for table, key, text in at.cells(column):
            if text in right:
                continue
            if parse_hours(text, monday):
                right.add(text)
                continue
            message = _("is never open in week {week}; found {text}")
            message = message.format(week=scenario.calendar.week, text=shown(text))
            at.warn(table, key, column, message)


def shared_hours_meet_available(at: _At, scenario: Scenario) -> None:
    """Say what is shared only while it is not available."""
    things = (
        ("rooms", scenario.rooms),
        ("staff", scenario.staff),
        ("equipment", scenario.equipment),
    )
    for table, rows in things:
        for thing in rows.values():
            hours, shared = thing.available, thing.shared_hours
            if hours and shared and not intersect(hours, shared):
                message = _("is shared only at times when it is not available")
                at.warn(table, thing.id, "shared_hours", message)


def needs_find_time(at: _At, scenario: Scenario) -> None:
    """Say which needs have hours too short for them, or too few days."""
    days = scenario.calendar.days
    week: Hours = merge([(day * DAY, (day + 1) * DAY) for day in days])
    for need in scenario.needs.values():
        if need.hours is not None:
            longest = max((end - start for start, end in intersect(need.hours, week)), default=0)
            if need.hours and longest < need.minutes:
                message = _("no interval on {days} is as long as {minutes} minutes")
                message = message.format(
                    days=" ".join(_(DAYS[day]) for day in days), minutes=need.minutes
                )
                at.warn("needs", need.id, "hours", message)
        elif need.minutes > DAY:
            at.warn("needs", need.id, "minutes", _("is longer than a day"))
        most = _most_sessions(days, need.min_days_between)
        if need.buy_price is None and most is not None and need.sessions > most:
            message = _(
                "{sessions} sessions, {gap} days apart, do not fit in a week: at most {most}"
            )
            message = message.format(sessions=need.sessions, gap=need.min_days_between, most=most)
            at.warn("needs", need.id, "sessions", message)


def _most_sessions(days: tuple[int, ...], gap: int) -> int | None:
    if gap == 0:
        return None
    count, free = 0, 0
    for day in days:
        if day >= free:
            count, free = count + 1, day + gap
    return count


def numbers_agree(at: _At, scenario: Scenario) -> None:
    """Say where one number of a need makes another pointless."""
    for need in scenario.needs.values():
        group = scenario.groups[need.group]
        if need.max_participants is not None and group.size > need.max_participants:
            message = _("is less than the {size} of group {group}: never served")
            message = message.format(size=group.size, group=group.id)
            at.warn("needs", need.id, "max_participants", message)
        if need.attendants > group.usual_staff:
            message = _("is more than the usual_staff ({usual}) of group {group}")
            message = message.format(usual=group.usual_staff, group=group.id)
            at.warn("needs", need.id, "attendants", message)
    for column in ("area_m2", "weekly_hours", "lend_hours"):
        for table, key, text in at.cells(column):
            if _THOUSANDS.fullmatch(text):
                message = _("{text} is read with decimals; write thousands without a sign")
                at.warn(table, key, column, message.format(text=shown(text)))


def parts_fit_their_wholes(at: _At, scenario: Scenario) -> None:
    """Say which parts are elsewhere or larger than what they are part of."""
    for room in scenario.rooms.values():
        whole = scenario.rooms.get(room.part_of or "")
        if whole is None:
            continue
        if room.site != whole.site:
            message = _("is part of {whole}, which is at another site ({site})")
            at.warn("rooms", room.id, "part_of", message.format(whole=whole.id, site=whole.site))
        if room.capacity > whole.capacity:
            message = _("is more than the {capacity} of {whole}, which it is part of")
            message = message.format(capacity=whole.capacity, whole=whole.id)
            at.warn("rooms", room.id, "capacity", message)
    for group in scenario.groups.values():
        other = scenario.groups.get(group.part_of or "")
        if other is not None and group.size > other.size:
            message = _("is more than the {size} of {whole}, which it is part of")
            at.warn("groups", group.id, "size", message.format(size=other.size, whole=other.id))


def joint_needs_can_join(at: _At, scenario: Scenario) -> None:
    """Say which tags never lead to a joint event."""
    tagged: dict[str, list[str]] = {}
    for need in scenario.needs.values():
        if need.joint is not None:
            tagged.setdefault(need.joint, []).append(need.id)
    for tag, ids in tagged.items():
        lengths = Counter(scenario.needs[id_].minutes for id_ in ids)
        for id_ in ids:
            minutes = scenario.needs[id_].minutes
            if len(ids) == 1:
                message = _("no other need has the tag {tag}").format(tag=shown(tag))
                at.warn("needs", id_, "joint", message)
            elif lengths[minutes] == 1:
                message = _("no other need with the tag {tag} lasts {minutes} minutes")
                at.warn("needs", id_, "joint", message.format(tag=shown(tag), minutes=minutes))


def sites_lie_together(at: _At, scenario: Scenario) -> None:
    """Say which sites have coordinates that are swapped or far from all others."""
    sites = scenario.sites.values()
    if len(sites) < 3:
        return
    middle = (median(s.latitude for s in sites), median(s.longitude for s in sites))
    for site in sites:
        here = (site.latitude, site.longitude)
        if not _near(here, middle):
            if _near((site.longitude, site.latitude), middle):
                message = _("latitude and longitude look swapped")
            else:
                message = _("lies far from all other sites; check latitude and longitude")
            at.warn("sites", site.id, "latitude", message)


def _near(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return all(abs(a - b) <= _FAR_DEGREES for a, b in zip(first, second, strict=True))


def travel_is_direct(at: _At, scenario: Scenario) -> None:
    """Say which measured times are longer than going by way of other sites."""
    for row, minutes, way in longer_than_a_detour(scenario):
        key = f"{row.origin} {row.destination} {row.mode}"
        if ("travel", key) not in scenario.places:  # the other direction of a row
            key = f"{row.destination} {row.origin} {row.mode}"
        message = _("{minutes} minutes are longer than the {detour} by way of {way}")
        message = message.format(minutes=row.minutes, detour=minutes, way=", ".join(way))
        at.warn("travel", key, "minutes", message)
    for row in scenario.travel_rows:
        if row.origin == row.destination:
            key = f"{row.origin} {row.destination} {row.mode}"
            at.warn("travel", key, "to", _("leads nowhere: travel within a site takes 0 minutes"))


def agreements_have_two_sides(at: _At, scenario: Scenario) -> None:
    """Say which institutions agree with themselves."""
    for agreement in scenario.agreements:
        if agreement.lender == agreement.borrower:
            key = f"{agreement.lender} {agreement.borrower}"
            at.warn("agreements", key, "with", _("an institution needs no agreement with itself"))


def closed_dates_are_in_season(at: _At, scenario: Scenario) -> None:
    """Say which closed dates lie outside the season."""
    season = scenario.calendar.season
    if season is None:
        return
    for index, (first, last) in enumerate(season.closed):
        if last < season.first or first > season.last:
            node = at.draft.settings.tree.find(["calendar", "season", "closed", index])
            message = _("lies outside the season")
            at.draft.problems.warn(node.place, f"calendar.season.closed[{index + 1}]", message)


def holidays_are_known(at: _At, scenario: Scenario) -> None:
    """Say where no public holidays can be taken out of the season."""
    calendar = scenario.calendar
    if calendar.season is None:
        return
    if public_holidays(calendar.country, calendar.season) is None:
        node = at.draft.settings.tree.find(["calendar", "country"])
        message = _(
            "the public holidays of {country} are not known: write those of the season into"
            " calendar.season.closed"
        ).format(country=calendar.country)
        at.draft.problems.warn(node.place, "calendar.country", message)


DOUBTS: tuple[Callable[[_At, Scenario], None], ...] = (
    tables_are_filled,
    somebody_has_it,
    times_are_on_the_grid,
    hours_are_not_empty,
    shared_hours_meet_available,
    needs_find_time,
    numbers_agree,
    parts_fit_their_wholes,
    joint_needs_can_join,
    sites_lie_together,
    travel_is_direct,
    agreements_have_two_sides,
    closed_dates_are_in_season,
    holidays_are_known,
)
