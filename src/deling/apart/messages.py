"""What the two processes of a search tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deling.domain import Plan, Scenario, SharingLevel
    from deling.result import Result, Update

STOP = "stop"
"""Asks the search at work for its best plan."""


@dataclass(frozen=True)
class Ask:
    """Asks for a search; the options are those of `deling.optimise.optimise`."""

    scenario: Scenario
    sharing: SharingLevel
    start: Plan | None
    language: str
    options: dict[str, Any]


@dataclass(frozen=True)
class News:
    """A moment of the search; with what is known by then, where that is new."""

    update: Update
    result: Result | None


@dataclass(frozen=True)
class Done:
    """The end of a search."""

    result: Result


@dataclass(frozen=True)
class Refused:
    """A search that did not begin, since it was to run on a cluster that cannot be used."""

    reason: str


@dataclass(frozen=True)
class Failed:
    """A search that ended by an error, which has been printed; the process ends with it."""

    reason: str


if TYPE_CHECKING:
    Answer = News | Done | Refused | Failed
