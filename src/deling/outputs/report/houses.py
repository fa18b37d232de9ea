"""A page for each institution: its figures, its week, its sessions, and what today has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deling import names
from deling.figures import in_dkk, in_hours, ore_in_dkk, shown
from deling.language import _
from deling.measures import Scope
from deling.outputs.file_names import file_name
from deling.outputs.report.paper import Lines, setting
from deling.outputs.report.why import line
from deling.outputs.schedules.describe import CHANGES

if TYPE_CHECKING:
    from deling.measures import Tally
    from deling.outputs.outcome import Outcome
    from deling.outputs.report.entries import Entries, Entry


def houses(
    today: Outcome, proposed: Outcome, both: tuple[Entries, Entries]
) -> list[dict[str, Any]]:
    """Return what each institution's page shows."""
    scenario = proposed.scenario
    days = scenario.calendar.days
    found = []
    for key, house in scenario.institutions.items():
        now, then = (
            one.chosen.measures.scopes[Scope("institution", key)] for one in (today, proposed)
        )
        proposed_rows = [_row(entry, key) for entry in both[1] if key in entry.roles]
        week = [[row for row in proposed_rows if row["entry"].on(day)] for day in days]
        bought = [row for row in proposed_rows if not row["entry"].internal]
        found.append(
            {
                "id": key,
                "name": names.institution(scenario, key),
                "sector": _(names.SECTORS[house.sector]),
                "figures": _figures(now, then),
                "days": [names.day(day) for day in days],
                "week": week,
                "bought": bought,
                "paper": setting([[_lines(row) for row in day] for day in week], len(bought)),
                "proposed": proposed_rows,
                "today": [_row(entry, key) for entry in both[0] if key in entry.roles],
            }
        )
    return found


def table(today: Outcome, proposed: Outcome) -> list[list[str]]:
    """Return a row for each institution where it has no page: its main figures and its file."""
    scenario = proposed.scenario
    found = []
    for key, house in scenario.institutions.items():
        now, then = (
            one.chosen.measures.scopes[Scope("institution", key)] for one in (today, proposed)
        )
        # What is lent and borrowed is in the table of give and take.
        main = _figures(now, then)[:3]
        found.append(
            [
                names.institution(scenario, key),
                _(names.SECTORS[house.sector]),
                f"schedules/{file_name(key, 'csv')}",
                shown(then.wanted),
                *(cell for _label, *pair in main for cell in pair),
            ]
        )
    return found


def _figures(now: Tally, then: Tally) -> list[tuple[str, str, str]]:
    return [
        (
            _("Sessions served, of {wanted} wanted").format(wanted=shown(then.wanted)),
            shown(now.served),
            shown(then.served),
        ),
        (_("Net cost, DKK"), shown(in_dkk(now.net_cost)), shown(in_dkk(then.net_cost))),
        (
            _("Participant hours"),
            shown(in_hours(now.participant_minutes)),
            shown(in_hours(then.participant_minutes)),
        ),
        (
            _("Hours lent (rooms and staff)"),
            shown(in_hours(now.rooms_lent + now.staff_lent), 1),
            shown(in_hours(then.rooms_lent + then.staff_lent), 1),
        ),
        (
            _("Hours borrowed (rooms and staff)"),
            shown(in_hours(now.rooms_borrowed + now.staff_borrowed), 1),
            shown(in_hours(then.rooms_borrowed + then.staff_borrowed), 1),
        ),
    ]


def _row(entry: Entry, house: str) -> dict[str, Any]:
    outcome = entry.outcome
    own = [need for need in entry.event.needs if outcome.case.institution_of(need).id == house]
    price = sum(outcome.session_costs[entry.event.id, need] for need in own)
    return {
        "entry": entry,
        "role": entry.roles[house],
        "lends": "" if own else entry.roles[house],
        "moved": _before(entry),
        "other": other(entry),
        "price": shown(ore_in_dkk(price)) if own else "",
    }


def _lines(row: dict[str, Any]) -> tuple[Lines, Lines]:
    """Return what the week tells of an event: what is needed to come, and the rest."""
    entry = row["entry"]
    # The signs after the hours, and the words before where it was.
    always = (entry.hours + 6 * " ", entry.title, entry.groups, entry.room)
    return always, (row["lends"], f"{_('instead of')} {row['moved']}" if row["moved"] else "")


def _before(entry: Entry) -> str:
    """Return where the moved sessions of an event are today, without what stays the same."""
    told = []
    for change in entry.changes:
        if change.kind == "moved" and change.before is not None:
            text = line(entry.outcome, change.before)
            told.append(text.removeprefix(f"{entry.title}, "))
    return "; ".join(dict.fromkeys(told))


def other(entry: Entry) -> str:
    """Return how an event compares with the other plan: its word, and where it was or goes."""
    word, there = _(CHANGES[entry.change]), elsewhere(entry)
    return f"{word}: {there}" if there else word


def elsewhere(entry: Entry) -> str:
    """Return where the moved sessions of an event are in the other plan."""
    return "; ".join(
        line(entry.outcome, event)
        for change in entry.changes
        if change.kind == "moved"
        and (event := change.after if entry.is_today else change.before) is not None
    )
