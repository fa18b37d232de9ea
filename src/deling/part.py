"""A part of a case: some needs, and of everything else only what touches them.

The needs are *free*: their sessions may be planned anew. All other events of the plan are kept.
Of these the part holds those that share a room, a person, a piece of equipment, a line of groups,
an employer's cover or a fleet with what the free needs could use; the others cannot be in the way
of anything, so that a plan of the part that keeps every rule can take its place in the whole plan.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from deling.board import Board
from deling.case import Case
from deling.domain import Plan
from deling.nearby import Nearby
from deling.rules import KEEP, RULES
from deling.rules.scan import sessions_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from deling.board import Taken
    from deling.domain import (
        Agreement,
        Block,
        Equipment,
        Event,
        Group,
        Room,
        StaffMember,
    )

Row = TypeVar("Row")


@dataclass(frozen=True)
class Part:
    """Some needs of a case and what touches them.

    Attributes
    ----------
    case
        A scenario of its own, with the rows that matter.
    plan
        The events of the free needs and those that touch them.
    free
        Ids of the needs to plan, in the order of the table.
    """

    case: Case
    plan: Plan
    free: tuple[str, ...]

    @property
    def free_events(self) -> tuple[Event, ...]:
        """Events that serve free needs only."""
        free = set(self.free)
        return tuple(event for event in self.plan.events if free.issuperset(event.needs))

    def portable(self) -> Part:
        """Return the same part with no more than it needs, for another process."""
        case = self.case
        travel = case.travel.among(case.scenario)
        return replace(self, case=Case(case.scenario, case.sharing, travel, case.kept))


class Cutter:
    """Cuts parts out of a case.

    Parameters
    ----------
    case
        The whole scenario.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._nearby = Nearby(case, {rule.id for rule in RULES if rule.applies(case)})
        self._today = Board(case, case.scenario.today)
        self._kept = KEEP.kept(case) if case.applies("keep") else {}
        scenario = case.scenario
        self._places: dict[str, dict[str, int]] = {
            table: {key: at for at, key in enumerate(getattr(scenario, table))}
            for table in ("sites", "institutions", "rooms", "staff", "equipment", "groups", "needs")
        }
        self._agreements: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in scenario.agreements:
            self._agreements[agreement.borrower].append(agreement)
        self._blocks: dict[Taken, list[Block]] = defaultdict(list)
        for block in scenario.blocks:
            for taken in _taken_by_block(block):
                self._blocks[taken].append(block)

    def could_use(self, needs: Iterable[str]) -> set[Taken]:
        """Return the rooms, staff and equipment that some needs could use, or do today."""
        found: set[Taken] = set()
        scenario = self._case.scenario
        for key in needs:
            need = scenario.needs[key]
            skills = {skill for skill, _count in need.skills}
            kinds = {kind for kind, _count in need.equipment}
            found.update(("room", room.id) for room in self._nearby.rooms(need))
            if skills:
                found.update(
                    ("staff", member.id)
                    for member in self._nearby.staff(need)
                    if not skills.isdisjoint(member.skills)
                )
            if kinds:
                found.update(
                    ("equipment", item.id)
                    for item in self._nearby.equipment(need)
                    if item.kind in kinds
                )
        return found

    def use_today(self, needs: Iterable[str]) -> set[Taken]:
        """Return the rooms, staff and equipment that some needs use today."""
        events = self._today.that_take(("need", need) for need in needs)
        return {
            taken
            for event in events.values()
            for taken in self._today.taken_by(event)
            if taken[0] in USED
        }

    def part(self, needs: Collection[str], board: Board, spare: int | None = None) -> Part:
        """Return the part of a plan that is about some needs.

        Parameters
        ----------
        needs
            Ids of the needs that become free.
        board
            The whole plan; must be valid.
        spare
            How much of what is left of the budget the part may spend, in øre; None where there
            is no budget.
        """
        case, scenario = self._case, self._case.scenario
        free = sorted(needs, key=self._places["needs"].__getitem__)
        today = self._today.that_take(("need", need) for need in free)
        # With all needs of an institution, the share of its wishes that is not served is right.
        siblings = dict.fromkeys(
            sibling.id
            for borrower in dict.fromkeys(case.group_of(need).institution for need in free)
            for sibling in case.needs_of_institution[borrower]
        )
        served = board.that_take(("need", need) for need in free)
        own = {**served, **board.that_take(("need", need) for need in siblings)}
        useful = self.could_use(free) | self.use_today(free)
        for event in served.values():
            useful.update(taken for taken in board.taken_by(event) if taken[0] in USED)
        useful.update(
            ("room", other)
            for kind, key in list(useful)
            if kind == "room"
            for other in case.clashing_rooms[key]
        )
        things = sorted(useful)  # so that a part is the same in every process
        context = board.that_take([*things, *self._limits(free, things)])
        events = {**own, **context}
        standing = {
            known.id: known
            for event in events.values()
            if event.internal and (known := case.today_by_key.get(event.key)) is not None
        }
        today.update(standing)
        rows = _Rows(case, useful, siblings, (*events.values(), *today.values()))
        budget = scenario.rules.budget
        if budget is not None:
            spent = sum(case.buying_price(event) for event in events.values())
            budget = spent + (spare or 0)
        limited = {scenario.staff[key].institution for kind, key in useful if kind == "staff"}
        part = scenario.model_copy(
            update={
                **{table: self._rows(table, getattr(rows, table)) for table in self._places},
                "travel_rows": (),
                "agreements": tuple(
                    agreement
                    for borrower in sorted(rows.institutions)
                    for agreement in self._agreements.get(borrower, ())
                    if agreement.lender in rows.institutions
                ),
                "blocks": self._blocks_of(rows),
                "today": Plan(events=tuple(today.values())),
                "rules": scenario.rules.model_copy(update={"budget": budget}),
                "places": {},
                "inputs": {},
            }
        )
        got = sessions_of(Plan(events=tuple(events.values())))
        for key, need in part.needs.items():
            if key not in siblings:
                # Not all of its sessions may be seen, and it is none of the part's business.
                part.needs[key] = need.model_copy(update={"sessions": got[key]})
        for key, institution in part.institutions.items():
            # Of other employers not all who are away may be seen.
            if institution.max_away is not None and key not in limited:
                part.institutions[key] = institution.model_copy(update={"max_away": None})
        return Part(
            Case(
                part,
                case.sharing,
                case.travel,
                {need: self._kept[need] for need in free if need in self._kept},
            ),
            Plan(events=tuple(events.values())),
            tuple(free),
        )

    def _limits(self, free: Iterable[str], useful: Iterable[Taken]) -> Iterable[Taken]:
        """Yield what ties the free needs to others beside rooms, staff and equipment."""
        case, scenario = self._case, self._case.scenario
        for need in free:
            group = case.group_of(need)
            yield "group", case.group_line[group.id][-1]
            if scenario.travel.modes[group.travel_mode].fleet is not None:
                yield "fleet", group.travel_mode
        for kind, key in useful:
            if kind == "staff":
                employer = scenario.staff[key].institution
                if scenario.institutions[employer].max_away is not None:
                    yield "employer", employer

    def _rows(self, table: str, keys: Iterable[str]) -> dict[str, object]:
        rows: Mapping[str, object] = getattr(self._case.scenario, table)
        return {key: rows[key] for key in sorted(keys, key=self._places[table].__getitem__)}

    def _blocks_of(self, rows: _Rows) -> tuple[Block, ...]:
        """Return the blocks of the part's rooms, staff and equipment, and nothing else of them."""
        touching: dict[str, Block] = {}
        things: list[Taken] = [
            *(("room", key) for key in rows.rooms),
            *(("staff", key) for key in rows.staff),
            *(("equipment", key) for key in rows.equipment),
        ]
        for thing in things:
            for block in self._blocks.get(thing, ()):
                touching[block.id] = block
        return tuple(
            touching[key].model_copy(
                update={
                    "room": touching[key].room if touching[key].room in rows.rooms else None,
                    "staff": tuple(m for m in touching[key].staff if m in rows.staff),
                    "equipment": tuple(
                        (item, units)
                        for item, units in touching[key].equipment
                        if item in rows.equipment
                    ),
                }
            )
            for key in sorted(touching)
        )


USED = frozenset({"room", "staff", "equipment"})


class _Rows:
    """Ids of the rows of each table that some events and things speak of."""

    def __init__(
        self,
        case: Case,
        useful: Iterable[Taken],
        needs: Iterable[str],
        events: Iterable[Event],
    ) -> None:
        scenario = case.scenario
        self.needs = set(needs)
        self.rooms: set[str] = set()
        self.staff: set[str] = set()
        self.equipment: set[str] = set()
        by_kind = {"room": self.rooms, "staff": self.staff, "equipment": self.equipment}
        for kind, key in useful:
            by_kind[kind].add(key)
        for event in events:
            self.needs.update(event.needs)
            if event.internal:
                self.rooms.add(event.room)
                self.staff.update(event.staff)
                self.equipment.update(item for item, _units in event.equipment)
        self.groups = {
            group for need in self.needs for group in case.group_line[scenario.needs[need].group]
        }
        self.rooms = {whole for room in self.rooms for whole in case.room_line[room]}
        placed: list[Room | StaffMember | Equipment | Group] = [
            *(scenario.rooms[key] for key in self.rooms),
            *(scenario.staff[key] for key in self.staff),
            *(scenario.equipment[key] for key in self.equipment),
            *(scenario.groups[key] for key in self.groups),
        ]
        self.institutions = {row.institution for row in placed}
        self.sites = {row.site for row in placed}
        self.sites |= {scenario.institutions[key].site for key in self.institutions}


def _taken_by_block(block: Block) -> Iterable[Taken]:
    if block.room is not None:
        yield "room", block.room
    for member in block.staff:
        yield "staff", member
    for item, _units in block.equipment:
        yield "equipment", item
