"""The independent checker: every breach of a plan, from the plan and the scenario alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.domain import Plan
from deling.memory import collector_at_rest
from deling.rules import KEEP, RULES

if TYPE_CHECKING:
    from deling.case import Case
    from deling.rules import Breach, Rule


def check(plan: Plan, case: Case) -> list[Breach]:
    """Return every breach of a plan, rule by rule; none means that the plan is valid."""
    with collector_at_rest():
        return [
            breach for rule in RULES if rule.applies(case) for breach in _in_order(rule, plan, case)
        ]


def check_fixed(case: Case) -> list[Breach]:
    """Return the breaches that no plan can avoid, since today's fixed events make them.

    Any of them is a mistake in the input. ``keep`` is left out: it asks for what the fixed
    events alone need not give.
    """
    fixed = Plan(events=tuple(event for event in case.scenario.today.events if event.fixed))
    return [
        breach
        for rule in RULES
        if rule is not KEEP and rule.applies(case)
        for breach in _in_order(rule, fixed, case)
    ]


def _in_order(rule: Rule, plan: Plan, case: Case) -> list[Breach]:
    """Return one rule's breaches in an order that does not follow the plan's."""
    return sorted(rule.breaches(plan, case), key=lambda breach: (breach.events, breach.message))
