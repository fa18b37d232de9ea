"""The top of the page: the answer in three sentences and five figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deling import answers, names
from deling.figures import in_dkk, in_hours, shown, signed
from deling.goals import GOALS
from deling.language import _, ngettext
from deling.outputs.report.ladder import label
from deling.outputs.report.limits import first_breaches, more_breaches
from deling.progress import gap_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.measures import Tally
    from deling.outputs.outcome import Outcome


def answer(outcome: Outcome) -> dict[str, Any]:
    """Return what the template shows."""
    now, then = outcome.comparison.columns[0].measures.area, outcome.chosen.measures.area
    breaches = outcome.chosen.breaches
    return {
        "sentences": [_served(now, then), _price(now, then), bound(outcome)],
        "figures": list(_figures(now, then)),
        "breaches": [f"{one.rule}: {one.message}" for one in first_breaches(breaches)],
        "more_breaches": more_breaches(len(breaches)),
        "plan": label(outcome.chosen),
        "houses": len(outcome.scenario.institutions),
    }


def _served(now: Tally, then: Tally) -> str:
    bought = (
        _(" ({count} of them bought outside)").format(count=shown(then.bought))
        if then.bought
        else ""
    )
    return ngettext(
        "The proposed week serves {then} of the {wanted} session that is wanted{bought};"
        " today's week serves {now}.",
        "The proposed week serves {then} of the {wanted} sessions that are wanted{bought};"
        " today's week serves {now}.",
        then.wanted,
    ).format(
        then=shown(then.served), wanted=shown(then.wanted), now=shown(now.served), bought=bought
    )


def _price(now: Tally, then: Tally) -> str:
    more = then.net_cost - now.net_cost
    hours = then.participant_minutes - now.participant_minutes
    text = (
        _("It costs {cost} DKK a week net, {amount} DKK more than today")
        if more > 0
        else _("It costs {cost} DKK a week net, {amount} DKK less than today")
        if more < 0
        else _("It costs {cost} DKK a week net, as much as today")
    ).format(cost=shown(in_dkk(then.net_cost)), amount=shown(in_dkk(abs(more))))
    told = shown(in_hours(abs(hours)))
    # As it is shown: 1.2 hours are shown as 1.
    one = 1 if told == "1" else 2
    gain = (
        ngettext("gives {hours} more participant hour", "gives {hours} more participant hours", one)
        if hours >= 0
        else ngettext(
            "gives {hours} fewer participant hour", "gives {hours} fewer participant hours", one
        )
    ).format(hours=told)
    return _("{cost}, and {gain}.").format(cost=text, gain=gain)


def bound(outcome: Outcome) -> str:
    """Say in plain words how good the plan is at most away from the best."""
    goal = outcome.scenario.goals[0]
    known = outcome.result.goals.get(goal)
    value = names.goal_value(goal, outcome.chosen.goals[goal])
    if known is None:
        return _("It is not known here how far from the best plan this one is.")
    if goal != "served":
        text = _("{goal}: {value}; {proof}.")
        proof = (
            _("no plan can do better")
            if known.proven
            else _("no plan can get beyond {bound}").format(
                bound=names.goal_value(goal, known.bound)
            )
        )
        return text.format(goal=names.goal(goal), value=value, proof=proof)
    weighted = outcome.chosen.measures.area.served != outcome.chosen.goals[goal]
    if known.proven:
        text = (
            _(
                "Counted by their weight, the sessions served come to {value}; it is proven that no"
                " plan that keeps the rules can reach more."
            )
            if weighted
            else _("It is proven that no plan that keeps the rules can serve more than {value}.")
        )
        return text.format(value=value)
    text = (
        _(
            "Counted by their weight, the sessions served come to {value}; it is proven that no"
            " plan that keeps the rules can reach more than {bound} (gap {gap})."
        )
        if weighted
        else ngettext(
            "{value} session is served; it is proven that no plan that keeps the rules can serve"
            " more than {bound} (gap {gap}).",
            "{value} sessions are served; it is proven that no plan that keeps the rules can serve"
            " more than {bound} (gap {gap}).",
            outcome.chosen.goals[goal],
        )
    )
    return text.format(value=value, bound=shown(known.bound), gap=gap_text(known.gap))


def _figures(now: Tally, then: Tally) -> Iterator[dict[str, str]]:
    yield {
        "label": _("Sessions served a week"),
        "now": shown(now.served),
        "then": shown(then.served),
        "note": _("{change} of {wanted} wanted").format(
            change=signed(then.served - now.served), wanted=shown(then.wanted)
        ),
    }
    for heading, of, part in (
        (_("Net cost a week, DKK"), in_dkk, "net_cost"),
        (_("Participant hours a week"), in_hours, "participant_minutes"),
        (_("Staff hours released a week"), in_hours, "released"),
    ):
        before, after = getattr(now, part), getattr(then, part)
        yield {
            "label": heading,
            "now": shown(of(before)),
            "then": shown(of(after)),
            "note": signed(of(after - before)),
        }
    yield {
        "label": _("Sessions changed"),
        "now": "",
        "then": shown(then.moved + then.new + then.dropped),
        "note": _("{moved} moved, {new} new, {dropped} dropped; {kept} as today").format(
            moved=shown(then.moved),
            new=shown(then.new),
            dropped=shown(then.dropped),
            kept=shown(then.kept),
        ),
    }


def limits(outcome: Outcome) -> list[list[str]]:
    """Return each goal with value, bound and what is proven."""
    rows = []
    for rank, (goal, value) in enumerate(outcome.chosen.goals.items(), start=1):
        known = outcome.result.goals.get(goal)
        best = _("most") if GOALS[goal].sense == "max" else _("least")
        proof = (
            _("not known")
            if known is None
            else _("proven best")
            if known.proven
            else answers.gap(goal, known.gap)
        )
        limit = names.goal_value(goal, None if known is None else known.bound)
        rows.append(
            [str(rank), names.goal(goal), best, names.goal_value(goal, value), limit, proof]
        )
    return rows
