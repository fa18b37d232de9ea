"""Arguments and options that several commands share."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deling.cli.speech import Argument, Option, asked_for
from deling.domain import LAST_SEED, SHARING_LEVELS
from deling.language import LANGUAGES, N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = click.Path(path_type=Path)

scenario_argument = click.argument("scenario", type=FILE, cls=Argument)
sharing_option = click.option(
    "--sharing",
    type=click.Choice(SHARING_LEVELS),
    help=N_(
        "Who shares: own is nobody beyond what is lent today, sector those of one sector, area all."
        " The scenario's level by default."
    ),
    cls=Option,
)
quiet_option = click.option(
    "--quiet", "-q", is_flag=True, help=N_("No progress and no warnings, only errors."), cls=Option
)
json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=N_("Print one JSON document and nothing else."),
    cls=Option,
)
excel_option = click.option(
    "--excel",
    is_flag=True,
    help=N_("Write CSV files as Danish Excel opens them (plan.csv always keeps its form)."),
    cls=Option,
)
language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    callback=asked_for,
    expose_value=False,
    help=N_("Language of all texts; by default the scenario's country's, or this computer's."),
    cls=Option,
)


@dataclass(frozen=True)
class Search:
    """How long and how to search; None is the scenario's own setting."""

    time_limit: float | None
    gap: float | None
    seed: int | None
    workers: int | None
    deterministic_limit: float | None
    cluster: str | None


_SEARCH_OPTIONS = (
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0),
        metavar=N_("SECONDS"),
        help=N_("Most seconds to search, in all; the scenario's by default."),
        cls=Option,
    ),
    click.option(
        "--gap",
        metavar=N_("SHARE"),
        type=click.FloatRange(min=0),
        help=N_(
            "A goal this close to its bound is good enough (0.01 is 1 %); the scenario's by"
            " default."
        ),
        cls=Option,
    ),
    click.option(
        "--seed",
        metavar=N_("NUMBER"),
        type=click.IntRange(min=0, max=LAST_SEED),
        help=N_("Seed of the search; the scenario's by default."),
        cls=Option,
    ),
    click.option(
        "--workers",
        metavar=N_("NUMBER"),
        type=click.IntRange(min=0),
        help=N_("Parallel searches, the scenario's by default; 0 is one for each core."),
        cls=Option,
    ),
    click.option(
        "--deterministic-limit",
        metavar=N_("UNITS"),
        type=click.FloatRange(min=0),
        help=N_(
            "Most work to search, in place of seconds: one thread, and the same plan however fast"
            " the machine."
        ),
        cls=Option,
    ),
    click.option(
        "--cluster",
        metavar=N_("ADDRESS"),
        help=N_("Search a large area on the workers of the Dask cluster with this scheduler."),
        cls=Option,
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
        deterministic_limit: float | None,
        cluster: str | None,
        **others: Any,
    ) -> None:
        if time_limit is not None and deterministic_limit is not None:
            raise click.UsageError(
                _("--time-limit and --deterministic-limit exclude each other: choose one.")
            )
        if cluster is not None and deterministic_limit is not None:
            raise click.UsageError(
                _("--cluster and --deterministic-limit exclude each other: choose one.")
            )
        search = Search(time_limit, gap, seed, workers, deterministic_limit, cluster)
        command(*args, search=search, **others)

    wrapped = gathered
    for option in reversed(_SEARCH_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
