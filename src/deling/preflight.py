"""What to know before a search: mistakes no plan can mend, wishes nothing can meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import names
from deling.candidates import Candidates
from deling.check import check_fixed
from deling.errors import Place, Problem
from deling.figures import shown
from deling.language import _
from deling.rules import RULES_BY_ID

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Need


def review(case: Case) -> list[Problem]:
    """Return what is wrong with a case as a whole.

    Returns
    -------
    list of Problem
        Errors: rules that today's fixed events break by themselves. Warnings: needs that no
        room, staff or equipment could ever serve, each with the condition that excludes them.
    """
    return [*_broken_by_fixed(case), *_never_served(case)]


def _place(case: Case, table: str, key: str) -> Place:
    return case.scenario.places.get((table, key), Place(table))


def _broken_by_fixed(case: Case) -> Iterator[Problem]:
    for breach in check_fixed(case):
        place = _place(case, "use", breach.events[0]) if breach.events else Place("use")
        yield Problem(
            place,
            "fixed",
            _(
                "today's fixed events break rule {rule}: {message} Mend the events or take"
                " `fixed` off."
            ).format(rule=breach.rule, message=breach.message),
        )


def _never_served(case: Case) -> Iterator[Problem]:
    candidates = Candidates(case)
    for need in case.scenario.needs.values():
        reasons = why_never(candidates, need)
        if need.sessions and reasons:
            bought = _(" It can only be bought.") if need.buy_price is not None else ""
            yield Problem(
                _place(case, "needs", need.id),
                "",
                _("need {need} can never be served ({level}): {reasons}{bought}").format(
                    need=need.id,
                    level=names.plan(case.sharing),
                    reasons=" ".join(reasons),
                    bought=bought,
                ),
                "warning",
            )


def why_never(candidates: Candidates, need: Need) -> list[str]:
    """Return what makes it impossible to hold any session of a need; nothing where one might be.

    Each reason stands by itself: no room at all, too few staff of a skill, too few units of a
    kind. Whether the ones that are left are free at the same time is the solver's question.
    """
    if candidates.enough(need):
        return []
    reasons: list[str] = []
    told: set[str] = set()

    def why(kind: str, if_empty: str) -> str:
        # Asked only where something is missing: to question every resource takes long.
        return _counted(candidates.refusals(need)[kind], if_empty, told)

    if not candidates.rooms(need):
        reasons.append(_("No room will do: {why}.").format(why=why("rooms", _("there is none"))))
    if not candidates.case.applies("needs_met"):
        return reasons
    for skill, count in need.skills:
        found = len(candidates.staff(need, skill))
        if found < count:
            reasons.append(
                _(
                    "Of staff with skill {skill}, {found} will do and {count} are asked for: {why}."
                ).format(
                    skill=skill,
                    found=found,
                    count=count,
                    why=why(f"staff:{skill}", _("nobody has it")),
                )
            )
    for kind, count in need.equipment:
        items = candidates.equipment(need, kind)
        found = sum(candidates.case.scenario.equipment[item].quantity for item in items)
        if found < count:
            reasons.append(
                _(
                    "Of equipment {kind}, {found} units will do and {count} are asked for: {why}."
                ).format(
                    kind=kind,
                    found=found,
                    count=count,
                    why=why(f"equipment:{kind}", _("there is none")),
                )
            )
    return reasons


def _counted(refusals: Counter[str], if_empty: str, told: set[str]) -> str:
    """Return how many each rule refuses, with what the rule says where that is not told yet."""
    texts = []
    for rule, count in refusals.most_common():
        if not rule:
            continue
        text = (
            _("{count} by rule {rule}")
            if rule in told
            else _("{count} by rule {rule} ({sentence})")
        )
        sentence = _(RULES_BY_ID[rule].sentence).rstrip(".")
        texts.append(text.format(count=shown(count), rule=rule, sentence=sentence))
        told.add(rule)
    return ", ".join(texts) or if_empty
