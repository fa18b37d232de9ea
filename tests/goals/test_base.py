import pytest

from deling.goals import compare_goals
from deling.goals.base import Goal
from small import plan, small


class Shortest(Goal):
    """A goal of one's own: as few events as can be."""

    id = "shortest"
    sentence = "The number of events."
    sense = "min"

    def value(self, plan, case):
        return len(plan.events)

    def plain_bound(self, case):
        return 0

    def term(self, build):
        raise NotImplementedError


class Longest(Shortest):
    id = "longest"
    sense = "max"


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 2), (3, 2), (-1, 0)])
def test_better_is_less_of_what_should_be_least_and_more_of_what_should_be_most(first, second):
    assert Shortest().better(first, second) is (first < second)
    assert Longest().better(first, second) is (first > second)


@pytest.mark.parametrize(
    ("value", "bound", "gap"),
    [
        (8, 10, 0.25),
        (10, 8, 0.2),
        (4, 4, 0),
        (0, 3, 3),  # the distance is relative to 1 at least
        (1, 3, 2),
        (-4, -6, 0.5),
    ],
)
def test_the_gap_is_the_distance_to_the_bound_relative_to_the_value(value, bound, gap):
    assert Shortest().gap(value, bound, plan(), small()) == gap


def test_the_first_goal_in_which_plans_differ_decides():
    order, first = ("served", "cost"), {"cost": 100, "served": 5}
    assert compare_goals(order, first, first) == 0
    assert compare_goals(order, first, {"cost": 1, "served": 4}) == 1
    assert compare_goals(order, first, {"cost": 99, "served": 5}) == -1
    assert compare_goals(order, {"cost": 100, "served": 6}, first) == 1
    assert compare_goals(order[:1], first, {"cost": 99, "served": 5}) == 0
