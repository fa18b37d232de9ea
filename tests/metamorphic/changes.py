"""Changes to an area of which is known what they do to its best plan."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from deling.domain import SECTORS
from deling.units import DAYS, clock, end_clock, parse_clock
from metamorphic.tables import ANYONE, TABLES

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from metamorphic.tables import Area

ONE_ID = {
    "sites": {"site": "sites"},
    "institutions": {"institution": "institutions", "site": "sites"},
    "rooms": {"room": "rooms", "site": "sites", "institution": "institutions", "part_of": "rooms"},
    "staff": {"staff": "staff", "institution": "institutions", "site": "sites"},
    "equipment": {"equipment": "equipment", "institution": "institutions", "site": "sites"},
    "groups": {
        "group": "groups",
        "institution": "institutions",
        "site": "sites",
        "part_of": "groups",
    },
    "needs": {"need": "needs", "group": "groups", "joint": "tags"},
    "use": {"event": "events", "need": "needs", "room": "rooms"},
    "travel": {"from": "sites", "to": "sites"},
    "agreements": {"institution": "institutions", "with": "institutions"},
}
"""Columns that hold an id, and of what."""
MANY_IDS = {
    "rooms": {"shared_with": "institutions", "features": "features"},
    "staff": {"shared_with": "institutions", "skills": "skills"},
    "equipment": {"shared_with": "institutions"},
    "needs": {"skills": "skills", "features": "features", "equipment": "kinds"},
    "use": {"staff": "staff", "equipment": "equipment"},
}
"""Columns that hold several ids, perhaps with a count."""
KIND_OF_EQUIPMENT = {"equipment": {"kind": "kinds"}}
HOURS = {
    "institutions": ["opening_hours"],
    "rooms": ["available", "shared_hours"],
    "staff": ["available", "shared_hours"],
    "equipment": ["available", "shared_hours"],
    "groups": ["available"],
    "needs": ["hours", "preferred"],
}
PRICES = {
    "rooms": ["hourly_cost"],
    "staff": ["hourly_cost"],
    "equipment": ["move_cost"],
    "groups": ["staff_hourly_cost"],
    "needs": ["buy_price"],
}
SHARED = ("rooms", "staff", "equipment")


def every_id(area: Area, rename: Callable[[str, str], str]) -> None:
    """Give everything another id: ``rename(of what, old id)``."""

    def one(what: str, cell: str) -> str:
        return cell if not cell or cell in ANYONE else rename(what, cell)

    def counted(what: str, cell: str) -> str:
        name, colon, count = cell.partition(":")
        return one(what, name) + colon + count

    for table, rows in area.tables.items():
        singles = {**ONE_ID[table], **KIND_OF_EQUIPMENT.get(table, {})}
        for row in rows:
            for column, what in singles.items():
                row[column] = one(what, row[column])
            for column, what in MANY_IDS.get(table, {}).items():
                row[column] = " ".join(counted(what, cell) for cell in row[column].split())


# Changes after which the same is best


def rename_ids(area: Area, dice: random.Random) -> None:
    """Give everything an id by chance, so that their order is another too."""
    names: dict[tuple[str, str], str] = {}

    def rename(what: str, old: str) -> str:
        return names.setdefault((what, old), f"{dice.choice('abxyzæøå')}{len(names)}")

    every_id(area, rename)


def reorder_rows(area: Area, dice: random.Random) -> None:
    """Shuffle the rows of every table, those of one joint event too."""
    for rows in area.tables.values():
        dice.shuffle(rows)


def reorder_columns(area: Area, dice: random.Random) -> None:
    """Shuffle the columns of every table."""
    for name, rows in area.tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        dice.shuffle(columns)
        area.tables[name] = [{column: row[column] for column in columns} for row in rows]


def reorder_lists(area: Area, dice: random.Random) -> None:
    """Shuffle the ids within each cell."""
    for table, columns in MANY_IDS.items():
        for row in area.tables[table]:
            for column in columns:
                cells = row[column].split()
                dice.shuffle(cells)
                row[column] = " ".join(cells)


def shift_week(area: Area, dice: random.Random) -> None:
    """Make the plan for another week, with or without holidays, in summer or winter time."""
    area.settings["calendar"]["week"] = dice.choice(
        ["2026-W01", "2026-W14", "2026-W44", "2027-W12"]
    )


def shift_days(area: Area, dice: random.Random) -> None:
    """Let all happen a day later: the week has seven days, and these are five at most."""
    later = dict(zip(DAYS, (*DAYS[1:], DAYS[0]), strict=True))
    calendar = area.settings["calendar"]
    calendar["days"] = [later[day] for day in calendar["days"]]
    pattern = re.compile("|".join(DAYS))

    def shifted(text: str) -> str:
        return pattern.sub(lambda found: later[found[0]], text)

    _every_hours(area, shifted)
    for row in area.tables["use"]:
        row["day"] = shifted(row["day"])


def shift_clock(area: Area, dice: random.Random) -> None:
    """Let all happen earlier or later in the day, by whole steps."""
    minutes = int(area.settings["calendar"]["step"]) * dice.choice([-4, -1, 1, 2])
    pattern = re.compile(r"\d\d?:\d\d")

    def shifted(text: str) -> str:
        return pattern.sub(lambda found: end_clock(parse_clock(found[0]) + minutes), text)

    _every_hours(area, shifted)
    for row in area.tables["use"]:
        if row["start"]:
            row["start"] = clock(parse_clock(row["start"]) + minutes)


def add_what_nobody_uses(area: Area, dice: random.Random) -> None:
    """Add a site, a house without needs at it, a closed room there, a need that wants nothing."""
    tables = area.tables
    tables["sites"].append({"site": "nowhere", "latitude": "55.7", "longitude": "12.3"})
    house = {"sector": "other", "opening_hours": "Mo-Su 08:00-16:00", "max_away": "0"}
    tables["institutions"].append({"institution": "empty", "site": "nowhere", **house})
    tables["rooms"].append(
        {"room": "shut", "institution": "empty", "capacity": "9", "available": "off"}
    )
    need = dice.choice(tables["needs"])
    tables["needs"].append({**need, "need": "nothing", "sessions": "0", "joint": ""})


def split_equipment(area: Area) -> None:
    """Make two rows of each one whose units are never asked for two at a time.

    Nothing is lost where no event of today has to stay with one of them: uses of a unit each that
    never take more units than there are can be dealt out to the rows.
    """
    asked: dict[str, int] = defaultdict(int)
    for need in area.tables["needs"]:
        for cell in need["equipment"].split():
            kind, _colon, count = cell.partition(":")
            asked[kind] = max(asked[kind], int(count or 1))
    for row in list(area.tables["equipment"]):
        units = int(row["quantity"] or 1)
        if units > 1 and asked[row["kind"]] <= 1:
            row["quantity"] = str(units - 1)
            area.tables["equipment"].append(
                {**row, "equipment": f"{row['equipment']}-2", "quantity": "1"}
            )


SAME = {
    change.__name__: change
    for change in (
        rename_ids,
        reorder_rows,
        reorder_columns,
        reorder_lists,
        shift_week,
        shift_days,
        shift_clock,
        add_what_nobody_uses,
    )
}


# Changes after which the best is no worse


def add_room(area: Area, dice: random.Random) -> None:
    """Build a room beside another."""
    room = dice.choice(area.tables["rooms"])
    area.tables["rooms"].append({**room, "room": "another", "part_of": ""})


def add_staff(area: Area, dice: random.Random) -> None:
    """Employ another like one who is there."""
    member = dice.choice(area.tables["staff"])
    area.tables["staff"].append({**member, "staff": "another"})


def add_equipment(area: Area, dice: random.Random) -> None:
    """Buy another like one that is there."""
    item = dice.choice(area.tables["equipment"])
    area.tables["equipment"].append({**item, "equipment": "another"})


def add_unit(area: Area, dice: random.Random) -> None:
    """Buy another unit of a row."""
    item = dice.choice(area.tables["equipment"])
    item["quantity"] = str(int(item["quantity"] or 1) + 1)


def share(area: Area, dice: random.Random) -> None:
    """Share something with everybody."""
    rows = [row for table in SHARED for row in area.tables[table] if row["shared_with"] != "all"]
    dice.choice(rows)["shared_with"] = "all"


def share_with_one(area: Area, dice: random.Random) -> None:
    """Share something with one more."""
    row = dice.choice(area.tables[dice.choice(SHARED)])
    before = [other for other in row["shared_with"].split() if other != "none"]
    row["shared_with"] = " ".join([*before, dice.choice(area.keys("institutions"))])


def agree(area: Area, dice: random.Random) -> None:
    """Make an agreement between two houses."""
    one, other = dice.sample(area.keys("institutions"), 2)
    rows = area.tables["agreements"]
    rows[:] = [row for row in rows if (row["institution"], row["with"]) != (one, other)]
    rows.append({"institution": one, "with": other, "kinds": ""})


def open_longer(area: Area, dice: random.Random) -> None:
    """Open a room, a shift, a box or a group's day for two hours more, on all days."""
    row = dice.choice(area.tables[dice.choice((*SHARED, "groups"))])
    start = dice.randrange(7, 18)
    old = row["available"]
    if not old:
        house = next(
            house
            for house in area.tables["institutions"]
            if house["institution"] == row["institution"]
        )
        old = house["opening_hours"]
    if old != "off":
        # A blank `shared_hours` is `available`, so it grows with it.
        row["available"] = f"{old}, {start:02d}:00-{start + 2:02d}:00"


def work_longer(area: Area, dice: random.Random) -> None:
    """Lift a person's limits of hours a week and of hours lent."""
    row = dice.choice(area.tables["staff"])
    row["weekly_hours"] = row["lend_hours"] = ""


def let_go(area: Area, dice: random.Random) -> None:
    """Let any number of staff of all houses be away."""
    for row in area.tables["institutions"]:
        row["max_away"] = ""


def spend_more(area: Area, dice: random.Random) -> None:
    """Raise the budget."""
    area.settings["rules"]["budget"] = str(int(area.settings["rules"]["budget"]) + 700)


def walk_further(area: Area, dice: random.Random) -> None:
    """Let a group go anywhere."""
    dice.choice(area.tables["groups"])["max_travel"] = "90"


def buy(area: Area, dice: random.Random) -> None:
    """Let a need be bought outside."""
    need = dice.choice(area.tables["needs"])
    need["buy_price"] = need["buy_price"] or "500"


MORE = {
    change.__name__: change
    for change in (
        add_room,
        add_staff,
        add_equipment,
        add_unit,
        share,
        share_with_one,
        agree,
        open_longer,
        work_longer,
        let_go,
        spend_more,
        walk_further,
        buy,
    )
}


# Changes that scale


def scale_prices(area: Area, factor: int) -> None:
    """Make everything so many times as dear, and the budget as large."""

    def scaled(price: str) -> str:
        return str(Decimal(price.replace(",", ".")) * factor) if price else ""

    for table, columns in PRICES.items():
        for row in area.tables[table]:
            for column in columns:
                row[column] = scaled(row[column])
    for mode in area.settings["travel"]["modes"].values():
        if "trip_cost" in mode:
            mode["trip_cost"] = scaled(mode["trip_cost"])
    area.settings["rules"]["budget"] = scaled(area.settings["rules"]["budget"])


def scale_weights(area: Area, factor: int) -> None:
    """Make every need weigh so many times as much."""
    for row in area.tables["needs"]:
        row["weight"] = str(int(row["weight"] or 1) * factor)


def double(area: Area) -> None:
    """Put a second, equal area beside this one, with which it shares nothing."""
    whom: dict[str, list[str]] = {sector: [] for sector in (*SECTORS, "none", "all")}
    for row in area.tables["institutions"]:
        whom[row["sector"]].append(row["institution"])
        whom["all"].append(row["institution"])
    for table in SHARED:
        for row in area.tables[table]:
            # By name, since `all` and sectors hold those of both areas.
            names = [
                name for other in row["shared_with"].split() for name in whom.get(other, [other])
            ]
            row["shared_with"] = " ".join(dict.fromkeys(names))
    twin = area.copy()
    every_id(twin, lambda _what, old: f"{old}-2")
    modes = area.settings["travel"]["modes"]
    modes.update({f"{name}-2": dict(mode) for name, mode in modes.items()})
    for table, default in (("groups", "walk"), ("staff", "bike"), ("travel", "")):
        column = "mode" if table == "travel" else "travel_mode"
        for row in twin.tables[table]:
            row[column] = f"{row[column] or default}-2"
    for row in twin.tables["sites"]:
        row["latitude"] = str(float(row["latitude"]) + 3)
    for table in TABLES:
        area.tables[table] += twin.tables[table]


def _every_hours(area: Area, change: Callable[[str], str]) -> None:
    for table, columns in HOURS.items():
        for row in area.tables[table]:
            for column in columns:
                row[column] = change(row[column])
