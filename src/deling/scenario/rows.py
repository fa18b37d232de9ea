"""One model a table row: the single source for columns and defaults.

A field is a column. Fields without a default have to be filled; a blank cell of another column
means its default. The text below each field becomes the documentation and the editor's help.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from deling.domain import Employment, GroupKind, Sector  # noqa: TC001
from deling.scenario.cells import (
    KINDS,
    Counted,
    HoursAtMost,
    HoursText,
    Id,
    Items,
    Kinds,
    Latitude,
    Longitude,
    Money,
    NotNegative,
    Places,
    Positive,
    Ref,
    Shares,
    Text,
    Whole,
    YesNo,
)
from deling.scenario.shape import RowShape

ANY = "any"
SAME_AS_AVAILABLE = "available"

_SHARED_WITH = "`none`, `all`, or a list of sectors and institutions that may use it."
_SHARED_HOURS = "When others may use it (opening hours); blank is whenever it is available."


class SiteRow(RowShape):
    """A place on the map (matrikel)."""

    table: ClassVar[str] = "sites"
    key: ClassVar[tuple[str, ...]] = ("site",)
    required: ClassVar[bool] = True

    site: Id
    """Id of the site."""
    name: Text = ""
    """Name for people; blank is the id."""
    latitude: Latitude
    """Degrees north (WGS 84)."""
    longitude: Longitude
    """Degrees east (WGS 84)."""


class InstitutionRow(RowShape):
    """An owner of rooms, staff, equipment and groups."""

    table: ClassVar[str] = "institutions"
    key: ClassVar[tuple[str, ...]] = ("institution",)
    required: ClassVar[bool] = True

    institution: Id
    """Id of the institution; no sector, `all` or `none`."""
    name: Text = ""
    """Name for people; blank is the id."""
    sector: Sector
    """Sector that it belongs to."""
    site: Annotated[Id, Ref("sites")]
    """Its own site."""
    opening_hours: HoursText
    """When it is open (opening hours)."""
    max_away: Whole | None = None
    """How many of its staff may be away from their own site at one time; blank is no limit."""


class RoomRow(RowShape):
    """A room, or a part of one."""

    table: ClassVar[str] = "rooms"
    key: ClassVar[tuple[str, ...]] = ("room",)
    required: ClassVar[bool] = True

    room: Id
    """Id of the room."""
    name: Text = ""
    """Name for people; blank is the id."""
    site: Annotated[Id, Ref("sites")] = ""
    """Where it is; blank is the institution's site."""
    institution: Annotated[Id, Ref("institutions")]
    """Its owner."""
    kind: Text = ""
    """Kind of room, for people."""
    area_m2: NotNegative | None = None
    """Floor area in m²; rooms without one are not checked by `floor_area`."""
    capacity: Places
    """Most participants at one time."""
    features: Items = ()
    """List of what the room has, asked for by needs."""
    available: HoursText = ""
    """When it can be used (opening hours); blank is the institution's opening hours."""
    shared_with: Shares = Field(("none",), description=_SHARED_WITH)
    shared_hours: HoursText = Field(SAME_AS_AVAILABLE, description=_SHARED_HOURS)
    hourly_cost: Money = 0
    """DKK an hour of events."""
    turnaround: Whole = 0
    """Minutes that the room stays taken after an event."""
    part_of: Annotated[Id, Ref("rooms")] = ""
    """The room that it is a part of."""


class StaffRow(RowShape):
    """A member of staff or a volunteer, under a pseudonym."""

    table: ClassVar[str] = "staff"
    key: ClassVar[tuple[str, ...]] = ("staff",)

    staff: Id
    """Pseudonym, never a person's name."""
    role: Text = ""
    """Role, for people."""
    institution: Annotated[Id, Ref("institutions")]
    """Employer."""
    site: Annotated[Id, Ref("sites")] = ""
    """Own site, where tours begin and end; blank is the institution's site."""
    skills: Items
    """List of what they can do, asked for by needs."""
    available: HoursText
    """When they can work on the plan's events, travel included (opening hours)."""
    weekly_hours: HoursAtMost | None = None
    """Most working hours a week, travel included; blank is no limit."""
    shared_with: Shares = Field(("none",), description=_SHARED_WITH)
    shared_hours: HoursText = Field(SAME_AS_AVAILABLE, description=_SHARED_HOURS)
    lend_hours: HoursAtMost | None = None
    """Most hours a week of events for groups of other institutions; blank is no limit."""
    hourly_cost: Money = 0
    """DKK an hour of work, travel included."""
    travel_mode: Annotated[Id, Ref("modes")] = "bike"
    """How they travel, a mode of the scenario file."""
    cleared: YesNo = True
    """Whether they may work with children (børneattest)."""
    employment: Employment = "employee"
    """Employee or volunteer."""


class EquipmentRow(RowShape):
    """One or more like units of equipment."""

    table: ClassVar[str] = "equipment"
    key: ClassVar[tuple[str, ...]] = ("equipment",)

    equipment: Id
    """Id of the equipment."""
    kind: Id
    """Kind, asked for by needs."""
    institution: Annotated[Id, Ref("institutions")]
    """Its owner."""
    site: Annotated[Id, Ref("sites")] = ""
    """Where it stands; blank is the institution's site."""
    quantity: Places = 1
    """How many units there are."""
    portable: YesNo = False
    """Whether it may be used at another site."""
    available: HoursText = ""
    """When it can be used (opening hours); blank is the institution's opening hours."""
    shared_with: Shares = Field(("none",), description=_SHARED_WITH)
    shared_hours: HoursText = Field(SAME_AS_AVAILABLE, description=_SHARED_HOURS)
    move_minutes: Whole = 0
    """Minutes that it is taken before and after an event at another site."""
    move_cost: Money = 0
    """DKK for each event at another site."""


class GroupRow(RowShape):
    """Those who take part; size 0 is a service to a building."""

    table: ClassVar[str] = "groups"
    key: ClassVar[tuple[str, ...]] = ("group",)
    required: ClassVar[bool] = True

    group: Id
    """Id of the group."""
    name: Text = ""
    """Name for people; blank is the id."""
    institution: Annotated[Id, Ref("institutions")]
    """The institution that it belongs to."""
    site: Annotated[Id, Ref("sites")] = ""
    """Where it comes from; blank is the institution's site."""
    size: Places
    """Participants; 0 is a service to a building."""
    kind: GroupKind
    """Kind of participants."""
    available: HoursText = ""
    """When it can take part, trips included (opening hours); blank is the institution's."""
    travel_mode: Annotated[Id, Ref("modes")] = "walk"
    """How it travels, a mode of the scenario file."""
    max_travel: Whole = 0
    """Most minutes one way; 0 stays at its site."""
    usual_staff: Whole = 0
    """Its usual staff, released while it takes part, but for attendants."""
    staff_hourly_cost: Money = 0
    """DKK an hour of one of its usual staff."""
    part_of: Annotated[Id, Ref("groups")] = ""
    """The group that it is a part of."""


class NeedRow(RowShape):
    """A wish of one group for a number of sessions a week."""

    table: ClassVar[str] = "needs"
    key: ClassVar[tuple[str, ...]] = ("need",)
    required: ClassVar[bool] = True

    need: Id
    """Id of the need."""
    name: Text = ""
    """Name for people; blank is the id."""
    group: Annotated[Id, Ref("groups")]
    """Who wants it."""
    activity: Text
    """What it is, for people."""
    sessions: Whole
    """Sessions wanted a week."""
    minutes: Positive
    """Length of a session in minutes."""
    weight: Whole = 1
    """What a session counts in the goals `served` and `fairness`."""
    skills: Counted = ()
    """List of skills that the staff must cover; `music:2` asks for two."""
    features: Items = ()
    """List of what the room must have."""
    equipment: Counted = ()
    """List of kinds of equipment; `drum:4` asks for four units."""
    hours: HoursText = ANY
    """A session lies within one interval of these (opening hours)."""
    preferred: HoursText = ANY
    """Better within one interval of these (opening hours)."""
    min_days_between: Whole = 1
    """Days between two sessions; 0: may be the same day."""
    same_staff: YesNo = False
    """Whether all sessions must have the same staff."""
    joint: Text = ""
    """Needs with the same tag may share one event."""
    max_participants: Places | None = None
    """Most participants of an event that serves it; blank is no limit."""
    attendants: Whole = 0
    """How many of the group's usual staff come along."""
    buy_price: Money | None = None
    """DKK a session bought outside the area; blank cannot be bought."""


class TravelTableRow(RowShape):
    """A measured travel time, both ways unless the other way has a row of its own."""

    table: ClassVar[str] = "travel"
    key: ClassVar[tuple[str, ...]] = ("from", "to", "mode")

    origin: Annotated[Id, Ref("sites")] = Field(alias="from")
    """Site where the trip begins."""
    destination: Annotated[Id, Ref("sites")] = Field(alias="to")
    """Site where the trip ends."""
    mode: Annotated[Id, Ref("modes")]
    """How one travels, a mode of the scenario file."""
    minutes: Positive
    """Minutes from door to door."""


class AgreementRow(RowShape):
    """One institution lends to another, beside what the rows share."""

    table: ClassVar[str] = "agreements"
    key: ClassVar[tuple[str, ...]] = ("institution", "with")

    lender: Annotated[Id, Ref("institutions")] = Field(alias="institution")
    """Who lends."""
    borrower: Annotated[Id, Ref("institutions")] = Field(alias="with")
    """Who borrows."""
    kinds: Kinds = KINDS
    """List of `rooms`, `staff`, `equipment`; blank is all three."""
