"""The shape of the scenario file.

Every value is a text when it arrives here (see `yaml_text`); blank values have been left out, so
that they take their default. The text below each field becomes the documentation and the
editor's help.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from deling.domain import LAST_SEED, GroupKind, SharingLevel
from deling.language import _
from deling.scenario.cells import (
    Day,
    HoursAtLeast,
    HoursAtMost,
    Id,
    Money,
    NotNegative,
    Text,
    Whole,
    decimal,
    text_of,
    whole,
    wrong,
)
from deling.scenario.dates import Country, Date, DateRange, Week  # noqa: TC001
from deling.scenario.shape import Shape

Switch = Annotated[Literal["on", "off"], Field(description="`off` switches the rule off.")]
AlwaysOn = Annotated[Literal["on"], Field(description="This rule cannot be switched off.")]
GoalId = Literal["served", "fairness", "cost", "comfort"]
GOAL_IDS: tuple[GoalId, ...] = ("served", "fairness", "cost", "comfort")
MOST_SEASON_DAYS = 3660

DEFAULT_MODES: dict[str, dict[str, str]] = {
    "walk": {"speed": "4.5"},
    "stroll": {"speed": "2.5"},
    "bike": {"speed": "14", "fixed": "2"},
    "car": {"speed": "30", "fixed": "4"},
    "minibus": {"speed": "30", "fixed": "10", "trip_cost": "150"},
}


def _no_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if values.count(value) > 1:
            raise wrong(_("names {value} more than once").format(value=value))
    return values


class SeasonShape(Shape):
    """The dates that the typical week is repeated over."""

    first: Date
    """First date."""
    last: Date
    """Last date."""
    closed: tuple[DateRange, ...] = ()
    """Dates (`2026-12-24`) or ranges of dates (`2026-10-12/2026-10-16`) without activities."""

    @model_validator(mode="after")
    def _in_order(self) -> SeasonShape:
        if self.first > self.last:
            raise wrong(_("ends before it begins: first is after last"))
        if (self.last - self.first).days > MOST_SEASON_DAYS:
            raise wrong(_("is longer than ten years, from first to last"))
        return self


class CalendarShape(Shape):
    """The typical week that the plan is made for."""

    country: Country = "DK"
    """Two-letter code of the country whose public holidays count."""
    week: Week = "2026-W37"
    """ISO week on which opening hours are evaluated."""
    days: Annotated[tuple[Day, ...], AfterValidator(_no_repeats)] = ("Mo", "Tu", "We", "Th", "Fr")
    """Days on which events may lie."""
    step: Annotated[
        int,
        BeforeValidator(whole(1, 1440)),
        WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 1440}),
    ] = 15
    """Minutes; events start on this grid, counted from 00:00."""
    season: SeasonShape | None = None
    """The dates that the typical week is repeated over; blank is none."""


class ModeShape(Shape):
    """A way to travel."""

    speed: Annotated[
        Decimal,
        BeforeValidator(decimal("0.01", 1000, "4.5")),
        WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1000}),
    ]
    """km/h."""
    fixed: NotNegative = Decimal(0)
    """Minutes added to every estimated trip."""
    trip_cost: Money = 0
    """DKK for each way of a group's trip."""
    fleet: Whole | None = None
    """How many groups may be on trips at one time; blank is no limit."""


def _with_default_modes(value: Any) -> Any:
    """Fill in the defaults of the five known modes, key by key."""
    if not isinstance(value, dict):
        return value
    filled: dict[str, Any] = dict(DEFAULT_MODES)
    for mode, given in value.items():
        known = DEFAULT_MODES.get(mode, {})
        filled[mode] = {**known, **given} if isinstance(given, dict) else given
    return filled


class TravelShape(Shape):
    """What travel times are estimated from where no row of `travel` says them."""

    detour: Annotated[
        Decimal,
        BeforeValidator(decimal("0", 100, "1.3")),
        WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100}),
    ] = Decimal("1.3")
    """Street distance for each unit of straight line."""
    modes: Annotated[dict[Id, ModeShape], BeforeValidator(_with_default_modes)] = Field(
        default_factory=dict, validate_default=True
    )
    """Ways to travel by name: `walk`, `stroll`, `bike`, `car`, `minibus` and your own."""


class StaffDayShape(Shape):
    """Limits of a working day."""

    max_hours: HoursAtMost = Field(600, json_schema_extra={"default": 10})
    """Most working hours a day."""
    max_span: HoursAtMost = Field(720, json_schema_extra={"default": 12})
    """Most hours from first departure to last return."""
    rest: HoursAtLeast = Field(660, json_schema_extra={"default": 11})
    """Least hours from last return to the next day's first departure."""
    max_sites: Whole = 3
    """Most different sites a day other than the own."""


def _form(value: Any) -> str:
    return "=limits" if isinstance(value, dict) else "=switch"


def _money_or_switch(value: Any) -> str:
    return "=switch" if value in ("on", "off") else "=limits"


FloorArea = dict[GroupKind, NotNegative]


class RulesShape(Shape):
    """Parameters of the rules; `off` switches a rule off."""

    grid: AlwaysOn = "on"
    opening: AlwaysOn = "on"
    room: Switch = "on"
    group: Switch = "on"
    reach: Switch = "on"
    staff: AlwaysOn = "on"
    staff_hours: Switch = "on"
    staff_day: Annotated[
        Annotated[StaffDayShape, Tag("=limits")] | Annotated[Switch, Tag("=switch")],
        Discriminator(_form),
    ] = "on"
    """Limits of a working day, or `off`."""
    home_cover: Switch = "on"
    equipment: Switch = "on"
    needs_met: Switch = "on"
    capacity: Switch = "on"
    floor_area: Annotated[
        Annotated[FloorArea, Tag("=limits")] | Annotated[Switch, Tag("=switch")],
        Discriminator(_form),
    ] = "on"
    """m² a participant by kind of group, or `off`."""
    cleared: Switch = "on"
    sharing: Switch = "on"
    joint: AlwaysOn = "on"
    spread: Switch = "on"
    same_staff: Switch = "on"
    sessions: AlwaysOn = "on"
    fixed: Switch = "on"
    keep: Switch = "on"
    budget: Annotated[
        Annotated[Money, Tag("=limits")] | Annotated[Switch, Tag("=switch")],
        Discriminator(_money_or_switch),
    ] = "on"
    """DKK a week for all bought sessions, or `off`; blank is no limit."""

    @property
    def off(self) -> frozenset[str]:
        """Ids of the rules that are switched off."""
        return frozenset(name for name in RulesShape.model_fields if getattr(self, name) == "off")


class SolveShape(Shape):
    """How long and how to search."""

    time_limit: NotNegative = Decimal(60)
    """Seconds."""
    gap: NotNegative = Decimal(0)
    """Relative gap at which a goal counts as reached."""
    seed: Annotated[
        int,
        BeforeValidator(whole(0, LAST_SEED)),
        WithJsonSchema({"type": "integer", "minimum": 0, "maximum": LAST_SEED}),
    ] = 1
    """Start of the random numbers: the same seed gives the same search."""
    workers: Whole = 0
    """How many cores to use; 0 is all."""


TableName = Literal[
    "sites",
    "institutions",
    "rooms",
    "staff",
    "equipment",
    "groups",
    "needs",
    "use",
    "travel",
    "agreements",
]
CellText = Annotated[
    str, BeforeValidator(text_of), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})
]
Cells = dict[str, CellText]


class ChangeShape(Shape):
    """A what-if edit of a table: `where` and `set`, `add`, or `drop`."""

    table: TableName
    """The table to edit."""
    where: Cells | None = None
    """The rows to edit: text of cells by column, all of which must agree."""
    set: Cells | None = None
    """Their new cells by column."""
    add: Cells | None = None
    """A new row: its cells by column."""
    drop: Cells | None = None
    """The rows to take out: text of cells by column, all of which must agree."""

    @model_validator(mode="after")
    def _one_kind(self) -> ChangeShape:
        given = {key for key in ("where", "set", "add", "drop") if getattr(self, key) is not None}
        if given not in ({"where", "set"}, {"add"}, {"drop"}):
            raise wrong(_("must hold “where” and “set”, or “add”, or “drop”, one of the three"))
        return self


class ScenarioShape(Shape):
    """A scenario file of deling."""

    name: Annotated[Text, Field(min_length=1)]
    """Name of the scenario, for people."""
    tables: Text
    """Folder of CSV tables, or a workbook (.xlsx) with a sheet a table; relative to this file."""
    extends: Text = ""
    """Another scenario file to start from, changing only what is said here."""
    calendar: CalendarShape = CalendarShape()
    """The typical week."""
    sharing: SharingLevel = "area"
    """What institutions share: nothing, within their sector, or all across the area."""
    travel: TravelShape = TravelShape()
    """Travel times."""
    rules: RulesShape = RulesShape()
    """Parameters of the rules, and which are switched off."""
    goals: Annotated[tuple[GoalId, ...], AfterValidator(_no_repeats)] = GOAL_IDS
    """What to optimise, the most important first."""
    change: tuple[ChangeShape, ...] = ()
    """What-if edits of table rows, applied in order."""
    solve: SolveShape = SolveShape()
    """Time limit, gap, seed and cores."""
