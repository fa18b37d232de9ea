"""``deling report``: a page to look at, for plans that exist already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from deling import outputs
from deling.cli import options, reading
from deling.cli.speech import Argument, Command, Option
from deling.cli.text import wrapped
from deling.compare import Comparison
from deling.domain import SHARING_LEVELS, SharingLevel
from deling.language import N_, _
from deling.outputs.known import known_of
from deling.outputs.report import limits, save
from deling.reasons import reasons

HELP = N_("""Write a report of PLANS of a SCENARIO: one page to look at, to print and to mail.

The last plan is the one that is shown in full; those before it stand beside today in the chart
of what sharing brings.""")
EPILOG = N_("""\b
Examples:
  deling report area.yaml out/area/plan.csv
  deling report area.yaml edited.csv --output edited.html
  deling report area.yaml out/area/plans/own.csv out/area/plans/sector.csv out/area/plans/area.csv

\b
The page needs no network. What a search has proven of a plan is taken from the result.json that
lies beside the plan, as long as neither the plan nor the scenario has changed since. A plan that
breaks rules is shown with them.
""")


@click.command("report", cls=Command, help=HELP, epilog=EPILOG)
@options.scenario_argument
@click.argument("plans", type=options.FILE, nargs=-1, required=True, cls=Argument)
@click.option(
    "--output",
    metavar=N_("FILE"),
    type=options.FILE,
    default=Path("report.html"),
    help=N_("The page; report.html by default."),
    cls=Option,
)
@options.sharing_option
@options.quiet_option
@options.language_option
def command(
    scenario: Path,
    plans: tuple[Path, ...],
    output: Path,
    sharing: SharingLevel | None,
    quiet: bool,
) -> None:
    """Write a report of PLANS of a SCENARIO: one page to look at, to print and to mail."""
    case = reading.read_case(scenario, sharing, quiet=quiet)
    today, *columns = reading.read_plans(plans, case).columns
    found = [today]
    for column, path in zip(columns, plans, strict=True):
        # A plan of the ladder is judged at its own level.
        if column.label in SHARING_LEVELS and sharing is None:
            column = replace(column, case=case.at(column.label))
        found.append(replace(column, result=known_of(column, path)))
    chosen = found[-1]
    result = chosen.result
    assert result is not None
    outcome = outputs.Outcome(
        Comparison(tuple(found)), chosen, result, reasons(chosen.case, result)
    )
    save(outcome, output)
    if chosen.breaches:
        click.echo(wrapped(_("The plan breaks rules; the report begins with them.")), err=True)
    if not quiet:
        click.echo(_("Report in {file}").format(file=output))
        if limits.is_short(chosen.case.scenario):
            click.echo(wrapped(limits.told()))
