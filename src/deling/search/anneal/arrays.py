"""What annealing knows and changes, as arrays of numbers for compiled code.

What is asked for together is one array with a column for each, so that functions take few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deling.search.layout import blank as blank_layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deling.search.layout import Layout

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Flags = NDArray[np.bool_]

NEVER = 1e9
"""Cost of what cannot be."""
MANY = 10**9
"""A limit where there is none."""
WAITS, BOUGHT = -1, -2
"""In place of a way: a session has no place, or is bought."""
NOBODY = -1

BILLION = 1e9

# Columns of sessions. As they are wished for: the weight; the length; the institution of the group;
# the price to buy one, in øre, or -1; the first session of the need and the end of them, where all
# are to have the same staff, or -1; the number among needs that may join others, or -1; the
# participants; and how many the need allows.
WISHED = 9
WEIGHT, MINUTES, INSTITUTION, PRICE, SAME_FROM, SAME_TO, TAGGED, SIZE, LIMIT = range(WISHED)
# Where they are: the way, the slot, the room, the session that this one has joined, how many have
# joined it, and the participants of all of these and how many are allowed.
WAY, START, ROOM, HOST, GUESTS, PRESENT, ALLOWED = range(WISHED, WISHED + 7)
# Where they were last met: as somebody in the way, and as one that would be by an option.
HERE, IN_OPTION = range(WISHED + 7, WISHED + 9)
# The step in which they have last been thrown out from where they had been before it.
OUT_IN = WISHED + 9
# From here on: who takes part, or -1.
MEMBERS = WISHED + 10

# Columns of staff: most minutes of work and most minutes lent in a week; the own site; the
# institution; how many of it may be away, and which rows are its staff; what a minute is worth, in
# billionths of a session; the slots of the week; the number of events; and the minutes worked and
# lent.
MOST, MOST_LENT, HOME, EMPLOYER, MOST_AWAY, COLLEAGUE_FROM, COLLEAGUE_TO, RATE, SLOTS = range(9)
COUNT, WORKING, LENDING = range(9, 12)
# From here on: the events in order, of each the session (what does not move has numbers after all
# others), the minutes of the week, the site, and the minutes lent.
EVENTS = 12
EVENT = 5
SESSION, BEGINS, ENDS, SITE, LENT = range(EVENT)
MOST_EVENTS = 400  # Of somebody in a week.
# From here on: by slot, the number of the open interval, or -1; then by site, the minutes to it
# and back.
INTERVALS = EVENTS + EVENT * MOST_EVENTS
OUT, BACK = 0, 1

NUMBERS = 7
SESSIONS, WAITING, LACKING, MARK, BUDGET, GONE, STEP = range(NUMBERS)
"""Numbers: how many sessions move, how many of them wait, the weight of these, the last mark, what
is left of the budget, in øre, and how many have been thrown out in this step."""

# Columns of what has been thrown out: which, and the way, the slot and the host that it had; from
# here on: its picks.
GONE_SESSION, GONE_WAY, GONE_START, GONE_HOST, GONE_PICKS = range(5)


class Wishes(NamedTuple):
    """What is worth how much, by session."""

    worth: Real
    """What is lost where a session has no place."""
    area: Real
    """Square metres that its group needs."""
    rate: Real
    """A single number: what an øre of the budget is worth."""


class Ways(NamedTuple):
    """What `Layout` does not tell of ways and options."""

    site: Whole
    """By way."""
    lent: Whole
    """By way: 1 where it counts as lending, which what stands as today does not."""
    room: Whole
    """By way: the room, where there is no choice."""
    member_from: Whole
    members: Whole
    """By way: who takes part in any case."""
    item_from: Whole
    items: Whole
    option_room: Whole
    """By option; -1 where it is something else."""
    option_member: Whole
    option_item: Whole
    price: Real
    """By way: what it costs apart from staff and choices, in sessions."""
    option_price: Real


class Joining(NamedTuple):
    """Who may join whom, by needs with a tag."""

    session_from: Whole
    sessions: Whole
    """By need: sessions of others with the same tag."""
    covers: Flags
    """By need and need: the first one's staff and equipment do for the second."""
    guest_from: Whole
    guest_to: Whole
    """By need and site: the ways in which its group takes part there."""
    begins: Flags
    """By way and slot: whether it can begin then; for ways in which groups take part."""
    row: Whole
    """By need and thing (rooms, then staff, then equipment): the row of `admits`; -1 for never."""
    admits: Flags
    """By row and slot."""
    capacity: Whole
    """By room."""
    area: Real
    """By room, in square metres."""


class Facts(NamedTuple):
    """All that stays as it is."""

    layout: Layout
    wishes: Wishes
    ways: Ways
    joining: Joining


class Now(NamedTuple):
    """Where sessions are; changes."""

    sessions: Whole
    """Those that move, and after them what does not."""
    staff: Whole
    cost: Real
    """By session: what it costs to throw it out with its guests."""
    picks: Whole
    """By session and choice: the option."""
    area: Real
    """By session: square metres that it and its guests need."""
    owner: Whole
    """By cell: the session that holds it, or -1."""
    waiting: Whole
    numbers: Whole
    pick: Whole
    """Of the place looked at, by choice."""
    best_pick: Whole
    gone: Whole
    """What has been thrown out in this step, in order, and where it was."""
    turns: Whole
    """Sessions that get a place anew together."""
    value: Real
    """A single number: what all that waits is worth, and what the rest costs, in sessions."""


class Best(NamedTuple):
    """The best so far; changes."""

    lacking: Whole
    """A single number, as is the next one."""
    value: Real
    sessions: Whole
    picks: Whole


def blank() -> tuple[Facts, Now, Best]:
    """Return arrays of the same types as any other, and no sessions."""
    whole, real = np.zeros(1, dtype=np.int64), np.zeros(1)
    table, flags = np.zeros((1, 1), dtype=np.int64), np.zeros((1, 1), dtype=np.bool_)
    layout, _week = blank_layout()
    facts = Facts(
        layout,
        Wishes(real, real, real),
        Ways(whole, whole, whole, whole, whole, whole, whole, whole, whole, whole, real, real),
        Joining(whole, whole, flags, table, table, flags, table, flags, whole, real),
    )
    numbers = np.zeros(NUMBERS, dtype=np.int64)
    now = Now(
        table, table, real, table, real, whole, whole, numbers, whole, whole, table, whole, real
    )
    return facts, now, Best(whole, real, table, table)
