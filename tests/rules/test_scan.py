from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from deling.rules.scan import (
    Taken,
    meeting,
    one_each,
    over_limit,
    overlap,
    overlapping_pairs,
    sessions_of,
)
from deling.units import merge
from small import bought, event, plan

SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 8)).map(lambda pair: (pair[0], sum(pair)))
)


def minutes(start, end):
    return set(range(start, end))


@given(SPANS)
def test_pairs_are_all_that_share_a_minute(spans):
    found = overlapping_pairs((start, end, at) for at, (start, end) in enumerate(spans))
    assert sorted(map(sorted, found)) == [
        [one, other]
        for one, other in combinations(range(len(spans)), 2)
        if minutes(*spans[one]) & minutes(*spans[other])
    ]


@given(SPANS, st.integers(0, 3))
def test_the_minutes_over_a_limit(spans, limit):
    taken = [Taken(start, end, 1 + start % 2) for start, end in spans]
    levels = [
        sum(use.units for use in taken if use.start <= minute < use.end) for minute in range(30)
    ]
    over, most = over_limit(taken, limit)
    assert most == max(levels)
    assert [minute for start, end in over for minute in range(start, end)] == [
        minute for minute, level in enumerate(levels) if level > limit
    ]


@given(SPANS, st.integers(0, 20), st.integers(0, 8))
def test_what_meets_hours(spans, start, length):
    hours = merge(spans)
    end = start + length
    found = meeting(hours, start, end)
    shared = [span for span in hours if minutes(*span) & minutes(start, end)]
    assert found in shared if shared else found is None


def test_empty_spans_share_nothing():
    assert not overlap(5, 5, 0, 10)
    assert list(overlapping_pairs([(0, 10, "a"), (5, 5, "b")])) == []


def test_one_counts_once_while_any_of_its_spans_is_under_way():
    spans = {"a": [(0, 10), (5, 15)], "b": [(14, 20)]}
    assert over_limit(one_each(spans), 1) == (((14, 15),), 2)


@given(SPANS, SPANS)
def test_two_spans_overlap_when_they_share_a_minute(spans, others):
    for span in spans:
        for other in others:
            assert overlap(*span, *other) is bool(minutes(*span) & minutes(*other))


def test_of_a_pair_the_one_that_starts_or_else_ends_first_comes_first():
    early, short, long = {"name": "early"}, {"name": "short"}, {"name": "long"}
    spans = [(5, 9, long), (5, 7, short), (0, 6, early)]
    assert list(overlapping_pairs(spans)) == [(early, short), (early, long), (short, long)]


def test_what_takes_the_same_span_need_not_be_comparable():
    one, other = {"name": "one"}, {"name": "other"}
    assert list(overlapping_pairs([(0, 5, one), (0, 5, other)])) == [(one, other)]


def test_sessions_are_counted_by_need_bought_ones_too():
    found = sessions_of(
        plan(event("e1"), event("e2", needs="n m"), bought("e3"), bought("e4", "k"))
    )
    assert found == {"n": 3, "m": 1, "k": 1}
    assert found["other"] == 0
