"""What the plan leaves unmet, and how it was computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deling import answers, names
from deling.figures import date_in_words, shown
from deling.language import N_, _
from deling.outputs.report import answer, limits
from deling.outputs.result import record
from deling.rules import RULES

if TYPE_CHECKING:
    from deling.outputs.outcome import Outcome

LEVELS = {
    "own": N_("each institution uses its own, and what is lent today"),
    "sector": N_("institutions of one sector share what they have said they share"),
    "area": N_("all institutions share what they have said they share"),
}
STATUSES = {
    "optimal": N_("every goal is proven best"),
    "feasible": N_("a valid plan; not all of it is proven best"),
}
ENDED = {
    "proven": N_("with the proof of every goal"),
    "gap": N_("within the gap that was asked for"),
    "time_limit": N_("at the time limit"),
    "deterministic_limit": N_("at the limit of its work, which no clock changes"),
    "interrupted": N_("when a person stopped it"),
    "failed": N_("early, since the solver failed"),
}


def unmet(outcome: Outcome) -> dict[str, Any]:
    """Return the wishes that the plan does not meet in full, each with the known reasons.

    Of very many, those that lack most.
    """
    scenario = outcome.scenario
    now, then = (one.measures.needs for one in (outcome.comparison.columns[0], outcome.chosen))
    lacking = {need.id: need.sessions - then[need.id].served for need in scenario.needs.values()}
    found = [need for need in scenario.needs.values() if lacking[need.id] > 0]
    rows = []
    for need in limits.largest(found, lambda need: need.weight * lacking[need.id]):
        group = scenario.groups[need.group]
        rows.append(
            {
                "need": names.need(scenario, need.id),
                "group": names.group(scenario, group.id),
                "house": names.institution(scenario, group.institution),
                "wanted": shown(need.sessions),
                "today": shown(now[need.id].served),
                "served": shown(then[need.id].served),
                "reasons": list(outcome.reasons(need)),
            }
        )
    return {"rows": rows, "more": limits.more_unmet(len(found))}


def method(outcome: Outcome) -> dict[str, Any]:
    """Return how the plan was computed."""
    scenario, result = outcome.scenario, outcome.result
    told = record(result, outcome.case)
    header, rows = answers.area_table(outcome.comparison, answers.LONG)
    searched = bool(result.goals)
    facts = [
        (_("Scenario"), scenario.name),
        (_("Typical week"), scenario.calendar.week),
        (_("Sharing"), _(LEVELS[outcome.case.sharing])),
        (_("Date of this report"), date_in_words(outcome.made)),
        (
            _("Versions"),
            ", ".join(f"{name} {number}" for name, number in told["versions"].items() if number),
        ),
    ]
    if searched:
        facts += [
            (_("Result of the search"), _(STATUSES.get(result.status, result.status))),
            (_("The search ended"), _(ENDED[result.ended])),
        ]
        if result.work is None:
            facts.append((_("Seconds of search"), shown(round(result.seconds))))
        else:
            facts.append((_("Work of the search, in units"), shown(round(result.work))))
        if result.workers:
            facts.append((_("Seed and workers"), f"{result.seed}, {result.workers}"))
    return {
        "facts": facts,
        "notes": list(result.notes),
        "limits": answer.limits(outcome),
        "rules": [
            (rule.id, _(rule.sentence), _("on") if outcome.case.applies(rule.id) else _("off"))
            for rule in RULES
        ],
        "inputs": list(scenario.inputs.items()),
        "measures": {"header": header, "rows": rows},
    }
