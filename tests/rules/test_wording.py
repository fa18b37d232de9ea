import pytest

from deling.language import use_language
from deling.rules.wording import amount, hours_on, named, span
from deling.units import ALWAYS
from small import at, event, hours


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("Mo 09:00", "Mo 09:45", "Mo 09:00-09:45"),
        ("Mo 23:00", "Tu 00:00", "Mo 23:00-24:00"),
        ("Tu 00:00", "Tu 00:30", "Tu 00:00-00:30"),
        ("Su 08:05", "Su 12:00", "Su 08:05-12:00"),
    ],
)
def test_a_span_has_its_day_once_and_ends_by_midnight(first, last, expected):
    assert span((at(first), at(last))) == expected


def test_an_event_is_named_with_its_time():
    assert named(event("e7", "Mo 09:00", 45)) == "e7 (Mo 09:00-09:45)"


def test_the_hours_of_one_day():
    several = hours("Mo 08:00-12:00", "Tu 07:00-09:00", "Tu 13:00-16:00")
    assert hours_on(several, 0) == "08:00-12:00"
    assert hours_on(several, 1) == "07:00-09:00, 13:00-16:00"
    assert hours_on(several, 2) == "closed"
    assert hours_on((), 0) == "closed"
    assert hours_on(ALWAYS, 6) == "00:00-24:00"


def test_closed_is_said_in_the_language_of_the_reader():
    use_language("da")
    assert hours_on((), 0) == "lukket"


def test_one_needs_no_number():
    assert [amount("music", count) for count in (0, 1, 2)] == ["music:0", "music", "music:2"]
