"""Arguments and options that several commands share."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deling.domain import SHARING_LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = click.Path(path_type=Path)

scenario_argument = click.argument("scenario", type=FILE)
sharing_option = click.option(
    "--sharing",
    type=click.Choice(SHARING_LEVELS),
    help="Who may use whose things; the scenario's level by default.",
)
quiet_option = click.option(
    "--quiet", "-q", is_flag=True, help="No progress and no warnings, only errors."
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
excel_option = click.option(
    "--excel",
    is_flag=True,
    help="Write CSV files as Danish Excel opens them (plan.csv always keeps its form).",
)


@dataclass(frozen=True)
class Search:
    """How long and how to search; None is the scenario's own setting."""

    time_limit: float | None
    gap: float | None
    seed: int | None
    workers: int | None


_SEARCH_OPTIONS = (
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0),
        metavar="SECONDS",
        help="Most seconds to search, in all.",
    ),
    click.option(
        "--gap",
        type=click.FloatRange(min=0),
        help="A goal this close to its bound is good enough (0.01 is 1 %).",
    ),
    click.option("--seed", type=click.IntRange(min=0), help="Seed of the search."),
    click.option(
        "--workers",
        type=click.IntRange(min=0),
        help="Parallel searches; 0 is one for each core.",
    ),
)


def search_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a search, which reach the command as one `Search`."""

    @functools.wraps(command)
    def gathered(
        *args: Any,
        time_limit: float | None,
        gap: float | None,
        seed: int | None,
        workers: int | None,
        **others: Any,
    ) -> None:
        command(*args, search=Search(time_limit, gap, seed, workers), **others)

    wrapped = gathered
    for option in reversed(_SEARCH_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
