"""Parts of a case: what is true in a part is true of the whole plan.

Random changes of the events of some needs are judged twice: in the part that was cut for them,
and in the whole plan with these events exchanged.
"""

from __future__ import annotations

import pickle
import random
from collections import Counter
from pathlib import Path

import pytest

from changing import Changer, metric, valid_plan
from deling.board import Board
from deling.case import Case
from deling.check import check
from deling.domain import Plan, TravelRow
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.goals.fairness import unserved_shares
from deling.part import Cutter
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from exhaustive.draw import case_of
from planting import plant, write
from small import bought, event, plan, small

SCENARIOS = Path(__file__).parent.parent / "scenarios"


def spent(plan: Plan, case: Case) -> int:
    needs = case.scenario.needs
    return sum(needs[need].buy_price for event in plan.bought for need in event.needs)


def left(plan: Plan, case: Case) -> int | None:
    """Return what is left of the budget."""
    budget = case.scenario.rules.budget
    return None if budget is None else budget - spent(plan, case)


def shares_of(free, plan: Plan, case: Case) -> dict[str, int]:
    """Return the unserved shares of the institutions of some needs."""
    ours = {case.group_of(need).institution for need in free}
    return {key: share for key, share in unserved_shares(plan, case).items() if key in ours}


class Judge:
    """Compares a part and the whole plan, change by change, and counts."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.cutter = Cutter(case)
        self.metric = metric(case)
        self.counts: Counter[str] = Counter()

    def compare(self, plan: Plan, free: list[str], rng: random.Random, changes: int) -> None:
        case = self.case
        spare = left(plan, case)
        part = self.cutter.part(free, Board(case, plan), spare)
        if rng.random() < 0.5:
            part = part.portable()
        assert set(part.free) == set(free)
        assert {each.id for each in part.plan.events} <= {each.id for each in plan.events}
        served = {need for event in part.plan.events for need in event.needs}
        assert served <= set(part.case.scenario.needs)
        wanted = {event.id for event in plan.events if set(event.needs) <= set(free)}
        assert {event.id for event in part.free_events} == wanted
        breaches = check(part.plan, part.case)
        if self.metric:
            assert breaches == []
        self.counts["base refused"] += bool(breaches)
        self.same_travel(part.case)
        before = evaluate(part.plan, part.case), evaluate(plan, case)
        assert shares_of(free, part.plan, part.case) == shares_of(free, plan, case)
        changer = Changer(part.case, part.plan, part.free, rng)
        own = {event.id for event in part.free_events}
        events = part.free_events
        for _ in range(changes):
            new = changer.change(events)
            in_part = Plan(
                events=(*(each for each in part.plan.events if each.id not in own), *new)
            )
            in_whole = Plan(events=(*(each for each in plan.events if each.id not in own), *new))
            refused, truth = check(in_part, part.case), check(in_whole, case)
            if not refused:
                assert truth == [], "the part accepts what the whole refuses"
                self.counts["valid"] += 1
                # From there on, so that changes are not all near the first plan
                events = new
            elif not truth:
                assert not self.metric, refused
                self.counts["refused by the part alone"] += 1
            else:
                self.counts["refused"] += 1
            after = evaluate(in_part, part.case), evaluate(in_whole, case)
            for goal in [each.id for each in GOALS.values() if each.of_parts == "sum"]:
                assert after[0][goal] - before[0][goal] == after[1][goal] - before[1][goal], goal
            assert shares_of(free, in_part, part.case) == shares_of(free, in_whole, case)

    def same_travel(self, part: Case) -> None:
        for mode in self.case.scenario.travel.modes:
            for origin in part.scenario.sites:
                for destination in part.scenario.sites:
                    ways = (
                        each.travel.minutes(origin, destination, mode) for each in (part, self.case)
                    )
                    assert len(set(ways)) == 1, (origin, destination, mode)


def some_needs(case: Case, rng: random.Random) -> list[str]:
    needs = list(case.scenario.needs)
    return rng.sample(needs, rng.randint(1, len(needs)))


def judged(seeds, changes: int, cuts: int = 2) -> Counter[str]:
    counts: Counter[str] = Counter()
    for seed in seeds:
        rng = random.Random(seed)
        case = case_of(seed)
        whole = valid_plan(case, rng)
        if whole is None:
            counts["no plan"] += 1
            continue
        judge = Judge(case)
        try:
            for _ in range(cuts):
                judge.compare(whole, some_needs(case, rng), rng, changes)
        except AssertionError as error:
            error.add_note(f"in the case of seed {seed}")
            raise
        counts.update(judge.counts)
    return counts


def test_a_part_of_a_random_area_judges_as_the_whole():
    counts = judged(range(80), 12)
    assert counts["no plan"] < 24
    assert counts["valid"] > 150
    assert counts["refused"] > 150


@pytest.mark.slow
def test_a_part_of_very_many_random_areas_judges_as_the_whole(capsys):
    counts = judged(range(1000, 9000), 30, cuts=3)
    with capsys.disabled():
        print(f"\n{counts}")
    assert counts["valid"] > 20_000


def of_one_house(case: Case, rng: random.Random) -> list[str]:
    institution = rng.choice([key for key, needs in case.needs_of_institution.items() if needs])
    return [need.id for need in case.needs_of_institution[institution]]


def judge_real(case: Case, whole: Plan, seed: int, changes: int) -> Counter[str]:
    """Compare parts of an area of real size, for needs chosen in several ways."""
    assert check(whole, case) == []
    rng = random.Random(seed)
    judge = Judge(case)
    needs = list(case.scenario.needs)
    for free in (rng.sample(needs, 1), rng.sample(needs, 15), of_one_house(case, rng)):
        judge.compare(whole, free, rng, changes)
    return judge.counts


def planted(folder: Path, *arguments) -> tuple[Case, Plan]:
    """Return a planted area and the plan that it grew around."""
    loaded = load(write(plant(*arguments), folder))
    return Case(loaded.scenario), read_plan(folder / "planted.csv", loaded.scenario)


@pytest.mark.parametrize(("seed", "supply", "extra"), [(51, "tight", 0.0), (52, "loose", 0.3)])
def test_a_part_of_a_planted_area_judges_as_the_whole(tmp_path, seed, supply, extra):
    case, whole = planted(tmp_path, 14, seed, supply, extra)
    counts = judge_real(case, whole, seed, 15)
    assert min(counts["valid"], counts["refused"]) > 0


def test_a_part_of_the_flagship_judges_as_the_whole():
    case = Case(load(SCENARIOS / "hedehusene.yaml").scenario)
    whole = valid_plan(case, random.Random(1), tries=30)
    assert whole is not None
    assert len(whole.events) > len(case.scenario.today.events)
    counts = judge_real(case, whole, 1, 10)
    assert min(counts["valid"], counts["refused"]) > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60, 75))
def test_parts_of_large_planted_areas_judge_as_the_whole(tmp_path, seed):
    supply = "tight" if seed % 2 else "loose"
    case, whole = planted(tmp_path, 40, seed, supply, 0.3 * (seed % 3 > 0))
    judge_real(case, whole, seed, 150)


def test_a_part_of_a_large_area_is_small(tmp_path):
    case, whole = planted(tmp_path, 60, 54)
    cutter, board = Cutter(case), Board(case, whole)
    sizes = [
        len(cutter.part(of_one_house(case, random.Random(seed)), board, 0).case.scenario.rooms)
        for seed in range(5)
    ]
    assert sum(sizes) / len(sizes) < len(case.scenario.rooms) / 2


# What goes with a part


def test_a_part_can_be_sent_to_another_process(tmp_path):
    case, whole = planted(tmp_path, 8, 55)
    for _ in range(2):
        # The second time with all that a case finds out when it is asked.
        part = Cutter(case).part(list(case.scenario.needs)[:10], Board(case, whole), 0).portable()
        assert check(part.plan, part.case) == []
        copy = pickle.loads(pickle.dumps(part))
        assert copy.plan == part.plan
        assert copy.free == part.free
        assert copy.case.scenario == part.case.scenario
        assert copy.case.sharing == part.case.sharing
        assert copy.case.kept == part.case.kept
        assert check(copy.plan, copy.case) == []
        assert evaluate(copy.plan, copy.case) == evaluate(part.plan, part.case)
        assert evaluate(whole, case)


def row(origin: str, destination: str, mode: str, minutes: int) -> TravelRow:
    return TravelRow(origin=origin, destination=destination, mode=mode, minutes=minutes)


def test_ways_in_a_part_lead_through_sites_that_are_not_in_it():
    case = small(
        institutions={"books": {"site": "far"}},
        rooms={"lib": {"site": "far"}},
        staff={"ann": {}},
        needs={"n": {"skills": (("music", 1),)}},
    )
    rows = (
        row("home", "near", "walk", 4),
        row("near", "far", "walk", 3),
        row("far", "near", "walk", 9),
        row("home", "near", "bike", 1),
        row("near", "far", "bike", 1),
        row("home", "far", "bike", 7),
    )
    sites = dict(case.scenario.sites)
    sites["far"] = sites["far"].model_copy(update={"latitude": 55.68})
    case = Case(case.scenario.model_copy(update={"travel_rows": rows, "sites": sites}))
    part = Cutter(case).part(["n"], Board(case, plan())).portable().case
    assert set(part.scenario.sites) == {"home", "far"}
    minutes = part.travel.minutes
    assert minutes("home", "far", "walk") == 7, "by a site that the part does not know"
    assert minutes("far", "home", "walk") == 13
    assert minutes("home", "far", "bike") == minutes("far", "home", "bike") == 7, "the direct row"
    assert minutes("home", "far", "minibus") == case.travel.minutes("home", "far", "minibus") > 0
    copy = pickle.loads(pickle.dumps(part))
    assert copy.travel.minutes("home", "far", "walk") == 7


def test_a_part_spends_what_it_may_of_the_budget_and_no_more():
    case = small(
        needs={"n": {"buy_price": 100, "sessions": 9}, "m": {"buy_price": 40, "sessions": 9}},
        groups={"h": {"institution": "books"}},
        budget=1000,
    )
    whole = plan(bought("b1"), bought("b2"), *(bought(f"m{at}", "m") for at in range(5)))
    cutter, board = Cutter(case), Board(case, whole)
    for spare, most in ((0, 2), (99, 2), (100, 3), (250, 4)):
        part = cutter.part(["n"], board, spare)
        others = [each for each in part.plan.events if "n" not in each.needs]
        for count in range(6):
            events = (*others, *(bought(f"x{at}") for at in range(count)))
            refused = {breach.rule for breach in check(Plan(events=events), part.case)}
            assert refused == (set() if count <= most else {"budget"}), (spare, count)


def test_without_a_budget_a_part_has_none():
    case = small(needs={"n": {"buy_price": 100}})
    part = Cutter(case).part(["n"], Board(case, plan()))
    assert part.case.scenario.rules.budget is None


def test_events_that_cannot_be_in_the_way_are_left_out():
    case = small(
        rooms={"hall": {"shared_with": ("none",)}, "lib": {"shared_with": ("none",)}},
        groups={"h": {"institution": "books", "site": "near"}},
        needs={"m": {"group": "h"}},
    )
    whole = plan(event("e"), event("f", needs="m", room="lib"))
    part = Cutter(case).part(["n"], Board(case, whole))
    assert [each.id for each in part.plan.events] == ["e"]
    assert set(part.case.scenario.rooms) == {"hall"}
    assert set(part.case.scenario.needs) == {"n"}
