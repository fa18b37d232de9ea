"""Who lends how much to whom: event minutes and what they cost, by lender and borrower."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deling.figures import split
from deling.measures.sessions import shares

if TYPE_CHECKING:
    from deling.case import Case
    from deling.domain import Plan


@dataclass
class Loan:
    """What one institution lends another in a week; its parts add up to the measures of lending.

    Attributes
    ----------
    rooms, staff
        Event minutes.
    value
        What these minutes cost their owner, in sixtieths of an øre.
    """

    rooms: int = 0
    staff: int = 0
    value: int = 0

    @property
    def minutes(self) -> int:
        """Minutes of rooms and of staff together."""
        return self.rooms + self.staff


def loans(plan: Plan, case: Case) -> dict[tuple[str, str], Loan]:
    """Return what each lender lends each borrower, in the order of the institutions."""
    found: dict[tuple[str, str], Loan] = {}
    for event in plan.internal:
        room = case.scenario.rooms[event.room]
        staff = [case.scenario.staff[member] for member in dict.fromkeys(event.staff)]
        parts = split(event.minutes, shares(event, case))
        for need, minutes in zip(event.needs, parts, strict=True):
            borrower = case.institution_of(need).id
            if room.institution != borrower:
                loan = found.setdefault((room.institution, borrower), Loan())
                loan.rooms += minutes
                loan.value += minutes * room.hourly_cost
            for member in staff:
                if member.institution != borrower:
                    loan = found.setdefault((member.institution, borrower), Loan())
                    loan.staff += minutes
                    loan.value += minutes * member.hourly_cost
    order = {key: rank for rank, key in enumerate(case.scenario.institutions)}
    return dict(sorted(found.items(), key=lambda item: (order[item[0][0]], order[item[0][1]])))
