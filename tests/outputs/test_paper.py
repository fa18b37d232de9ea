"""The week of an institution on a sheet of paper: what gives way when there is much of it."""

from __future__ import annotations

from deling.outputs.report.paper import SIZES, setting

EVENT = (("10:00–11:00", "Sang", "Stue 1", "Salen"), ("sends staff", "instead of Tu 10:00–11:00"))


def days(*counts):
    return [[EVENT] * count for count in counts]


def test_a_quiet_week_is_set_in_the_largest_letters():
    found = setting(days(3, 0, 2, 5, 1), 0)
    assert (found.size, found.columns, found.brief, found.fits) == (SIZES[0], (1,) * 5, False, True)


def test_a_full_day_gets_columns_of_its_own():
    found = setting(days(2, 20, 2, 2, 2), 0)
    assert found.fits
    assert found.size == SIZES[0]
    assert found.columns[1] > 1
    assert found.columns[0] == 1
    assert found.all_columns == sum(found.columns)


def test_a_full_week_is_smaller_and_at_last_brief_but_never_too_small_to_read():
    sizes = [setting(days(*[count] * 5), 0) for count in range(1, 60)]
    assert [one.size for one in sizes if not one.brief] == sorted(
        (one.size for one in sizes if not one.brief), reverse=True
    )
    assert any(one.brief and one.fits for one in sizes)
    assert not sizes[-1].fits
    assert min(one.size for one in sizes) == SIZES[-1] >= 6.5


def test_events_below_the_days_take_room_from_them():
    week = days(*[11] * 5)
    assert setting(week, 0).size > setting(week, 12).size


def test_a_week_without_days_that_are_filled_fits():
    assert setting(days(0, 0), 0).fits
