"""Intervals, clocks, opening hours and money against a minute-by-minute view of the same."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal

import opening_hours
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deling.units import (
    ALWAYS,
    DAY,
    DAYS,
    WEEK,
    clock,
    covering,
    dkk,
    end_clock,
    intersect,
    length,
    merge,
    moment,
    monday_of,
    ore,
    parse_clock,
    parse_hours,
    subtract,
)
from small import hours

MONDAY = dt.date(2026, 9, 7)

pieces = st.lists(
    st.tuples(st.integers(0, WEEK - 1), st.integers(0, 3 * DAY)).map(
        lambda pair: (pair[0], min(sum(pair), WEEK))
    ),
    max_size=6,
)
some_hours = pieces.map(merge)


def minutes(intervals):
    return {minute for start, end in intervals for minute in range(start, end)}


def is_well_formed(found):
    inside_a_day = all(start < end <= (start // DAY + 1) * DAY for start, end in found)
    apart = all(
        first[1] < second[0] or (first[1] == second[0] and second[0] % DAY == 0)
        for first, second in itertools.pairwise(found)
    )
    return inside_a_day and apart


@given(pieces)
def test_merge_keeps_every_minute_and_cuts_at_midnight(intervals):
    found = merge(intervals)
    assert minutes(found) == minutes(intervals)
    assert is_well_formed(found)
    assert length(found) == len(minutes(intervals))


@given(some_hours, some_hours)
def test_intersect_is_what_both_hold(first, second):
    found = intersect(first, second)
    assert minutes(found) == minutes(first) & minutes(second)
    assert is_well_formed(found)
    assert found == intersect(second, first)


@given(some_hours, some_hours)
def test_subtract_is_what_only_the_first_holds(first, second):
    found = subtract(first, second)
    assert minutes(found) == minutes(first) - minutes(second)
    assert is_well_formed(found)


@given(some_hours, st.integers(0, WEEK), st.integers(1, DAY))
def test_covering_is_one_interval_that_holds_all(open_hours, start, span):
    found = covering(open_hours, start, start + span)
    holding = [
        interval for interval in open_hours if interval[0] <= start <= start + span <= interval[1]
    ]
    assert ([found] if found else []) == holding


@given(st.integers(0, DAY - 1))
def test_a_clock_text_reads_back(minute):
    text = clock(minute)
    assert parse_clock(text) == minute
    assert parse_clock(f"{text}:00") == minute
    assert parse_clock(text.removeprefix("0")) == minute


def test_midnight_is_an_end():
    assert parse_clock("24:00") == DAY
    assert end_clock(DAY) == end_clock(3 * DAY) == "24:00"
    assert end_clock(DAY + 60) == "01:00"
    assert moment(DAY + 495) == "Tu 08:15"


@pytest.mark.parametrize("text", ["", "8", "24:01", "25:00", "08:60", "8.00", "08:00:30", "-1:00"])
def test_what_is_no_time_of_day(text):
    with pytest.raises(ValueError, match=text or "^$"):
        parse_clock(text)


@st.composite
def weekly_rules(draw):
    """Additional OSM rules of single days, and the minutes that they open."""
    texts, opened = [], set()
    for _ in range(draw(st.integers(1, 4))):
        day = draw(st.integers(0, 6))
        start = draw(st.integers(0, 1439))
        span = draw(st.integers(1, 1439))
        end = start + span
        shown = f"{end // 60:02d}:{end % 60:02d}"
        texts.append(f"{DAYS[day]} {clock(start)}-{shown}")
        opened |= {(day * DAY + minute) % WEEK for minute in range(start, end)}
    return ", ".join(texts), opened


@given(weekly_rules())
def test_opening_hours_open_the_minutes_they_say(rule):
    text, opened = rule
    found = parse_hours(text, MONDAY)
    assert minutes(found) == opened
    assert is_well_formed(found)


WHEN = (
    "Sep",
    "Sep 05-09",
    "Sep 08",
    "Aug 28-Sep 10",
    "Sep 01-Mar 31",
    "2026 Sep",
    "2026 Aug",
    "2026 Sep 06-2027 Jan 03",
    "week 37",
    "week 36-37/1",
    "PH",
    "",
)


@st.composite
def any_rules(draw):
    """Rules of days, weeks, months and years that overrule or add to each other, or fall back."""

    def rule():
        first, last = draw(st.integers(0, 6)), draw(st.integers(0, 6))
        days = draw(st.sampled_from(["", DAYS[first], f"{DAYS[first]}-{DAYS[last]}"]))
        start = draw(st.integers(0, 23))
        end = start + draw(st.integers(1, 25))
        hours = draw(st.sampled_from(["", f"{start:02d}:00-{end:02d}:00"]))
        when = draw(st.sampled_from(WHEN)) or ("" if days or hours else "24/7")
        state = draw(st.sampled_from(["", "", "off", "unknown"]))
        return " ".join(part for part in (when, days, hours, state) if part)

    text = rule()
    for _rule in range(draw(st.integers(0, 3))):
        text += draw(st.sampled_from(["; ", ", ", "; ", ", ", " || "])) + rule()
    return text


@given(any_rules())
def test_a_week_at_once_is_a_week_day_by_day(text):
    expression = opening_hours.OpeningHours(text)
    opened, late = set(), False
    for day in range(8):
        midnight = dt.datetime.combine(MONDAY, dt.time()) + dt.timedelta(days=day)
        for start, end, state, _ in expression.intervals(midnight, midnight + dt.timedelta(days=1)):
            minute = (start - midnight) // dt.timedelta(minutes=1)
            # What is open past Sunday's midnight belongs to Monday.
            if state == opening_hours.State.OPEN and (day < 7 or (late and minute == 0)):
                last = (end - midnight) // dt.timedelta(minutes=1)
                opened |= {(day * DAY + at) % WEEK for at in range(minute, last)}
                late = day == 6 and last == DAY
    assert minutes(parse_hours(text, MONDAY)) == opened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24/7", ALWAYS),
        ("off", ()),
        ("Mo-Tu 08:00-14:00; Tu 08:00-12:00", hours("Mo 08:00-14:00", "Tu 08:00-12:00")),
        ("Mo 22:00-02:00", hours("Mo 22:00-24:00", "Tu 00:00-02:00")),
        ("Su 22:00-02:00", hours("Mo 00:00-02:00", "Su 22:00-24:00")),
        ("Mo 08:00-10:00,10:00-12:00", hours("Mo 08:00-12:00")),
        ("Mo 08:00-10:00 unknown, Mo 09:00-11:00", hours("Mo 09:00-11:00")),
        ("Mo-Tu 08:00-10:00 || unknown", hours("Mo 08:00-10:00", "Tu 08:00-10:00")),
        ("week 37 Su 22:00-02:00", hours("Mo 00:00-02:00", "Su 22:00-24:00")),
        ("Mo 08:00-10:00; PH off", hours("Mo 08:00-10:00")),
        ('Mo 08:00-10:00 "by appointment"', hours("Mo 08:00-10:00")),
        ("Sep 08 08:00-10:00", hours("Tu 08:00-10:00")),
        ("week 38 Mo 08:00-10:00", ()),
    ],
)
def test_opening_hours_as_the_contract_reads_them(text, expected):
    assert parse_hours(text, MONDAY) == expected


def test_a_holiday_in_the_typical_week_does_not_count():
    christmas = monday_of("2026-W52")
    assert parse_hours("Mo-Fr 08:00-09:00; PH off", christmas) == parse_hours(
        "Mo-Fr 08:00-09:00", MONDAY
    )


def test_hours_that_cannot_be_read_give_the_parsers_reason():
    with pytest.raises(ValueError, match="expected"):
        parse_hours("every day", MONDAY)


@pytest.mark.parametrize("text", ["2026-W54", "2026-37", "W37", "2026-W00", "0000-W01"])
def test_what_is_no_week(text):
    with pytest.raises(ValueError, match=r"."):
        monday_of(text)


def test_a_week_begins_on_monday():
    assert monday_of("2026-W37") == MONDAY


@given(st.integers(0, 10**9))
def test_whole_ore_read_back(amount):
    assert ore(Decimal(amount) / 100) == amount


def test_a_third_decimal_is_no_ore():
    with pytest.raises(ValueError, match=r"1\.005"):
        ore(Decimal("1.005"))


@given(st.integers(-(10**12), 10**12))
def test_costs_are_shown_to_the_nearest_ore(sixtieths):
    shown = dkk(sixtieths)
    assert abs(shown * 6000 - sixtieths) <= 30
    assert dkk(-sixtieths) == -shown


@pytest.mark.parametrize(
    ("sixtieths", "expected"), [(30, "0.01"), (29, "0.00"), (-30, "-0.01"), (-29, "0.00")]
)
def test_half_an_ore_goes_away_from_zero(sixtieths, expected):
    assert str(dkk(sixtieths)) == expected
