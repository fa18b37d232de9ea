"""What a planner could use instead of deling: other solvers on the same planted areas.

A peer gets the scenario as the reader has read it, and the same seconds as deling, the making of
its model included. What it finds is judged by deling's checker and goals.
"""

from __future__ import annotations

import shutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from deling.case import Case
    from peers.notes import Notes

PEERS = {"monolith": ("ortools",), "highs": ("highspy", "numpy"), "timefold": ("timefold",)}
"""Peer -> the packages that it needs, which `requirements/PEER.txt` installs."""
TOOLS = {"timefold": ("java", "javac")}
CORES = 2
"""That deling and each peer may use."""


def missing(peer: str) -> str | None:
    """Return what is missing for a peer, in words; None if it can be measured."""
    tools = [name for name in TOOLS.get(peer, ()) if shutil.which(name) is None]
    if tools:
        return f"no {', '.join(tools)}: it needs a Java development kit, 17 or later"
    without = [name for name in PEERS[peer] if find_spec(name) is None]
    if not without:
        return None
    file = Path(__file__).parent.relative_to(Path(__file__).parents[2]) / "requirements"
    return f"no {', '.join(without)}: pip install -r {file / peer}.txt"


def solver_of(peer: str) -> Callable[[Case, float, Notes], bool]:
    """Load a peer, and return what searches for the best plan in some seconds.

    That returns whether all goals are proven best. What it imports is loaded before any clock
    starts, as deling is.
    """
    solve: Callable[[Case, float, Notes], bool] = import_module(f"peers.{peer}").solve
    return solve
