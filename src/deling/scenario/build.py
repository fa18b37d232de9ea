"""From checked rows and settings to the frozen types of `deling.domain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.domain import (
    Agreement,
    Block,
    Calendar,
    Equipment,
    Group,
    Institution,
    Need,
    Plan,
    Room,
    RuleSettings,
    Scenario,
    Season,
    Site,
    SolveSettings,
    StaffDayLimits,
    StaffMember,
    TravelMode,
    TravelRow,
    TravelSettings,
)
from deling.scenario.checks import use_sessions
from deling.scenario.events import make_events
from deling.scenario.rows import (
    ANY,
    SAME_AS_AVAILABLE,
    AgreementRow,
    EquipmentRow,
    GroupRow,
    InstitutionRow,
    NeedRow,
    RoomRow,
    SiteRow,
    StaffRow,
    TravelTableRow,
)
from deling.scenario.settings import RulesShape, StaffDayShape
from deling.units import DAYS, Hours, parse_hours

if TYPE_CHECKING:
    from deling.scenario.draft import Draft


def build(draft: Draft, stem: str, inputs: dict[str, str]) -> Scenario:
    """Return the scenario of a draft without errors."""
    shape = draft.settings.shape
    sessions = [session for session in use_sessions(draft) if session.need]
    institutions = _institutions(draft)
    return Scenario(
        name=shape.name,
        stem=stem,
        calendar=_calendar(draft),
        sharing=shape.sharing,
        travel=TravelSettings(
            detour=shape.travel.detour,
            modes={name: TravelMode(**dict(mode)) for name, mode in shape.travel.modes.items()},
        ),
        rules=_rules(shape.rules),
        goals=shape.goals,
        solve=SolveSettings(
            time_limit=float(shape.solve.time_limit),
            gap=float(shape.solve.gap),
            seed=shape.solve.seed,
            workers=shape.solve.workers,
        ),
        sites={
            row.site: Site(
                id=row.site,
                name=row.name or row.site,
                latitude=row.latitude,
                longitude=row.longitude,
            )
            for _row, row in draft.typed(SiteRow)
        },
        institutions=institutions,
        rooms=_rooms(draft, institutions),
        staff=_staff(draft, institutions),
        equipment=_equipment(draft, institutions),
        groups=_groups(draft, institutions),
        needs=_needs(draft),
        travel_rows=tuple(
            TravelRow(
                origin=row.origin,
                destination=row.destination,
                mode=row.mode,
                minutes=row.minutes,
            )
            for _row, row in draft.typed(TravelTableRow)
        ),
        agreements=tuple(
            Agreement(lender=row.lender, borrower=row.borrower, kinds=row.kinds)
            for _row, row in draft.typed(AgreementRow)
        ),
        blocks=_blocks(draft),
        today=Plan(events=make_events(sessions, draft.ids("needs"))),
        places=draft.places(),
        inputs=inputs,
    )


def _calendar(draft: Draft) -> Calendar:
    shape = draft.settings.shape.calendar
    season = shape.season
    return Calendar(
        country=shape.country,
        week=shape.week,
        monday=draft.monday,
        days=tuple(sorted(DAYS.index(day) for day in shape.days)),
        step=shape.step,
        season=None if season is None else Season(**dict(season)),
    )


def _rules(shape: RulesShape) -> RuleSettings:
    staff_day = shape.staff_day
    limits = staff_day if isinstance(staff_day, StaffDayShape) else StaffDayShape()
    return RuleSettings(
        off=shape.off,
        floor_area=shape.floor_area if isinstance(shape.floor_area, dict) else {},
        staff_day=StaffDayLimits(
            max_minutes=limits.max_hours,
            max_span=limits.max_span,
            rest=limits.rest,
            max_sites=limits.max_sites,
        ),
        budget=shape.budget if isinstance(shape.budget, int) else None,
    )


def _institutions(draft: Draft) -> dict[str, Institution]:
    return {
        row.institution: Institution(
            id=row.institution,
            name=row.name or row.institution,
            sector=row.sector,
            site=row.site,
            opening_hours=parse_hours(row.opening_hours, draft.monday),
            max_away=row.max_away,
        )
        for _row, row in draft.typed(InstitutionRow)
    }


def _available(draft: Draft, text: str, owner: Institution) -> Hours:
    return parse_hours(text, draft.monday) if text else owner.opening_hours


def _shared(draft: Draft, text: str, available: Hours) -> Hours:
    return available if text == SAME_AS_AVAILABLE else parse_hours(text, draft.monday)


def _rooms(draft: Draft, institutions: dict[str, Institution]) -> dict[str, Room]:
    found = {}
    for _row, row in draft.typed(RoomRow):
        owner = institutions[row.institution]
        available = _available(draft, row.available, owner)
        found[row.room] = Room(
            id=row.room,
            name=row.name or row.room,
            site=row.site or owner.site,
            institution=row.institution,
            kind=row.kind,
            area_m2=row.area_m2,
            capacity=row.capacity,
            features=row.features,
            available=available,
            shared_with=row.shared_with,
            shared_hours=_shared(draft, row.shared_hours, available),
            hourly_cost=row.hourly_cost,
            turnaround=row.turnaround,
            part_of=row.part_of or None,
        )
    return found


def _staff(draft: Draft, institutions: dict[str, Institution]) -> dict[str, StaffMember]:
    found = {}
    for _row, row in draft.typed(StaffRow):
        available = parse_hours(row.available, draft.monday)
        found[row.staff] = StaffMember(
            id=row.staff,
            role=row.role,
            institution=row.institution,
            site=row.site or institutions[row.institution].site,
            skills=row.skills,
            available=available,
            weekly_minutes=row.weekly_hours,
            shared_with=row.shared_with,
            shared_hours=_shared(draft, row.shared_hours, available),
            lend_minutes=row.lend_hours,
            hourly_cost=row.hourly_cost,
            travel_mode=row.travel_mode,
            cleared=row.cleared,
            employment=row.employment,
        )
    return found


def _equipment(draft: Draft, institutions: dict[str, Institution]) -> dict[str, Equipment]:
    found = {}
    for _row, row in draft.typed(EquipmentRow):
        owner = institutions[row.institution]
        available = _available(draft, row.available, owner)
        found[row.equipment] = Equipment(
            id=row.equipment,
            kind=row.kind,
            institution=row.institution,
            site=row.site or owner.site,
            quantity=row.quantity,
            portable=row.portable,
            available=available,
            shared_with=row.shared_with,
            shared_hours=_shared(draft, row.shared_hours, available),
            move_minutes=row.move_minutes,
            move_cost=row.move_cost,
        )
    return found


def _groups(draft: Draft, institutions: dict[str, Institution]) -> dict[str, Group]:
    found = {}
    for _row, row in draft.typed(GroupRow):
        owner = institutions[row.institution]
        found[row.group] = Group(
            id=row.group,
            name=row.name or row.group,
            institution=row.institution,
            site=row.site or owner.site,
            size=row.size,
            kind=row.kind,
            available=_available(draft, row.available, owner),
            travel_mode=row.travel_mode,
            max_travel=row.max_travel,
            usual_staff=row.usual_staff,
            staff_hourly_cost=row.staff_hourly_cost,
            part_of=row.part_of or None,
        )
    return found


def _needs(draft: Draft) -> dict[str, Need]:
    def within(text: str) -> Hours | None:
        return None if text == ANY else parse_hours(text, draft.monday)

    return {
        row.need: Need(
            id=row.need,
            name=row.name or row.need,
            group=row.group,
            activity=row.activity,
            sessions=row.sessions,
            minutes=row.minutes,
            weight=row.weight,
            skills=row.skills,
            features=row.features,
            equipment=row.equipment,
            hours=within(row.hours),
            preferred=within(row.preferred),
            min_days_between=row.min_days_between,
            same_staff=row.same_staff,
            joint=row.joint or None,
            max_participants=row.max_participants,
            attendants=row.attendants,
            buy_price=row.buy_price,
        )
        for _row, row in draft.typed(NeedRow)
    }


def _blocks(draft: Draft) -> tuple[Block, ...]:
    found = []
    for session in use_sessions(draft):
        if not session.need:
            assert session.start is not None
            assert session.minutes is not None
            found.append(
                Block(
                    id=session.event,
                    start=session.start,
                    minutes=session.minutes,
                    room=session.room or None,
                    staff=session.staff,
                    equipment=session.equipment,
                )
            )
    return tuple(found)
