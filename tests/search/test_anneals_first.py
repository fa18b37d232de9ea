"""What comes first: chains, or annealing where staff travel and it is compiled."""

from __future__ import annotations

import pytest

import deling.optimise
import deling.search.relay
from deling.case import Case
from deling.optimise import optimise
from deling.search.relay import Relay
from small import small


class Compiler:
    """Is ready, or never will be."""

    def __init__(self, *, ready: bool) -> None:
        self._ready = ready

    def for_search(self, _clock):
        return object() if self._ready else None


def at_one_site(case: Case) -> Case:
    """Return the same where no room is at another site, so that only things are brought along."""
    rooms = case.scenario.rooms
    site = next(iter(rooms.values())).site
    moved = {key: room.model_copy(update={"site": site}) for key, room in rooms.items()}
    return Case(case.scenario.model_copy(update={"rooms": moved}))


@pytest.mark.parametrize(
    ("sites", "ready", "workers", "wanted", "chains"),
    [
        ("many", True, 2, 1, False),
        ("many", False, 2, 1, True),
        ("one", True, 2, 1, True),
        ("many", True, 0, 1, True),
        ("many", True, 2, 100, True),
    ],
)
def test_chains_come_first_but_where_staff_travel(
    monkeypatch, sites, ready, workers, wanted, chains
):
    begun: list[str] = []
    monkeypatch.setattr(deling.optimise, "LARGE", 1 if workers else 10_000)
    monkeypatch.setattr(deling.optimise, "SMALL", 0)
    monkeypatch.setattr(deling.search.relay, "LEAST_TO_ANNEAL", wanted)
    monkeypatch.setattr(deling.optimise, "ANNEALER", Compiler(ready=ready))
    monkeypatch.setattr(deling.optimise._Run, "_serve_at_once", lambda _run: begun.append("chains"))
    monkeypatch.setattr(Relay, "run", lambda _relay: begun.append("parts"))
    monkeypatch.setattr(deling.optimise._Run, "_take_turns", lambda _run: begun.append("all"))
    case = small(needs={"n": {"sessions": 2}})
    if sites == "one":
        case = at_one_site(case)
    optimise(case, time_limit=30, workers=workers or 1)
    assert begun == [*["chains"] * chains, "parts" if workers else "all"]
