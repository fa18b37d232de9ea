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
        return {1} if left[0] >= 0 else set()

    def anneal(goal, seconds, _stopped, *, again) -> None:
        assert again
        assert seconds == AGAIN_SECONDS
        log.append(("anneal", goal))
        whole.seen.add(f"event {len(log)}")

    def choose(goal, events):
        for number in range(2):
            log.append((f"area {number}", goal, len(events)))
            yield True

    whole = SimpleNamespace(
        annealed=set(),
        seen={"event"},
        anneal=anneal,
        save=lambda most, _stopped: log.append(("save", most)),
    )
    jobs = SimpleNamespace(at_work=at_work)
    return whole, Rounds(jobs, whole, SimpleNamespace(choose=choose))


@pytest.mark.parametrize("goal", ["served", "cost"])
def test_areas_choose_among_what_was_seen_and_annealing_goes_on_from_there(goal):
    log = []
    whole, rounds = begun(log, busy=3)
    assert list(rounds.send(goal, lambda: False)) == [], "nothing has been seen yet"
    assert goal not in rounds.begun
    whole.annealed.add(goal)
    sent = list(rounds.send(goal, lambda: False))
    assert sent.count(True) == 2 * ROUNDS
    assert sent.count(False) == 3, "until all have answered"
    saved = [("save", SAVINGS)] if goal == "cost" else []
    first = [("area 0", goal, 1), ("area 1", goal, 1), *saved]
    second = [("anneal", goal), ("area 0", goal, 2), ("area 1", goal, 2), *saved]
    assert log == [*first, *second]
    assert list(rounds.send(goal, lambda: False)) == [], "once is enough"
    assert goal in rounds.begun


def test_no_round_begins_where_time_is_up():
    log = []
    whole, rounds = begun(log)
    whole.annealed.add("served")
    assert len(list(rounds.send("served", lambda: True))) == 2
    assert [what for what, *_more in log] == ["area 0", "area 1"]
