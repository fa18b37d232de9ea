"""What a rule is: a sentence, a judge and a model of the same thing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from deling.domain import Plan
from deling.units import covering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deling.case import Case
    from deling.domain import Equipment, Event, Need, Room, StaffMember
    from deling.model.build import Build
    from deling.units import Hours


@dataclass(frozen=True)
class Breach:
    """One place where a plan breaks a rule.

    Attributes
    ----------
    rule
        Id of the rule.
    events
        Ids of the events of the judged plan that break it together, sorted.
    message
        What is wrong, with the numbers, for a planner.
    """

    rule: str
    events: tuple[str, ...]
    message: str


class Rule(ABC):
    """A rule of the plan, stated twice: for the judge and for the solver.

    The judge (`breaches`) works on events and travel times alone and must not know the model.
    The model has two parts, either of which may be empty: the questions that `candidates` asks
    about one need and one resource (`admits_…`, `hours_…`), and the constraints that tie
    several choices together (`post`).
    """

    id: ClassVar[str]
    sentence: ClassVar[str]
    """The rule in one sentence, marked with `N_` and translated where it is shown."""
    switchable: ClassVar[bool] = True

    def applies(self, case: Case) -> bool:
        """Return whether the rule is in force."""
        return case.applies(self.id)

    @abstractmethod
    def breaches(self, plan: Plan, case: Case) -> Iterable[Breach]:
        """Find every place where the plan breaks the rule, in a fixed order."""

    def breach(self, events: Iterable[str], message: str) -> Breach:
        """Return a breach of this rule by these events."""
        return Breach(self.id, tuple(sorted(set(events))), message)

    # The model: one need and one resource

    def admits_room(self, case: Case, need: Need, room: Room) -> bool:
        """Return whether the room could ever serve the need under this rule."""
        return True

    def admits_staff(self, case: Case, need: Need, member: StaffMember) -> bool:
        """Return whether the staff member could ever serve the need under this rule."""
        return True

    def admits_equipment(self, case: Case, need: Need, item: Equipment) -> bool:
        """Return whether the equipment could ever serve the need under this rule."""
        return True

    def hours_in_room(self, case: Case, need: Need, room: Room) -> Hours | None:
        """Return intervals of which one must hold the whole event there, or None for any time."""
        return None

    def hours_of_staff(self, case: Case, need: Need, member: StaffMember) -> Hours | None:
        """Return intervals of which one must hold the whole event, or None for any time."""
        return None

    def hours_of_equipment(self, case: Case, need: Need, item: Equipment) -> Hours | None:
        """Return intervals of which one must hold the whole event, or None for any time."""
        return None

    def admits_standing(self, case: Case, event: Event) -> bool:
        """Return whether an event of today could stand as today under this rule, by itself."""
        scenario = case.scenario
        room = scenario.rooms[event.room]
        for need in (scenario.needs[key] for key in event.needs):
            hours = [self.hours_in_room(case, need, room)]
            if not self.admits_room(case, need, room):
                return False
            for member in (scenario.staff[key] for key in event.staff):
                hours.append(self.hours_of_staff(case, need, member))
                if not self.admits_staff(case, need, member):
                    return False
            for item in (scenario.equipment[key] for key, _units in event.equipment):
                hours.append(self.hours_of_equipment(case, need, item))
                if not self.admits_equipment(case, need, item):
                    return False
            for some in hours:
                if some is not None and covering(some, event.start, event.end) is None:
                    return False
        return True

    def holds_alone(self, case: Case, event: Event) -> bool:
        """Return whether the plan of this one event keeps the rule."""
        return not any(True for _breach in self.breaches(Plan(events=(event,)), case))

    # The model: several choices together

    def post(self, build: Build) -> None:
        """Add the rule's constraints to the model."""
        return
