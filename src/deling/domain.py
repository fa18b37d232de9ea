"""What a scenario and a plan are: frozen types with every default filled in.

No input or output and no solver here. Times are minutes of the week, money is whole øre (an
hour where the name says ``hourly``), ids are the text of the tables. Dictionaries keep the order
of the files, so that nothing a user sees follows the order of a set.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads the annotations
from decimal import Decimal  # noqa: TC003
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from deling.errors import Place  # noqa: TC001
from deling.units import Hours, day_of

Sector = Literal["school", "daycare", "elder_care", "culture", "sports", "association", "other"]
GroupKind = Literal["nursery", "kindergarten", "pupils", "youth", "adults", "elders"]
SharingLevel = Literal["own", "sector", "area"]
Employment = Literal["employee", "volunteer"]
Source = Literal["internal", "bought"]

SECTORS: tuple[Sector, ...] = get_args(Sector)
GROUP_KINDS: tuple[GroupKind, ...] = get_args(GroupKind)
SHARING_LEVELS: tuple[SharingLevel, ...] = get_args(SharingLevel)
LAST_SEED = 2**31 - 1
"""Largest seed of random choices that solvers take."""
MINORS: frozenset[GroupKind] = frozenset({"nursery", "kindergarten", "pupils", "youth"})


class Frozen(BaseModel):
    """Base of all types: immutable, and unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Site(Frozen):
    """A place on the map (matrikel)."""

    id: str
    name: str
    latitude: float
    longitude: float


class Institution(Frozen):
    """An owner of rooms, staff, equipment and groups."""

    id: str
    name: str
    sector: Sector
    site: str
    opening_hours: Hours
    max_away: int | None
    """How many of its staff may be away from their own site at one time; None is no limit."""


class Room(Frozen):
    """A room, or a part of one."""

    id: str
    name: str
    site: str
    institution: str
    kind: str
    area_m2: Decimal | None
    capacity: int
    features: tuple[str, ...]
    available: Hours
    shared_with: tuple[str, ...]
    """``none``, ``all``, or sectors and institution ids."""
    shared_hours: Hours
    hourly_cost: int
    """øre an hour."""
    turnaround: int
    """Minutes that the room stays taken after an event."""
    part_of: str | None


class StaffMember(Frozen):
    """A member of staff or a volunteer, under a pseudonym."""

    id: str
    role: str
    institution: str
    site: str
    skills: tuple[str, ...]
    available: Hours
    weekly_minutes: int | None
    """Most working minutes a week, travel included; None is no limit."""
    shared_with: tuple[str, ...]
    shared_hours: Hours
    lend_minutes: int | None
    """Most event minutes a week for groups of other institutions; None is no limit."""
    hourly_cost: int
    """øre an hour."""
    travel_mode: str
    cleared: bool
    """Holds a certificate for work with children (børneattest)."""
    employment: Employment


class Equipment(Frozen):
    """One or more like units of equipment."""

    id: str
    kind: str
    institution: str
    site: str
    quantity: int
    portable: bool
    available: Hours
    shared_with: tuple[str, ...]
    shared_hours: Hours
    move_minutes: int
    move_cost: int
    """øre for each event at another site."""


class Group(Frozen):
    """Those who take part; size 0 is a service to a building."""

    id: str
    name: str
    institution: str
    site: str
    size: int
    kind: GroupKind
    available: Hours
    travel_mode: str
    max_travel: int
    """Most minutes one way; 0 stays at its site."""
    usual_staff: int
    staff_hourly_cost: int
    """øre an hour for one of the usual staff."""
    part_of: str | None


class Need(Frozen):
    """A wish of one group for a number of sessions a week."""

    id: str
    name: str
    group: str
    activity: str
    sessions: int
    minutes: int
    weight: int
    skills: tuple[tuple[str, int], ...]
    """Each skill asked for and how many staff of it."""
    features: tuple[str, ...]
    equipment: tuple[tuple[str, int], ...]
    """Each kind asked for and how many units of it."""
    hours: Hours | None
    """Within one interval of these; None is any time."""
    preferred: Hours | None
    """Better within one interval of these; None is any time."""
    min_days_between: int
    same_staff: bool
    joint: str | None
    max_participants: int | None
    attendants: int
    """How many of the group's usual staff come along."""
    buy_price: int | None
    """øre a session bought outside the area; None cannot be bought."""


class TravelRow(Frozen):
    """A measured travel time, in one direction."""

    origin: str
    destination: str
    mode: str
    minutes: int


class Agreement(Frozen):
    """One institution lends kinds of things to another, beside what the rows share."""

    lender: str
    borrower: str
    kinds: tuple[Literal["rooms", "staff", "equipment"], ...]


class Block(Frozen):
    """Time in today's use that stands in every plan and serves no need."""

    id: str
    start: int
    minutes: int
    room: str | None
    staff: tuple[str, ...]
    equipment: tuple[tuple[str, int], ...]

    @property
    def end(self) -> int:
        """First minute after the block; may lie past the end of the day."""
        return self.start + self.minutes


EventKey = tuple[frozenset[str], int, int, str, tuple[str, ...], tuple[tuple[str, int], ...]]


class Event(Frozen):
    """One event of a plan: internal, or one bought session.

    A bought event has ``start`` and ``minutes`` 0, no room, no staff and no equipment, whatever
    its row said.
    """

    id: str
    needs: tuple[str, ...]
    """One session for each of these needs."""
    source: Source = "internal"
    start: int = 0
    """Minute of the week."""
    minutes: int = 0
    room: str = ""
    staff: tuple[str, ...] = ()
    """Sorted."""
    equipment: tuple[tuple[str, int], ...] = ()
    """Sorted (id, units)."""
    fixed: bool = False
    """Only today's events can be."""

    @property
    def end(self) -> int:
        """First minute after the event."""
        return self.start + self.minutes

    @property
    def day(self) -> int:
        """Day of the start, Monday being 0."""
        return day_of(self.start)

    @property
    def internal(self) -> bool:
        """Whether it takes place in the area."""
        return self.source == "internal"

    @property
    def key(self) -> EventKey:
        """What has to agree with an event of today for it to *stand as today*."""
        return (
            frozenset(self.needs),
            self.start,
            self.minutes,
            self.room,
            self.staff,
            self.equipment,
        )


class Plan(Frozen):
    """A set of events, ids unique."""

    events: tuple[Event, ...]

    @property
    def internal(self) -> tuple[Event, ...]:
        """The events that take place in the area."""
        return tuple([event for event in self.events if event.source == "internal"])

    @property
    def bought(self) -> tuple[Event, ...]:
        """The bought sessions."""
        return tuple([event for event in self.events if event.source != "internal"])


class Season(Frozen):
    """The dates that the typical week is repeated over."""

    first: dt.date
    last: dt.date
    closed: tuple[tuple[dt.date, dt.date], ...]


class Calendar(Frozen):
    """The typical week and its grid."""

    country: str
    week: str
    monday: dt.date
    days: tuple[int, ...]
    """Days on which events may lie, Monday being 0, in order."""
    step: int
    season: Season | None


class TravelMode(Frozen):
    """How fast one travels, and what it costs."""

    speed: Decimal
    """km/h."""
    fixed: Decimal
    """Minutes added to every estimated trip."""
    trip_cost: int
    """øre for each way of a group's trip."""
    fleet: int | None
    """How many groups may be on trips at one time; None is no limit."""


class TravelSettings(Frozen):
    """What travel times are computed from."""

    detour: Decimal
    modes: dict[str, TravelMode]


class StaffDayLimits(Frozen):
    """Parameters of the rule ``staff_day``, in whole minutes."""

    max_minutes: int
    max_span: int
    rest: int
    max_sites: int


class RuleSettings(Frozen):
    """Parameters of the rules, and which are switched off."""

    off: frozenset[str] = frozenset()
    floor_area: dict[GroupKind, Decimal]
    """m² a participant, by kind of group; other kinds need none."""
    staff_day: StaffDayLimits
    budget: int | None
    """øre a week for all bought sessions."""


class SolveSettings(Frozen):
    """How long and how to search."""

    time_limit: float
    """Seconds."""
    gap: float
    """Relative gap at which a goal counts as reached."""
    seed: int
    workers: int
    """0 is all cores."""


class Scenario(Frozen):
    """All tables and settings, read, typed and cross-checked."""

    name: str
    stem: str
    """Name of the scenario file without its ending."""
    calendar: Calendar
    sharing: SharingLevel
    travel: TravelSettings
    rules: RuleSettings
    goals: tuple[str, ...]
    solve: SolveSettings
    sites: dict[str, Site]
    institutions: dict[str, Institution]
    rooms: dict[str, Room]
    staff: dict[str, StaffMember]
    equipment: dict[str, Equipment]
    groups: dict[str, Group]
    needs: dict[str, Need]
    travel_rows: tuple[TravelRow, ...]
    agreements: tuple[Agreement, ...]
    blocks: tuple[Block, ...]
    today: Plan
    places: dict[tuple[str, str], Place] = {}
    """(table, key) -> where the row stands, for messages. Keys of ``travel`` and ``agreements``
    are the key cells joined by a space; settings have table ``scenario`` and a dotted key."""
    inputs: dict[str, str] = {}
    """File as given -> SHA-256 of its bytes."""

    @property
    def wanted(self) -> int:
        """Sessions a week that all needs want together."""
        return sum(need.sessions for need in self.needs.values())
