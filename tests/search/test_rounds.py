"""Annealing and local areas by turns."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from deling.search.rounds import AGAIN_SECONDS, ROUNDS, SAVINGS, Rounds


def begun(log, *, busy=0):
    """Return rounds of two areas that note what they do, with answers that take a while."""
    left = [busy]

    def at_work(goal) -> set[int]:
        assert goal in ("served", "cost")
        left[0] -= 1
        if left[0] < 0:
            left[0] = busy
            return set()
        return {1}

    def anneal(goal, seconds, _stopped, *, again) -> None:
        assert again
        assert seconds == AGAIN_SECONDS
        log.append(("anneal", goal))
        whole.seen[goal].add(f"event {len(log)}")

    def choose(goal, events):
        for number in range(2):
            log.append((f"area {number}", goal, len(events)))
            yield True

    whole = SimpleNamespace(
        annealed=set(),
        seen={"served": {"event"}, "cost": {"event"}},
        anneal=anneal,
        save=lambda most, _stopped: log.append(("save", most)),
    )
    jobs = SimpleNamespace(at_work=at_work)
    return whole, Rounds(jobs, whole, SimpleNamespace(choose=choose))


def results(sending) -> tuple[list[bool], bool]:
    """Return what a generator yields, and what it returns in the end."""
    sent = []
    while True:
        try:
            sent.append(next(sending))
        except StopIteration as end:
            return sent, end.value


@pytest.mark.parametrize("goal", ["served", "cost"])
def test_areas_choose_among_what_was_seen_and_annealing_goes_on_from_there(goal):
    log = []
    whole, rounds = begun(log, busy=3)
    assert results(rounds.send(goal, lambda: False)) == ([], False), "nothing has been seen yet"
    whole.annealed.add(goal)
    sent, any_round = results(rounds.send(goal, lambda: False))
    assert any_round
    assert sent == [True, True, False, False, False] * ROUNDS, "until all have answered"
    saved = [("save", SAVINGS)] if goal == "cost" else []
    first = [("area 0", goal, 1), ("area 1", goal, 1), *saved]
    second = [("anneal", goal), ("area 0", goal, 2), ("area 1", goal, 2), *saved]
    assert log == [*first, *second]
    assert results(rounds.send(goal, lambda: False)) == ([], False), "once is enough"


@pytest.mark.parametrize("looks", [0, 1])
def test_nothing_more_begins_where_time_is_up(looks):
    """Neither annealing, nor, where that has used it up, another choice."""
    log, left = [], [looks]

    def stopped() -> bool:
        left[0] -= 1
        return left[0] < 0

    whole, rounds = begun(log)
    whole.annealed.add("served")
    assert results(rounds.send("served", stopped)) == ([True, True], True)
    assert [what for what, *_more in log] == ["area 0", "area 1", *["anneal"] * looks]
