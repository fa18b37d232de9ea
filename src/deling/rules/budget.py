"""Rule ``budget``: what is bought outside the area fits the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, _, with_signs
from deling.rules.base import Breach, Rule
from deling.units import SIXTIETHS_PER_ORE, dkk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Plan
    from deling.model.build import Build


class Budget(Rule):
    """The price of all bought sessions is within the weekly budget."""

    id = "budget"
    sentence = N_("The price of all bought sessions is within the week's budget.")

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Compare the price of all bought sessions to the budget."""
        budget = case.scenario.rules.budget
        if budget is None:
            return
        price = sum(
            case.scenario.needs[need].buy_price or 0
            for event in plan.bought
            for need in event.needs
        )
        if price > budget:
            yield self.breach(
                [event.id for event in plan.bought],
                _(
                    "Bought sessions cost {price} DKK a week, but the budget is {budget} DKK."
                ).format(
                    price=with_signs(str(dkk(price * SIXTIETHS_PER_ORE))),
                    budget=with_signs(str(dkk(budget * SIXTIETHS_PER_ORE))),
                ),
            )

    # The model

    def post(self, build: Build) -> None:
        """Sum the prices of all bought sessions."""
        budget = build.case.scenario.rules.budget
        prices = {
            need.id: need.buy_price
            for need in build.case.scenario.needs.values()
            if need.buy_price is not None
        }
        if budget is not None and prices:
            build.model.add(
                sum(price * build.bought[need] for need, price in prices.items()) <= budget
            )
