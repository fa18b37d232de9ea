"""What the solver gets wrong: never expected, always told, never written as a result."""

from __future__ import annotations

import threading
from typing import Literal

from deling.language import N_, _, ngettext

Kind = Literal[
    "breach", "value", "bound", "impossible", "refused", "failed", "lost", "cluster", "parts"
]

Found = tuple[tuple[Kind, int, str], ...]
"""Kind, count and first example of what went wrong."""

_TEXTS: dict[Kind, str] = {
    "breach": N_("The solver gave a plan that breaks a rule; the plan was discarded"),
    "value": N_("The solver valued a plan better than it is; the plan was discarded"),
    "bound": N_("A valid plan beats what the solver said no plan can; the claim was dropped"),
    "impossible": N_("The solver found no plan where there is one; the claim was dropped"),
    "refused": N_("The solver refused a question; it was asked otherwise"),
    "failed": N_("The solver failed; it was asked otherwise"),
    "parts": N_("Parts of the plan did not go together; what broke a rule was left out"),
    "lost": N_("A process of the search died; another one took its place"),
    "cluster": N_("The cluster was lost; the search went on, on this computer"),
}


class Faults:
    """Counts what went wrong, by kind, with the first example of each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[Kind, tuple[int, str]] = {}

    def add(self, kind: Kind, example: str = "") -> None:
        """Note that something went wrong."""
        with self._lock:
            count, first = self._found.get(kind, (0, example))
            self._found[kind] = count + 1, first

    def __len__(self) -> int:
        with self._lock:
            return sum(count for count, _example in self._found.values())

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._found.clear()

    def found(self) -> Found:
        """Return what went wrong, to be told elsewhere."""
        with self._lock:
            return tuple((kind, *known) for kind, known in self._found.items())

    def join(self, found: Found) -> None:
        """Note what went wrong elsewhere."""
        with self._lock:
            for kind, count, example in found:
                before, first = self._found.get(kind, (0, example))
                self._found[kind] = before + count, first

    def notes(self) -> tuple[str, ...]:
        """Return a line for people about each kind."""
        with self._lock:
            return tuple(
                _line(_(_TEXTS[kind]), count, example)
                for kind, (count, example) in self._found.items()
            )


def _line(text: str, count: int, example: str) -> str:
    times = ngettext("{text} ({count} time).", "{text} ({count} times).", count)
    line = times.format(text=text, count=count)
    return _("{line} First: {example}").format(line=line, example=example) if example else line
