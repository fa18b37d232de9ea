"""The search of large areas, part by part, forced on small ones and tried on planted ones."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import deling.optimise
import deling.search.borders
import deling.search.local_areas
import deling.search.relay
import deling.search.split
from by_parts import News, planted, sound, worse
from changing import valid_plan
from crews import Idle, relay_of
from deling.case import Case
from deling.check import check
from deling.domain import Plan
from deling.evaluate import evaluate
from deling.goals import GOALS
from deling.optimise import optimise
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from deling.search.eject.chain import Chains
from deling.search.relay import AROUND_SECONDS, BORDER_SECONDS
from deling.search.start import without_breaches
from enumerate_plans import TooManyPlansError, best_plan
from exhaustive.agree import LIMITS
from exhaustive.draw import case_of
from planting import plant, write

SCENARIOS = Path(__file__).parents[2] / "scenarios"
WORK = 0.15
"""Units of the solver's work for a small area: a second or less."""


@pytest.fixture
def all_large(monkeypatch):
    """Search any area by parts, each of a few needs."""
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 0.5)


@pytest.fixture(scope="module")
def smallest() -> Case:
    return Case(load(SCENARIOS / "smallest.yaml").scenario)


def relayed(seed: int, work: float = WORK) -> bool:
    """Search a random area by parts, from a plan; return whether the optimum was found."""
    case = case_of(seed)
    start = valid_plan(case, random.Random(seed), tries=3)
    news = News(case)
    result = optimise(case, start=start, deterministic_limit=work, seed=seed, news=news)
    if result.plan is None:
        assert start is None
        return False
    sound(case, result)
    values = evaluate(result.plan, case)
    if start is not None:
        assert not worse(case, values, evaluate(start, case))
    try:
        best = best_plan(case, **LIMITS)
    except TooManyPlansError:
        return False
    assert best is not None
    assert not worse(case, best.values, values), "the enumeration finds all plans"
    for goal in case.scenario.goals:
        assert not GOALS[goal].better(best.values[goal], result.goals[goal].bound), goal
        if best.values[goal] != values[goal]:
            # What comes after it is proven of plans that keep less than the best one does.
            break
    assert result.status != "optimal" or values == best.values
    return values == best.values


# The search of the first, which has nothing left to do for its last goal, had no end.
@pytest.mark.parametrize("seed", [1, *range(2000, 2005)])
def test_random_areas_by_parts(all_large, seed):
    relayed(seed)


@pytest.mark.slow
def test_very_many_random_areas_by_parts(all_large, capsys):
    found = 0
    for seed in range(2100, 2350):
        try:
            found += relayed(seed, 0.5)
        except AssertionError as error:
            error.add_note(f"in the case of seed {seed}")
            raise
    with capsys.disabled():
        print(f"\n{found} optima of 250")
    assert found > 225


def test_the_best_plan_of_the_smallest_scenario_is_found_by_parts(smallest, monkeypatch):
    best = optimise(smallest, time_limit=60)
    assert best.status == "optimal"
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 5)
    result = optimise(smallest, deterministic_limit=1)
    sound(smallest, result)
    for goal, outcome in result.goals.items():
        assert not GOALS[goal].better(best.goals[goal].value, outcome.bound)
        assert outcome.value == best.goals[goal].value, goal


def test_a_search_by_parts_is_not_worse_than_its_start(all_large, smallest):
    best = optimise(smallest, deterministic_limit=0.3)
    again = optimise(smallest, start=best.plan, deterministic_limit=0.03, seed=5)
    sound(smallest, again)
    found = {goal: each.value for goal, each in again.goals.items()}
    assert not worse(smallest, found, {goal: each.value for goal, each in best.goals.items()})


class Wrong:
    """A search that puts one event twice into its plan."""

    def __init__(self, state, _crew, _seed) -> None:
        self._state = state

    def run(self) -> None:
        plan, _values = self._state.best()
        twice = plan.internal[0].model_copy(update={"id": "twice"})
        wrong = Plan(events=(*plan.events, twice))
        self._state.put(wrong, evaluate(wrong, self._state.case))


def test_a_plan_that_parts_have_got_wrong_is_put_right(all_large, smallest, monkeypatch):
    monkeypatch.setattr(deling.optimise, "Relay", Wrong)
    result = optimise(smallest, deterministic_limit=1)
    assert result.plan is not None
    assert check(result.plan, smallest) == []
    values = evaluate(result.plan, smallest)
    assert {goal: each.value for goal, each in result.goals.items()} == {
        goal: values[goal] for goal in result.goals
    }
    assert len(result.notes) == 1


# What is left over


def test_more_time_is_for_what_is_left_to_serve_as_long_as_it_gets_better(tmp_path):
    grown = plant(4, 86, "tight")
    case = Case(load(write(grown, tmp_path)).scenario)
    whole = read_plan(tmp_path / "planted.csv", case.scenario)
    new = next(event for event in whole.internal if event.key not in case.today_by_key)
    nearly = Plan(events=tuple(event for event in whole.events if event != new))
    little = without_breaches(case.scenario.today, case)
    for plan, better_at, time_left in (
        (nearly, 39.0, 35.0),
        (nearly, 20.0, 0.0),
        (little, 39.0, 0.0),
    ):
        relay = relay_of(case, plan)
        relay._state.clock._start -= 40
        relay._state.better_at = better_at
        assert relay._time_for("served") == pytest.approx(time_left, abs=2)
        assert relay._time_for("cost") == pytest.approx(55, abs=2)


def test_parts_reach_further_around_what_is_at_its_best(tmp_path, monkeypatch):
    monkeypatch.setattr(deling.search.borders, "NEEDS", 10)
    case = Case(load(write(plant(12, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, read_plan(tmp_path / "planted.csv", case.scenario))
    jobs, around = relay._jobs, relay._borders._around
    sizes = []
    for times in range(4):
        found = []
        for seed in case.scenario.needs:
            jobs.best_around["served", seed] = times
            needs = around([seed], "served")
            assert needs[0] == seed
            assert len(set(needs)) == len(needs)
            found.append(len(needs))
        sizes.append(max(found))
    assert sizes == sorted(sizes)
    assert sizes[-1] > 2 * sizes[0]


def test_parts_that_reach_further_have_more_time(tmp_path, monkeypatch):
    case = Case(load(write(plant(12, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, read_plan(tmp_path / "planted.csv", case.scenario))
    jobs, given = relay._jobs, []
    monkeypatch.setattr(jobs, "improve", lambda *what, around: given.append(what[4]))
    for times in range(6):
        for seed in case.scenario.needs:
            jobs.best_around["cost", seed] = times
        assert relay._send_border("cost")
    assert given == sorted(given)
    assert given[0] == AROUND_SECONDS["cost"] < given[1] < given[-1] == BORDER_SECONDS


def test_what_is_unmet_is_looked_around_though_it_is_known_what_is_dear(tmp_path):
    case = Case(load(write(plant(4, 86, "tight"), tmp_path)).scenario)
    relay = relay_of(case, without_breaches(case.scenario.today, case), crew=Idle())
    looked = []
    relay._whole.dear_needs = lambda _count: looked.append(1) or list(case.scenario.needs)[:3]
    assert relay._send_border("served")
    (job,) = relay._jobs._under_way.values()
    assert relay._joined.unmet([job.around]) > 0
    assert not looked
    assert relay._send_border("cost")
    assert looked


@pytest.mark.parametrize("limit", [{"time_limit": 60, "workers": 2}, {"deterministic_limit": 0.5}])
def test_workers_go_on_while_chains_run_over_the_whole(monkeypatch, tmp_path, limit):
    monkeypatch.setattr(deling.optimise, "LARGE", -1)
    monkeypatch.setattr(deling.optimise, "AT_ONCE", 0)
    monkeypatch.setattr(deling.search.split, "SESSIONS_EACH", 20)
    monkeypatch.setattr(deling.search.local_areas, "FILL_SECONDS", 0.01)
    monkeypatch.setattr(deling.search.relay, "HOPELESS", 1.0)
    monkeypatch.setattr(deling.search.relay, "SERVE_ALONE", -1.0)
    renewed: list[frozenset[str]] = []
    honest = Chains.renew

    def renew(self, needs, events) -> None:
        events = list(events)
        assert all(needs.issuperset(event.needs) for event in events)
        renewed.append(needs)
        honest(self, needs, events)

    monkeypatch.setattr(Chains, "renew", renew)
    case, served = planted(tmp_path, 8, 83, "tight")
    case = Case(case.scenario.model_copy(update={"goals": ("served",)}))
    result = optimise(case, **limit)
    sound(case, result)
    assert result.goals["served"].value >= 0.97 * served
    assert renewed or "time_limit" in limit, "processes may be slower than chains"


def test_a_goal_is_annealed_once_it_is_ready_and_not_in_a_small_search(smallest, monkeypatch):
    plan = without_breaches(smallest.scenario.today, smallest)
    assert not relay_of(smallest, plan)._anneal("served"), "nor is any compiler readied"
    monkeypatch.setattr(deling.search.relay, "LEAST_TO_ANNEAL", 0)
    relay = relay_of(smallest, plan)
    asked: list[tuple[str, float]] = []

    def anneal(goal, seconds, _stopped) -> bool:
        asked.append((goal, seconds))
        if len(asked) == 1:
            return False
        relay._whole.annealed.add(goal)
        return True

    monkeypatch.setattr(relay._whole, "anneal", anneal)
    assert [relay._anneal("served") for _time in range(3)] == [False, True, True]
    assert relay._anneal("cost")
    assert [goal for goal, _seconds in asked] == ["served", "served", "cost"]
    assert all(0 < seconds <= deling.search.relay.ANNEAL_SECONDS[goal] for goal, seconds in asked)


@pytest.mark.parametrize("goal", ["served", "cost"])
@pytest.mark.parametrize("left", [10.0, 0.0])
def test_rounds_come_before_a_look_at_the_areas_and_in_its_place_where_time_is_up(
    smallest, monkeypatch, goal, left
):
    relay = relay_of(smallest, without_breaches(smallest.scenario.today, smallest))
    log = []

    def noted(name, answers, result=None):
        def note(*_arguments):
            log.append(name)
            yield from answers
            return result

        return note

    monkeypatch.setattr(relay._rounds, "send", noted("rounds", [True, False], result=True))
    monkeypatch.setattr(relay, "_sweep", lambda _goal: noted("sweep", [True])())
    monkeypatch.setattr(relay, "_anneal", lambda _goal: log.append("anneal") or True)
    monkeypatch.setattr(relay, "_time_for", lambda _goal: left)
    monkeypatch.setattr(type(relay), "_is_nearly_served", False)
    sending = relay._send_all(goal)
    assert [next(sending), next(sending)] == [True, False]
    assert log == ["anneal", "rounds"]
    assert not relay._swept
    while "sweep" not in log and not relay._swept:
        sent = next(sending)
    assert relay._swept == (left == 0)
    assert ("sweep" in log) == (left > 0) == sent
    next(sending)
    assert "sweep" in log, "there may be time again"


# Planted areas


@pytest.mark.slow
@pytest.mark.parametrize(
    ("institutions", "seed", "supply"), [(24, 91, "tight"), (36, 92, "loose"), (36, 93, "tight")]
)
def test_all_that_is_planted_is_served_by_parts(monkeypatch, tmp_path, institutions, seed, supply):
    monkeypatch.setattr(deling.optimise, "LARGE", 0)
    case, served = planted(tmp_path, institutions, seed, supply)
    # One goal, so that the search ends as soon as it is reached.
    case = Case(case.scenario.model_copy(update={"goals": ("served",)}))
    result = optimise(case, time_limit=180, workers=2)
    sound(case, result)
    assert result.goals["served"].value == result.goals["served"].bound == served


@pytest.mark.parametrize(("size", "nearly"), [(True, False), (False, False), (True, True)])
def test_a_moment_of_annealing_comes_before_all_else_where_much_is_unmet(
    smallest, monkeypatch, size, nearly
):
    relay = relay_of(smallest, without_breaches(smallest.scenario.today, smallest))
    log = []
    relay._anneals = size
    monkeypatch.setattr(type(relay), "_is_nearly_served", nearly)
    monkeypatch.setattr(relay._whole, "serve_soon", lambda _stopped: log.append("soon"))
    monkeypatch.setattr(relay, "_anneal", lambda _goal: log.append("anneal") or True)
    monkeypatch.setattr(relay._whole, "serve", lambda *_arguments: log.append("chains"))
    monkeypatch.setattr(relay, "_sweep", lambda _goal: iter([True]))
    sending = relay._send_all("served")
    next(sending)
    while nearly and not log:
        next(sending)
    first = ["soon"] if size and not nearly else []
    assert log[: len(first) + 1] == [*first, "chains" if nearly else "anneal"]
    next(relay._send_all("cost"))
    assert log.count("soon") == len(first), "costs have no such moment"
