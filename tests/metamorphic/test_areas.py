"""What a change to an area of real size does to its best plan, without knowing the plan.

The areas are parts of the flagship scenario. Those of the default run are proven in a fraction
of a second; the slow ones, `pytest -m slow tests/metamorphic`, are larger and need not be proven:
then no bound of one may contradict the plan of the other.
"""

from __future__ import annotations

import random
import tempfile
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deling.case import Case
from deling.domain import SHARING_LEVELS
from deling.goals import GOALS
from deling.optimise import optimise
from deling.rules import RULES
from deling.scenario.load import load
from metamorphic.changes import MORE, SAME, double, scale_prices, scale_weights, split_equipment
from metamorphic.tables import flagship, part

if TYPE_CHECKING:
    from deling.domain import Scenario
    from deling.result import Result
    from metamorphic.tables import Area

WHOLE = flagship()
HOUSES = WHOLE.keys("institutions")
QUICK = (
    ("laeringshuset", "bibliotek"),
    ("laeringshuset", "floeng-skole"),
)
"""Pairs of houses that have something to share and are proven at once."""

BRIEF = (QUICK[1], ("Tu",))

PROVEN = 600.0
"""Seconds for what is proven in a fraction of one."""

SLOW = 10.0
"""Seconds for each search of the slow run."""

FAST = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
LONG = settings(FAST, max_examples=10)

quick_parts = st.tuples(st.sampled_from(QUICK), st.sampled_from([("Mo", "Tu"), ("We", "Th")]))
large_parts = st.tuples(
    st.lists(st.sampled_from(HOUSES), min_size=3, max_size=6, unique=True).map(tuple),
    st.sampled_from([("Mo", "Tu", "We"), ("Mo", "Tu", "We", "Th", "Fr")]),
)
seeds = st.integers(0, 10**6)
Part = tuple[tuple[str, ...], tuple[str, ...]]


def area_of(houses: tuple[str, ...], days: tuple[str, ...], **rules: str) -> Area:
    """Return a part of the flagship, with rules changed."""
    area = part(WHOLE, houses, days)
    area.settings["rules"].update(rules)
    return area


def solve(area: Area, seconds: float = PROVEN, sharing: str | None = None) -> Result:
    """Write an area, read it and plan it."""
    with tempfile.TemporaryDirectory() as folder:
        case = area.read(Path(folder))
    return optimise(Case(case.scenario, sharing or case.sharing), time_limit=seconds, workers=1)


@cache
def solved(houses: tuple[str, ...], days: tuple[str, ...], keep: bool, seconds: float) -> Result:
    """Return the answer for a part as it is."""
    rules = {} if keep else {"keep": "off"}
    return solve(area_of(houses, days, **rules), seconds)


def values(result: Result) -> dict[str, int]:
    """Return the goals of a result that must be proven."""
    assert result.status == "optimal"
    assert not result.notes
    return {goal: outcome.value for goal, outcome in result.goals.items()}


def no_worse(more: Result, less: Result) -> None:
    """Assert that what is known of one area's best does not make it worse than another's plan.

    A bound of a later goal holds for plans that are as good in the earlier ones.
    """
    assert more.notes == less.notes == ()
    if less.plan is None:
        assert less.status != "infeasible" or more.status != "optimal" or more.plan is not None
        return
    assert more.status != "infeasible"
    if more.plan is None:
        return
    for goal, outcome in more.goals.items():
        reached = less.goals[goal].value
        assert not GOALS[goal].better(reached, outcome.bound), goal
        if outcome.value != reached:
            return


def agree(first: Result, second: Result) -> None:
    """Assert that two areas can have the same best plan."""
    no_worse(first, second)
    no_worse(second, first)
    if first.status == second.status == "optimal":
        assert values(first) == values(second)


# The same in another form


def content(file: Path) -> Scenario:
    """Return a scenario without the places and hashes of its files."""
    return load(file).scenario.model_copy(update={"places": {}, "inputs": {}, "stem": ""})


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return content(WHOLE.write(tmp_path_factory.mktemp("plain")))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiter_and_encoding_change_nothing(tmp_path, plain, delimiter, encoding):
    assert content(WHOLE.write(tmp_path, delimiter, encoding)) == plain


def test_a_workbook_is_the_same_as_its_tables(tmp_path, plain):
    file = WHOLE.write(tmp_path / "area")
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as workbook:
        for name, rows in WHOLE.tables.items():
            sheet = workbook.add_worksheet(name)
            columns = list(rows[0])
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(rows, start=1):
                for column, name_of_column in enumerate(columns):
                    _write(sheet, number, column, row[name_of_column])
    text = file.read_text(encoding="utf-8").replace('"tables": "."', '"tables": "book.xlsx"')
    (tmp_path / "area.yaml").write_text(text, encoding="utf-8")
    assert content(tmp_path / "area.yaml") == plain


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str) -> None:
    """Write a cell as a person's spreadsheet would hold it: numbers as numbers."""
    try:
        sheet.write_number(row, column, float(text))
    except ValueError:
        sheet.write_string(row, column, text)


# The same best plan


def check_same(some: Part, change: str, seed: int, seconds: float) -> None:
    area = area_of(*some)
    SAME[change](area, random.Random(seed))
    agree(solved(*some, True, seconds), solve(area, seconds))


@FAST
@given(quick_parts, st.sampled_from(sorted(SAME)), seeds)
def test_what_does_not_matter_changes_no_goal(some: Part, change: str, seed: int):
    values(solved(*some, True, PROVEN))
    check_same(some, change, seed, PROVEN)


@pytest.mark.parametrize("change", sorted(SAME))
def test_each_change_that_does_not_matter(change: str):
    check_same(BRIEF, change, 1, PROVEN)


@pytest.mark.parametrize("change", sorted({**SAME, **MORE}))
def test_each_change_changes_something(change: str):
    area = area_of(QUICK[0], ("Mo", "Tu"))
    before = area.text()
    {**SAME, **MORE}[change](area, random.Random(3))
    assert area.text() != before


@pytest.mark.parametrize("houses", [("abc", "laeringshuset"), ("abc", "bibliotek")])
def test_a_row_of_equipment_may_as_well_be_two(houses: tuple[str, ...]):
    area = area_of(houses, ("Mo", "Tu"), keep="off")
    area.tables["use"] = [row for row in area.tables["use"] if not row["equipment"]]
    before = solve(area)
    rows = len(area.tables["equipment"])
    split_equipment(area)
    assert len(area.tables["equipment"]) > rows
    assert values(solve(area)) == values(before)


@pytest.mark.slow
@LONG
@given(large_parts, st.sampled_from(sorted(SAME)), seeds)
def test_what_does_not_matter_changes_no_goal_of_a_large_part(some: Part, change: str, seed: int):
    check_same(some, change, seed, SLOW)


# No worse a plan


def check_more(some: Part, change: str, seed: int, seconds: float) -> None:
    area = area_of(*some, keep="off")
    MORE[change](area, random.Random(seed))
    no_worse(solve(area, seconds), solved(*some, False, seconds))


@FAST
@given(quick_parts, st.sampled_from(sorted(MORE)), seeds)
def test_more_of_anything_is_no_worse(some: Part, change: str, seed: int):
    values(solved(*some, False, PROVEN))
    check_more(some, change, seed, PROVEN)


@pytest.mark.parametrize("change", sorted(MORE))
def test_each_kind_of_more_is_no_worse(change: str):
    check_more(BRIEF, change, 1, PROVEN)


@pytest.mark.slow
@LONG
@given(large_parts, st.sampled_from(sorted(MORE)), seeds)
def test_more_of_anything_is_no_worse_in_a_large_part(some: Part, change: str, seed: int):
    check_more(some, change, seed, SLOW)


def check_without(some: Part, rule: str, seconds: float) -> None:
    without = solve(area_of(*some, **{"keep": "off", rule: "off"}), seconds)
    no_worse(without, solved(*some, False, seconds))


SWITCHABLE = [rule.id for rule in RULES if rule.switchable]


@pytest.mark.parametrize("rule", SWITCHABLE)
def test_one_rule_less_is_no_worse(rule: str):
    check_without(BRIEF, rule, PROVEN)


@pytest.mark.slow
@LONG
@given(large_parts, st.sampled_from(SWITCHABLE))
def test_one_rule_less_is_no_worse_in_a_large_part(some: Part, rule: str):
    check_without(some, rule, SLOW)


def check_levels(some: Part, seconds: float) -> None:
    levels = [solve(area_of(*some), seconds, level) for level in SHARING_LEVELS]
    for less, more in pairwise(levels):
        no_worse(more, less)


@pytest.mark.parametrize("houses", QUICK)
def test_more_sharing_is_no_worse(houses: tuple[str, ...]):
    check_levels((houses, ("Mo", "Tu")), PROVEN)


@pytest.mark.slow
@LONG
@given(large_parts)
def test_more_sharing_is_no_worse_in_a_large_part(some: Part):
    check_levels(some, SLOW)


# So many times as much


@pytest.mark.parametrize("houses", QUICK)
@pytest.mark.parametrize("factor", [2, 7, 100])
def test_dearer_prices_and_a_larger_budget_scale_the_cost_alone(houses, factor):
    area = area_of(houses, ("Mo", "Tu"))
    scale_prices(area, factor)
    before = values(solved(houses, ("Mo", "Tu"), True, PROVEN))
    assert values(solve(area)) == {**before, "cost": before["cost"] * factor}


@pytest.mark.parametrize("houses", QUICK)
def test_weights_scale_what_is_served_alone(houses):
    area = area_of(houses, ("Mo", "Tu"))
    scale_weights(area, 3)
    before = values(solved(houses, ("Mo", "Tu"), True, PROVEN))
    assert values(solve(area)) == {**before, "served": before["served"] * 3}


@pytest.mark.parametrize("houses", QUICK)
def test_two_areas_with_nothing_to_share_are_twice_one(houses):
    area = area_of(houses, ("Mo",), budget="off")
    before = values(solve(area))
    double(area)
    twice = {goal: value * (1 if goal == "fairness" else 2) for goal, value in before.items()}
    assert values(solve(area)) == twice
