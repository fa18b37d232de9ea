"""What a planted area is made of while it grows: rows whose cells are not yet settled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deling.domain import GroupKind, Sector
    from deling.units import Hours


@dataclass(slots=True, eq=False)
class Site:
    """A place on the map."""

    id: str
    latitude: float
    longitude: float


@dataclass(slots=True, eq=False)
class House:
    """An institution.

    Attributes
    ----------
    template
        Key of its rooms and groups in the catalogue.
    area
        Number of its local area.
    """

    id: str
    name: str
    sector: Sector
    template: str
    site: Site
    area: int
    hours_text: str
    hours: Hours
    max_away: int | None = None


@dataclass(slots=True, eq=False)
class Thing:
    """What a house may lend.

    Attributes
    ----------
    hours
        When it can be used; a wide frame until the plan is planted.
    hours_text
        The same as written; blank is the house's.
    loans
        Intervals in which it serves groups of each other house, by house id.
    sharers
        Ids of houses that it is shared with.
    shared
        Hours of sharing; None is whenever it is available.
    """

    id: str
    house: House
    hours: Hours
    site: Site
    hours_text: str = ""
    loans: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    sharers: list[str] = field(default_factory=list)
    shared: Hours | None = None


@dataclass(slots=True, eq=False)
class Room(Thing):
    """A room; `clashing` are all rooms that cannot be used beside it, itself included."""

    name: str = ""
    kind: str = ""
    area_m2: int = 0
    capacity: int = 0
    features: tuple[str, ...] = ()
    lent: int = 0
    cost: int = 0
    turnaround: int = 0
    lessons: str = ""
    whole: Room | None = None
    clashing: list[Room] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Member(Thing):
    """A member of staff or a volunteer; `most` bounds working minutes while the plan grows."""

    role: str = ""
    skills: tuple[str, ...] = ()
    cost: int = 0
    mode: str = "bike"
    cleared: bool = True
    volunteer: bool = False
    most: int = 0
    weekly: int | None = None
    lend: int | None = None


@dataclass(slots=True, eq=False)
class Item(Thing):
    """Equipment; `quantity` is the most there may be until the plan is planted."""

    kind: str = ""
    quantity: int = 1
    portable: bool = False
    move_minutes: int = 0
    move_cost: int = 0


@dataclass(slots=True, eq=False)
class Group:
    """A group; `kin` are the groups that cannot be elsewhere at the same time, itself included."""

    id: str
    name: str
    house: House
    site: Site
    size: int
    kind: GroupKind
    hours_text: str
    hours: Hours
    mode: str
    usual_staff: int
    staff_cost: int
    activities: tuple[str, ...]
    whole: Group | None = None
    kin: list[Group] = field(default_factory=list)
    max_travel: int = 0
    wishes: list[Wish] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Wish:
    """A need.

    Attributes
    ----------
    extra
        Whether it is no part of the planted plan.
    events
        The planted events that serve it, one a session.
    """

    id: str
    group: Group
    activity: str
    name: str
    sessions: int
    minutes: int
    weight: int
    skills: tuple[tuple[str, int], ...]
    features: tuple[str, ...]
    equipment: tuple[tuple[str, int], ...]
    hours_text: str
    hours: Hours
    apart: int
    same_staff: bool
    joint: str
    limit: int | None
    attendants: int
    price: int
    preferred_text: str = ""
    extra: bool = False
    wide: bool = False
    events: list[Event] = field(default_factory=list)
    bought: int = 0


@dataclass(slots=True, eq=False)
class Event:
    """An event of the planted plan, or of today's use."""

    wishes: list[Wish]
    start: int
    minutes: int
    room: Room
    staff: list[Member]
    items: list[tuple[Item, int]]
    today: bool = False
    fixed: bool = False

    @property
    def end(self) -> int:
        """First minute after the event."""
        return self.start + self.minutes


@dataclass(slots=True, eq=False)
class Block:
    """Time that is taken in every plan."""

    start: int
    minutes: int
    room: Room | None = None
    member: Member | None = None
    item: Item | None = None
    note: str = ""


@dataclass(slots=True, eq=False)
class Area:
    """A local area: what lies within walking or cycling distance.

    Attributes
    ----------
    town
        Number of its municipality.
    friends
        Neighbouring areas that lend to it what travels far.
    """

    number: int
    town: int
    latitude: float
    longitude: float
    friends: list[Area] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    staff: list[Member] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    moved: list[Event] = field(default_factory=list)
    by_feature: dict[str, list[Room]] = field(default_factory=lambda: defaultdict(list))
    by_skill: dict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))
    by_kind: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))

    @property
    def wishes(self) -> list[Wish]:
        """All needs, in the order of the groups."""
        return [wish for group in self.groups for wish in group.wishes]
